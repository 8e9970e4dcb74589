import json
from collections.abc import Iterable
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.outcomes import DeadReason, State
from services.store import core
from services.store.core import Enrichment, Entry, ledger
from tests.services.store import sayings as say

ENDS = tuple(State)


def fold(entries: Iterable[Entry]) -> dict[str, Entry]:
    """The ledger after the entries have come in one by one."""
    known: dict[str, Entry] = {}
    for entry in entries:
        known |= ledger.folded(known, [entry])
    return known


def dead(later: timedelta = timedelta(), **facts: Any) -> Entry:
    entry = ledger.dead(*say.dead(1, say.NOON + later, **facts))
    assert entry is not None
    return entry


def one_of_each() -> dict[str, Entry]:
    return {
        "received": core.received(say.received(1)),
        "rejected": core.rejected(say.rejected(1), say.NOON),
        "expanded": core.expanded(say.expanded(1, 3), say.NOON),
        "duplicate": core.duplicate(core.duplicated(say.duplicate(1, of="0" * 32), say.step("store")), say.NOON),
        "stored": core.stored(core.enriched(say.extracted(1), "", (), say.step("store")).article),
        "dead": dead(),
    }


@pytest.mark.parametrize(
    ("heard", "end"),
    [
        (("received",), State.IN_PROGRESS),
        (("received", "rejected"), State.REJECTED),
        (("received", "expanded"), State.EXPANDED),
        (("received", "duplicate"), State.DUPLICATE),
        (("received", "stored"), State.STORED),
        (("received", "dead"), State.DEAD),
        (("received", "dead", "stored"), State.STORED),
        (("received", "dead", "duplicate"), State.DUPLICATE),
        (("received", "dead", "rejected"), State.REJECTED),
        (("received", "dead", "duplicate", "stored"), State.STORED),
    ],
)
def test_the_end_is_the_same_in_whatever_order_the_messages_come(heard: tuple[str, ...], end: State) -> None:
    entries = one_of_each()
    ledgers = [fold([entries[name] for name in order]) for order in permutations(heard)]

    assert {ledger[say.input_id(1)].state for ledger in ledgers} == {end}
    assert all(ledger == ledgers[0] for ledger in ledgers)
    assert ledgers[0][say.input_id(1)].source_uri == say.source_uri(1)
    assert ledgers[0][say.input_id(1)].received_at == say.NOON


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(ENDS)), max_size=12), st.integers(1, 5))
def test_the_counts_are_those_of_the_ledger_however_it_is_cut_into_batches(
    heard: list[tuple[str, State]], size: int
) -> None:
    entries = [Entry(input_id, state) for input_id, state in heard]
    known: dict[str, Entry] = {}
    counted: dict[State, int] = {}
    for first in range(0, len(entries), size):
        after = ledger.folded(known, entries[first : first + size])
        for state, number in ledger.moved(known, after).items():
            counted[state] = counted.get(state, 0) + number
        known |= after

    states = [entry.state for entry in known.values()]
    assert {state: number for state, number in counted.items() if number} == {
        state: states.count(state) for state in states
    }


@given(st.lists(st.sampled_from(ENDS), min_size=1, max_size=8))
def test_an_end_never_goes_backwards(states: list[State]) -> None:
    entry: Entry | None = None
    for state in states:
        before, entry = entry, ledger.merged(entry, Entry("a", state))
        assert before is None or ledger.RANK[entry.state] >= ledger.RANK[before.state]


def test_what_was_heard_before_changes_nothing() -> None:
    entries = one_of_each()
    known = fold(entries.values())

    assert ledger.folded(known, entries.values()) == {}


def test_the_first_time_of_an_end_stands() -> None:
    first, again = (core.rejected(say.rejected(1), say.NOON + timedelta(hours=hours)) for hours in (0, 2))

    assert ledger.merged(first, again).ended_at == say.NOON


def test_of_two_deaths_the_later_one_tells() -> None:
    first, later = dead(), dead(timedelta(hours=1), reason=DeadReason.TIMEOUT)

    assert ledger.merged(first, later) == ledger.merged(later, first) == later


def test_of_two_articles_that_it_is_a_duplicate_of_the_later_one_tells() -> None:
    found = say.duplicate(1, of="a" * 32), say.duplicate(1, of="b" * 32)
    first, later = (
        core.duplicate(core.duplicated(one, say.step("store")), say.NOON + timedelta(hours=hours))
        for hours, one in enumerate(found)
    )

    assert ledger.merged(first, later) == ledger.merged(later, first) == later


def test_a_dead_letter_tells_what_its_body_knows_and_who_gave_up() -> None:
    entry = dead()

    assert entry.source_uri == say.source_uri(1)
    assert entry.received_at == say.NOON
    assert entry.article_id == say.article_id(1)
    assert (entry.service, entry.reason, entry.attempts) == ("extract", "failed", 5)
    assert [step["service"] for step in json.loads(entry.steps)] == ["fetch", "extract", "extract"]
    assert json.loads(entry.steps)[-1]["outcome"] == "dead"
    assert json.loads(entry.steps)[-1]["seconds"] == 180


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"no JSON",
        b"[]",
        b"null",
        b'{"document": 3}',
        b'{"document": {"source_uri": ["a"], "received_at": "yesterday"}}',
        b'{"received_at": "0001-01-01T00:00:00+14:00"}',
        b'{"received_at": "2026-03-01T12:00:00"}',
        b'{"trail": [{"service": "\\ud800"}], "article_id": 4}',
        b'{"trail": {"a": 1}}',
        b"[" * 100_000,
    ],
)
def test_whatever_the_body_is_the_input_is_found_by_the_message_id(body: bytes) -> None:
    letter, _ = say.dead(1)
    entry = ledger.dead(letter, body)

    assert entry is not None
    assert (entry.input_id, entry.state, entry.received_at) == (say.input_id(1), State.DEAD, None)


@pytest.mark.parametrize("headers", [{}, {"Nats-Msg-Id": "a stranger's"}, {"Nats-Msg-Id": ""}])
def test_without_a_message_id_of_ours_the_body_names_the_input(headers: dict[str, str]) -> None:
    letter, body = say.dead(1, headers=headers)

    assert ledger.buried_input(letter, body) == say.input_id(1)
    assert ledger.dead(letter, b'{"input_id": "../etc"}') is None


@pytest.mark.parametrize(
    ("text", "kept"), [("é𐍈", "é𐍈"), ("a\ud800b", "a\ufffdb"), ("a\0b", "a\ufffdb"), ("\ud83d\ude00", "😀")]
)
def test_text_that_no_database_takes_is_made_so_that_it_does(text: str, kept: str) -> None:
    assert core.storable(text) == kept


def test_the_first_enrichment_is_number_one_and_a_redelivery_is_not_another() -> None:
    first = core.enriched(say.extracted(1), "", (), say.step("store"))
    later = say.step("store").model_copy(update={"at": say.NOON + timedelta(hours=1)})
    again = core.enriched(say.extracted(1), "", first.enrichments, later)

    assert (first.article.enrichment, first.is_new) == (1, True)
    assert (again.article.enrichment, again.is_new) == (1, False)
    assert again.article.enriched_at == first.article.enriched_at
    assert again.enrichments == first.enrichments


def test_each_new_way_is_one_enrichment_more_and_keeps_its_number() -> None:
    known: tuple[Enrichment, ...] = ()
    for way in ("", ":r1", ":r2"):
        known = core.enriched(say.extracted(1), way, known, say.step("store")).enrichments

    again = [core.enriched(say.extracted(1), way, known, say.step("store")) for way in ("", ":r1", ":r2")]
    assert [one.article.enrichment for one in again] == [1, 2, 3]


def test_the_enriched_article_is_the_extracted_one_and_its_way_ends_in_the_store() -> None:
    extracted = say.extracted(1, keywords=["mairie"])
    article = core.enriched(extracted, "", (), say.step("store")).article

    assert article.document == extracted.document
    assert article.extraction == extracted.extraction
    assert [step.service for step in article.trail] == ["fetch", "extract", "store"]
