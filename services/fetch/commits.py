"""Writes that share a commit: each waits for the disk, and those that come meanwhile go together."""

from collections.abc import Callable, Iterable, Sequence

from sqlmodel import Session

from services.chassis.database import Database
from services.fetch.gathering import Gathering

Write = Callable[[Session], object]


class Commits:
    """What is written is on disk when the call returns; raises Unavailable where the database does not answer."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._gathering = Gathering(self._write_all)

    async def write(self, write: Write) -> None:
        """Have it done with all else that waits."""
        await self._gathering.ask(write)

    async def _write_all(self, writes: Sequence[Write]) -> list[None]:
        await self._database.transaction(lambda session: _each(session, writes))
        return [None] * len(writes)


def _each(session: Session, writes: Iterable[Write]) -> None:
    for write in writes:
        write(session)
