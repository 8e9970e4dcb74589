"""Child processes with limits: CPU work and hostile input live there, and may die there."""

import asyncio
import ctypes
import os
import resource
import signal
from collections.abc import Callable
from multiprocessing import get_context
from types import TracebackType
from typing import Any, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from services.chassis.failures import ChildKilled

T = TypeVar("T")

PR_SET_PDEATHSIG = 1  # prctl(2)


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
        self._pool = ProcessPool(
            max_workers=workers,
            initializer=_begin,
            initargs=(memory_bytes, os.getpid(), prepare, prepare_arguments),
            context=get_context("spawn"),
        )

    async def call(self, function: Callable[..., T], *arguments: Any, timeout_seconds: float) -> T:
        """What `function` returns or raises, run in a child; raises ChildKilled where the child did not live to say."""
        future = self._pool.schedule(function, args=arguments, timeout=timeout_seconds)
        try:
            result: T = await asyncio.wrap_future(future)
        except ProcessExpired as error:
            raise ChildKilled(f"the child died with exit code {error.exitcode}") from error
        except MemoryError as error:
            raise ChildKilled("the child ran out of memory") from error
        except TimeoutError as error:
            raise ChildKilled(f"the child took longer than {timeout_seconds:g} s") from error
        return result

    async def ready(self) -> None:
        """Wait until a child is prepared."""
        await asyncio.wrap_future(self._pool.schedule(os.getpid))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self._stop)

    def _stop(self) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


def _begin(memory_bytes: int, parent: int, prepare: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before we asked to die with it
        os._exit(1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the parent decides
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if prepare is not None:
        prepare(*arguments)
