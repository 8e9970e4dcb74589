"""Child processes with limits: CPU work and hostile input live there, and may die there."""

import asyncio
import ctypes
import os
import pickle
import resource
import signal
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context
from types import TracebackType
from typing import Any, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from services.chassis import faults
from services.chassis.failures import ChildKilled

T = TypeVar("T")

PR_SET_PDEATHSIG = 1  # prctl(2)
POOLS_A_CALL = 3  # a child that dies while it is being prepared dies again


class Children:
    """A pool of child processes; each is spawned fresh, prepared once, limited in memory, and dies with its parent.

    `prepare` runs in every child before its first call (load a model there); function and arguments must pickle.
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
            max_workers=workers,
            initializer=_begin,
            initargs=(memory_bytes, os.getpid(), prepare, prepare_arguments),
            context=get_context("spawn"),
        )
        self._pool = self._new_pool()
        self._closed = False
        # As many calls as children: what waits here has not begun, so its time does not run and it can be given up.
        self._free = asyncio.Semaphore(workers)
        self._burials: set[asyncio.Future[None]] = set()

    async def call(self, function: Callable[..., T], *arguments: Any, timeout_seconds: float) -> T:
        """What `function` returns or raises, run in a child; raises ChildKilled where the child did not live to say."""
        async with self._free:
            return await self._call(_told, (function, arguments), timeout_seconds)

    async def ready(self) -> None:
        """Wait until a child is prepared."""
        await self._call(os.getpid, (), None)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._closed = True
        await asyncio.gather(asyncio.to_thread(_stop, self._pool), *self._burials)

    async def _call(self, function: Callable[..., T], arguments: tuple[Any, ...], timeout_seconds: float | None) -> T:
        for _ in range(POOLS_A_CALL):
            pool = self._pool
            try:
                result: T = await asyncio.wrap_future(_schedule(pool, function, arguments, timeout_seconds))
            except BrokenProcessPool:
                if self._closed:
                    raise
                self._replace(pool)
            except ProcessExpired as error:
                raise ChildKilled(f"the child died with exit code {error.exitcode}") from error
            except MemoryError as error:
                raise ChildKilled("the child ran out of memory") from error
            except TimeoutError as error:
                raise ChildKilled(f"the child took longer than {timeout_seconds:g} s") from error
            else:
                return result
        raise ChildKilled(f"{POOLS_A_CALL} children died before they began")

    def _replace(self, broken: ProcessPool) -> None:
        """Make another pool: one whose idle child dies is of no use ever after. Its calls were never begun."""
        if broken is not self._pool:
            return
        self._pool = self._new_pool()
        burial = asyncio.ensure_future(asyncio.to_thread(_stop, broken))
        self._burials.add(burial)
        burial.add_done_callback(self._burials.discard)


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
