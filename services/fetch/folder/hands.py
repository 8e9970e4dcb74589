"""Many files on their way at once, and no more: what fails is left where it is, and found again."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from contextlib import suppress

from services.chassis.logs import logger
from services.chassis.unavailable import Unavailable

MAX_QUEUED = 8192


class Hands:
    """So many workers on one bounded queue; the same key is never worked on twice at once."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._queue: asyncio.Queue[tuple[Hashable, Callable[[], Awaitable[object]]]] = asyncio.Queue()
        self._held: set[Hashable] = set()
        self._idle = asyncio.Event()
        self._idle.set()
        self._tasks: list[asyncio.Task[None]] = []
        self._troubles: dict[Hashable, tuple[str, int]] = {}
        self._look = 0

    def start(self) -> None:
        """Begin."""
        self._tasks = [asyncio.create_task(self._work(), name=f"hand {number}") for number in range(self._workers)]

    async def stop(self, seconds: float) -> None:
        """Give what is in work some time; what is cut off is taken up again by whoever starts next."""
        while not self._queue.empty():
            self._let_go(self._queue.get_nowait()[0])
        with suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), seconds)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def hold(self, key: Hashable) -> bool:
        """Whether it is queued or in work."""
        return key in self._held

    def offer(self, key: Hashable, work: Callable[[], Awaitable[object]]) -> bool:
        """Queue `work`; False where there is no room."""
        if key in self._held:
            return True
        if self._queue.qsize() >= MAX_QUEUED:
            return False
        self._held.add(key)
        self._idle.clear()
        self._queue.put_nowait((key, work))
        return True

    @property
    def trouble(self) -> str | None:
        """What stops some input, the first that was met; None where nothing does."""
        return next(iter(self._troubles.values()), (None,))[0]

    def look_again(self) -> None:
        """Everything that still waits is going to be offered; trouble with what was not, for a whole look, is over."""
        self._look += 1
        for key in [key for key, (_, look) in self._troubles.items() if look < self._look - 1]:
            if key not in self._held:
                del self._troubles[key]

    @property
    def queued(self) -> int:
        """How many wait for a hand."""
        return self._queue.qsize()

    def _let_go(self, key: Hashable) -> None:
        self._held.discard(key)
        if not self._held:
            self._idle.set()

    async def _work(self) -> None:
        while True:
            key, work = await self._queue.get()
            # One input's trouble is not the others': gathered, it is a value.
            [result] = await asyncio.gather(work(), return_exceptions=True)
            self._let_go(key)
            if isinstance(result, asyncio.CancelledError):
                raise result
            self._troubles.pop(key, None)
            if isinstance(result, BaseException):
                self._troubles[key] = (_trouble(result), self._look)


def _trouble(error: BaseException) -> str:
    """What stopped an input, in words for /readyz; it waits where it is."""
    expected = isinstance(error, Unavailable | OSError)
    text = str(error) if expected else f"{type(error).__name__}: {error}"
    logger().warning("held back", error=text, exc_info=None if expected else error)
    return f"taking files: {text}"
