import asyncio

import pytest

from services.fetch.web import hosts
from services.fetch.web.hosts import BELIEVED_SECONDS, FIRST_REST_SECONDS, LONGEST_REST_SECONDS, TRUSTED_STRIKES, Hosts


class Clock:
    """A clock that sleeping moves."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        monkeypatch.setattr(asyncio, "sleep", self.sleep)

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += max(0.0, seconds)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


async def begun_at(met: Hosts, clock: Clock, host: str, delay_seconds: float = 0.0) -> float:
    async with met.turn(host, delay_seconds):
        return clock.now


async def test_between_two_pages_of_a_host_there_is_a_pause_and_between_hosts_none(clock: Clock) -> None:
    met = Hosts(gap_seconds=2.0, at_once=2, clock=clock)

    begun = [await begun_at(met, clock, host) for host in ("a", "a", "b", "a")]

    assert begun == [100.0, 102.0, 102.0, 104.0]


async def test_a_host_that_wants_a_longer_pause_gets_it(clock: Clock) -> None:
    met = Hosts(gap_seconds=2.0, at_once=2, clock=clock)

    assert [await begun_at(met, clock, "a", 10.0) for _ in range(2)] == [100.0, 110.0]


async def test_so_many_are_with_a_host_at_once_and_no_more(clock: Clock) -> None:
    met = Hosts(gap_seconds=0.0, at_once=2, clock=clock)
    there: list[int] = []
    go = asyncio.Event()

    async def visit(number: int) -> None:
        async with met.turn("a"):
            there.append(number)
            await go.wait()

    visits = [asyncio.create_task(visit(number)) for number in range(3)]
    while len(there) < 2:
        await asyncio.wait(visits, timeout=0)
    assert there == [0, 1]
    go.set()
    await asyncio.gather(*visits)
    assert there == [0, 1, 2]


def test_a_host_that_asks_for_rest_has_it_and_others_go_on(clock: Clock) -> None:
    met = Hosts(gap_seconds=1.0, at_once=2, clock=clock)

    met.rest("a", 60.0)

    assert (met.rest_of("a"), met.rest_of("b")) == (60.0, 0.0)
    assert met.waits() == {"a": 60.0}
    clock.now += 61
    assert (met.rest_of("a"), met.waits()) == (0.0, {})


def test_a_host_in_trouble_is_left_alone_longer_each_time_until_it_is_well(clock: Clock) -> None:
    met = Hosts(gap_seconds=1.0, at_once=2, clock=clock)
    rests = []
    for _ in range(9):
        met.rest("a", None)
        met.rest("a", None)  # two were there together: it counts once
        rests.append(met.rest_of("a"))
        clock.now += rests[-1]

    assert rests[:3] == [FIRST_REST_SECONDS, 2 * FIRST_REST_SECONDS, 4 * FIRST_REST_SECONDS]
    assert rests[-1] == LONGEST_REST_SECONDS
    met.went_well("a")
    met.rest("a", None)
    assert met.rest_of("a") == FIRST_REST_SECONDS


def test_a_host_that_asks_for_a_moment_time_and_again_is_left_alone_for_longer(clock: Clock) -> None:
    met = Hosts(gap_seconds=1.0, at_once=2, clock=clock)
    rests = []
    for _ in range(TRUSTED_STRIKES + 2):
        met.rest("a", 1.0)
        rests.append(met.rest_of("a"))
        clock.now += rests[-1]

    assert rests == [1.0] * TRUSTED_STRIKES + [8 * FIRST_REST_SECONDS, 16 * FIRST_REST_SECONDS]
    met.went_well("a")
    met.rest("a", 1.0)
    assert met.rest_of("a") == 1.0


@pytest.mark.parametrize("absurd", [BELIEVED_SECONDS + 1, 9_999_999_999.0, float("inf")])
def test_a_host_that_asks_for_what_it_cannot_mean_is_left_alone_as_if_it_had_named_no_time(
    clock: Clock, absurd: float
) -> None:
    met = Hosts(gap_seconds=1.0, at_once=2, clock=clock)

    met.rest("a", absurd)

    assert met.rest_of("a") == FIRST_REST_SECONDS


async def test_of_very_many_hosts_those_are_forgotten_to_whom_nothing_is_owed(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hosts, "MAX_REMEMBERED", 3)
    met = Hosts(gap_seconds=1.0, at_once=2, clock=clock)
    met.rest("owed", 600.0)
    for number in range(10):
        await begun_at(met, clock, f"host{number}")
        clock.now += 2

    assert met.rest_of("owed") > 0
    assert len(met._hosts) <= 3
