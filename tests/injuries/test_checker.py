"""The checker is held to what it must find: whatever is missing, doubled or left over, it says so."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from contracts.outcomes import State
from tests.injuries.checker import Verdict, judge
from tests.injuries.example import (
    COPY,
    EMPTY,
    FATAL,
    FIRST,
    GIVEN,
    LETTER,
    A,
    B,
    D,
    all_well,
    duplicate,
    stored,
    with_article,
    with_event,
    with_file,
    with_row,
)
from tests.injuries.seen import Entry, Event, Evidence, Grave, Kept, Special
from tests.injuries.workload import Given


def test_where_all_is_well_nothing_is_found() -> None:
    verdict = judge(GIVEN, all_well())

    assert verdict.findings == []
    assert verdict.ends == {State.STORED: 1, State.DUPLICATE: 1, State.REJECTED: 1, State.DEAD: 1}
    assert (verdict.given, verdict.accepted, verdict.repeated) == (4, 4, 0)


def test_which_of_two_twins_is_stored_is_left_to_chance() -> None:
    seen = all_well()
    seen.ledger = [
        duplicate("1", FIRST, B),
        stored("2", COPY),
        *seen.ledger[2:],
    ]
    seen.articles = [Kept(B, "2", "inbox:b.txt", "aa")]
    seen.duplicates = {"1": B}
    seen.events = [
        Event("2:article_enriched", B, "inbox:b.txt", "aa", "text of aa"),
        Event("1:article_duplicated", A, "inbox:a.txt", "aa", None, B),
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


def with_a_strange_row(seen: Evidence) -> None:
    seen.ledger = [*seen.ledger, replace(seen.ledger[2], input_id="5", source_uri="inbox:a.5.txt")]


def taken_twice(seen: Evidence) -> None:
    seen.ledger = [*seen.ledger, Entry("5", "inbox:a.txt", State.DUPLICATE, None, A, A)]


def without_an_end(seen: Evidence) -> None:
    with_row(seen, 1, state=State.IN_PROGRESS)


def with_another_end(seen: Evidence) -> None:
    with_row(seen, 3, state=State.DEAD, reason="failed")


def with_another_reason(seen: Evidence) -> None:
    with_row(seen, 3, reason="not_text")


def with_two_duplicates_of_each_other(seen: Evidence) -> None:
    with_row(seen, 1, state=State.DUPLICATE, duplicate_of=B)


def with_both_twins_stored(seen: Evidence) -> None:
    with_row(seen, 2, state=State.STORED, duplicate_of=None)


def without_a_time(seen: Evidence) -> None:
    with_row(seen, 1, ended_at=None)


def with_a_way_that_is_cut(seen: Evidence) -> None:
    with_row(seen, 1, way=(*seen.ledger[0].way[:2], *seen.ledger[0].way[3:]))


def with_another_way_to_know_it(seen: Evidence) -> None:
    with_row(seen, 2, reason="same_text")


def with_another_report(seen: Evidence) -> None:
    seen.reports = {place: {**told, "detail": "?"} for place, told in seen.reports.items()}


def with_another_twin(seen: Evidence) -> None:
    with_row(seen, 2, duplicate_of=D)


def without_the_article(seen: Evidence) -> None:
    seen.articles = []


def with_two_articles(seen: Evidence) -> None:
    seen.articles = [*seen.articles, replace(seen.articles[0], article_id=B)]


def enriched_again(seen: Evidence) -> None:
    with_article(seen, enrichment=2)


def of_other_bytes(seen: Evidence) -> None:
    with_article(seen, sha256="zz")


def of_another_name(seen: Evidence) -> None:
    with_article(seen, article_id=D)


def without_the_duplicates_row(seen: Evidence) -> None:
    seen.duplicates = {}


def with_a_duplicates_row_too_many(seen: Evidence) -> None:
    seen.duplicates = {**seen.duplicates, "1": B}


def with_an_announcement_owed(seen: Evidence) -> None:
    seen.unannounced = ["1"]


def without_an_event(seen: Evidence) -> None:
    seen.events = seen.events[1:]


def without_the_duplicates_event(seen: Evidence) -> None:
    seen.events = seen.events[:1]


def with_a_strange_event(seen: Evidence) -> None:
    seen.events = [*seen.events, Event("9:article_enriched", "Z", "inbox:z.txt", "zz")]


def announced_on_a_second_way(seen: Evidence) -> None:
    seen.events = [*seen.events, replace(seen.events[0], ce_id="1:article_enriched:q1")]


def duplicated_on_a_second_way(seen: Evidence) -> None:
    seen.events = [*seen.events, replace(seen.events[1], ce_id="2:article_duplicated:r7")]


def announced_as_another_article(seen: Evidence) -> None:
    with_event(seen, 1, article_id=B)


def announced_from_another_place(seen: Evidence) -> None:
    with_event(seen, 1, source_uri="inbox:b.txt")


def announced_as_a_duplicate_of_another(seen: Evidence) -> None:
    with_event(seen, 2, duplicate_of=B)


def announced_with_other_bytes(seen: Evidence) -> None:
    with_event(seen, 2, sha256="zz")


def announced_with_another_text(seen: Evidence) -> None:
    with_event(seen, 1, text_sha256="another text")


def without_the_original(seen: Evidence) -> None:
    seen.originals = {"dd": "dd"}


def with_a_damaged_original(seen: Evidence) -> None:
    seen.originals = {**seen.originals, "aa": "zz"}


def with_an_original_removed_for_nothing(seen: Evidence) -> None:
    with_row(seen, 1, original_removed=True)


def with_a_dead_inputs_original_removed(seen: Evidence) -> None:
    with_row(seen, 4, original_removed=True)


def without_the_file(seen: Evidence) -> None:
    with_file(seen, ".done/a.txt", None)


def with_another_file(seen: Evidence) -> None:
    with_file(seen, ".done/a.txt", "zz")


def on_two_shelves(seen: Evidence) -> None:
    with_file(seen, ".rejected/a.txt", "aa")


def with_a_strange_file(seen: Evidence) -> None:
    with_file(seen, ".done/z.txt", "zz")


def without_a_report(seen: Evidence) -> None:
    with_file(seen, ".rejected/c.txt.error.json", None)


def with_a_claim(seen: Evidence) -> None:
    seen.claimed = ["1/a.txt"]


def with_a_file_that_waits(seen: Evidence) -> None:
    seen.waiting = ["d.txt"]


def with_a_full_queue(seen: Evidence) -> None:
    seen.queues = {"STORE": 3}


def buried_without_a_record(seen: Evidence) -> None:
    seen.graves = []


def recorded_and_not_buried(seen: Evidence) -> None:
    seen.buried = []


def dead_without_a_letter(seen: Evidence) -> None:
    seen.buried, seen.graves = [], []


def buried_twice(seen: Evidence) -> None:
    seen.buried = [LETTER, LETTER]


def stored_and_buried(seen: Evidence) -> None:
    seen.buried = [*seen.buried, "dead:1:article_fetched:7"]
    seen.graves = [*seen.graves, Grave("dead:1:article_fetched:7", "1")]


def with_a_strange_letter(seen: Evidence) -> None:
    seen.buried = [*seen.buried, "dead:LANGUAGE-7:7"]
    seen.graves = [*seen.graves, Grave("dead:LANGUAGE-7:7")]


def with_a_wrong_metric(seen: Evidence) -> None:
    seen.shown = {**seen.shown, State.STORED: 2}


def without_the_metric(seen: Evidence) -> None:
    seen.shown = {}


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        (without_a_row, "lost: a.txt: the ledger does not know it"),
        (with_a_strange_row, "5 (inbox:a.5.txt): nobody gave it"),
        (taken_twice, "a.txt: 2 inputs of 1 drops"),
        (taken_twice, "4 were given, 5 accepted, and 5 have ended"),
        (without_an_end, "lost: a.txt: in progress for ever (1)"),
        (without_an_end, "4 were given, 4 accepted, and 3 have ended"),
        (with_another_end, "c.txt: dead (failed), not rejected (empty)"),
        (with_another_reason, "c.txt: rejected (not_text), not rejected (empty)"),
        (with_two_duplicates_of_each_other, "lost: inbox:a.txt: it and its copies are duplicates of each other"),
        (with_both_twins_stored, "stored twice: inbox:a.txt, inbox:b.txt"),
        (without_a_time, "1: stored, and ended at None"),
        (
            with_a_way_that_is_cut,
            "1: stored, and its way is fetch fetched, language detected, extract extracted, store stored",
        ),
        (with_another_way_to_know_it, "inbox:b.txt: a duplicate by same_text, and its bytes say otherwise"),
        (with_another_report, "c.txt: its report says detail '?', and the ledger 'no bytes'"),
        (with_another_twin, f"inbox:b.txt: a duplicate of {D}, not of its twin"),
        (without_the_article, "lost: 1: stored, says the ledger, and there is no article"),
        (with_two_articles, "stored twice: inbox:a.txt: 2 articles"),
        (with_two_articles, "stored twice: 1: 2 articles of one input"),
        (enriched_again, "stored twice: inbox:a.txt: enriched 2 times"),
        (of_other_bytes, "1: an article of other bytes or another place than was given"),
        (of_another_name, f"1: {D} is not the id of its article"),
        (of_another_name, "1: ledger and articles differ on its article"),
        (without_the_duplicates_row, "2: ledger and duplicates differ on what it is a duplicate of"),
        (with_a_duplicates_row_too_many, "1: ledger and duplicates differ on what it is a duplicate of"),
        (with_an_announcement_owed, "left to be announced: 1"),
        (without_an_event, "never announced: 1:article_enriched"),
        (without_the_duplicates_event, "never announced: 2:article_duplicated"),
        (with_a_strange_event, "9:article_enriched: announced, and not in the ledger"),
        (announced_on_a_second_way, "1:article_enriched: announced under 1:article_enriched, 1:article_enriched:q1"),
        (
            duplicated_on_a_second_way,
            "2:article_duplicated: announced under 2:article_duplicated, 2:article_duplicated:r7",
        ),
        (announced_as_another_article, "1:article_enriched: it says something else than the ledger"),
        (announced_from_another_place, "1:article_enriched: it says something else than the ledger"),
        (announced_as_a_duplicate_of_another, "2:article_duplicated: it says something else than the ledger"),
        (announced_with_other_bytes, "2:article_duplicated: announced with other bytes than were given"),
        (announced_with_another_text, "1:article_enriched: announced with another text than was given"),
        (without_the_original, "lost: a.txt: its original is not in RAW"),
        (with_a_damaged_original, "RAW: aa is damaged"),
        (with_an_original_removed_for_nothing, "lost: a.txt: its original was removed where nothing had to go"),
        (with_a_dead_inputs_original_removed, "lost: d.txt: it is dead, and its original was removed"),
        (without_the_file, "lost: a.txt: its file is not in .done"),
        (with_another_file, "lost: a.txt: its file is damaged in .done"),
        (on_two_shelves, ".rejected/a.txt: nobody's file on a shelf"),
        (with_a_strange_file, ".done/z.txt: nobody's file on a shelf"),
        (without_a_report, "c.txt: it was rejected without a report"),
        (with_a_claim, "left in a claim: 1/a.txt"),
        (with_a_file_that_waits, "left in the inbox: d.txt"),
        (with_a_full_queue, "3 messages are left in STORE"),
        (buried_without_a_record, f"buried, and not recorded: {LETTER}"),
        (recorded_and_not_buried, f"recorded, and not in DEAD: {LETTER}"),
        (dead_without_a_letter, "4: dead, and there is no dead letter"),
        (buried_twice, f"buried 2 times: {LETTER}"),
        (stored_and_buried, "dead:1:article_fetched:7: buried, and its input is stored"),
        (with_a_strange_letter, "1 dead letters speak of no input, 0 were said"),
        (with_a_wrong_metric, "wireroom_inputs{state=stored} is 2, the ledger has 1"),
        (without_the_metric, "wireroom_inputs is not shown"),
    ],
)
def test_damage_is_found(damage: Damage, found: str) -> None:
    seen = all_well()
    damage(seen)

    assert found in judge(GIVEN, seen).findings


def test_an_original_that_was_removed_where_room_had_to_be_made_is_not_missed() -> None:
    seen = all_well()
    seen.originals = {"dd": "dd"}
    for number in (1, 2):
        with_row(seen, number, original_removed=True)

    assert judge(GIVEN, seen, Special(makes_room=True)).findings == []


def test_where_room_had_to_be_made_a_dead_inputs_original_stays_all_the_same() -> None:
    seen = all_well()
    with_a_dead_inputs_original_removed(seen)

    assert judge(GIVEN, seen, Special(makes_room=True)).lost == ["d.txt: it is dead, and its original was removed"]


def test_what_somebody_sent_again_may_be_announced_on_two_ways_and_was_buried_before() -> None:
    seen = all_well()
    announced_on_a_second_way(seen)
    stored_and_buried(seen)

    assert judge(GIVEN, seen, Special(requeued={"1"})).findings == []


def test_what_a_fault_says_itself_is_expected() -> None:
    seen = all_well()
    with_a_strange_row(seen)
    with_a_strange_letter(seen)
    seen.shown = seen.counts = {**seen.shown, State.REJECTED: 2}

    assert judge(GIVEN, seen, Special(inputs={"5"}, letters=1)).findings == []


def test_what_a_fault_says_itself_is_missed_where_it_did_not_arrive() -> None:
    verdict = judge(GIVEN, all_well(), Special(inputs={"5"}))

    assert verdict.findings == ["5 were given, 4 accepted, and 4 have ended"]


OLD = Given("v.txt", "v1", 10, State.STORED, is_version=True)
NEW = Given("v.txt", "v2", 10, State.STORED, is_version=True)


def two_versions() -> Evidence:
    """A file, and another text at its path later: both are stored, and the later file has given way."""
    return Evidence(
        ledger=[stored("1", OLD), stored("2", NEW)],
        articles=[Kept(OLD.article_id, "1", "inbox:v.txt", "v1"), Kept(NEW.article_id, "2", "inbox:v.txt", "v2")],
        events=[
            Event("1:article_enriched", OLD.article_id, "inbox:v.txt", "v1"),
            Event("2:article_enriched", NEW.article_id, "inbox:v.txt", "v2"),
        ],
        originals={"v1": "v1", "v2": "v2"},
        shelves={".done/v.txt": "v1", ".done/v.2.txt": "v2"},
        counts={State.STORED: 2},
        shown={State.STORED: 2},
    )


def test_both_versions_of_a_source_are_stored() -> None:
    assert judge((OLD, NEW), two_versions()).findings == []


def test_a_version_that_ended_as_a_duplicate_is_found() -> None:
    seen = two_versions()
    with_row(seen, 2, state=State.DUPLICATE, duplicate_of=OLD.article_id)

    assert "v.txt: duplicate (None), not stored" in judge((OLD, NEW), seen).findings


def test_a_version_that_nobody_took_is_lost() -> None:
    seen = two_versions()
    seen.ledger = seen.ledger[:1]

    assert judge((OLD, NEW), seen).lost == ["v.txt: the ledger does not know it"]


def test_of_nearly_the_same_text_in_two_places_one_is_stored() -> None:
    one, nearly = replace(FIRST, kin="a"), replace(COPY, sha256="bb", kin="a", text_sha256=None)
    seen = all_well()
    seen.originals = {**seen.originals, "bb": "bb"}
    with_row(seen, 2, article_id=nearly.article_id, sha256="bb", reason="near_duplicate")
    with_event(seen, 2, article_id=nearly.article_id, sha256="bb")
    with_file(seen, ".done/b.txt", "bb")

    assert judge((one, nearly, EMPTY, FATAL), seen).findings == []

    with_row(seen, 2, state=State.STORED)

    assert judge((one, nearly, EMPTY, FATAL), seen).stored_twice == ["inbox:a.txt, inbox:b.txt"]


def test_an_empty_system_has_lost_everything() -> None:
    verdict: Verdict = judge(GIVEN, Evidence())

    assert [line.partition(":")[0] for line in verdict.lost] == ["a.txt", "b.txt", "c.txt", "d.txt"]
