"""Who has the next room for a container, and that none is lost."""

import asyncio
from contextlib import ExitStack

import pytest

from services.fetch.rooms import NoRoom, Rooms


async def settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


class Visits:
    """Inputs that wait in the queue, and take their room as soon as they have their turn."""

    def __init__(self, rooms: Rooms) -> None:
        self.rooms, self.inside = rooms, dict[str, ExitStack]()
        self.waiting: dict[str, asyncio.Task[None]] = {}

    async def queue(self, input_id: str) -> None:
        self.waiting[input_id] = asyncio.create_task(self._wait(input_id))
        await settled()

    async def _wait(self, input_id: str) -> None:
        async with self.rooms.turn(input_id):
            self.inside[input_id] = await self.rooms.take(input_id, standing=False)

    async def stand(self, input_id: str) -> None:
        self.waiting[input_id] = asyncio.create_task(self._stand(input_id))
        await settled()

    async def _stand(self, input_id: str) -> None:
        self.inside[input_id] = await self.rooms.take(input_id, standing=True)

    async def leave(self, input_id: str) -> None:
        self.inside.pop(input_id).close()
        await settled()


@pytest.fixture
async def visits() -> Visits:
    """One room, and somebody in it."""
    found = Visits(Rooms(1, most_queued=2))
    await found.stand("first")
    return found


async def test_where_all_rooms_are_taken_an_input_is_turned_away(visits: Visits) -> None:
    with pytest.raises(NoRoom):
        await visits.rooms.take("second", standing=False)


async def test_whoever_came_first_has_the_next_room_and_nobody_takes_it_meanwhile(visits: Visits) -> None:
    await visits.queue("second")
    await visits.queue("third")
    assert visits.rooms.queued == 2
    assert not visits.rooms.may_queue
    await visits.leave("first")
    assert list(visits.inside) == ["second"]
    with pytest.raises(NoRoom):
        await visits.rooms.take("stranger", standing=False)
    await visits.leave("second")
    assert list(visits.inside) == ["third"]


async def test_who_waits_with_all_that_it_holds_goes_before_those_that_hold_nothing(visits: Visits) -> None:
    await visits.queue("queued")
    await visits.stand("standing")
    await visits.leave("first")
    assert list(visits.inside) == ["standing"]


async def test_a_room_that_was_not_taken_in_its_turn_is_the_next_ones(visits: Visits) -> None:
    async def pass_by() -> None:
        async with visits.rooms.turn("gone"):
            pass

    passing = asyncio.create_task(pass_by())
    await settled()
    await visits.queue("next")
    await visits.leave("first")
    await passing
    assert list(visits.inside) == ["next"]


@pytest.mark.parametrize("how", ["queue", "stand"])
async def test_who_gives_up_waiting_leaves_its_room_to_others(visits: Visits, how: str) -> None:
    await getattr(visits, how)("impatient")
    await getattr(visits, how)("late")
    visits.waiting["impatient"].cancel()
    visits.inside.pop("first").close()  # and in the same turn of the loop the room is the next one's
    await settled()
    visits.waiting["late"].cancel()
    if "late" in visits.inside:
        await visits.leave("late")
    (await visits.rooms.take("after", standing=False)).close()
    assert visits.rooms.queued == 0
