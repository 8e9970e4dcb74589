"""Many files on their way at once, and no more: what fails is left where it is, and found again."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from contextlib import ExitStack, suppress

from services.chassis import cancelling
from services.fetch.folder.troubles import Troubles

MAX_QUEUED = 8192
LONG_TRY_SECONDS = 5.0  # that has not failed by then: another may try too


class Hands:
    """So many workers on one bounded queue; the same key is never worked on twice at once."""

    def __init__(self, workers: int, doing: str = "taking files") -> None:
        self._workers = workers
        self._queue: asyncio.Queue[tuple[Hashable, Callable[[], Awaitable[object]]]] = asyncio.Queue()
        self._held: set[Hashable] = set()
        self._idle = asyncio.Event()
        self._idle.set()
        self._tasks: list[asyncio.Task[None]] = []
        self._in_work = 0
        self._gate = asyncio.Lock()
        self.troubles = Troubles(doing=doing)

    def start(self) -> None:
        """Begin."""
        self._tasks = [asyncio.create_task(self._work(), name=f"hand {number}") for number in range(self._workers)]

    async def stop(self, seconds: float) -> None:
        """Give what is in work some time; what is cut off is taken up again by whoever starts next."""
        while not self._queue.empty():
            self._held.discard(self._queue.get_nowait()[0])
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._idle.wait()
        await cancelling.end(self._tasks, grace_seconds=cancelling.GRACE_SECONDS)

    def hold(self, key: Hashable) -> bool:
        """Whether it is queued or in work."""
        return key in self._held

    def may_have(self, key: Hashable) -> bool:
        """Whether `offer` would queue it, if there is room: it is not held still, and need not rest."""
        return key not in self._held and not self.troubles.rests(key)

    def offer(self, key: Hashable, work: Callable[[], Awaitable[object]]) -> bool:
        """Queue `work`, unless it is held already or has to rest; False where there is no room."""
        if not self.may_have(key):
            return True
        if self._queue.qsize() >= MAX_QUEUED:
            return False
        self._held.add(key)
        self._queue.put_nowait((key, work))
        return True

    def look_again(self) -> None:
        """Everything that still waits is going to be offered."""
        self.troubles.look_again(self._held)

    @property
    def queued(self) -> int:
        """How many wait for a hand."""
        return self._queue.qsize()

    async def _work(self) -> None:
        while True:
            key, work = await self._queue.get()
            with ExitStack() as gate:
                await self._gate.acquire()
                gate.callback(self._gate.release)
                if not self.troubles.is_everybodys:
                    gate.close()
                else:  # one tries, and the others wait for it; not for hours, where it holds a million articles
                    await asyncio.sleep(self.troubles.seconds_to_probe())
                    gate.callback(asyncio.get_running_loop().call_later(LONG_TRY_SECONDS, gate.close).cancel)
                await self._do(key, work)

    async def _do(self, key: Hashable, work: Callable[[], Awaitable[object]]) -> None:
        self._in_work += 1
        self._idle.clear()
        # One input's trouble is not the others': gathered, it is a value.
        [result] = await asyncio.gather(work(), return_exceptions=True)
        self._held.discard(key)
        self._in_work -= 1
        if not self._in_work:
            self._idle.set()
        if isinstance(result, BaseException):
            self.troubles.met(key, result)
        else:
            self.troubles.over(key)
