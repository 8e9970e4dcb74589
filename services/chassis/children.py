"""Child processes with limits: CPU work and hostile input live there, and may die there."""

import asyncio
import ctypes
import os
import pickle
import resource
import signal
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from multiprocessing import get_context
from types import TracebackType
from typing import Any, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from services.chassis import faults
from services.chassis.failures import ChildKilled

T = TypeVar("T")

PR_SET_PDEATHSIG = 1  # prctl(2)
SPARES = 2  # one for whoever waits, and one for when that is hurt too
LONG_SECONDS = 1.0  # most articles take less than a tenth of it
CALM_SECONDS = 120.0  # a spare child has models of its own
REMEMBERED_KILLERS = 1000
POOLS_A_CALL = 3  # a child that dies while it is being prepared dies again


@dataclass(eq=False)
class _Seat:
    """One child, and the next when it has died."""

    pool: ProcessPool
    trouble: ChildKilled | None = None  # why it could not be prepared


class Children:
    """Child processes; each is spawned fresh, prepared once, limited in memory, and dies with its parent.

    `prepare` runs in every child before its first call (load a model there); function and arguments must pickle.
    What hurts its child holds up no others: while one is being replaced, or works for long and somebody waits, up to
    `SPARES` more are made; and what has killed a child once has from then on a child apart. They go when all is calm.
    """

    def __init__(
        self,
        *,
        workers: int,
        memory_bytes: int,
        prepare: Callable[..., None] | None = None,
        prepare_arguments: tuple[Any, ...] = (),
    ) -> None:
        self._new_pool = partial(
            ProcessPool,
            max_workers=1,
            initializer=_begin,
            initargs=(memory_bytes, os.getpid(), prepare, prepare_arguments),
            context=get_context("spawn"),
        )
        # As many calls as children: what waits here has not begun, so its time does not run and it can be given up.
        self._free: asyncio.Queue[_Seat] = asyncio.Queue()
        self._seats: set[_Seat] = set()
        self._workers, self._waiting = workers, 0
        self._apart: _Seat | None = None  # for what has killed a child before
        self._one_apart = asyncio.Lock()
        self._killers: OrderedDict[bytes, None] = OrderedDict()
        self._calm: asyncio.TimerHandle | None = None
        self._closed = False
        self._preparing: set[asyncio.Future[None]] = set()
        self._burials: set[asyncio.Future[None]] = set()
        self._one_birth = asyncio.Lock()  # loading takes a core for seconds, and each would make the others wait
        for _ in range(workers):
            _keep(self._preparing, self._add_seat())

    async def call(self, function: Callable[..., T], *arguments: Any, timeout_seconds: float) -> T:
        """What `function` returns or raises, run in a child; raises ChildKilled where the child did not live to say."""
        if self._killers and _digest(function, arguments) in self._killers:
            async with self._one_apart:
                if self._apart is None:
                    self._apart = await self._born()
                self._await_calm()
                again: T = await self._run(self._apart, _told, (function, arguments), timeout_seconds)
                return again
        seat = await self._take()
        watch = asyncio.ensure_future(self._watch())
        try:
            result: T = await self._run(seat, _told, (function, arguments), timeout_seconds)
        except BaseException as error:
            if isinstance(error, ChildKilled):
                self._remember(_digest(function, arguments))
                self._add_spare()
            _keep(self._preparing, self._come_back(seat))  # the child may be gone
            raise
        else:
            self._free.put_nowait(seat)
            return result
        finally:
            watch.cancel()

    async def ready(self) -> None:
        """Wait until a child is prepared; raises ChildKilled where that kills it."""
        seat = await self._take()
        self._free.put_nowait(seat)
        if seat.trouble is not None:
            raise seat.trouble

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._closed = True
        if self._calm is not None:
            self._calm.cancel()
        for preparing in self._preparing:
            preparing.cancel()
        await asyncio.gather(*self._preparing, return_exceptions=True)
        for seat in (*self._seats, *([self._apart] if self._apart else [])):
            self._bury(seat.pool)
        await asyncio.gather(*self._burials)

    async def _take(self) -> _Seat:
        self._waiting += 1
        try:
            return await self._free.get()
        finally:
            self._waiting -= 1

    async def _watch(self) -> None:
        """While a call is long, see that whoever waits has a child too."""
        while True:
            await asyncio.sleep(LONG_SECONDS)
            if self._waiting:
                self._add_spare()

    def _add_spare(self) -> None:
        """One child more, for a while, or as many as there may be for a while longer."""
        self._await_calm()
        if len(self._seats) < self._workers + SPARES and not self._one_birth.locked() and not self._closed:
            _keep(self._preparing, self._add_seat())

    async def _add_seat(self) -> None:
        seat = await self._born()
        self._seats.add(seat)
        self._free.put_nowait(seat)
        if len(self._seats) > self._workers:
            self._await_calm()

    async def _born(self) -> _Seat:
        async with self._one_birth:
            seat = _Seat(self._new_pool())
            try:
                await self._prepare(seat)
            except BaseException:  # we are closing
                self._bury(seat.pool)
                raise
            return seat

    def _await_calm(self) -> None:
        if self._calm is not None:
            self._calm.cancel()
        self._calm = asyncio.get_running_loop().call_later(CALM_SECONDS, self._rest)

    def _rest(self) -> None:
        """All has been calm: as many children as at first are enough."""
        if self._apart is not None and not self._one_apart.locked():
            self._bury(self._apart.pool)
            self._apart = None
        while len(self._seats) > self._workers and not self._free.empty():
            seat = self._free.get_nowait()
            self._seats.discard(seat)
            self._bury(seat.pool)
        if self._apart is not None or len(self._seats) > self._workers:  # some are at work still
            self._await_calm()

    async def _come_back(self, seat: _Seat) -> None:
        await self._prepare(seat)
        self._free.put_nowait(seat)

    async def _prepare(self, seat: _Seat) -> None:
        """Wait until its child is prepared; one that cannot be says so to whoever takes the seat."""
        try:
            await self._run(seat, os.getpid, (), None)
            seat.trouble = None
        except ChildKilled as error:
            seat.trouble = error

    def _remember(self, killer: bytes) -> None:
        self._killers[killer] = None
        if len(self._killers) > REMEMBERED_KILLERS:
            self._killers.popitem(last=False)

    def _bury(self, pool: ProcessPool) -> None:
        _keep(self._burials, asyncio.to_thread(_stop, pool))

    async def _run(
        self, seat: _Seat, function: Callable[..., T], arguments: tuple[Any, ...], timeout_seconds: float | None
    ) -> T:
        for _ in range(POOLS_A_CALL):
            pool = seat.pool
            try:
                result: T = await asyncio.wrap_future(_schedule(pool, function, arguments, timeout_seconds))
            except BrokenProcessPool:  # a pool whose idle child dies is of no use ever after; this call was never begun
                if self._closed:
                    raise
                seat.pool = self._new_pool()
                self._bury(pool)
            except ProcessExpired as error:
                raise ChildKilled(f"the child died with exit code {error.exitcode}") from error
            except MemoryError as error:
                raise ChildKilled("the child ran out of memory") from error
            except TimeoutError as error:
                raise ChildKilled(f"the child took longer than {timeout_seconds:g} s") from error
            else:
                return result
        raise ChildKilled(f"{POOLS_A_CALL} children died before they began")


def _keep(tasks: set[asyncio.Future[None]], work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.ensure_future(work)
    tasks.add(task)
    task.add_done_callback(tasks.discard)


def _digest(function: Callable[..., object], arguments: tuple[Any, ...]) -> bytes:
    return blake2b(pickle.dumps((function, arguments)), digest_size=16).digest()


def _schedule(
    pool: ProcessPool, function: Callable[..., T], arguments: tuple[Any, ...], timeout_seconds: float | None
) -> "Future[T]":
    try:
        future: Future[T] = pool.schedule(function, args=arguments, timeout=timeout_seconds)
    except RuntimeError as error:  # it broke since the last call
        raise BrokenProcessPool(str(error)) from error
    return future


def _stop(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()


def _told(function: Callable[..., T], arguments: tuple[Any, ...]) -> T:
    """What `function` returns; an error that would not survive the way to the parent goes as its text."""
    faults.point("in_child", arguments)
    try:
        return function(*arguments)
    except Exception as error:
        try:
            pickle.loads(pickle.dumps(error))  # noqa: S301 - our own, a moment old
        except Exception:  # noqa: BLE001 - a constructor may raise anything
            raise RuntimeError(repr(error)) from None
        raise


def _begin(memory_bytes: int, parent: int, prepare: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before we asked to die with it
        os._exit(1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the parent decides
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if prepare is not None:
        prepare(*arguments)
