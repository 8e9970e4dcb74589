"""Entities that an XML document declares for itself: small ones of words are put in, with all others it is refused.

Nothing from outside is ever asked for, and nothing that was written falls away unseen.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from html.entities import html5

MAX_CHARACTERS = 64 << 10  # that all references of a document come to
MAX_DEPTH = 4  # entities in entities
XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
# What only looks like a declaration in a comment is matched with it, and passed over.
DECLARED = re.compile(
    r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)"
    r"|<!ENTITY\s+(?P<parameter>%\s+)?(?P<name>[^\s\"'<>%&;]+)\s+"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<outside>SYSTEM|PUBLIC)\b)",
    re.DOTALL,
)
# A name, or an ampersand that begins no number either.
REFERENCE = r"&(?:(?P<name>[^\W\d][\w:.-]{0,99});|(?!#(?:\d{1,7}|x[0-9A-Fa-f]{1,6});))"
IN_VALUE = re.compile(REFERENCE)
IN_TEXT = re.compile(
    rf"(?P<verbatim><!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z))|{REFERENCE}", re.DOTALL
)
AMPERSAND, LESS = re.compile(r"&#(?:0*38|x0*26);", re.IGNORECASE), re.compile(r"&#(?:0*60|x0*3c);", re.IGNORECASE)


class NotExpanded(Exception):
    """A reference that cannot be put in; its words are for people."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            f"it uses entities of its own, which are put in only where they are a few words: &{name}; {why}"
        )


def declared_in(subset: str) -> dict[str, str | None]:
    """The entities that a document's own type declares, by name; None is one that lies outside of it."""
    found: dict[str, str | None] = {}
    for each in DECLARED.finditer(subset):
        if each["name"] is not None and each["parameter"] is None:
            value = each["double"] if each["double"] is not None else each["single"]
            found.setdefault(each["name"], value)
    return found


def with_entities(text: str, declared: Mapping[str, str | None]) -> str:
    """The text with its own entities and HTML's put in; a reference to what nobody knows stays to be seen.

    Raises NotExpanded for one that is no short text.
    """
    expansion = _Expansion(declared)
    return IN_TEXT.sub(lambda found: found["verbatim"] or expansion.of(found["name"]), text)


@dataclass
class _Expansion:
    """One document's: as source text, so that what a value says is never taken for markup."""

    declared: Mapping[str, str | None]
    known: dict[str, str] = field(default_factory=dict)
    characters: int = 0

    def of(self, name: str | None) -> str:
        """What stands for a reference in the text; for an ampersand by itself its own."""
        if name is None or name in XML_NAMES:
            return f"&{name};" if name else "&amp;"
        if name not in self.declared:
            return _named(name)
        written = self._value(name, 0)
        self.characters += len(written)
        if self.characters > MAX_CHARACTERS:
            raise NotExpanded(name, "is too long, or stands too often")
        return written

    def _value(self, name: str, depth: int) -> str:
        if (known := self.known.get(name)) is not None:
            return known
        value = self.declared[name]
        if value is None:
            raise NotExpanded(name, "lies outside of the document")
        if depth > MAX_DEPTH:
            raise NotExpanded(name, "has others in it that have others")
        value = AMPERSAND.sub("&", value)
        if "<" in value or LESS.search(value) is not None:
            raise NotExpanded(name, "has markup in it")
        pieces, at, length = [], 0, 0
        for found in IN_VALUE.finditer(value):
            pieces += [value[at : found.start()], self._inner(found["name"], depth + 1)]
            length += len(pieces[-1])
            at = found.end()
            if length > MAX_CHARACTERS:
                raise NotExpanded(name, "is too long")
        whole = "".join((*pieces, value[at:])).replace('"', "&quot;").replace("'", "&apos;").replace(">", "&gt;")
        self.known[name] = whole
        return whole

    def _inner(self, name: str | None, depth: int) -> str:
        return (
            self._value(name, depth)
            if name is not None and name in self.declared and name not in XML_NAMES
            else self.of(name)
        )


def _named(name: str) -> str:
    character = html5.get(f"{name};")
    if character is None:
        return f"&amp;{name};"
    return escape(character, quote=False)  # LT and AMP are names too
