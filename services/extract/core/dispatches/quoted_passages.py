"""Passages set as quotations that may be longer than a paragraph: between marks, or in lines behind `>`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.extract.core.layout import Paragraph

_CLOSERS = {"«": "»", "“": "”", "„": "“”", '"': '"'}
_MOST_PARAGRAPHS = 40
_LONGEST_INTRODUCTION = 250
_LONGEST_CREDIT = 30
# Reuters, 12 November: “
_OPENS_BEHIND_COLON = re.compile(r"[:\uff1a]\s{0,3}(?=[«“„\"])")
_QUOTED_LINE = re.compile(r"[>\s\u00a0]*")


@dataclass(frozen=True, slots=True)
class Passage:
    """What is quoted, marks and all; `lines` are its paragraphs without them, of what stands behind `>` its lines.

    `last` is the paragraph in which it ends, `introduction` what stands before its mark in the same paragraph, `rest`
    what stands behind it there.
    """

    start: int
    end: int
    last: int
    lines: Sequence[str]
    introduction: str = ""
    rest: str = ""


def passage(blocks: Sequence[Paragraph], at: int) -> Passage | None:
    """The passage whose quotation a paragraph opens; None where it opens none, or where none is seen to close."""
    return _behind_signs(blocks, at) if blocks[at].text[0] == ">" else _between_marks(blocks, at)


def _behind_signs(blocks: Sequence[Paragraph], at: int) -> Passage | None:
    if at and blocks[at - 1].text[0] == ">":
        return None
    last = at
    while last < len(blocks) and all(line.lstrip()[:1] in (">", "") for line in blocks[last].text.splitlines()):
        last += 1
    if last == at:
        return None
    quoted = [line for block in blocks[at:last] for line in block.text.splitlines()]
    lines = [bare for line in quoted if (bare := line[_end_of_signs(line) :].rstrip())]
    return Passage(blocks[at].start, blocks[last - 1].end, last - 1, lines) if lines else None


def _end_of_signs(line: str) -> int:
    found = _QUOTED_LINE.match(line)
    return found.end() if found else 0


def _between_marks(blocks: Sequence[Paragraph], at: int) -> Passage | None:
    text = blocks[at].text
    behind = _OPENS_BEHIND_COLON.search(text[:_LONGEST_INTRODUCTION])
    begin = behind.end() if behind and text[0] not in _CLOSERS else 0
    if text[begin] not in _CLOSERS:
        return None
    shown = [text[begin:], *(block.text for block in blocks[at + 1 : at + _MOST_PARAGRAPHS])]
    closed = _straight_close(shown) if text[begin] == '"' else _close(shown)
    if closed is None:
        return None
    count, end = closed
    last = at + count
    whole = [*shown[:count], shown[count][: end - 1]]
    lines = [bare for line in whole if (bare := line.strip(' \u00a0\u202f«“„"'))]
    offset = begin if count == 0 else 0
    rest = shown[count][end:]
    return Passage(blocks[at].start + begin, blocks[last].start + offset + end, last, lines, text[:begin], rest)


def _close(shown: Sequence[str]) -> tuple[int, int] | None:
    """The paragraph in which the mark closes that the first one opens with, and where it is behind it.

    A mark that opens a later paragraph and does not close in it only says that the quotation goes on; where one did,
    so does that of the paragraph in which the quotation ends.
    """
    opens, closers = shown[0][0], _CLOSERS[shown[0][0]]
    marks = re.compile(f"[{opens}{closers}]")
    depth, reopened = 0, False
    for count, text in enumerate(shown):
        if count > 0 and text[0] == opens and _balance(text, opens, closers) >= (0 if reopened else 1):
            reopened = True
            depth -= 1
        for found in marks.finditer(text):
            depth += 1 if found[0] == opens else -1
            if depth <= 0 and found[0] in closers:
                return count, found.end()
    return None


def _balance(text: str, opens: str, closers: str) -> int:
    return text.count(opens) - sum(map(text.count, closers))


def _straight_close(shown: Sequence[str]) -> tuple[int, int] | None:
    """The same of marks that open and close alike: they close where a paragraph ends that has none to pair them."""
    for count, end in _ends_with_straight(shown):
        odd = shown[count].count('"') % 2 == 1
        if odd != (count == 0) or (count > 0 and shown[count][0] == '"'):
            return count, end
    return None


def _ends_with_straight(shown: Sequence[str]) -> Iterator[tuple[int, int]]:
    for count, text in enumerate(shown):
        end = text.rfind('"') + 1
        if end > (count == 0) and len(text) - end <= _LONGEST_CREDIT:
            yield count, end
