"""Laws and treaties in English, which are named by what they are and what of: Clean Air Act, Treaty of Lisbon."""

import re
from collections.abc import Iterator

from contracts.extraction import EntityType
from services.extract.core.naming.found import Found

_KINDS = (
    r"Act|Bill|Treaty|Convention|Accords?|Amendment|Protocol|Pact|Agreement|Declaration|Constitution|Charter|"
    r"Directive|Code"
)
_WORD = r"[A-Z][\w'’-]*"
_LINKED = r"(?:\s(?:and|of(?:\sthe)?|for|to))?"
_BEFORE = re.compile(
    rf"\b(?P<name>{_WORD}(?:{_LINKED}\s{_WORD}){{0,5}}?\s(?:{_KINDS}))\b(?!\s[A-Z])"
)  # Mayor Bill Zarbin
_AFTER = re.compile(
    rf"\b(?P<name>(?:{_WORD}\s){{0,3}}(?:Treaty|Convention|Accords?|Pact|Declaration|Charter|Bill|Agreement)"
    rf"\s(?:of|on|for|against)(?:\sthe)?\s{_WORD}(?:{_LINKED}\s{_WORD}){{0,4}})"
)
_NO_PART = re.compile(r"(?:[Tt]he|This|That|A|An|Under|When|After|Before|If|In|By|Since|With|But|And|Mr|Mrs|Ms)\s")
_NAMED = re.compile(
    r"(?:Bill|Charter|Constitution|Code|Act|Convention|Declaration|Agreement|Treaty)"
)  # a word alone names none


def laws(text: str, start: int, end: int) -> Iterator[Found]:
    """The laws and treaties that `text[start:end]` names, without overlaps; the longest at each place."""
    spans = sorted(
        (
            span
            for pattern in (_BEFORE, _AFTER)
            for found in pattern.finditer(text, start, end)
            if (span := _cut(text, *found.span("name")))
        ),
        key=lambda span: (span[0], -span[1]),
    )
    last = start
    for first, until in spans:
        if first >= last:
            yield Found(first, until, EntityType.OTHER)
            last = until


def _cut(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without the words that only lead to the name; None where no name is left."""
    while (lead := _NO_PART.match(text, start, end)) is not None:
        start = lead.end()
    return None if _NAMED.fullmatch(text, start, end) else (start, end)
