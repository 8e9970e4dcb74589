"""The headline of a page that has no headings, and whose title names its site alone: a bold or large line of it."""

import re
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from contracts.document import Claim
from services.fetch.core.claims import claim
from services.fetch.core.page.blocks import Block, squeezed
from services.fetch.core.page.furniture import SENTENCE_END, is_prose
from services.fetch.core.page.untitled import CELLS

ORIGIN = "html-emphasis"
BOLD = frozenset(("b", "strong"))
LARGE = frozenset(("font", "big"))
STYLED = frozenset(("span", "div", "p", "td", "center", *BOLD, *LARGE))
SIZE = re.compile(r"\s*([+-]?)(\d{1,2})\s*\Z")
USUAL_SIZE = 3  # of HTML's seven
STYLE = re.compile(
    r"font-weight:\s*(?:bold|[6-9]00)|font-size:\s*(?P<large>(?:x+-)?large|(?:1[89]|[2-5]\d)(?:\.\d+)?px)"
)
WORD = re.compile(r"[^\W\d_]{4,}")
MOST_NAME_WORDS = 6
FEWEST_WORDS = 4
LONGEST = 200  # characters
MOST_BETWEEN = 8  # blocks between it and the first paragraph: who wrote it, when, a standfirst
MOST_LOOKED_AT = 300


def headline_emphasized(
    claims: Sequence[Claim], elements: Sequence[HtmlElement], blocks: Sequence[Block]
) -> Claim | None:
    """The claim of the largest line above a page's first paragraph, where its title may be its site's name.

    What says more than the title in other words is a headline; a title that shares a word with it is one itself.
    """
    titles = [each for each in claims if each.field == "title"]
    if len(titles) != 1 or titles[0].origin != "html-title" or len(titles[0].value.split()) > MOST_NAME_WORDS:
        return None
    first = next((at for at, block in enumerate(blocks) if _is_paragraph(block)), None)
    if first is None:
        return None
    lines = {squeezed(piece): piece for piece in _lines(blocks[max(0, first - MOST_BETWEEN) : first])}
    if not lines or squeezed(titles[0].value) in lines:
        return None
    found = [(size, lines[key]) for size, key in _emphasized(elements) if key in lines]
    if not found:
        return None
    headline = max(found, key=lambda each: each[0])[1]
    words = {word.casefold() for word in WORD.findall(headline)}
    named = {word.casefold() for word in WORD.findall(titles[0].value)}
    is_more = len(headline.split()) > len(titles[0].value.split())
    return claim("title", headline, ORIGIN) if is_more and words.isdisjoint(named) else None


def _is_paragraph(block: Block) -> bool:
    return is_prose(block) and SENTENCE_END.search(block.text) is not None and len(block.text) > LONGEST / 2


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    """The lines that may be headlines: some words, no sentence, no link."""
    for block in blocks:
        for piece in block.text.split(CELLS):
            fits = len(piece.split()) >= FEWEST_WORDS and len(piece) <= LONGEST
            if fits and not piece.endswith((".", ":", ",")) and block.linked + len(piece) <= len(block.text):
                yield piece


def _emphasized(elements: Sequence[HtmlElement]) -> Iterator[tuple[int, str]]:
    """What stands in bold or large letters, by how large, in the page's order."""
    looked = 0
    for element in elements:
        if element.tag not in STYLED or (size := _size(element)) is None:
            continue
        looked += 1
        if looked > MOST_LOOKED_AT:
            return
        text = element.text_content()
        if len(text) <= 2 * LONGEST:
            inner = [found for each in element.iterdescendants(*STYLED) if (found := _size(each)) is not None]
            yield max([size, *inner]), squeezed(text)


def _size(element: HtmlElement) -> int | None:
    """How much larger than usual an element's letters are; nought where they are bold, None where they are as usual."""
    if element.tag == "font" and (match := SIZE.match(element.get("size") or "")):
        larger = int(match[1] + match[2]) - (0 if match[1] else USUAL_SIZE)
        return larger if larger > 0 else None
    if element.tag in BOLD or element.tag == "big":
        return int(element.tag == "big")
    styled = STYLE.search((element.get("style") or "").lower())
    return None if styled is None else int(styled["large"] is not None)
