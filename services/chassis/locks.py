"""Locks that processes share through a pipe: they need no name on the machine, and so leave none behind."""

import os
import select
import threading
import time
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext

TOKEN = b"1"


class Lock:
    """Who has read the token out of the pipe has the lock, as often as it asks for it; a process's threads compete too.

    As multiprocessing's RLock, whose semaphore has a name that only its maker removes, or the tracker in the maker's
    group: where both are killed at once it stays in /dev/shm for good.
    """

    def __init__(self, context: ForkServerContext) -> None:
        ends: tuple[Connection, Connection] = context.Pipe(duplex=False)
        os.set_blocking(ends[0].fileno(), False)  # in every process: it is of the pipe's end, whoever has that open
        self.__setstate__(ends)
        os.write(self._writer.fileno(), TOKEN)

    def __getstate__(self) -> tuple[Connection, Connection]:
        return self._reader, self._writer

    def __setstate__(self, ends: tuple[Connection, Connection]) -> None:
        self._reader, self._writer = ends
        self._owner: int | None = None
        self._times = 0

    def acquire(self, block: bool = True, timeout: float | None = None) -> bool:
        """Whether we have it now, at the latest after `timeout` seconds."""
        if self._owner != threading.get_ident():
            if not self._take(time.monotonic() + timeout if timeout is not None else None, block=block):
                return False
            self._owner = threading.get_ident()
        self._times += 1
        return True

    def release(self) -> None:
        """Give it back, when it has been released as often as it was acquired."""
        if self._owner != threading.get_ident():
            raise AssertionError("attempt to release a lock that another has")
        self._times -= 1
        if not self._times:
            self._owner = None
            os.write(self._writer.fileno(), TOKEN)

    def _take(self, deadline: float | None, *, block: bool) -> bool:
        waiting = select.poll()
        waiting.register(self._reader.fileno(), select.POLLIN)
        while True:
            try:
                return bool(os.read(self._reader.fileno(), 1))
            except BlockingIOError:
                left = None if deadline is None else max(0.0, deadline - time.monotonic())
                if not block or left == 0.0:
                    return False
            waiting.poll(None if left is None else left * 1000)


class Nameless(ForkServerContext):
    """multiprocessing's fork server, with locks that have no name."""

    def RLock(self) -> Lock:  # type: ignore[override]  # noqa: N802 - its name there
        """A lock that can be given to a process as it is started."""
        return Lock(self)
