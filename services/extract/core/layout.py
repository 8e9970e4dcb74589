"""A text as paragraphs: where each begins and ends, and whether empty lines set it apart."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad"
_EDGE = (
    " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000" + _INVISIBLE
)
_SENTENCE_END = ".!?…。！？؟۔।"
_CLOSING = "\"'»”’›)]}*" + _EDGE

# A text set in lines by a typewriter, a mail program or in columns: no line longer than this, and most of those
# that end within a sentence are nearly as long, or the next goes on in lower case.
_WIDEST_SET_LINE = 100
_NARROWEST_SET_LINE = 40
_LINES_AN_OUTLIER = 12


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph without the white space around it; `apart` when an empty line (or the text's end) follows."""

    start: int
    end: int
    text: str
    apart: bool
    set_in_lines: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    indent: int
    empty_before: bool


def paragraphs(text: str, start: int = 0) -> tuple[Paragraph, ...]:
    """Paragraphs of `text` from `start` on: its lines, or, where it is set in short lines, the lines joined."""
    lines = list(_lines(text, start))
    if not lines:
        return ()
    groups = _joined(text, lines) if _is_set_in_lines(text, lines) else [[line] for line in lines]
    following = [group[0].empty_before for group in groups[1:]] + [True]
    return tuple(
        Paragraph(group[0].start, group[-1].end, text[group[0].start : group[-1].end], apart, len(group) > 1)
        for group, apart in zip(groups, following, strict=True)
    )


def ends_a_sentence(text: str) -> bool:
    """Whether a full stop or its like stands at the end, before closing quotation marks and brackets."""
    bare = text[-12:].rstrip(_CLOSING)
    return bool(bare) and bare[-1] in _SENTENCE_END


def _lines(text: str, start: int) -> Iterator[_Line]:
    last = start
    for match in _LINE.finditer(text, start):
        raw = match.group()
        bare = raw.strip(_EDGE)
        if not bare:
            continue
        begin = match.start() + len(raw) - len(raw.lstrip(_EDGE))
        breaks = len(_BREAK.findall(text, last, match.start())) if last > start else 0
        yield _Line(begin, begin + len(bare), begin - match.start(), breaks > 1)
        last = begin + len(bare)


def _is_set_in_lines(text: str, lines: list[_Line]) -> bool:
    if _width(lines) > _WIDEST_SET_LINE:
        return False
    open_lines = wide = low = 0
    for line, following in pairwise(lines):
        if following.empty_before or ends_a_sentence(text[line.start : line.end]):
            continue
        open_lines += 1
        wide += line.end - line.start >= _NARROWEST_SET_LINE
        low += text[following.start].islower()
    return (wide >= 3 and wide * 3 >= open_lines * 2) or (low >= 3 and low * 3 >= open_lines)


def _joined(text: str, lines: list[_Line]) -> list[list[_Line]]:
    width = _width(lines)
    groups = [[lines[0]]]
    for previous, line in pairwise(lines):
        if line.empty_before or line.indent > previous.indent or _broke_early(text, previous, line, width):
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _width(lines: list[_Line]) -> int:
    """How wide the lines are set: that of the widest but for a few, which a caption or a table may be."""
    lengths = sorted(line.end - line.start for line in lines)
    return lengths[-1 - len(lengths) // _LINES_AN_OUTLIER]


def _broke_early(text: str, line: _Line, following: _Line, width: int) -> bool:
    """Whether the next line's first word had room in this one, so that the break is a paragraph's."""
    first_word = text[following.start : following.start + _NARROWEST_SET_LINE].split(maxsplit=1)[0]
    filled = line.end - line.start + 1 + len(first_word)
    if ends_a_sentence(text[line.start : line.end]):
        return filled < width * 0.8
    closed = text[line.end - 1] in ")]»”"
    return not first_word[0].islower() and filled < width * (0.8 if closed else 0.5)
