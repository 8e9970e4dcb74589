"""Columns that were written row by row: lines of one stand between those of the other until they are put in order.

A column of prose is told from one of a table by what its lines are: long, full to its margin, most of them going on in
the middle of a sentence. What is not all of that stays as it was written.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from services.fetch.formats.lines import FULL_SHARE
from services.fetch.formats.set_line import Line, is_from_the_right

WIDE = 0.6  # heights: such spaces may stand between columns, and in lines that are set to a margin
LEAST_ROWS = 5  # that have something in both columns
SAME_EDGE = 2.0  # points
MOST_EDGES = 20  # that are looked at
ACROSS = 2  # times as many rows: more of them, and wide spaces came to stand below each other
SAME_ROW = 0.7  # of the height
FAR = 2.5  # heights below the line above: the foot of a page, no more of the column
LEAST_LENGTH = 20  # characters, of half of the lines of a column
LEAST_GOING_ON, GOING_ON, FULL_LINES = 0.1, 0.3, 0.6  # shares of the lines of each column, and of both together
OPENING = " «“„\"'‘’([—–-…"


@dataclass(frozen=True)
class Row:
    """A line as it was written, and the pieces that stand apart in it."""

    line: Line
    pieces: tuple[Line, ...]


def in_order(rows: Sequence[Row]) -> list[Line]:
    """The lines of a page: where columns of prose stand side by side one after the other, else as they were written."""
    edges = _edges(rows)
    if not edges or is_from_the_right("".join(row.line.text for row in rows)):  # the right column would be the first
        return [row.line for row in rows]
    lines: list[Line] = []
    for band in _bands(rows, edges):
        end = _end(band, edges)
        lines += _by_columns(band[:end], edges)
        lines += (row.line for row in band[end:])
    return lines


def _edges(rows: Sequence[Row]) -> list[float]:
    """Where columns of prose begin that have another one on their left."""
    edges = _frequent([piece for row in rows for piece in row.pieces])
    while edges:
        lines = [line for row in rows for line in _parted(row, edges)]
        kept = [edge for number, edge in enumerate(edges) if _is_gutter(number, edges, lines)]
        if kept == edges:
            break
        edges = kept
    return edges


def _frequent(pieces: Sequence[Line]) -> list[float]:
    """Where much begins and hardly anything stands across, from left to right."""
    lefts = sorted(right.left for _, right in _beside(pieces))
    many = sorted(((bisect_right(lefts, left + SAME_EDGE) - at, left) for at, left in enumerate(lefts)), reverse=True)
    looked_at: dict[float, bool] = {}
    for number, left in many:
        if number < LEAST_ROWS or len(looked_at) == MOST_EDGES:
            break
        if all(abs(left - edge) > 2 * SAME_EDGE for edge in looked_at):
            looked_at[left] = sum(_crosses(piece, left) for piece in pieces) <= ACROSS * number
    return sorted(edge for edge, is_free in looked_at.items() if is_free)


def _beside(pieces: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """What was written one after the other and stands in one row: what is left, and what is right."""
    for one, other in pairwise(pieces):
        left, right = (one, other) if one.left <= other.left else (other, one)
        if _is_beside(left, right):
            yield left, right


def _is_beside(left: Line, right: Line) -> bool:
    is_apart = right.left - left.right >= WIDE * left.height > 0
    return is_apart and abs(right.top - left.top) < SAME_ROW * left.height


def _parted(row: Row, edges: Sequence[float]) -> list[Line]:
    """What of the row lies in each column."""
    parted: list[Line] = []
    for piece in row.pieces:
        before = parted[-1] if parted else None
        if before is not None and _column(before, edges) == _column(piece, edges) and _is_beside(before, piece):
            parted[-1] = replace(before, text=f"{before.text} {piece.text}", right=piece.right)
        else:
            parted.append(piece)
    return parted


def _column(piece: Line, edges: Sequence[float]) -> int:
    return bisect_left(edges, piece.left + SAME_EDGE)


def _is_gutter(number: int, edges: Sequence[float], lines: Sequence[Line]) -> bool:
    """Whether prose ends on its left and begins on its right."""
    pairs = [
        (left, right)
        for left, right in _beside(lines)
        if (_column(left, edges), _column(right, edges)) == (number, number + 1)
    ]
    if len(pairs) < LEAST_ROWS:
        return False
    columns = [list(column) for column in zip(*pairs, strict=True)]
    shares = [sum(line.text.lstrip(OPENING)[:1].islower() for line in column) / len(pairs) for column in columns]
    return min(shares) >= LEAST_GOING_ON and sum(shares) / 2 >= GOING_ON and all(_is_full(each) for each in columns)


def _crosses(line: Line, edge: float) -> bool:
    return line.left < edge - SAME_EDGE and line.right > edge


def _is_full(lines: Sequence[Line]) -> bool:
    """Whether they are as long as lines of prose, and most of them full."""
    width = max(line.right for line in lines) - min(line.left for line in lines)
    full = sum(line.right - line.left >= FULL_SHARE * width for line in lines)
    return median(len(line.text) for line in lines) >= LEAST_LENGTH and full >= FULL_LINES * len(lines)


def _bands(rows: Sequence[Row], edges: Sequence[float]) -> Iterator[list[Row]]:
    """Rows that lie in columns, and each that stands across a gutter by itself."""
    band: list[Row] = []
    for row in rows:
        if any(_crosses(piece, edge) for piece in row.pieces for edge in edges):
            yield from (band, [row])
            band = []
        else:
            band.append(row)
    yield band


def _end(band: Sequence[Row], edges: Sequence[float]) -> int:
    """How many of the rows are columns: to the last with something beside another, and what follows close below."""
    placed = [(number, line) for number, row in enumerate(band, 1) for line in _parted(row, edges)]
    beside = [
        number
        for (_, before), (number, line) in pairwise(placed)
        if any(_column(left, edges) < _column(right, edges) for left, right in _beside((before, line)))
    ]
    if len(beside) < LEAST_ROWS:
        return 0
    end = beside[-1]
    while end < len(band) and not _is_far(band[end - 1].line, band[end].line):
        end += 1
    return end


def _is_far(above: Line, line: Line) -> bool:
    return above.top - line.top > FAR * above.height


def _by_columns(band: Sequence[Row], edges: Sequence[float]) -> list[Line]:
    columns: list[list[Line]] = [[] for _ in range(len(edges) + 1)]
    for row in band:
        for line in _parted(row, edges):
            columns[_column(line, edges)].append(_divided(line))
    return [line for column in columns for line in column]


def _divided(line: Line) -> Line:
    """With the mark of a word that may go on in the next line, which its program could not see."""
    text = line.text.rstrip()
    return replace(line, text=f"{text[:-1]}\ufffe") if text.endswith("-") and text[-2:-1].isalpha() else line
