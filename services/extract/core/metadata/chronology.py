"""Dates that head what happened then: the headings of a chronology, of which none tells when it was published."""

from collections.abc import Sequence

from services.extract.core.calendar_names import CalendarNames
from services.extract.core.layout import Paragraph
from services.extract.core.metadata import shapes
from services.extract.core.metadata.date_lines import date_line

_FEWEST = 3


def dated_headings(text: str, blocks: Sequence[Paragraph], names: CalendarNames) -> frozenset[int]:
    """The paragraphs that are a bare date right above prose, where several such divide it; else none.

    They are as exact as one another: the day above a chronology of months is that of its publication, and so is a
    day later than all that follow in their order. All but the first stand right below prose too: a comment's day
    stands below a name.
    """
    prose = [shapes.is_prose(block) for block in blocks]
    found: dict[str, list[tuple[int, str]]] = {}
    for index, block in enumerate(blocks[:-1]):
        if prose[index] or not prose[index + 1]:
            continue
        line = date_line(text, block, names)
        if line is not None and line.label == "none":
            headings = found.setdefault(line.date.precision, [])
            if not headings or prose[index - 1]:
                headings.append((index, line.date.value))
    return frozenset(index for headings in found.values() for index in _of_a_chronology(headings))


def _of_a_chronology(headings: Sequence[tuple[int, str]]) -> list[int]:
    if len(headings) < _FEWEST:
        return []
    (_, first), *others = headings
    told = [value for _, value in others]
    is_above = first > max(told) and told == sorted(told)
    return [index for index, _ in (others if is_above else headings)]
