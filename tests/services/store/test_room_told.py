"""Room in RAW: what is said of it, in the ledger and in the log, and how often."""

import asyncio
from datetime import datetime

import pytest
from structlog.testing import capture_logs

from contracts.outcomes import State
from services.chassis.letters import seal
from services.chassis.testing import until
from services.chassis.unavailable import Unavailable
from services.store.database import now
from tests.services.store import sayings as say
from tests.services.store.places import Both, Place, later, named, warnings


@pytest.mark.nats
async def test_where_the_last_inputs_free_just_enough_nothing_is_complained_of(place: Place) -> None:
    await place.put(range(15))
    await place.come_in(range(4))

    with capture_logs() as logs:
        assert await place.room().make()
    assert warnings(logs) == []
    assert await place.kept() == set(range(4, 15))


@pytest.mark.nats
async def test_why_no_room_is_made_is_said_once(place: Place) -> None:
    await place.put(range(15))
    await place.come_in(range(15))
    await place.publisher.publish(seal(say.received(1), service="fetch"))
    room = place.room()

    with capture_logs() as logs:
        await room.make()
        await room.make()
    assert warnings(logs) == ["the ledger has not heard yet what was said long ago"]


@pytest.mark.nats
async def test_that_raw_is_away_is_said_once_and_then_room_is_made(place: Place) -> None:
    class Away(Both):
        tries = 0

        async def remove(self, sha256: str, *, stored_before: datetime) -> int | None:
            self.tries += 1
            if self.tries < 4:
                raise Unavailable("RAW")
            return await super().remove(sha256, stored_before=stored_before)

    await place.put(range(15))
    await place.come_in(range(15))
    away = Away(place.client, place.raw)
    with capture_logs() as logs:
        keeping = asyncio.create_task(place.room(away).keep(every_seconds=0.01))
        await until(lambda: any(line["event"] == "made room in RAW" for line in logs))
        keeping.cancel()
    assert warnings(logs) == ["RAW is away"]


@pytest.mark.nats
async def test_no_more_names_are_remembered_than_there_is_room_for(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.store.room.INPUTS_AT_ONCE", 2)
    monkeypatch.setattr("services.store.room.NAMES_AT_ONCE", 2)
    await place.put(range(15))
    await place.come_in(range(15))
    await place.come_in([20], like=0)
    room = place.room()
    await room.make()

    assert len(room._names) <= 2
    assert place.told([20]) == {20}


@pytest.mark.nats
async def test_a_crash_between_the_removal_and_the_record_is_made_good(place: Place) -> None:
    await place.put(range(15))
    await place.come_in(range(15))
    await place.raw.remove(named(place.originals[0]), stored_before=later())
    await place.raw.remove(named(place.originals[1]), stored_before=later())
    await place.put([30])
    await place.come_in([30])
    await place.room().make()

    assert place.told(range(15)) == set(range(15)) - await place.kept()


@pytest.mark.nats
async def test_all_inputs_of_the_same_bytes_are_told_of_and_those_that_put_them_again_are_not(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.store.room.INPUTS_AT_ONCE", 4)
    await place.put(range(15))
    await place.come_in(range(15))
    await place.come_in([20, 21], end=State.DUPLICATE, like=0)
    await place.come_in([22], end=State.DUPLICATE, like=14)
    room = place.room()
    await room.make()
    await room.tell_all()
    assert place.told([0, 20, 21, 22]) == {0, 20, 21}

    await place.raw.put(place.originals[1], named(place.originals[1]))
    await place.come_in([23], like=1)
    again = place.room(clock=now)
    again._names.add(named(place.originals[1]))
    await again.tell_all()
    assert place.told([1, 23]) == {1}


@pytest.mark.nats
async def test_what_was_removed_is_told_even_if_the_rest_cannot_be(place: Place) -> None:
    class Away(Both):
        left = 2

        async def remove(self, sha256: str, *, stored_before: datetime) -> int | None:
            if not self.left:
                raise Unavailable("RAW")
            self.left -= 1
            return await super().remove(sha256, stored_before=stored_before)

    await place.put(range(15))
    await place.come_in(range(15))
    away = Away(place.client, place.raw)
    with pytest.raises(Unavailable):
        await place.room(away).make()

    assert place.told(range(15)) == {0, 1}
