"""What a restore makes of URLs that were asked for: nothing is lost, and nothing is asked for that has its end."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from uuid_utils import uuid7

from contracts.outcomes import State
from services.chassis.database import Database
from services.chassis.settings import House
from services.cli.local.errands import take_up
from services.fetch.errands.memory import Errand, Memory
from services.fetch.note import Note
from services.fetch.originals import Seen
from services.fetch.seen import Memory as Files
from services.store import ledger
from services.store.core import Entry
from tests.tables import lay_tables

NOW = datetime.now(UTC)
REPLACED = "replaced-then"


def errand(number: int) -> Errand:
    return Errand(str(uuid7()), f"https://example.org/{number}", "example.org", (), NOW.timestamp(), NOW.timestamp())


class Restored:
    """A home with the memories of a backup, and what they replaced."""

    def __init__(self, home: Path) -> None:
        self.house, self.replaced = House(home=home), home / REPLACED / "fetch.db"
        self.replaced.parent.mkdir(parents=True)
        lay_tables(f"sqlite:///{self.replaced}", "fetch")
        for service in ("fetch", "store"):
            lay_tables(self.house.database(service), service)

    async def knows(self, errands: Iterable[Errand], *, ended: Iterable[Errand] = (), replaced: bool = False) -> None:
        url = f"sqlite:///{self.replaced}" if replaced else self.house.database("fetch")
        async with Database(url) as database:
            await Memory(database).begin(errands)
            for one in ended:
                await Memory(database).end(one.input_id, NOW.timestamp())

    async def tell(self, one: Errand, state: State) -> None:
        async with Database(self.house.database("store")) as store:
            await store.transaction(lambda session: ledger.record(session, [Entry(one.input_id, state)]))

    async def take_up(self, waiting: Iterable[str] = ()) -> set[str]:
        async with Database(self.house.database("store")) as store:
            return await take_up(self.house, REPLACED, store, set(waiting))

    async def left(self) -> set[str]:
        async with Database(self.house.database("fetch")) as database:
            return set(await Memory(database).unended(after="", limit=100))


@pytest.fixture
def restored(tmp_path: Path) -> Restored:
    return Restored(tmp_path / "home")


async def test_what_was_asked_for_since_the_backup_comes_over_from_what_was_replaced(restored: Restored) -> None:
    before, since, over = errand(1), errand(2), errand(3)
    await restored.knows([before, over])
    await restored.knows([before, since, over], ended=[over], replaced=True)

    going_on = [await restored.take_up() for _ in range(2)]

    assert going_on == [{before.input_id, since.input_id}] * 2
    assert await restored.left() == going_on[0]


async def test_what_has_its_end_in_the_ledger_or_is_on_its_way_is_not_asked_for_again(restored: Restored) -> None:
    stored, begun, on_its_way, unheard = (errand(number) for number in range(4))
    await restored.knows([stored, begun, on_its_way, unheard])
    await restored.tell(stored, State.STORED)
    await restored.tell(begun, State.IN_PROGRESS)

    going_on = await restored.take_up(waiting=[on_its_way.input_id])

    assert going_on == await restored.left() == {begun.input_id, unheard.input_id}


async def test_files_that_were_said_since_the_backup_are_known_again_where_they_have_their_end(
    restored: Restored,
) -> None:
    stored, on_its_way, begun, unsaid, unknown = (errand(number) for number in range(5))
    seen = Seen(2**63, 1, 1, None)
    async with Database(f"sqlite:///{restored.replaced}") as database:
        for one in (stored, on_its_way, begun, unsaid, unknown):
            await Files(database).begin(
                one.input_id, f"file:/{one.input_id}".encode(), seen, Note("0" * 64, seen, None)
            )
            if one is not unsaid:
                await Files(database).end(one.input_id, f"file:/{one.input_id}".encode())
    for one in (stored, unsaid):
        await restored.tell(one, State.STORED)
    for one in (on_its_way, begun):
        await restored.tell(one, State.IN_PROGRESS)

    for _ in range(2):
        await restored.take_up(waiting=[on_its_way.input_id])

    places = [f"file:/{one.input_id}".encode() for one in (stored, on_its_way, begun, unsaid, unknown)]
    async with Database(restored.house.database("fetch")) as database:
        found = await Files(database).latest(places)
    assert {one.input_id for one in found.values()} == {stored.input_id, on_its_way.input_id}
    assert all((one.said, one.seen) == (True, seen) for one in found.values())


@pytest.mark.parametrize("replaced", [None, b"", b"no database"])
async def test_without_what_was_replaced_the_backup_is_all_there_is(restored: Restored, replaced: bytes | None) -> None:
    restored.replaced.unlink()
    if replaced is not None:
        restored.replaced.write_bytes(replaced)
    known = errand(1)
    await restored.knows([known])

    assert await restored.take_up() == {known.input_id}
