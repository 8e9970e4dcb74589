"""Room in RAW, on a real nats-server whose object store is small: which originals go, and which stay."""

import asyncio
import os
from datetime import datetime

import pytest
from sqlalchemy import create_engine

from contracts.input_received import InputReceived
from contracts.outcomes import State
from services.chassis import pieces
from services.chassis.letters import Letter, seal
from services.chassis.raw import STREAM
from services.chassis.testing import until
from services.store import core
from services.store import room as room_module
from services.store.core import ledger, removal
from services.store.core.removal import Known
from services.store.database import now
from services.store.originals import OPEN
from tests.services.store import sayings as say
from tests.services.store.places import ORIGINAL_BYTES, RAW_BYTES, Both, Place


@pytest.mark.nats
async def test_above_the_high_water_mark_the_oldest_originals_go_and_the_ledger_says_so(place: Place) -> None:
    await place.put(range(15))
    await place.come_in(range(15))
    room = place.room()

    assert await room.make()
    kept = await place.kept()
    assert kept == set(range(15 - len(kept), 15))
    assert 0.6 * RAW_BYTES < len(kept) * ORIGINAL_BYTES <= 0.7 * RAW_BYTES
    assert place.told(range(15)) == set(range(15)) - kept


@pytest.mark.nats
async def test_below_the_high_water_mark_nothing_goes(place: Place) -> None:
    await place.put(range(12))
    await place.come_in(range(12))

    assert await place.room().make()
    assert await place.kept() == set(range(12))


@pytest.mark.nats
async def test_the_originals_of_inputs_in_progress_and_dead_stay_and_so_do_those_that_share_them(place: Place) -> None:
    await place.put(range(15))
    await place.come_in([0, 1], end=State.IN_PROGRESS)
    await place.come_in([2, 3], end=State.DEAD)
    await place.come_in(range(4, 13))
    await place.come_in([13, 14], end=State.REJECTED)
    await place.come_in([20], end=State.DUPLICATE, like=0)
    await place.come_in([21], end=State.IN_PROGRESS, like=5)
    await place.room().make()

    assert await place.kept() >= {0, 1, 2, 3, 5}
    assert place.told([*range(15), 20, 21]) & {0, 1, 2, 3, 5, 20, 21} == set()
    assert place.told([4]) == {4}


@pytest.mark.nats
async def test_where_nothing_may_go_raw_refuses_and_goes_on_when_an_input_has_ended(place: Place) -> None:
    await place.put(range(15))
    await place.come_in(range(15), end=State.DEAD)
    room = place.room()
    assert not await room.make()

    putting = asyncio.create_task(place.put(range(15, 19)))
    await until(lambda: STREAM in place.publisher.stalls)
    assert "maximum bytes" in place.publisher.stalls[STREAM].words
    assert not await room.make()
    assert await place.kept() >= set(range(15))

    await place.store.record([core.Entry(say.input_id(number), State.STORED) for number in range(10)])
    assert await room.make()
    await putting
    assert await place.kept() >= set(range(10, 19))


@pytest.mark.nats
async def test_once_begun_it_goes_on_to_the_low_water_mark_however_few_inputs_are_looked_at_at_once(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.store.room.INPUTS_AT_ONCE", 2)
    await place.put(range(15))
    await place.come_in(range(15))

    assert await place.room().make()
    assert 0.6 * RAW_BYTES < len(await place.kept()) * ORIGINAL_BYTES <= 0.7 * RAW_BYTES


@pytest.mark.nats
async def test_originals_go_side_by_side_and_none_too_many(place: Place) -> None:
    class Counting(Both):
        now = most = 0

        async def remove(self, sha256: str, *, stored_before: datetime) -> int | None:
            self.now += 1
            self.most = max(self.most, self.now)
            try:
                return await super().remove(sha256, stored_before=stored_before)
            finally:
                self.now -= 1

    await place.put(range(15))
    await place.come_in(range(15))
    counting = Counting(place.client, place.raw)
    room = place.room(counting)
    room._largest = ORIGINAL_BYTES
    await room.make()

    assert counting.most == 3
    assert len(await place.kept()) * ORIGINAL_BYTES > 0.6 * RAW_BYTES


@pytest.mark.nats
async def test_what_was_put_a_short_while_ago_stays(place: Place) -> None:
    await place.put(range(15))
    await place.come_in(range(15))

    assert not await place.room(clock=now).make()
    assert await place.kept() == set(range(15))


@pytest.mark.nats
async def test_nothing_goes_while_the_ledger_has_not_heard_what_was_said_long_ago(place: Place) -> None:
    await place.put(range(15))
    await place.come_in(range(15))
    await place.publisher.publish(seal(say.received(1), service="fetch"))

    assert await place.room().make()
    assert await place.kept() == set(range(15))


@pytest.mark.nats
async def test_an_input_in_progress_without_a_known_original_protects_what_was_there_when_it_came(place: Place) -> None:
    await place.put(range(15))
    await place.come_in(range(15))
    before = InputReceived.model_validate_json(say.received(20).model_dump_json(exclude={"sha256"}))
    await place.store.record([core.received(before)])  # of a fetch that told no names, at NOON, long ago

    assert not await place.room().make()
    assert await place.kept() == set(range(15))


@pytest.mark.nats
async def test_pieces_of_puts_that_never_ended_make_room_where_nothing_else_can(place: Place) -> None:
    await place.put(range(11))
    await place.come_in(range(11), end=State.IN_PROGRESS)
    for number in range(4):
        ids = {"Nats-Expected-Stream": STREAM, "Nats-Msg-Id": f"cut:{number}"}
        await place.publisher.publish(Letter(STREAM, f"$O.RAW.C.cut{number % 2}", os.urandom(ORIGINAL_BYTES), ids))

    assert not await place.room(clock=now).make()  # they may still be put
    assert await place.room().make()
    assert await place.kept() == set(range(11))


@pytest.mark.nats
async def test_pieces_are_looked_for_seldom_and_the_ledger_as_often_as_ever(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[datetime] = []

    async def remove_unnamed(*_: object, stored_before: datetime) -> int:
        looks.append(stored_before)
        return 0

    monkeypatch.setattr(pieces, "remove_unnamed", remove_unnamed)
    monkeypatch.setattr(room_module, "LOOK_SHARE", 1e-12)
    await place.put(range(15))
    await place.come_in(range(15), end=State.IN_PROGRESS)
    room = place.room()
    assert [await room.make() for _ in range(3)] == [False] * 3
    await place.come_in(range(15))

    assert await room.make()
    assert len(looks) == 1


@pytest.mark.nats
async def test_an_input_in_progress_that_kept_none_protects_nothing(place: Place) -> None:
    await place.put(range(15))
    await place.come_in(range(15))
    told = say.received(20).model_copy(update={"received_at": say.NOON, "sha256": None})
    await place.store.record([core.received(InputReceived.model_validate_json(told.model_dump_json()))])

    assert await place.room().make()
    assert place.told([0]) == {0}


def test_what_is_known_of_an_original_is_not_lost_by_what_another_message_does_not_know() -> None:
    one, none, untold = (core.Entry(say.input_id(1), sha256=known) for known in ("a" * 64, ledger.NONE_KEPT, None))

    assert {ledger.merged(first, second).sha256 for first in (one, none, untold) for second in (one,)} == {"a" * 64}
    assert ledger.merged(none, untold).sha256 == ledger.merged(untold, none).sha256 == ledger.NONE_KEPT
    assert ledger.merged(untold, untold).sha256 is None


def test_only_what_has_ended_may_go() -> None:
    inputs = [Known(str(number), state, f"{number}", gone=False) for number, state in enumerate(State)]

    left = {one.state for group in removal.ended(inputs).values() for one in group}
    assert left == {State.STORED, State.DUPLICATE, State.REJECTED, State.EXPANDED}


def test_open_inputs_are_found_without_going_through_the_ledger(url: str) -> None:
    engine = create_engine(url)
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN SELECT DISTINCT sha256 FROM inputs WHERE {OPEN.text}")
        assert "ix_inputs_open" in " ".join(str(row) for row in plan)
    engine.dispose()
