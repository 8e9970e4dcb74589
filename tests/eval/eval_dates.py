"""Dates in the text of the annotated articles, beside dateparser's search for them."""

import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from dateparser.search import search_dates

from tests.eval.annotated import Annotated, Set, sets, together
from tests.eval.extracted import Reading, read
from tests.eval.report import Row
from tests.eval.scoring import Found, Tally, spans, values

GOAL = 95.0


def rows(corpus: Path) -> Iterator[Row]:
    """Rows for each annotated set."""
    for some in sets(corpus):
        yield from rows_of(some)


def rows_of(some: Set) -> Iterator[Row]:
    """F1 of mentions with the right value and precision, and of exact spans."""
    readings = read(some)
    pairs = [(_ours(one), one.article) for one in readings.every]
    resolved = sum((values(found, article.dates) for found, article in pairs), Tally())
    exact = sum((_exact(found, article) for found, article in pairs), Tally())
    began = time.process_time()
    theirs = [(_searched(article), article) for article in some.articles]
    seconds = time.process_time() - began
    for task, tally, other in (
        ("dates in text: value and precision", resolved, [values(found, article.dates) for found, article in theirs]),
        ("dates in text: exact spans", exact, [_exact(found, article) for found, article in theirs]),
    ):
        yield Row(
            task=task,
            data_set=some.name,
            size=tally.there(),
            ours=tally.f1(),
            measure="F1",
            goal=GOAL if tally is resolved else None,
            baseline="dateparser",
            baseline_score=sum(other, Tally()).f1(),
            seconds=readings.seconds + seconds,
        )


def _ours(one: Reading) -> list[Found]:
    return [
        Found(date.start, date.end, date.value and together(date.value, date.precision))
        for date in one.extraction.dates
        if one.article.is_prose(date.start)
    ]


def _exact(found: list[Found], article: Annotated) -> Tally:
    ignored = [one for one in article.dates if one.is_ignored]
    kept = [one for one in found if not any(one.start < each.end and each.start < one.end for each in ignored)]
    required = [one for one in article.dates if not one.is_ignored and not one.is_optional]
    optional = [one for one in article.dates if one.is_optional]
    return spans(
        [(one.start, one.end) for one in kept],
        [(one.start, one.end) for one in required],
        [(one.start, one.end) for one in optional],
    )


def _searched(article: Annotated) -> list[Found]:
    """What dateparser finds in the prose, with the day of publication as its base where that is known."""
    day = article.claimed_day or (article.published and article.published.values[0])
    settings = {"RELATIVE_BASE": datetime.fromisoformat(day)} if day and len(day) == 10 else {}
    found = []
    for start, end in article.prose:
        at = start
        for surface, moment in search_dates(article.text[start:end], [article.language], settings) or ():
            place = article.text.find(surface, at, end)
            if place < 0:
                continue
            at = place + len(surface)
            found.append(Found(place, at, f"{moment:%Y-%m-%d} day"))
    return found
