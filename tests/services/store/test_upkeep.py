import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import create_engine, text

from contracts.outcomes import DeadReason, State, Unfit
from services.chassis.letters import Letter
from services.chassis.unavailable import Unavailable
from services.store import core, upkeep
from services.store.announcements import FIRST_KEY, Announcement, Key
from services.store.database import Store
from tests.services.store import sayings as say

LATER = say.NOON + timedelta(hours=1)


class Wire:
    """A publisher that keeps what it was given, and refuses what is asked of it."""

    def __init__(self, *refused: str) -> None:
        self.refused = refused
        self.said: list[str] = []

    async def publish(self, letter: Letter) -> None:
        identifier = letter.headers["Nats-Msg-Id"]
        if identifier in self.refused:
            raise Unfit("too large", DeadReason.TOO_LARGE)
        self.said.append(identifier)


async def waiting(store: Store) -> list[Key]:
    """What is not known to be announced."""
    await store.settle()
    return [key for key, _, _ in await store.unannounced(before=LATER, after=FIRST_KEY, limit=100)]


async def test_what_was_announced_is_not_announced_again(store: Store) -> None:
    store.announced(await store.keep([(say.extracted(1), "")], say.NOON))
    store.announced(await store.keep_duplicates([(say.duplicate(2, of=say.article_id(1)), "")], say.NOON))

    assert await waiting(store) == []


async def test_what_a_crash_left_unannounced_is_announced_under_the_same_ids_at_the_next_start(url: str) -> None:
    async with Store(url) as store:
        await store.keep([(say.extracted(number), "") for number in range(5)], say.NOON)
        await store.keep([(say.extracted(5), ":r3")], say.NOON)
        await store.keep_duplicates([(say.duplicate(6, of=say.article_id(1)), "")], say.NOON)
    wire = Wire()
    async with Store(url) as store:
        await upkeep.announce_again(store, wire, before=LATER, wait_seconds=0, at_once=2)

        assert wire.said == [
            *(f"{say.input_id(number)}:article_enriched" for number in range(5)),
            f"{say.input_id(5)}:article_enriched:r3",
            f"{say.input_id(6)}:article_duplicated",
        ]
        assert await waiting(store) == []


async def test_what_is_announced_again_is_what_was_stored(store: Store) -> None:
    [enriched] = await store.keep([(say.extracted(1), "")], say.NOON)
    [(_, said, way)] = await store.unannounced(before=LATER, after=FIRST_KEY, limit=10)

    assert (said, way) == (enriched, "")


async def test_an_enrichment_that_a_later_one_took_the_place_of_is_not_announced_again(store: Store) -> None:
    await store.keep([(say.extracted(1), "")], say.NOON)
    await store.keep([(say.extracted(1), ":r1")], say.NOON)
    wire = Wire()
    await upkeep.announce_again(store, wire, before=LATER, wait_seconds=0, at_once=10)

    assert wire.said == [f"{say.input_id(1)}:article_enriched:r1"]
    assert await waiting(store) == []


async def test_what_is_stored_after_the_start_is_left_to_the_handlers(store: Store) -> None:
    await store.keep([(say.extracted(1), "")], LATER)
    wire = Wire()
    await upkeep.announce_again(store, wire, before=LATER, wait_seconds=0, at_once=10)

    assert wire.said == []


async def test_what_the_stream_refuses_stands_in_nobodys_way(store: Store) -> None:
    await store.keep([(say.extracted(number), "") for number in range(3)], say.NOON)
    wire = Wire(f"{say.input_id(1)}:article_enriched")
    await upkeep.announce_again(store, wire, before=LATER, wait_seconds=0, at_once=1)

    assert wire.said == [f"{say.input_id(number)}:article_enriched" for number in (0, 2)]
    assert await waiting(store) == [(say.input_id(1), 1)]


async def test_marks_survive_a_transaction_that_fails(url: str, store: Store) -> None:
    store.announced(await store.keep([(say.extracted(1), "")], say.NOON))
    with pytest.raises(AttributeError):
        await store.record([None])  # type: ignore[list-item]

    assert await waiting(store) == []


class Watched(Store):
    """A store that tells when its upkeep has come round."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.rounds = 0
        self.second_round = asyncio.Event()

    async def counts(self) -> dict[State, int]:
        self._count()
        return await super().counts()

    async def settle(self) -> None:
        self._count()
        await super().settle()

    def _count(self) -> None:
        self.rounds += 1
        if self.rounds > 1:
            self.second_round.set()


async def test_the_ledger_is_exported_by_state_and_empty_states_are_nought(url: str) -> None:
    registry = CollectorRegistry()
    async with Watched(url) as store:
        await store.record([core.received(say.received(number)) for number in range(3)])
        async with running(upkeep.export_counts(store, registry, every_seconds=0.001)):
            await store.second_round.wait()

    assert registry.get_sample_value("wireroom_inputs", {"state": "in_progress"}) == 3
    assert registry.get_sample_value("wireroom_inputs", {"state": "dead"}) == 0


async def test_an_idle_store_writes_its_marks_down_by_itself(url: str) -> None:
    async with Watched(url) as store:
        store.announced(await store.keep([(say.extracted(1), "")], say.NOON))
        async with running(upkeep.settle(store, every_seconds=0.001)):
            await store.second_round.wait()

    engine = create_engine(url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM unannounced")).scalar_one() == 0
    engine.dispose()


class Fickle(Store):
    """A store whose database is away the first time it is asked."""

    asked = 0

    async def unannounced(
        self, *, before: datetime, after: Key, limit: int
    ) -> list[tuple[Key, Announcement | None, str]]:
        self.asked += 1
        if self.asked == 1:
            raise Unavailable("database")
        return await super().unannounced(before=before, after=after, limit=limit)


async def test_an_outage_at_the_start_is_waited_out(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "AGAIN_SECONDS", 0.001)
    wire = Wire()
    async with Fickle(url) as store:
        await store.keep([(say.extracted(1), "")], say.NOON)
        await upkeep.announce_again(store, wire, before=LATER, wait_seconds=0, at_once=10)

    assert wire.said == [f"{say.input_id(1)}:article_enriched"]


@asynccontextmanager
async def running(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """`work` beside the test, ended with it."""
    task = asyncio.create_task(work)
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
