"""Child processes with limits: CPU work and hostile input live there, and may die there."""

import asyncio
import os
import pickle
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from functools import partial
from hashlib import blake2b
from multiprocessing import get_context
from types import TracebackType
from typing import Any, Self, TypeVar

from pebble import ProcessPool

from services.chassis import child, sockets
from services.chassis.failures import ChildKilled
from services.chassis.seat import Seat, end_the_server
from services.chassis.unavailable import Unavailable
from services.chassis.watch import Crowded, Usual

T = TypeVar("T")

SPARES = 3  # prepared and unused, they cost some megabytes each: their models are the server's
LONG_SECONDS = 0.1  # most articles take half of it
MOST_LONG_SECONDS = 0.25  # of a call that has several pieces: a loop in one of them holds up all that wait
CALM_SECONDS = 180.0  # longer than whatever is tried again is waited with, so that it is still known
IDLE_SECONDS = 10.0  # then what children hold beyond the server's models goes back to the machine
LOOK_SECONDS = 0.1  # whether a server is there that can be ended
GONE_SECONDS = 1.0  # that children have for their end when all is closed
REMEMBERED_KILLERS = 1000
KILLERS_NICENESS = 15  # a loop or a heap of memory takes a whole core until it ends
CHILDS_OWN = ("pebble.pool.process", child.__name__)  # imported in each child, they would be a third of its birth
# What a killed service leaves behind Python's tracker removes, and tells those who cannot help it.
TRACKERS_WORDS = "ignore:resource_tracker:UserWarning"


class Children:
    """Child processes; each is forked from a server, prepared once, limited in memory, and dies with its parent.

    The server has the modules of `preload` imported, and nothing else of ours: what they load, all children share, so
    that another child takes hundredths of a second. It imports them once a process, whoever asks first.
    `prepare` runs in every child before its first call; function and arguments must pickle.
    `workers` calls run at once. What hurts its child holds up no others: there are `SPARES` children more, a call that
    takes long for its pieces gives its turn to whoever waits, and what has killed a child once has from then on a child
    apart. So has what takes long while `SPARES` others do, so that there is a child for what does not. Where nobody
    calls, the server alone is left.
    """

    def __init__(
        self,
        *,
        workers: int,
        memory_bytes: int,
        preload: Sequence[str] = (),
        prepare: Callable[..., None] | None = None,
        prepare_arguments: tuple[Any, ...] = (),
    ) -> None:
        _leave_the_tracker_alone()
        context = get_context("forkserver")
        context.set_forkserver_preload([*CHILDS_OWN, *preload])

        def new_pool(niceness: int) -> ProcessPool:
            arguments = (memory_bytes, niceness, prepare, prepare_arguments)
            return ProcessPool(max_workers=1, initializer=child.begin, initargs=arguments, context=context)

        usual = Usual()
        self._new_seat = partial(Seat, partial(new_pool, 0), usual, self._is_crowded)
        self._new_apart = partial(Seat, partial(new_pool, KILLERS_NICENESS), usual)
        # What waits for its turn has not begun, so its time does not run and it can be given up.
        self._turns = asyncio.Semaphore(workers)
        self._free: asyncio.Queue[Seat] = asyncio.Queue()
        self._seats: set[Seat] = set()
        self._most = workers + SPARES
        self._under_way = 0
        self._apart = self._new_apart()  # for what has killed a child before
        self._one_apart = asyncio.Lock()
        self._killers: OrderedDict[bytes, None] = OrderedDict()
        self._calm: asyncio.TimerHandle | None = None
        self._idle: asyncio.TimerHandle | None = None
        self._preparing: set[asyncio.Future[None]] = set()
        self._leaving: set[asyncio.Future[None]] = set()
        self._one_birth = asyncio.Lock()  # what `prepare` builds it builds once

    async def call(self, function: Callable[..., T], *arguments: Any, timeout_seconds: float, pieces: int = 1) -> T:
        """What `function` returns or raises, run in a child, which may compute for `timeout_seconds`.

        With so many `pieces` in it that are small, it keeps its turn for longer: else many of them would run at once.
        Raises ChildKilled where the child did not live to say, Unavailable where there is none to begin.
        """
        with self._called():
            if self._killers and _digest(function, arguments) in self._killers:
                return await self._call_apart(function, arguments, timeout_seconds)
            try:
                async with self._seat(pieces) as seat:
                    return await seat.run(child.told, (function, arguments, timeout_seconds), timeout_seconds)
            except ChildKilled:
                self._remember(_digest(function, arguments))
                raise
            except Crowded:
                return await self._call_apart(function, arguments, timeout_seconds)

    async def ready(self) -> None:
        """Wait until a child is prepared; raises Unavailable where none can be."""
        with self._called():
            async with self._seat():
                pass

    async def __aenter__(self) -> Self:
        """Raises Unavailable where the folder for temporary files is one in which no server can listen."""
        if (why := sockets.no_room()) is not None:
            raise Unavailable("children", why)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for timer in (self._calm, self._idle):
            if timer is not None:
                timer.cancel()
        for preparing in self._preparing:
            preparing.cancel()
        await self._load_no_more()
        await asyncio.gather(*self._preparing, return_exceptions=True)
        closing = asyncio.gather(*self._leaving, *(seat.close() for seat in (*self._seats, self._apart)))
        _, late = await asyncio.wait({closing}, timeout=GONE_SECONDS)
        if late:  # behind all others one even dies behind them: on a busy machine half a minute after it was killed
            end_the_server()  # the kernel kills with it what was forked from it, and nobody is left to wait for
        await closing

    async def _load_no_more(self) -> None:
        """A server that still loads may do so for minutes, and nobody will need it."""
        starting = {one for seat in (*self._seats, self._apart) if (one := seat.starting) is not None}
        while starting:
            end_the_server()
            _, starting = await asyncio.wait(starting, timeout=LOOK_SECONDS)

    @contextmanager
    def _called(self) -> Iterator[None]:
        """There are as many children as there may be, and they stay for a while."""
        while len(self._seats) < self._most:
            seat = self._new_seat()
            self._seats.add(seat)
            _keep(self._preparing, self._make_free(seat))
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1
            self._idle = _later(self._idle, IDLE_SECONDS, self._leave_the_server)

    @asynccontextmanager
    async def _seat(self, pieces: int = 1) -> AsyncIterator[Seat]:
        """A prepared child, when it is our turn; after what took it down, another sits there."""
        await self._turns.acquire()
        with ExitStack() as turn:  # which is over once, here or after a while
            turn.callback(self._turns.release)
            seat = await self._free.get()
            if seat.trouble:
                _keep(self._preparing, self._make_free(seat))
                raise Unavailable("children", seat.trouble)
            seconds = max(LONG_SECONDS, min(LONG_SECONDS * pieces, MOST_LONG_SECONDS))
            long = asyncio.get_running_loop().call_later(seconds, turn.close)
            gone = False
            try:
                yield seat
            except (ChildKilled, Unavailable, Crowded, asyncio.CancelledError):
                gone = True
                raise
            finally:
                long.cancel()
                if gone or seat.gives_way:
                    _keep(self._preparing, self._make_free(seat))
                else:
                    self._free.put_nowait(seat)

    def _is_crowded(self) -> bool:
        """Whether no more calls may go on behind the others here: whoever comes next would have no child."""
        return sum(seat.is_behind for seat in self._seats) >= SPARES

    async def _make_free(self, seat: Seat) -> None:
        """Once its child is prepared; one that cannot be is told to whoever takes the seat."""
        try:
            async with self._one_birth:
                await seat.prepare()
        finally:  # a seat that is lost would be waited for without end
            self._free.put_nowait(seat)

    async def _call_apart(self, function: Callable[..., T], arguments: tuple[Any, ...], timeout_seconds: float) -> T:
        async with self._one_apart:
            self._await_calm()
            async with self._one_birth:
                await self._apart.prepare()
            if self._apart.trouble:
                raise Unavailable("children", self._apart.trouble)
            return await self._apart.run(child.told, (function, arguments, timeout_seconds), timeout_seconds)

    def _remember(self, killer: bytes) -> None:
        self._await_calm()
        self._killers[killer] = None
        if len(self._killers) > REMEMBERED_KILLERS:
            self._killers.popitem(last=False)

    def _await_calm(self) -> None:
        self._calm = _later(self._calm, CALM_SECONDS, self._killers.clear)

    def _leave_the_server(self) -> None:
        """Nobody has called for a while: other children are there in no time when somebody does."""
        if self._under_way:
            return  # whoever is the last comes here again
        while not self._free.empty():
            self._send_home(self._free.get_nowait())
        self._send_home(self._apart)
        self._apart = self._new_apart()

    def _send_home(self, seat: Seat) -> None:
        self._seats.discard(seat)
        _keep(self._leaving, seat.close())


def _later(timer: asyncio.TimerHandle | None, seconds: float, do: Callable[[], None]) -> asyncio.TimerHandle:
    if timer is not None:
        timer.cancel()
    return asyncio.get_running_loop().call_later(seconds, do)


def _keep(tasks: set[asyncio.Future[None]], work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.ensure_future(work)
    tasks.add(task)
    task.add_done_callback(tasks.discard)


def _digest(function: Callable[..., object], arguments: tuple[Any, ...]) -> bytes:
    return blake2b(pickle.dumps((function, arguments)), digest_size=16).digest()


def _leave_the_tracker_alone() -> None:
    """The tracker is a process of its own, and outlives a service that is killed."""
    set_already = os.environ.get("PYTHONWARNINGS", "")
    if TRACKERS_WORDS not in set_already:
        os.environ["PYTHONWARNINGS"] = ",".join(filter(None, (set_already, TRACKERS_WORDS)))
