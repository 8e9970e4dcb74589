"""Dead letters that were thrown away since the backup stay away: the store that was replaced tells which they are."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import quote

from services.chassis.database import Database
from services.store import catchup as keeping

AT_ONCE = 256


async def throw_away_again(replaced: Path, store: Database) -> int | None:
    """How many of the backup's dead letters go again; None where there are some and nothing tells what became of them.

    Of those that are gone there, only those were thrown away whose input had its end there: it had heard of both.
    """
    gone, after = 0, ""
    while some := await store.transaction(partial(keeping.dead_letters, after=after, limit=AT_ONCE)):
        try:
            with _opened(replaced) as later:
                purged = _purged(later, some)
        except sqlite3.Error:
            return None
        gone += await store.transaction(partial(keeping.throw_away, message_ids=purged))
        after = some[-1][0]
    return gone


def _purged(later: sqlite3.Connection, some: Sequence[tuple[str, str | None]]) -> list[str]:
    there = _those(later, "SELECT message_id FROM dead_letters WHERE message_id IN", [one for one, _ in some])
    inputs = [input_id for _, input_id in some if input_id is not None]
    ended = _those(later, "SELECT input_id FROM inputs WHERE state != 'in_progress' AND input_id IN", inputs)
    return [message_id for message_id, input_id in some if message_id not in there and input_id in ended]


def _those(later: sqlite3.Connection, asked: str, names: Sequence[str]) -> set[str]:
    return {name for (name,) in later.execute(f"{asked} ({', '.join('?' * len(names))})", names)}


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=rw", uri=True)) as connection:
        yield connection
