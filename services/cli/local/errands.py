"""URLs that fetch was asked for, after a restore: what the replaced memory knew of them, and what has ended since."""

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from contracts.outcomes import State
from services.chassis.database import Database
from services.chassis.settings import House
from services.cli.local.afresh import portions
from services.fetch.errands.memory import Memory
from services.fetch.handler import open_database
from services.fetch.progress import Progress
from services.fetch.settings import FetchSettings
from services.store import ledger

AT_ONCE = 256


async def take_up(house: House, replaced: str, store: Database, waiting: Collection[str]) -> set[str]:
    """Bring fetch's restored memory up to date; the inputs with which fetch goes on by itself.

    What was heard since the backup was acknowledged, and lies nowhere but in the memory that was replaced. What the
    ledger knows the end of, or a queue holds, was said, and is not to be asked for again.
    """
    async with open_database(FetchSettings(house=house)) as database:
        await Progress(database).forget_all()  # what of them the restored ledger knows is not known
        memory = Memory(database)
        for rows in portions(_known_to(house.home / replaced / "fetch.db"), AT_ONCE):
            await memory.adopt(rows)
        going_on: set[str] = set()
        after = ""
        while some := await memory.unended(after=after, limit=AT_ONCE):
            known = await store.transaction(partial(ledger.recall, input_ids=some))
            said = {one for one in some if one in waiting or _has_ended(known, one)}
            await memory.end_all(said)
            going_on |= set(some) - said
            after = some[-1]
    return going_on


def _has_ended(known: dict[str, Any], input_id: str) -> bool:
    return input_id in known and known[input_id].state is not State.IN_PROGRESS


def _known_to(path: Path) -> Iterator[dict[str, Any]]:
    """What a memory holds of URLs; nothing where it is none, or cannot be read any more."""
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=rw", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            yield from (dict(row) for row in connection.execute("SELECT * FROM asked"))
    except sqlite3.Error:
        return
