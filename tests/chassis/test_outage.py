"""When an outage began, and when it is over: work has to go through, and one probe that succeeds is none."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from services.chassis import outage
from services.chassis.metrics import Measures
from services.chassis.outage import Outage
from services.chassis.unavailable import Unavailable

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
FULL = Unavailable("database", "database or disk is full")


class Scene:
    """A full disk, and a clock that goes on by a minute at each look."""

    def __init__(self) -> None:
        self.at = NOON
        self.outage = Outage(Measures("store"), self._clock)
        self.told: list[datetime | None] = []

    def _clock(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at

    async def wait(self, *probes: bool) -> bool:
        """Whether it was away; the last of the probes succeeds, and after each it is noted what is told."""
        return await self.outage.passed(FULL, self._probe(list(probes)))

    def _probe(self, probes: list[bool]) -> Callable[[], Awaitable[None]]:
        async def probe() -> None:
            self.told += [trouble.since for trouble in self.outage.troubles()]
            if not probes.pop(0):
                raise FULL

        return probe


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr(outage, "FIRST_DELAY_SECONDS", 0.0)
    return Scene()


async def test_an_outage_lasts_until_work_goes_through_whatever_probes_say(scene: Scene) -> None:
    begun = NOON + timedelta(minutes=1)
    assert await scene.wait(False, False, True)
    assert scene.outage.troubles() == []
    assert await scene.wait(False, True)
    assert not await scene.wait(True)
    assert await scene.wait(False, True)

    assert set(scene.told) == {begun}


async def test_after_work_went_through_the_next_one_begins_anew(scene: Scene) -> None:
    await scene.wait(False, True)
    scene.outage.went_through()
    await scene.wait(False, True)

    assert sorted(set(filter(None, scene.told))) == [NOON + timedelta(minutes=1), NOON + timedelta(minutes=2)]


async def test_a_message_at_fault_begins_none(scene: Scene) -> None:
    assert not await scene.wait(True)
    await scene.wait(False, True)

    assert [scene.told[0], *scene.told[1:]] == [NOON + timedelta(minutes=1)] + [NOON + timedelta(minutes=2)] * 2


async def test_what_goes_through_beside_it_ends_no_outage_that_is_waited_out(scene: Scene) -> None:
    failed = False

    async def work() -> str:
        nonlocal failed
        if not failed:
            failed = True
            raise FULL
        scene.outage.went_through()
        scene.told += [trouble.since for trouble in scene.outage.troubles()]
        return "done"

    assert await scene.outage.retry(work) == "done"
    assert scene.told == [NOON + timedelta(minutes=1)]
    assert scene.outage.troubles() == []


async def test_what_was_away_one_after_the_other_is_all_there_when_work_is_done(scene: Scene) -> None:
    away = [Unavailable("STARTS", "the bucket does not answer"), Unavailable("NATS", "no answer")]

    async def work() -> str:
        if away:
            raise away.pop()
        return "done"

    assert await scene.outage.retry(work) == "done"
    assert scene.outage.troubles() == []  # else no message would be asked for any more
