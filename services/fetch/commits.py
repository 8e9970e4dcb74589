"""Writes that share a commit: each waits for the disk, and those that come meanwhile go together."""

import asyncio
from collections.abc import Callable, Iterable

from sqlmodel import Session

from services.chassis.database import Database

Write = Callable[[Session], object]


class Commits:
    """What is written is on disk when the call returns; raises Unavailable where the database does not answer."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._writes: list[tuple[Write, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def write(self, write: Write) -> None:
        """Have it done with all else that waits."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._writes.append((write, done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        await done

    async def _write_all(self) -> None:
        while self._writes:
            group, self._writes = self._writes, []
            [result] = await asyncio.gather(
                self._database.transaction(lambda session, group=group: _each(session, (write for write, _ in group))),  # type: ignore[misc]
                return_exceptions=True,
            )
            for _, done in group:
                if done.done():
                    continue
                if isinstance(result, BaseException):
                    done.set_exception(result)
                else:
                    done.set_result(None)


def _each(session: Session, writes: Iterable[Write]) -> None:
    for write in writes:
        write(session)
