"""Since when something is waited for: one time from beginning to end, whatever is said of it meanwhile."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from services.chassis.waits import BACK_AT_ONCE, BACK_WITHIN, Since, Trouble, Wait, WaitingSince, Why

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
FULL = Trouble("EXTRACT", Why.FULL, "EXTRACT: maximum bytes exceeded (10077)")
MOMENT = timedelta(seconds=1)


class Clock:
    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


def test_a_wait_keeps_the_time_at_which_it_began_whatever_its_words() -> None:
    clock = Clock()
    since = Since(clock)
    since.of([FULL])
    clock.at += MOMENT

    assert since.of([Trouble("EXTRACT", Why.FULL, "still full")]) == [Wait("EXTRACT", Why.FULL, "still full", NOON)]


def test_who_tells_when_it_began_is_believed() -> None:
    earlier = NOON - MOMENT
    assert [wait.since for wait in Since(Clock()).of([replace(FULL, since=earlier)])] == [earlier]


def test_what_is_over_for_a_moment_only_was_never_over() -> None:
    clock = Clock()
    since = Since(clock)
    since.of([FULL])
    clock.at += BACK_WITHIN
    assert since.of([]) == []

    assert [wait.since for wait in since.of([FULL])] == [NOON]


def test_what_comes_back_later_begins_anew() -> None:
    clock = Clock()
    since = Since(clock)
    since.of([FULL])
    clock.at += BACK_WITHIN + MOMENT

    assert [wait.since for wait in since.of([FULL])] == [clock.at]


def test_it_is_known_since_when_nothing_is_waited_for() -> None:
    clock = Clock()
    since = Since(clock)
    since.of([FULL])
    assert since.over() is None
    clock.at += MOMENT
    for _ in range(3):
        since.of([])
        clock.at += MOMENT
    assert since.over() == NOON + MOMENT
    since.of([FULL])
    assert since.over() is None


AWAY = Trouble("database", Why.AWAY, "database is away")
NOT_READY = Trouble("database", Why.NOT_READY, "store.db is gone")
NOT_CONNECTED = Trouble("NATS", Why.NOT_CONNECTED, "not connected to NATS")


@pytest.mark.parametrize("trouble", [AWAY, NOT_READY, NOT_CONNECTED])
def test_an_outage_that_was_seen_to_end_is_no_part_of_the_next(trouble: Trouble) -> None:
    clock = Clock()
    since = Since(clock)
    for _ in range(6):
        begun = clock.at
        for _ in range(3):
            assert [wait.since for wait in since.of([trouble])] == [begun]
            clock.at += BACK_AT_ONCE
        assert since.of([]) == []
        clock.at += MOMENT


@pytest.mark.parametrize("trouble", [AWAY, NOT_READY, NOT_CONNECTED])
def test_a_try_that_goes_half_way_ends_no_outage(trouble: Trouble) -> None:
    clock = Clock()
    since = Since(clock)
    since.of([trouble])
    clock.at += BACK_AT_ONCE
    assert since.of([]) == []

    assert [wait.since for wait in since.of([trouble])] == [NOON]


def test_another_reason_for_the_same_thing_begins_at_its_own_time() -> None:
    clock = Clock()
    since = Since(clock)
    since.of([FULL])
    clock.at += MOMENT
    silent = Trouble("EXTRACT", Why.NO_ACKNOWLEDGEMENT, "EXTRACT: no acknowledgement")

    assert [wait.since for wait in since.of([FULL, silent])] == [NOON, clock.at]


def test_what_several_say_in_the_same_words_is_told_once() -> None:
    assert [wait.words for wait in Since().of([FULL, FULL])] == [FULL.words]


def test_prometheus_sees_a_series_for_as_long_as_it_is_waited() -> None:
    registry = CollectorRegistry()
    waits = [Wait("EXTRACT", Why.FULL, FULL.words, NOON), Wait("EXTRACT", Why.FULL, "said otherwise", NOON)]
    registry.register(WaitingSince("dedup", lambda: waits))
    labels = {"service": "dedup", "what": "EXTRACT", "reason": "full"}

    assert registry.get_sample_value("wireroom_waiting_since_timestamp_seconds", labels) == NOON.timestamp()
    waits.clear()
    assert registry.get_sample_value("wireroom_waiting_since_timestamp_seconds", labels) is None
    assert b"# HELP wireroom_waiting_since_timestamp_seconds Since when" in generate_latest(registry)
