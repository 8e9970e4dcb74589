"""Child processes with limits: CPU work and hostile input live there, and may die there."""

import asyncio
import pickle
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from hashlib import blake2b
from multiprocessing import get_context
from types import TracebackType
from typing import Any, Self, TypeVar

from pebble import ProcessPool

from services.chassis import child
from services.chassis.failures import ChildKilled
from services.chassis.seat import Seat
from services.chassis.unavailable import Unavailable

T = TypeVar("T")

SPARES = 2  # one for whoever waits, and one for when that is hurt too
LONG_SECONDS = 0.25  # most articles take less than a tenth of it, and another child costs hundredths of a second
CALM_SECONDS = 180.0  # longer than whatever is tried again is waited with, so that it is still known
IDLE_SECONDS = 30.0  # then what a child holds beyond the server's models goes back to the machine
REMEMBERED_KILLERS = 1000


class Children:
    """Child processes; each is forked from a server, prepared once, limited in memory, and dies with its parent.

    The server has the modules of `preload` imported, and nothing else of ours: what they load, all children share, so
    that another child takes hundredths of a second. It imports them once a process, whoever asks first.
    `prepare` runs in every child before its first call; function and arguments must pickle.
    What hurts its child holds up no others: where somebody waits while a child is being replaced, or works for long,
    there is a spare one, up to `SPARES`; and what has killed a child once has from then on a child apart. They go
    when all is calm, and where nobody calls the server alone is left.
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
        context = get_context("forkserver")
        context.set_forkserver_preload(list(preload))
        self._new_pool = partial(
            ProcessPool,
            max_workers=1,
            initializer=child.begin,
            initargs=(memory_bytes, prepare, prepare_arguments),
            context=context,
        )
        # As many calls as children: what waits here has not begun, so its time does not run and it can be given up.
        self._free: asyncio.Queue[Seat] = asyncio.Queue()
        self._seats: set[Seat] = set()
        self._long: set[Seat] = set()  # those whose calls take long
        self._workers, self._waiting = workers, 0
        self._apart = Seat(self._new_pool)  # for what has killed a child before
        self._one_apart = asyncio.Lock()
        self._killers: OrderedDict[bytes, None] = OrderedDict()
        self._calm: asyncio.TimerHandle | None = None
        self._idle: asyncio.TimerHandle | None = None
        self._closed = False
        self._preparing: set[asyncio.Future[None]] = set()
        self._leaving: set[asyncio.Future[None]] = set()
        self._one_birth = asyncio.Lock()  # what `prepare` builds it builds once
        for _ in range(workers):
            self._add_seat()

    async def call(self, function: Callable[..., T], *arguments: Any, timeout_seconds: float) -> T:
        """What `function` returns or raises, run in a child.

        Raises ChildKilled where the child did not live to say, Unavailable where there is none to begin.
        """
        self._await_idleness()
        if self._killers and _digest(function, arguments) in self._killers:
            return await self._call_apart(function, arguments, timeout_seconds)
        seat = await self._take()
        too_long = asyncio.get_running_loop().call_later(LONG_SECONDS, self._hold, seat)
        try:
            result: T = await seat.run(child.told, (function, arguments), timeout_seconds)
        except (ChildKilled, Unavailable, asyncio.CancelledError) as error:
            _keep(self._preparing, self._make_free(seat))  # its child is gone
            if isinstance(error, ChildKilled):
                self._remember(_digest(function, arguments))
                self._add_spare()
            raise
        except BaseException:  # what the function raised
            self._free.put_nowait(seat)
            raise
        else:
            self._free.put_nowait(seat)
            return result
        finally:
            too_long.cancel()
            self._long.discard(seat)

    async def ready(self) -> None:
        """Wait until a child is prepared; raises Unavailable where none can be."""
        self._await_idleness()
        self._free.put_nowait(await self._take())

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._closed = True
        for timer in (self._calm, self._idle):
            if timer is not None:
                timer.cancel()
        for preparing in self._preparing:
            preparing.cancel()
        await asyncio.gather(*self._preparing, return_exceptions=True)
        await asyncio.gather(*self._leaving, *(seat.close() for seat in (*self._seats, self._apart)))

    async def _call_apart(self, function: Callable[..., T], arguments: tuple[Any, ...], timeout_seconds: float) -> T:
        async with self._one_apart:
            self._await_calm()
            async with self._one_birth:
                await self._apart.prepare()
            if self._apart.trouble:
                raise Unavailable("children", self._apart.trouble)
            return await self._apart.run(child.told, (function, arguments), timeout_seconds)

    async def _take(self) -> Seat:
        self._waiting += 1
        try:
            if self._free.empty():
                self._stand_in()
            seat = await self._free.get()
        finally:
            self._waiting -= 1
        if seat.trouble:
            _keep(self._preparing, self._make_free(seat))
            raise Unavailable("children", seat.trouble)
        return seat

    def _hold(self, seat: Seat) -> None:
        self._long.add(seat)
        self._stand_in()

    def _stand_in(self) -> None:
        """Where calls that take long hold some of the first children, as many others for whoever waits."""
        if len(self._seats) - len(self._long) < self._workers:
            self._add_spare()

    def _add_spare(self) -> None:
        if self._waiting and len(self._seats) < self._workers + SPARES and not self._closed:
            self._await_calm()
            self._add_seat()

    def _add_seat(self) -> None:
        seat = Seat(self._new_pool)
        self._seats.add(seat)
        _keep(self._preparing, self._make_free(seat))

    async def _make_free(self, seat: Seat) -> None:
        """Once its child is prepared; one that cannot be is told to whoever takes the seat."""
        async with self._one_birth:
            await seat.prepare()
        self._free.put_nowait(seat)

    def _remember(self, killer: bytes) -> None:
        self._await_calm()
        self._killers[killer] = None
        if len(self._killers) > REMEMBERED_KILLERS:
            self._killers.popitem(last=False)

    def _await_calm(self) -> None:
        if self._calm is not None:
            self._calm.cancel()
        self._calm = asyncio.get_running_loop().call_later(CALM_SECONDS, self._rest)

    def _await_idleness(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        self._idle = asyncio.get_running_loop().call_later(IDLE_SECONDS, self._leave_the_server)

    def _leave_the_server(self) -> None:
        """Nobody has called for a while: another child is there in no time when somebody does."""
        if self._waiting:
            self._await_idleness()
            return
        self._send_home(keep=0)
        if not self._one_apart.locked():
            _keep(self._leaving, self._apart.close())
            self._apart = Seat(self._new_pool)

    def _send_home(self, *, keep: int) -> None:
        # Where somebody waits, what is free is theirs: they have been woken, and have not taken it yet.
        while len(self._seats) > keep and not self._free.empty() and not self._waiting:
            seat = self._free.get_nowait()
            self._seats.discard(seat)
            _keep(self._leaving, seat.close())

    def _rest(self) -> None:
        """All has been calm: as many children as at first are enough."""
        if self._one_apart.locked():
            self._await_calm()
            return
        self._killers.clear()
        _keep(self._leaving, self._apart.close())
        self._apart = Seat(self._new_pool)
        self._send_home(keep=self._workers)
        if len(self._seats) > self._workers:  # some are at work still
            self._await_calm()


def _keep(tasks: set[asyncio.Future[None]], work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.ensure_future(work)
    tasks.add(task)
    task.add_done_callback(tasks.discard)


def _digest(function: Callable[..., object], arguments: tuple[Any, ...]) -> bytes:
    return blake2b(pickle.dumps((function, arguments)), digest_size=16).digest()
