"""What people did about dead letters since the backup is not undone: the store that was replaced tells of it."""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from services.chassis.database import Database
from services.cli.local.replacing import opened_replaced
from services.store import catchup as keeping
from services.store.catchup import Kept

AT_ONCE = 256
# By the ids, which are in the order of time; that of the ends is in no index.
FIRST_END = "SELECT ended_at FROM inputs WHERE ended_at IS NOT NULL ORDER BY input_id LIMIT 1"


async def throw_away_again(replaced: Path, store: Database, begun_at: datetime | None) -> int | None:
    """How many of the backup's dead letters go again; None where there are some and nothing tells what became of them.

    Of those that are gone there, only those were thrown away of which it had heard: their input had its end there, or,
    where they speak of none, it had begun before they were buried (`begun_at`, as far as somebody noted it).
    """
    gone, after = 0, ""
    while some := await store.transaction(partial(keeping.dead_letters, after=after, limit=AT_ONCE)):
        try:
            with opened_replaced(replaced) as later:
                purged = _purged(later, some, begun_at)
        except sqlite3.Error:
            return None
        gone += await store.transaction(partial(keeping.throw_away, message_ids=purged))
        after = some[-1].message_id
    return gone


async def keep_marks(replaced: Path, store: Database) -> None:
    """What was sent again since bears the same number: under it, it is in the streams already."""
    after = ""
    while some := await store.transaction(partial(keeping.dead_letters, after=after, limit=AT_ONCE)):
        try:
            with opened_replaced(replaced) as later:
                marks = _marks(later, [one.message_id for one in some])
        except sqlite3.Error:
            return  # it cannot be read, or it is from before anything was sent again
        await store.transaction(partial(keeping.mark_sent_again, marks=marks))
        after = some[-1].message_id


def _purged(later: sqlite3.Connection, some: Sequence[Kept], begun_at: datetime | None) -> list[str]:
    there = _those(later, "SELECT message_id FROM dead_letters WHERE message_id IN", [one.message_id for one in some])
    inputs = [one.input_id for one in some if one.input_id is not None]
    ended = _those(later, "SELECT input_id FROM inputs WHERE state != 'in_progress' AND input_id IN", inputs)
    gone = [one for one in some if one.message_id not in there]
    since = min((at for at in (begun_at, _first_end(later)) if at is not None), default=None)
    return [
        one.message_id
        for one in gone
        if (one.input_id in ended if one.input_id is not None else since is not None and since <= one.buried_at)
    ]


def _first_end(later: sqlite3.Connection) -> datetime | None:
    found = later.execute(FIRST_END).fetchone()
    return None if found is None else _moment(found[0])


def _marks(later: sqlite3.Connection, names: Sequence[str]) -> list[tuple[str, int, datetime | None]]:
    asked = "SELECT message_id, requeues, requeued_at FROM dead_letters WHERE requeues > 0 AND message_id IN"
    rows = later.execute(f"{asked} ({', '.join('?' * len(names))})", names)
    return [(name, requeues, at and _moment(at)) for name, requeues, at in rows]


def _those(later: sqlite3.Connection, asked: str, names: Sequence[str]) -> set[str]:
    return {name for (name,) in later.execute(f"{asked} ({', '.join('?' * len(names))})", names)}


def _moment(kept: str) -> datetime:
    return datetime.fromisoformat(kept).replace(tzinfo=UTC)
