"""Prose that stands in a page as it was typed (`pre`): empty lines, indents and short lines tell its paragraphs."""

import re
from itertools import pairwise

from lxml import etree
from lxml.html import HtmlElement

TAGS = ("pre", "listing", "xmp", "plaintext")
FEWEST_LETTERS = 300  # what is shorter is an example of something
CODE = re.compile(r"code|highlight|brush|syntax|lang(?:uage)?-", re.IGNORECASE)
PROSE = re.compile(r"(?:[^\W\d_]{1,30}[,;:’']?[ \n]){8}")  # as many words in a row are no code
UNWRAPPED = 140  # a longer line was not broken to fit: each is a paragraph
SHORT = 0.6  # of the longest line: what breaks off sooner was not broken to fit
INDENTED = re.compile(r"[ \t]{2,}\S")


def lay_out(tree: HtmlElement) -> None:
    """Put breaks between the paragraphs of what was typed, in the tree itself; what is code stays as it is."""
    for element in list(tree.iter(*TAGS)):
        typed = "".join(element.itertext())
        if len(typed) >= FEWEST_LETTERS and PROSE.search(typed) and not _is_code(element):
            _lay_out(element, max((len(line.rstrip()) for line in typed.splitlines()), default=0))


def _is_code(element: HtmlElement) -> bool:
    around = element.getparent()
    named = [each.get("class") or "" for each in (element, around) if each is not None]
    return any(map(CODE.search, named)) or next(element.iter("code", "samp", "kbd"), None) is not None


def _lay_out(element: HtmlElement, widest: int) -> None:
    element.tag = "div"
    for inner in list(element.iter(etree.Element)):
        if inner.text:
            first, *others = _paragraphs(inner.text, widest)
            inner.text = first
            for place, each in enumerate(others):
                inner.insert(place, _break_before(each))
        if inner is not element and inner.tail:
            first, *others = _paragraphs(inner.tail, widest)
            inner.tail = first
            for each in reversed(others):
                inner.addnext(_break_before(each))


def _break_before(text: str) -> etree._Element:
    made = etree.Element("br")
    made.tail = text
    return made


def _paragraphs(text: str, widest: int) -> list[str]:
    """The text in pieces, with a break between each and the next."""
    pieces, lines = [""], text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    pieces[0] = lines[0]
    for line, following in pairwise(lines):
        if _ends(line, following, widest):
            pieces.append(following)
        else:
            pieces[-1] += f"\n{following}"
    return pieces


def _ends(line: str, following: str, widest: int) -> bool:
    if not line.strip() or not following.strip():
        return True
    is_indented = INDENTED.match(following) is not None and INDENTED.match(line) is None
    return is_indented or widest > UNWRAPPED or len(line.rstrip()) < SHORT * widest
