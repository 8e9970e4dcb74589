"""A page as its blocks of text in reading order, each with what the tree says of it: its tag, the boxes around it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from services.fetch.core.decoding import SOFT_HYPHEN

# What no reader reads, or nobody as part of an article.
_UNREAD_TAGS = (
    "script style noscript template svg math iframe object embed canvas audio video map select option button input "
    "textarea datalist dialog head title meta link nav amp-ad amp-embed amp-sidebar"
)
UNREAD = frozenset(_UNREAD_TAGS.split())
_INLINE_TAGS = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font g-emoji i ins kbd label mark nobr q ruby rb rt rp rtc "
    "s samp small span strike strong sub sup time tt u var wbr img amp-img picture source"
)
INLINE = frozenset(_INLINE_TAGS.split())
SKIPPED = UNREAD | {"rt", "rp"}  # how a word is said, written above it
CELLS = frozenset(("td", "th"))
JOINED = CELLS | {"a"}
BREAKS = frozenset(("br", "hr"))
BESIDE = frozenset(("nav", "footer", "aside"))
NAMING = ("id", "class", "role", "itemprop", "data-testid", "data-component", "data-hook")
ADDRESS = re.compile(r"\s*(?:https?://|www\.)\S+\s*\Z", re.IGNORECASE)
BESIDE_WORDS = re.compile(r"[\W_]+")
BESIDE_ASCII = dict.fromkeys(code for code in range(128) if not chr(code).isalnum())
HIDDEN_STYLE = re.compile(r"display:\s*none|visibility:\s*hidden", re.IGNORECASE)


class Box:
    """An element around blocks: its tag, what its author called it, the box around it, and the tags of all of them."""

    __slots__ = ("_called", "_element", "_link", "outer", "tag", "tags")

    def __init__(self, element: HtmlElement, tag: str, outer: "Box | None") -> None:
        self.tag = tag
        self.outer = outer
        around: frozenset[str] = outer.tags if outer is not None else frozenset()
        self.tags: frozenset[str] = around if tag in around else around | {tag}
        self._element = element
        self._called: str | None = None  # not looked up before somebody asks: most boxes hold nothing
        self._link: tuple[str, str] | None = None  # nor is this

    @property
    def names(self) -> str:
        """What its author called it, in every attribute that names."""
        if self._called is None:
            named = self._element.get
            self._called = " ".join([value for name in NAMING if (value := named(name))])
        return self._called

    @property
    def link(self) -> tuple[str, str]:
        """Where the first link in it leads, and what it says; both empty where there is none."""
        if self._link is None:
            link = next((each for each in self._element.iter("a") if each.get("href")), None)
            said = "".join(link.itertext()).replace(SOFT_HYPHEN, "") if link is not None else ""
            self._link = ((link.get("href") or "").strip() if link is not None else "", " ".join(said.split()))
        return self._link

    def chain(self) -> Iterator["Box"]:
        """Yield this box and those around it, from within."""
        box: Box | None = self
        while box is not None:
            yield box
            box = box.outer


@dataclass(slots=True, eq=False)
class Block:
    """A piece of text with a break before and behind; `linked` is how many of its characters lead elsewhere."""

    text: str
    box: Box
    linked: int
    key: str = field(init=False)  # its letters and digits alone

    def __post_init__(self) -> None:
        self.key = squeezed(self.text)

    @property
    def tag(self) -> str:
        """The tag of the innermost box."""
        return self.box.tag


def squeezed(text: str) -> str:
    """`text` as its letters and digits alone, so that two ways of writing it out are one."""
    if text.isascii():
        return text.lower().translate(BESIDE_ASCII)
    return BESIDE_WORDS.sub("", "".join(text.casefold().split()))


def blocks_of(tree: HtmlElement) -> list[Block]:
    """The blocks of a page in reading order; a table's row is one, its cells apart."""
    return list(_Walk().blocks(tree))


def own_blocks(blocks: Sequence[Block]) -> list[Block]:
    """The blocks that stand in no menu, foot or side of the page."""
    return [block for block in blocks if BESIDE.isdisjoint(block.box.tags)]


class _Walk:
    """One walk over a tree: text is gathered until something breaks the line."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._linked = self._links = 0

    def blocks(self, tree: HtmlElement) -> Iterator[Block]:
        box, skipped = Box(etree.Element("html"), "html", None), None
        walk = etree.iterwalk(tree, events=("start", "end"))
        for event, element in walk:
            tag, opens = element.tag, event == "start"
            if opens and (tag in SKIPPED or _is_hidden(element)):
                skipped = element
                walk.skip_subtree()
                continue
            if element is not skipped:
                if tag in JOINED:
                    self._join(element, opens=opens)
                elif tag not in INLINE:
                    if self._text and (block := self._broken(box)).text:
                        yield block
                    if tag not in BREAKS:
                        box = Box(element, tag, box) if opens else box.outer or box
            if opens or element is not tree:
                self._take(element.text if opens else element.tail)
        if self._text and (block := self._broken(box)).text:
            yield block

    def _join(self, element: HtmlElement, *, opens: bool) -> None:
        """Go into a link or a cell of a table, or out of it: neither breaks the line."""
        if element.tag in CELLS:
            self._text.append(" | " if opens and self._text else " ")
        elif not _is_address(element):
            self._links += 1 if opens else -1

    def _take(self, text: str | None) -> None:
        if text and (self._text or not text.isspace()):
            self._text.append(text.replace(SOFT_HYPHEN, ""))
            if self._links > 0:
                self._linked += len(text.strip())

    def _broken(self, box: Box) -> Block:
        """The block that ends here; it may have no text."""
        text, linked = " ".join("".join(self._text).split()).strip(" |"), self._linked
        self._text.clear()
        self._linked = 0
        return Block(text, box, linked)


def _is_address(link: HtmlElement) -> bool:
    """Whether a link is somebody's address, or says its own: that is told, and leads to no other article."""
    return (link.get("href") or "").startswith("mailto:") or ADDRESS.match(link.text or "") is not None


def _is_hidden(element: HtmlElement) -> bool:
    named = element.get
    if named("hidden") is not None or named("aria-hidden") == "true":
        return True
    style = named("style")
    return style is not None and HIDDEN_STYLE.search(style) is not None
