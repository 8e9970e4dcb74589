"""Many files on their way at once, and no more: what fails is left where it is, and found again."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from contextlib import AbstractAsyncContextManager, ExitStack, suppress
from dataclasses import dataclass

from services.chassis import cancelling
from services.fetch.folder.troubles import Troubles

MAX_QUEUED = 8192
LONG_TRY_SECONDS = 5.0  # that has not failed by then: another may try too


@dataclass(frozen=True)
class Parked:
    """What work gives back that goes on in its `turn`, known by `key`, and holds no hand until then."""

    key: Hashable
    turn: AbstractAsyncContextManager[None]
    work: Callable[[], Awaitable[object]]


class Hands:
    """So many workers on one bounded queue; the same key is never worked on twice at once."""

    def __init__(self, workers: int, doing: str = "taking files") -> None:
        self._workers = workers
        self._queue: asyncio.Queue[tuple[Hashable, Callable[[], Awaitable[object]]]] = asyncio.Queue()
        self._held: set[Hashable] = set()
        self._idle = asyncio.Event()
        self._idle.set()
        self._tasks: list[asyncio.Task[None]] = []
        self._parked: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._in_work = 0
        self._gate = asyncio.Lock()
        self.troubles = Troubles(doing=doing)

    def start(self) -> None:
        """Begin."""
        self._tasks = [asyncio.create_task(self._work(), name=f"hand {number}") for number in range(self._workers)]

    async def stop(self, seconds: float) -> None:
        """Give what is in work some time; what is cut off is taken up again by whoever starts next."""
        self._stopping = True
        while not self._queue.empty():
            self._held.discard(self._queue.get_nowait()[0])
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._idle.wait()
        await cancelling.end([*self._tasks, *self._parked], grace_seconds=cancelling.GRACE_SECONDS)

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
            await self._one(*await self._queue.get())

    async def _one(self, key: Hashable, work: Callable[[], Awaitable[object]]) -> None:
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
        if isinstance(result, Parked) and result.key not in self._held:  # else somebody is about to come to it
            self._held.add(result.key)
            waiting = asyncio.create_task(self._wait(result), name="parked")
            self._parked.add(waiting)
            waiting.add_done_callback(self._parked.discard)

    async def _wait(self, parked: Parked) -> None:
        async with parked.turn:
            if not self._stopping:
                await self._one(parked.key, parked.work)
