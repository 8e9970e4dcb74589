"""Writes that share a commit: each waits for the disk, and those that come meanwhile go together."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from sqlmodel import Session

from services.chassis.database import Database
from services.chassis.unavailable import Unavailable
from services.fetch.gathering import Gathering

Write = Callable[[Session], object]


class Commits:
    """What is written is on disk when the call returns; raises Unavailable where the database does not answer.

    What fails in any other way fails alone: those that come together are written one by one then.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._gathering: Gathering[Write, None] = Gathering(self._write_all)

    async def write(self, write: Write) -> None:
        """Have it done with all else that waits."""
        await self._gathering.ask(write)

    async def _write_all(self, writes: Sequence[Write]) -> Sequence[BaseException | None]:
        error = await self._tried(writes)
        if isinstance(error, Unavailable):
            raise error
        if error is None or len(writes) == 1:
            return [error] * len(writes)
        return [await self._tried([write]) for write in writes]

    async def _tried(self, writes: Sequence[Write]) -> BaseException | None:
        """What that comes to: gathered, an error is a value."""
        writing = self._database.transaction(partial(_each, writes=writes))
        [error] = await asyncio.gather(writing, return_exceptions=True)
        return error


def _each(session: Session, writes: Iterable[Write]) -> None:
    for write in writes:
        write(session)
