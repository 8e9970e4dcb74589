"""Plain text sorted out, on the annotated articles: prose kept, leftovers gone, headline, day of publication."""

from collections.abc import Iterator
from pathlib import Path

from contracts.extraction import Extraction
from tests.eval import baselines
from tests.eval.annotated import Annotated, Set, left_over, sets
from tests.eval.extracted import RECEIVED, Readings, read
from tests.eval.report import Row
from tests.eval.scoring import BodyTally, Tally, body, day, percent


def rows(corpus: Path) -> Iterator[Row]:
    """Rows for each annotated set, and for the texts of which only the leftovers are annotated."""
    for some in sets(corpus):
        yield from rows_of(some)
    yield from _bodies(read(left_over(corpus)))


def rows_of(some: Set) -> Iterator[Row]:
    """Characters of prose and of leftovers that are where they belong; headlines and days that are right."""
    readings = read(some)
    yield from _bodies(readings)
    yield _headlines(readings)
    yield from _days(readings)


def _bodies(readings: Readings) -> Iterator[Row]:
    tally = BodyTally()
    for one in readings.every:
        article, found = one.article, one.extraction.body
        tally += body(article.text, [(span.start, span.end) for span in found], article.prose, article.leftovers)
    for task, size, score, goal, untouched in (
        ("plain text: prose kept", tally.prose, percent(tally.kept, tally.prose), 99.0, 100.0),
        ("plain text: leftovers gone", tally.leftovers, percent(tally.gone, tally.leftovers), 95.0, 0.0),
        (
            "plain text: leftovers gone, passages",
            tally.passages,
            percent(tally.passages_gone, tally.passages),
            None,
            0.0,
        ),
    ):
        yield Row(
            task=task,
            data_set=readings.name,
            size=size,
            ours=score,
            goal=goal,
            baseline="the whole text",
            baseline_score=untouched,
            seconds=readings.seconds,
        )


def _headlines(readings: Readings) -> Row:
    """Where the text has one: the right one; where it has none: none."""
    right = sum(_headline(one.extraction) == one.article.title for one in readings.every)
    return Row(
        task="plain text: headline, or none",
        data_set=readings.name,
        size=len(readings.every),
        ours=percent(right, len(readings.every)),
        seconds=readings.seconds,
    )


def _headline(extraction: Extraction) -> tuple[int, int] | None:
    title = extraction.title
    return None if title is None or title.start is None or title.end is None else (title.start, title.end)


def _days(readings: Readings) -> Iterator[Row]:
    """Days of those texts whose day no claim tells: whatever is given in one that does not say it is invented."""
    judged = [one for one in readings.every if not one.article.claimed_day]
    ours, theirs = Tally(), Tally()
    for one in judged:
        given = one.extraction.published
        ours += day(given.value if given else None, one.article.published)
        theirs += day(_guessed(one.article), one.article.published)
    for task, score, other, goal in (
        ("plain text: day right where given", ours.precision(), theirs.precision(), 98.5),
        ("plain text: day given where said", ours.recall(), theirs.recall(), 95.0),
    ):
        yield Row(
            task=task,
            data_set=readings.name,
            size=len(judged),
            ours=score,
            goal=goal,
            baseline="htmldate",
            baseline_score=other,
            seconds=readings.seconds,
        )


def _guessed(article: Annotated) -> str | None:
    """What htmldate finds in the same text as a page without a head."""
    paragraphs = "".join(f"<p>{line}</p>" for line in article.text.splitlines() if line.strip())
    page = f"<html><body><article>{paragraphs}</article></body></html>"
    return baselines.day(page, latest=RECEIVED.strftime("%Y-%m-%d"))
