"""Pages copied as text with all that stands around the article: prose kept, the rest gone, by characters."""

import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from services.extract.core.calendar_names import calendar_names
from services.extract.core.metadata.body import sort_out
from services.extract.core.metadata.sheet import Sheet, body_spans
from services.fetch.core.decoding import decode
from services.fetch.core.html import declared_encoding
from tests.eval.copied import aligned, copied
from tests.eval.eval_html import is_tuned_on
from tests.eval.report import Record, Row, documents, gold
from tests.eval.scoring import BodyTally, Place, body, percent

SETS = ("aeb", "fundus")
FEWEST_FOUND = 0.7  # of a gold body, for a page to be judged by it
GOALS = {"prose kept": 99.0, "the rest gone": 95.0}


def rows(corpus: Path) -> Iterator[Row]:
    """Rows for each set: the half that rules may be written with in view, and the held-out one."""
    for name in SETS:
        tallies = {True: BodyTally(), False: BodyTally()}
        pages = dict.fromkeys(tallies, 0)
        began = time.process_time()
        for record, data in documents(corpus, gold(corpus, lambda one: one["archive"] == f"html/{name}.tar.xz")):  # noqa: B023 - asked within the round
            if tally := _page(record, data):
                tallies[is_tuned_on(record)] += tally
                pages[is_tuned_on(record)] += 1
        seconds = time.process_time() - began
        for half, tally in tallies.items():
            data_set = f"{name}, {'tuning' if half else 'held-out'}, {pages[half]} pages"
            yield from _rows(data_set, tally, seconds)


def _rows(data_set: str, tally: BodyTally, seconds: float) -> Iterator[Row]:
    for task, size, score, untouched in (
        ("prose kept", tally.prose, percent(tally.kept, tally.prose), 100.0),
        ("the rest gone", tally.leftovers, percent(tally.gone, tally.leftovers), 0.0),
    ):
        yield Row(
            task=f"copied page: {task}", data_set=data_set, size=size, ours=score, goal=GOALS[task],
            baseline="the whole text", baseline_score=untouched, seconds=seconds,
        )  # fmt: skip


def _page(record: Record, data: bytes) -> BodyTally | None:
    """What was kept of one page; its headline counts for neither. None where the gold is not what the page has."""
    text = copied(decode(data, declared_encoding(data)).text)
    prose = aligned(text, record["body"] or "")
    if prose.share < FEWEST_FOUND:
        return None
    sheet = sort_out(text, calendar_names(record["language"] or "und"))
    headlines = [*aligned(text, record["title"] or "").places, *_headline(sheet)]
    wanted = _without(_characters(prose.places), headlines)
    unwanted = _without(set(range(len(text))) - wanted, headlines)
    found = [(span.start, span.end) for span in body_spans(sheet.passages)]
    return body(text, found, _places(wanted), _places(unwanted))


def _headline(sheet: Sheet) -> Iterator[Place]:
    return ((passage.start, passage.end) for passage in sheet.of_kind("title"))


def _characters(places: Iterable[Place]) -> set[int]:
    return {at for start, end in places for at in range(start, end)}


def _without(characters: set[int], places: Iterable[Place]) -> set[int]:
    return characters - _characters(places)


def _places(characters: set[int]) -> list[Place]:
    return [(at, at + 1) for at in sorted(characters)]
