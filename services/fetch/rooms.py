"""Rooms for containers: so many of them lie unpacked at once; whoever waits in the queue holds nothing meanwhile."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager

ROOTS_AT_ONCE = 2  # containers that lie unpacked, with all that is nested in them
MOST_QUEUED = 10_000  # what is not queued is found again by whoever looks through its folder


class NoRoom(Exception):
    """All rooms are taken: the input is let go of, and comes again when it has its turn."""


class Rooms:
    """Shared by all inputs; a room is known by the input that has it, and who came first has the next."""

    def __init__(self, at_once: int = ROOTS_AT_ONCE, *, most_queued: int = MOST_QUEUED) -> None:
        self._free, self._most_queued = at_once, most_queued
        self._standing: deque[asyncio.Future[None]] = deque()
        self._queue: OrderedDict[str, asyncio.Future[None]] = OrderedDict()
        self._kept: set[str] = set()

    @property
    def queued(self) -> int:
        """How many inputs wait without holding anything."""
        return len(self._queue)

    @property
    def may_queue(self) -> bool:
        """Whether one more may."""
        return len(self._queue) < self._most_queued

    async def take(self, input_id: str, *, standing: bool) -> ExitStack:
        """A room, had until what is returned is closed; raises NoRoom where none is free.

        Who is `standing` waits instead, with all that it holds, and therefore goes before all that are queued.
        """
        if input_id in self._kept:
            self._kept.remove(input_id)
        elif self._free:
            self._free -= 1
        elif standing:
            await self._stand()
        else:
            raise NoRoom
        room = ExitStack()
        room.callback(self._give_back)
        return room

    @asynccontextmanager
    async def turn(self, input_id: str) -> AsyncIterator[None]:
        """Wait in the queue; a room is kept for the input, and given back where it did not take it in the block."""
        coming = self._queue[input_id] = asyncio.get_running_loop().create_future()
        self._let_in()
        try:
            await coming
            yield
        finally:
            self._queue.pop(input_id, None)
            if input_id in self._kept:
                self._kept.remove(input_id)
                self._give_back()

    async def _stand(self) -> None:
        coming = asyncio.get_running_loop().create_future()
        self._standing.append(coming)
        try:
            await coming
        except asyncio.CancelledError:
            if not coming.cancelled():
                self._give_back()
            raise

    def _give_back(self) -> None:
        self._free += 1
        self._let_in()

    def _let_in(self) -> None:
        while self._free and (self._standing or self._queue):
            input_id, coming = (None, self._standing.popleft()) if self._standing else self._queue.popitem(last=False)
            if coming.cancelled():
                continue
            self._free -= 1
            if input_id is not None:
                self._kept.add(input_id)
            coming.set_result(None)
