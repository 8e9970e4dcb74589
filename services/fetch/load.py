"""The load on our memory: so many bytes of files are in work at once, however many hands there are."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Load:
    """Shared by all files in work; who came first goes first, and a file larger than all goes alone."""

    def __init__(self, size: int) -> None:
        self._size = self._free = size
        self._waiting: deque[tuple[int, asyncio.Future[None]]] = deque()

    @asynccontextmanager
    async def of(self, size: int) -> AsyncIterator[None]:
        """Wait for `size` bytes, and have them until the block ends."""
        needed = min(size, self._size)
        coming = asyncio.get_running_loop().create_future()
        self._waiting.append((needed, coming))
        self._let_in()
        try:
            await coming
            yield
        finally:
            if coming.cancelled():
                self._waiting = deque(each for each in self._waiting if each[1] is not coming)
            else:
                self._free += needed
            self._let_in()

    def _let_in(self) -> None:
        while self._waiting and self._waiting[0][0] <= self._free:
            needed, coming = self._waiting.popleft()
            if not coming.cancelled():
                self._free -= needed
                coming.set_result(None)
