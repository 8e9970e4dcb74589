"""Twelve articles written as blogs and papers set them (`tests/gold/own`), with a floor under every score.

They were annotated before any code had read them. A change that loses here has to say why.
"""

import json
import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import pytest

from contracts.extraction import Extraction
from services.extract import lists
from services.extract.core import Knowledge, extract
from services.extract.core.found import Recogniser
from services.extract.model import load_recognisers
from tests.eval.annotated import GOLD, Annotated, own, together
from tests.eval.eval_quotations import quoted
from tests.eval.extracted import document_of, language_of
from tests.eval.scoring import BodyTally, Found, Label, Place, QuotationTally, Tally, body, quotations, spans, values

Read = tuple[Annotated, Extraction]
MODEL = "fr"
NAMES = {"person": 92, "place": 92, "organisation": 87, "armed_group": 95, "armed_force": 92, "weapon": 95}
TITLE = re.compile(r"(?:M\.|Mme|Me|Dr|docteur|général|colonel)\s+")


@cache
def _read(*, with_model: bool) -> tuple[Read, ...]:
    recognisers: dict[str, Recogniser] = dict(load_recognisers()) if with_model else {}
    knowledge = Knowledge(lists.names("fr"), recognisers)
    return tuple((one, extract(document_of(one), language_of(one), knowledge)) for one in own().articles)


@cache
def _labels() -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in json.loads((GOLD / "own.json").read_text("utf-8"))}


def _named(article: Annotated, field: str) -> list[str]:
    """The words that a field of the labels points at."""
    places = _labels()[article.name][field] or []
    return [
        article.text[slice(*place)] for place in (places if not places or isinstance(places[0], list) else [places])
    ]


def test_prose_stays_and_leftovers_go() -> None:
    total = BodyTally()
    for one, found in _read(with_model=False):
        total += body(one.text, [(part.start, part.end) for part in found.body], one.prose, one.leftovers)
    assert total.kept == total.prose
    assert total.passages_gone == total.passages


@pytest.mark.parametrize(
    ("field", "read", "floor"),
    [
        ("title", lambda found: [found.title.text] if found.title else [], 12),
        ("byline", lambda found: [name.name for name in found.byline], 12),
        ("publisher", lambda found: [found.publisher.name] if found.publisher else [], 10),
    ],
)
def test_articles_say_by_whom_and_what_they_are(
    field: str, read: Callable[[Extraction], list[str]], floor: int
) -> None:
    assert sum(read(found) == _named(one, field) for one, found in _read(with_model=False)) >= floor


def test_every_day_of_publication_is_told_and_none_is_invented() -> None:
    for one, found in _read(with_model=False):
        told = found.published.value[:10] if found.published else None
        assert told == (one.published.values[0] if one.published else None), one.name


def _summed(read: Callable[[Extraction], Sequence[Found]], labels: Callable[[Annotated], Sequence[Label]]) -> Tally:
    return sum(
        (
            values([found for found in read(extraction) if one.is_prose(found.start)], labels(one))
            for one, extraction in _read(with_model=False)
        ),
        Tally(),
    )


def test_dates_in_the_text_are_resolved() -> None:
    tally = _summed(
        lambda found: [
            Found(each.start, each.end, each.value and together(each.value, each.precision)) for each in found.dates
        ],
        lambda one: one.dates,
    )
    assert tally.f1() >= 99


def test_quantities_have_value_and_unit() -> None:
    tally = _summed(
        lambda found: [Found(each.start, each.end, together(each.value, each.unit)) for each in found.quantities],
        lambda one: one.units,
    )
    assert tally.f1() >= 98


def test_every_statement_says_what_it_rests_on() -> None:
    for _, found in _read(with_model=False):
        assert all(entity.evidence for entity in found.entities)
        assert all(place.evidence for place in found.places)
        assert all(one.evidence for one in found.quotations if one.speaker)
        assert not found.published or found.published.evidence


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_speakers_and_names_are_told_with_a_model() -> None:
    if MODEL not in load_recognisers():
        pytest.skip("no French model is installed")
    tally = QuotationTally()
    names = dict.fromkeys(NAMES, Tally())
    for one, found in _read(with_model=True):
        prose = [each for each in found.quotations if one.is_prose(each.start) and not _is_heading(one, each.start)]
        tally += quotations(one.text, map(quoted, prose), one.quotations)
        names = {kind: total + _names(one, found, kind) for kind, total in names.items()}
    assert (tally.speech.f1() >= 98, tally.speakers.precision() >= 92, tally.cues.precision() >= 98) == (True,) * 3
    assert {kind: total for kind, total in names.items() if total.f1() < NAMES[kind]} == {}


def _names(one: Annotated, found: Extraction, kind: str) -> Tally:
    """Exact spans of one kind, titles before them aside, in what is no leftover."""
    wanted: set[Place] = set()
    either: set[Place] = set()
    for label in _labels()[one.name]["entities"]:
        into = either if not label["core"] else wanted if label["type"] == kind else set()
        into |= {_bare(one.text, *span) for span in label["spans"]}
    ours = {
        _bare(one.text, each.start, each.end)
        for entity in found.entities
        if entity.type == kind
        for each in entity.mentions
    }
    gone = [place for place in ours | wanted if any(start <= place[0] < end for start, end in one.leftovers)]
    return spans(ours - either - set(gone), wanted - set(gone))


def _bare(text: str, start: int, end: int) -> Place:
    title = TITLE.match(text, start, end)
    return (title.end() if title else start, end)


def _is_heading(one: Annotated, at: int) -> bool:
    return any(start <= at < end for start, end in one.headings)
