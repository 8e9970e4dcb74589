"""A text as blocks: what empty lines and lines of mere marks set apart; in a text of long lines, every line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+|\r\n|[\r\n\v\f\x85\u2028\u2029]")
_MARK = "*=_~#•·◆⁂—–+-"
_RULE = re.compile(rf"[{_MARK}]{{3,}}|[{_MARK}](?:[ \t\u00a0]{{1,3}}[{_MARK}]){{2,}}|⁂")
_EDGE = " \t\u00a0\ufeff\u200b\u200e\u200f\u202f\u3000"

# A text set in lines by a typewriter or a mail program: no line is longer than the one, most that another follows
# without an empty one between are no shorter than the other.
_WIDEST_SET_LINE = 100
_NARROWEST_SET_LINE = 40


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand together, as one; `gap` counts the empty lines before it, `ruled` tells of a line of marks."""

    start: int
    end: int
    text: str
    gap: int
    ruled: bool
    lines: int = 1


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str
    gap: int
    ruled: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def blocks(text: str) -> list[Block]:
    """The blocks of a text in their order; lines of mere marks belong to none."""
    lines = list(_lines(text))
    if not _is_set_in_lines(lines):
        return [Block(line.start, line.end, line.text, line.gap, line.ruled) for line in lines]
    groups: list[list[_Line]] = []
    for line in lines:
        if groups and not line.gap and not line.ruled:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_joined(group) for group in groups]


def _joined(group: list[_Line]) -> Block:
    first = group[0]
    whole = " ".join(line.text for line in group)
    return Block(first.start, group[-1].end, whole, first.gap, first.ruled, len(group))


def _lines(text: str) -> Iterator[_Line]:
    breaks, ruled = 0, False
    for found in _LINE.finditer(text):
        line = found[0].strip(_EDGE)
        if found[0][0] in "\r\n\v\f\x85\u2028\u2029":
            breaks += 1
        elif _RULE.fullmatch(line):
            breaks, ruled = max(0, breaks - 1), True
        elif line:
            yield _Line(found.start() + found[0].index(line), line, max(0, breaks - 1), ruled)
            breaks, ruled = 0, False


def _is_set_in_lines(lines: list[_Line]) -> bool:
    if any(len(line.text) > _WIDEST_SET_LINE for line in lines):
        return False
    followed = [len(line.text) for line, after in pairwise(lines) if not after.gap and not after.ruled]
    wide = sum(length >= _NARROWEST_SET_LINE for length in followed)
    return wide >= 3 and wide * 3 >= len(followed) * 2
