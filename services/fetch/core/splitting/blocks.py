"""A text as blocks: what empty lines and lines of mere marks set apart; in a text of long lines, every line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from services.fetch.core.headings import Headings

_BREAKS = "\r\n\v\f\x85\u2028\u2029"
_LINE = re.compile(rf"[^{_BREAKS}]+|\r\n|[{_BREAKS}]")
_MARK = "*=_~#•·◆⁂—–+-"
_RULE = re.compile(rf"[{_MARK}]{{3,}}|[{_MARK}](?:[ \t\u00a0]{{1,3}}[{_MARK}]){{2,}}|⁂|-\s?30\s?-")
_BAR = re.compile(r"={10,}")  # between articles; within one nobody draws such
_EDGE = " \t\u00a0\ufeff\u200b\u200e\u200f\u202f\u3000"
_STOPS = '.!?…。！？؟۔।:»”"'

# A text set in lines by a typewriter or a mail program: no line is longer than the one, most that another follows
# without an empty one between are no shorter than the other.
_WIDEST_SET_LINE = 100
_NARROWEST_SET_LINE = 40
_MOST_LINES_OF_A_HEADLINE = 3
_RAGGED = 6  # characters that a line may be shorter than it could have been

_LONGEST_UNDERLINED = 100
_NEAR = 3  # characters between the length of a headline and of the line of marks below it
_LEVELS = {"=": 1, "-": 2}
_LOWEST_LEVEL = 3


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand together, as one; `gap` counts the empty lines before it, `ruled` tells of a line of marks.

    `level` is that of a headline that is underlined, 1 being the highest; 0 where it is not. `barred` if the line of
    marks is a bar across the page.
    """

    start: int
    end: int
    text: str
    gap: int
    ruled: bool
    lines: int = 1
    level: int = 0
    barred: bool = False


@dataclass(slots=True)
class _Line:
    start: int
    text: str
    gap: int
    ruled: bool
    barred: bool
    level: int = 0

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def blocks(text: str) -> list[Block]:
    """The blocks of a text in their order; lines of mere marks belong to none."""
    lines = list(_lines(text))
    if not _is_set_in_lines(lines):
        return [_joined([line]) for line in lines]
    width = _width(lines)
    groups: list[list[_Line]] = []
    for line in lines:
        if groups and not line.gap and not line.ruled and not _is_ended(groups[-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_joined(group) for group in groups]


def ranked(found: Sequence[Block], headings: Headings) -> list[Block]:
    """The same, each heading of the format with its level: it begins in the block, or in the space before that."""
    levels = dict[int, int]()
    at = 0
    for start, level in headings:
        while at < len(found) and found[at].end <= start:
            at += 1
        levels[at] = level
    return [replace(block, level=levels.get(at, block.level)) for at, block in enumerate(found)]


def _joined(group: list[_Line]) -> Block:
    first = group[0]
    whole = " ".join(line.text for line in group)
    return Block(first.start, group[-1].end, whole, first.gap, first.ruled, len(group), group[-1].level, first.barred)


def _lines(text: str) -> Iterator[_Line]:
    """The lines that say something, each with what stands between it and the one before."""
    last: _Line | None = None
    breaks, ruled, barred = 0, False, False
    for found in _LINE.finditer(text):
        line = found[0].strip(_EDGE)
        if found[0][0] in _BREAKS:
            breaks += 1
            ruled = ruled or found[0] == "\f"
        elif _RULE.fullmatch(line):
            if last is not None and breaks == 1 and not ruled and _is_underlined(last, line):
                last.level = _LEVELS.get(line[0], _LOWEST_LEVEL)
                breaks = 0
            else:
                breaks, ruled = max(0, breaks - 1), True
                barred = barred or _BAR.fullmatch(line) is not None
        elif line:
            if last is not None:
                yield last
            last = _Line(found.start() + found[0].index(line), line, max(0, breaks - 1), ruled, barred)
            breaks, ruled, barred = 0, False, False
    if last is not None:
        yield last


def _is_underlined(line: _Line, rule: str) -> bool:
    if len(line.text) > _LONGEST_UNDERLINED or line.text[-1] in ".…。۔।,;":
        return False
    return abs(len(line.text) - len(rule)) <= _NEAR or line.ruled


def _is_set_in_lines(lines: list[_Line]) -> bool:
    if any(len(line.text) > _WIDEST_SET_LINE for line in lines):
        return False
    followed = _followed(lines)
    wide = sum(length >= _NARROWEST_SET_LINE for length in followed)
    return wide >= 3 and wide * 3 >= len(followed) * 2


def _followed(lines: list[_Line]) -> list[int]:
    """How long the lines are that another follows at once."""
    return [len(line.text) for line, after in pairwise(lines) if not after.gap and not after.ruled]


def _width(lines: list[_Line]) -> int:
    """How wide the text is set: few lines that another follows are wider."""
    followed = sorted(_followed(lines))
    return followed[len(followed) * 4 // 5]


def _is_ended(group: list[_Line], after: _Line, width: int) -> bool:
    """Whether a line that had room for the next word ended a paragraph, or a headline above one."""
    last = group[-1]
    if last.level:
        return True
    if len(last.text) + 1 + len(after.text.split(None, 1)[0]) + _RAGGED >= width:
        return False
    return last.text[-1] in _STOPS or len(group) <= _MOST_LINES_OF_A_HEADLINE
