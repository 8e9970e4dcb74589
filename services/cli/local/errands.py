"""URLs and files that fetch knew, after a restore: what the replaced memory had of them, and what has ended since."""

import sqlite3
from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from contracts.outcomes import State
from services.chassis.database import Database
from services.chassis.settings import House
from services.cli.local.afresh import portions
from services.cli.local.replacing import opened_replaced
from services.fetch.errands.memory import Memory
from services.fetch.handler import open_database
from services.fetch.progress import Progress
from services.fetch.seen import Memory as Files
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
        for rows in portions(_known_to(house.home / replaced / "fetch.db", "SELECT * FROM asked"), AT_ONCE):
            await memory.adopt(rows)
        await _take_over(house.home / replaced / "fetch.db", database, store, waiting)
        going_on: set[str] = set()
        after = ""
        while some := await memory.unended(after=after, limit=AT_ONCE):
            known = await store.transaction(partial(ledger.recall, input_ids=some))
            said = {one for one in some if one in waiting or _has_ended(known, one)}
            await memory.end_all(said)
            going_on |= set(some) - said
            after = some[-1]
    return going_on


async def _take_over(replaced: Path, fetch: Database, store: Database, waiting: Collection[str]) -> None:
    """Files that were read where they lie and said since the backup are not to be taken again, nor by `--resume`.

    Of those that the ledger does not know, or that are in nobody's hands, it is better taken twice than not at all.
    """
    for rows in portions(_known_to(replaced, "SELECT * FROM taken WHERE said"), AT_ONCE):
        known = await store.transaction(partial(ledger.recall, input_ids=[row["input_id"] for row in rows]))
        said = [row for row in rows if row["input_id"] in waiting or _has_ended(known, row["input_id"])]
        await Files(fetch).adopt(said)


def _has_ended(known: dict[str, Any], input_id: str) -> bool:
    return input_id in known and known[input_id].state is not State.IN_PROGRESS


def _known_to(path: Path, asked: str) -> Iterator[dict[str, Any]]:
    """What a memory answers; nothing where it is none, or cannot be read any more."""
    try:
        with opened_replaced(path) as connection:
            connection.row_factory = sqlite3.Row
            yield from (dict(row) for row in connection.execute(asked))
    except sqlite3.Error:
        return
