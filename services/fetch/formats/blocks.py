"""The prose of marked-up text (NITF, XHTML and their kin) in reading order: paragraphs, lists, and tables in rows."""

import re
from collections.abc import Iterator

from lxml import etree

from services.fetch.formats.xml import Element

PARAGRAPH_BREAK = "\n\n"
CELL_BREAK = " | "
# What stands in the line; all else stands for itself.
INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "alt-code",
        "b",
        "bdo",
        "big",
        "br",
        "cite",
        "classifier",
        "code",
        "copyrite",
        "chron",
        "city",
        "country",
        "data",
        "del",
        "dfn",
        "em",
        "event",
        "font",
        "frac",
        "frac-num",
        "frac-den",
        "frac-sep",
        "function.person",
        "function",
        "i",
        "img",
        "ins",
        "kbd",
        "lang",
        "location",
        "mark",
        "money",
        "name.family",
        "name.given",
        "num",
        "object.title",
        "org",
        "person",
        "pronounce",
        "postaddr",
        "q",
        "region",
        "s",
        "samp",
        "small",
        "span",
        "state",
        "strike",
        "strong",
        "sub",
        "sublocation",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "virtloc",
    ]
)
LEFT_OUT = frozenset(
    [
        "head",
        "script",
        "style",
        "noscript",
        "template",
        "media",
        "media-metadata",
        "iframe",
        "object",
        "embed",
        "form",
        "button",
        "input",
        "select",
        "svg",
    ]
)
ROWS = frozenset({"tr", "nitf-table-row"})
CELLS = frozenset({"td", "th"})
MAX_DEPTH = 150  # of elements; what lies deeper is one paragraph
LINE_BREAK = "\v"  # which no XML can hold
WHITE_SPACE = re.compile(r"[ \t\r\n]+")  # a non-breaking space is no accident


def prose(element: Element) -> str:
    """The text inside `element`, a blank line between paragraphs, items with a dash, rows with their cells apart."""
    return PARAGRAPH_BREAK.join(_joined(list(_blocks(element, _holders(element), 0))))


def _holders(element: Element) -> set[Element]:
    """What holds paragraphs inside `element`, also where somebody put them into what stands in the line."""
    found: set[Element] = set()
    for each in element.iter(etree.Element):
        box = each.getparent() if each.tag.lower() in ("p", "li", "tr") else None
        while box is not None and box is not element and box not in found:
            found.add(box)
            box = box.getparent()
    return found


def _joined(blocks: list[tuple[str, str]]) -> Iterator[str]:
    """The blocks, those of one list or one table as lines of one."""
    group: list[str] = []
    last = ""
    for kind, text in blocks:
        if group and (kind == "p" or kind != last):
            yield "\n".join(group)
            group = []
        group.append(text)
        last = kind
    if group:
        yield "\n".join(group)


def _blocks(element: Element, holders: set[Element], depth: int) -> Iterator[tuple[str, str]]:
    """Kind (`p`, `li`, `tr`) and text of every block inside."""
    line: list[str] = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            name = child.tag.lower()
            if name == "br":
                line.append(LINE_BREAK)
            elif name in INLINE and child not in holders:
                line.append(_inline(child))
            elif name not in LEFT_OUT:
                yield from _paragraph(line)
                line = []
                yield from _block(child, name, holders, depth + 1)
        line.append(child.tail or "")
    yield from _paragraph(line)


def _block(element: Element, name: str, holders: set[Element], depth: int) -> Iterator[tuple[str, str]]:
    if depth > MAX_DEPTH:
        yield from _paragraph(["".join(element.itertext())])
    elif name in ROWS:
        cells = [" ".join("".join(cell.itertext()).split()) for cell in element if _is_cell(cell)]
        if any(cells):
            yield "tr", CELL_BREAK.join(cells)
    elif name in ("li", "dt", "dd"):
        for kind, text in _blocks(element, holders, depth):
            yield (kind, text) if kind == "li" else ("li", f"- {text}")
    elif name == "pre":
        yield "p", "".join(element.itertext()).strip("\n")
    else:
        yield from _blocks(element, holders, depth)


def _is_cell(element: Element) -> bool:
    return isinstance(element.tag, str) and element.tag.lower() in CELLS


def _inline(element: Element) -> str:
    pieces = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag.lower() not in LEFT_OUT:
            pieces.append(LINE_BREAK if child.tag.lower() == "br" else _inline(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _paragraph(line: list[str]) -> Iterator[tuple[str, str]]:
    """One paragraph: the line breaks that were asked for stay, those of the file do not."""
    rows = [WHITE_SPACE.sub(" ", row).strip(" ") for row in "".join(line).split(LINE_BREAK)]
    if kept := "\n".join(row for row in rows if row):
        yield "p", kept
