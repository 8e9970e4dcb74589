"""Quantities of the annotated articles: values, and values with their units."""

from collections.abc import Iterator
from pathlib import Path

from tests.eval.annotated import Set, counted, sets, together
from tests.eval.extracted import read
from tests.eval.report import Row
from tests.eval.scoring import Found, Tally, values


def rows(corpus: Path) -> Iterator[Row]:
    """Rows for each annotated set; nothing installable tells what is counted."""
    for some in (*sets(corpus), counted(corpus)):
        yield from rows_of(some)


def rows_of(some: Set) -> Iterator[Row]:
    """F1 of mentions with the right value, range or bound; and of those, with the right unit as well."""
    readings = read(some)
    alone, measured = Tally(), Tally()
    for one in readings.every:
        found = [each for each in one.extraction.quantities if one.article.is_prose(each.start)]
        alone += values([Found(each.start, each.end, each.value) for each in found], one.article.quantities)
        measured += values(
            [Found(each.start, each.end, together(each.value, each.unit)) for each in found], one.article.units
        )
    for task, tally in (("quantities: value", alone), ("quantities: value and unit", measured)):
        yield Row(
            task=task,
            data_set=some.name,
            size=tally.there(),
            ours=tally.f1(),
            measure="F1",
            seconds=readings.seconds,
        )
