"""The checker is held to what it must find: whatever is missing, doubled or left over, it says so."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from contracts.outcomes import State
from tests.injuries.checker import Entry, Event, Evidence, Kept, Verdict, judge
from tests.injuries.workload import Given

FIRST = Given("a.txt", "aa", 10, State.STORED)
COPY = Given("b.txt", "aa", 10, State.STORED)
EMPTY = Given("c.txt", "cc", 0, State.REJECTED, "empty")
GIVEN = (FIRST, COPY, EMPTY)


def all_well() -> Evidence:
    """A file, its copy and an empty one, each with its end."""
    return Evidence(
        ledger=[
            Entry("1", "inbox:a.txt", State.STORED, None, "A"),
            Entry("2", "inbox:b.txt", State.DUPLICATE, "same_bytes", "B", "A"),
            Entry("3", "inbox:c.txt", State.REJECTED, "empty"),
        ],
        articles=[Kept("A", "1", "inbox:a.txt", "aa")],
        events=[
            Event("1:article_enriched", "A", "inbox:a.txt"),
            Event("2:article_duplicated", "B", "inbox:b.txt", "A"),
        ],
        originals={"aa": "aa"},
        shelves={".done/a.txt": "aa", ".done/b.txt": "aa", ".rejected/c.txt": "cc"},
        queues={"STORE": 0},
        shown={State.STORED: 1, State.DUPLICATE: 1, State.REJECTED: 1},
    )


def test_where_all_is_well_nothing_is_found() -> None:
    verdict = judge(GIVEN, all_well())

    assert verdict.findings == []
    assert verdict.ends == {State.STORED: 1, State.DUPLICATE: 1, State.REJECTED: 1}
    assert (verdict.given, verdict.accepted, verdict.repeated) == (3, 3, 0)


def test_which_of_two_twins_is_stored_is_left_to_chance() -> None:
    seen = all_well()
    seen.ledger = [
        Entry("1", "inbox:a.txt", State.DUPLICATE, "same_bytes", "A", "B"),
        Entry("2", "inbox:b.txt", State.STORED, None, "B"),
        seen.ledger[2],
    ]
    seen.articles = [Kept("B", "2", "inbox:b.txt", "aa")]
    seen.events = [
        Event("2:article_enriched", "B", "inbox:b.txt"),
        Event("1:article_duplicated", "A", "inbox:a.txt", "B"),
    ]

    assert judge(GIVEN, seen).findings == []


def test_an_event_that_comes_again_under_its_id_is_counted_and_allowed() -> None:
    seen = all_well()
    seen.events = [*seen.events, seen.events[0]]

    assert judge(GIVEN, seen).findings == []
    assert judge(GIVEN, seen).repeated == 1


Damage = Callable[[Evidence], None]


def without_a_row(seen: Evidence) -> None:
    seen.ledger = seen.ledger[1:]


def without_an_end(seen: Evidence) -> None:
    seen.ledger = [replace(seen.ledger[0], state=State.IN_PROGRESS), *seen.ledger[1:]]


def without_the_article(seen: Evidence) -> None:
    seen.articles = []


def without_the_file(seen: Evidence) -> None:
    seen.shelves = {name: found for name, found in seen.shelves.items() if name != ".done/a.txt"}


def with_another_file(seen: Evidence) -> None:
    seen.shelves = {**seen.shelves, ".done/a.txt": "zz"}


def without_the_original(seen: Evidence) -> None:
    seen.originals = {}


def with_two_duplicates_of_each_other(seen: Evidence) -> None:
    seen.ledger = [replace(seen.ledger[0], state=State.DUPLICATE, duplicate_of="B"), *seen.ledger[1:]]


def with_two_articles(seen: Evidence) -> None:
    seen.articles = [*seen.articles, Kept("A2", "1", "inbox:a.txt", "aa")]


def enriched_again(seen: Evidence) -> None:
    seen.articles = [replace(seen.articles[0], enrichment=2)]


def with_both_twins_stored(seen: Evidence) -> None:
    seen.ledger = [seen.ledger[0], Entry("2", "inbox:b.txt", State.STORED, None, "B"), seen.ledger[2]]


def without_an_event(seen: Evidence) -> None:
    seen.events = seen.events[1:]


def without_the_duplicates_event(seen: Evidence) -> None:
    seen.events = seen.events[:1]


def with_a_strange_event(seen: Evidence) -> None:
    seen.events = [*seen.events, Event("9:article_enriched", "Z", "inbox:z.txt")]


def with_another_end(seen: Evidence) -> None:
    seen.ledger = [*seen.ledger[:2], replace(seen.ledger[2], state=State.DEAD, reason="failed")]


def with_another_reason(seen: Evidence) -> None:
    seen.ledger = [*seen.ledger[:2], replace(seen.ledger[2], reason="not_text")]


def taken_twice(seen: Evidence) -> None:
    seen.ledger = [*seen.ledger, Entry("4", "inbox:a.txt", State.DUPLICATE, None, "A", "A")]


def with_a_damaged_original(seen: Evidence) -> None:
    seen.originals = {"aa": "zz"}


def with_a_claim(seen: Evidence) -> None:
    seen.claimed = ["1/a.txt"]


def with_a_file_that_waits(seen: Evidence) -> None:
    seen.waiting = ["d.txt"]


def with_a_full_queue(seen: Evidence) -> None:
    seen.queues = {"STORE": 3}


def buried_without_a_record(seen: Evidence) -> None:
    seen.buried = ["dead:1:article_fetched:7"]


def buried_twice(seen: Evidence) -> None:
    seen.buried = seen.graves = ["dead:1:article_fetched:7"] * 2


def with_a_wrong_metric(seen: Evidence) -> None:
    seen.shown = {**seen.shown, State.STORED: 2}


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        (without_a_row, "lost: a.txt: the ledger does not know it"),
        (without_an_end, "lost: a.txt: in progress for ever (1)"),
        (without_the_article, "lost: 1: stored, says the ledger, and there is no article"),
        (without_the_file, "lost: a.txt: its file is not in .done"),
        (with_another_file, "lost: a.txt: its file is damaged in .done"),
        (without_the_original, "lost: a.txt: its original is not in RAW"),
        (with_two_duplicates_of_each_other, "lost: inbox:a.txt: it and its copies are duplicates of each other"),
        (with_two_articles, "stored twice: inbox:a.txt: 2 articles"),
        (enriched_again, "stored twice: inbox:a.txt: enriched 2 times"),
        (with_both_twins_stored, "stored twice: inbox:a.txt, inbox:b.txt"),
        (without_an_event, "never announced: 1:article_enriched"),
        (without_the_duplicates_event, "never announced: 2:article_duplicated"),
        (with_a_strange_event, "9:article_enriched: announced, and not in the ledger"),
        (with_another_end, "c.txt: dead (failed), not rejected (empty)"),
        (with_another_reason, "c.txt: rejected (not_text), not rejected (empty)"),
        (taken_twice, "a.txt: 2 inputs of one drop"),
        (with_a_damaged_original, "RAW: aa is damaged"),
        (with_a_claim, "left in a claim: 1/a.txt"),
        (with_a_file_that_waits, "left in the inbox: d.txt"),
        (with_a_full_queue, "3 messages are left in STORE"),
        (buried_without_a_record, "buried, and not recorded: dead:1:article_fetched:7"),
        (buried_twice, "buried 2 times: dead:1:article_fetched:7"),
        (with_a_wrong_metric, "wireroom_inputs{state=stored} is 2, the ledger has 1"),
    ],
)
def test_damage_is_found(damage: Damage, found: str) -> None:
    seen = all_well()
    damage(seen)

    assert found in judge(GIVEN, seen).findings


def test_an_original_that_was_removed_to_make_room_is_not_missed() -> None:
    seen = all_well()
    seen.originals = {}
    seen.ledger = [replace(entry, original_removed=True) for entry in seen.ledger]

    assert judge(GIVEN, seen).findings == []


def test_an_empty_system_has_lost_everything() -> None:
    verdict: Verdict = judge(GIVEN, Evidence())

    assert [line.partition(":")[0] for line in verdict.lost] == ["a.txt", "b.txt", "c.txt"]
