"""One child as its parent sees it: a pool of one, and another where that broke."""

import asyncio
import os
import signal
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import forkserver
from typing import Any, TypeVar

import psutil
from pebble import ProcessExpired, ProcessPool

from services.chassis.failures import ChildKilled
from services.chassis.unavailable import Unavailable
from services.chassis.watch import Crowded, Usual, Watch

T = TypeVar("T")

PREPARING_SECONDS = 600.0  # the first one may build what all need, on a slow machine
POOLS_A_CALL = 3  # a child that dies while it is being prepared dies again
WATCH_SECONDS = 0.05  # over a call that is under way
LOOKS, LOOK_SECONDS = 20, 0.01  # at a server that may be dying
UNTOLD = 255  # what multiprocessing says of a child whose server does not tell how it ended
TOO_LONG = "the child took longer than {:g} s"
NONE_CAME = "no child was prepared within {:g} s"
SERVER_DIED = "the server that they are forked from died"


class Seat:
    """A child, and the next when it has died. `trouble` says why there is none, as far as it was tried.

    A call that computes for long goes on behind all others (`watch`), and as nobody may take that back, so would what
    its child is given after it: `gives_way` says that another child should be prepared.
    """

    def __init__(
        self, new_pool: Callable[[], ProcessPool], usual: Usual, is_crowded: Callable[[], bool] = lambda: False
    ) -> None:
        self._new_pool, self._usual, self._is_crowded = new_pool, usual, is_crowded
        self._pool: ProcessPool | None = None
        self._starting: asyncio.Future[None] | None = None
        self._ending: set[asyncio.Future[None]] = set()
        self._closed = False
        self._child: psutil.Process | None = None
        self._watch: Watch | None = None
        self.trouble = ""
        self.gives_way = False

    @property
    def starting(self) -> asyncio.Future[None] | None:
        """What is done once the server has loaded all and forked the child; None where that is so."""
        return self._starting if self._starting is not None and not self._starting.done() else None

    @property
    def is_behind(self) -> bool:
        """Whether the call that is under way goes on behind the others."""
        return self._watch is not None and self._watch.gives_way

    async def prepare(self) -> None:
        """Wait until there is a child, and it is prepared; or until `trouble` says why not."""
        try:
            async with asyncio.timeout(PREPARING_SECONDS):
                if self.gives_way:
                    self._end()
                await self.run(os.getpid, (), None)
            self.trouble = ""
        except TimeoutError:
            self.trouble = NONE_CAME.format(PREPARING_SECONDS)
        except Unavailable as error:
            self.trouble = error.detail
        except (ChildKilled, BrokenProcessPool) as error:
            self.trouble = str(error)

    async def run(self, function: Callable[..., T], arguments: tuple[Any, ...], timeout_seconds: float | None) -> T:
        """What `function` returns or raises in the child, which may compute for `timeout_seconds`.

        Raises ChildKilled where the child did not live to say, Unavailable where none came to begin, or went with the
        server that it was forked from: that is no doing of what it was given; Crowded where it takes long and cannot go
        on here.
        """
        for _ in range(POOLS_A_CALL):
            try:
                pool = await self._open()
                server = _server()
                if self._child is None:  # the pool before broke, perhaps since the last call
                    self._child = _process(await _begun(pool))
                watch = self._watch = Watch(self._child, timeout_seconds, self._usual, self._is_crowded)
                try:
                    result: T = await _answer(pool, _schedule(pool, function, arguments), watch.look)
                    watch.ended()
                finally:
                    self.gives_way, self._watch = self.gives_way or watch.gives_way, None
            except BrokenProcessPool:  # a pool whose idle child dies is of no use ever after; this call was never begun
                if self._closed:
                    raise
                self._end()
            except (asyncio.CancelledError, Unavailable, Crowded):
                self._end()
                raise
            except (ProcessExpired, MemoryError, TimeoutError) as error:
                # Its last words may stand in the pipe half said: what the next child says would be their end.
                self._end()
                if isinstance(error, ProcessExpired) and error.exitcode == UNTOLD and await _is_gone(server):
                    raise Unavailable("children", SERVER_DIED) from error
                raise ChildKilled(_death(error, timeout_seconds)) from error
            else:
                return result
        raise Unavailable("children", f"{POOLS_A_CALL} children died before they began")

    async def close(self) -> None:
        """End the child, whatever it does."""
        self._closed = True
        self._end()
        await asyncio.gather(*self._ending)

    async def _open(self) -> ProcessPool:
        """The pool, its child on its way; the first waits, in a thread, until the server has loaded what it may."""
        if self._closed:
            raise BrokenProcessPool("it is closed")
        if self._pool is None or self._starting is None:
            self._pool = self._new_pool()
            self._starting = asyncio.ensure_future(asyncio.to_thread(_start, self._pool))
        pool = self._pool
        try:
            await asyncio.shield(self._starting)
        except BrokenProcessPool:
            raise
        except (OSError, EOFError, RuntimeError) as error:  # no pipe, no server, no thread
            raise Unavailable("children", str(error) or SERVER_DIED) from error
        return pool

    def _end(self) -> None:
        if self._pool is not None and self._starting is not None:
            ending = asyncio.ensure_future(_end(self._pool, self._starting))
            self._ending.add(ending)
            ending.add_done_callback(self._ending.discard)
            self._pool = None
            self._child, self.gives_way = None, False


def _process(pid: int) -> psutil.Process | None:
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(pid)
    return None


def end_the_server() -> None:
    """Kill what children are forked from, and so all of them; who wants one after that has another server started."""
    server = _server()
    if server is not None:
        with suppress(ProcessLookupError):
            os.kill(server, signal.SIGKILL)


def _server() -> int | None:
    found: int | None = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]  # noqa: SLF001 - no other way
    return found


async def _is_gone(server: int | None) -> bool:
    """Whether it forks no more. It lets go of all that it has open a moment before it is seen to be dead."""
    for _ in range(LOOKS):
        if not _lives(server):
            return True
        await asyncio.sleep(LOOK_SECONDS)
    return False


def _lives(server: int | None) -> bool:
    try:
        return server is not None and psutil.Process(server).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _death(error: BaseException, timeout_seconds: float | None) -> str:
    if isinstance(error, ProcessExpired) and error.exitcode != -signal.SIGXCPU:
        return f"the child died with exit code {error.exitcode}"
    if isinstance(error, MemoryError):
        return "the child ran out of memory"
    return TOO_LONG.format(timeout_seconds)


def _schedule(pool: ProcessPool, function: Callable[..., T], arguments: tuple[Any, ...]) -> "Future[T]":
    try:
        future: Future[T] = pool.schedule(function, args=arguments)
    except RuntimeError as error:  # it broke since the last call
        raise BrokenProcessPool(str(error)) from error
    return future


async def _answer(pool: ProcessPool, future: "Future[T]", look: Callable[[], None]) -> T:
    """What the call comes to, with a `look` at it now and then; raises BrokenProcessPool where nobody will say.

    A pool that breaks aborts the calls that it knows of, and forgets one that it is just being given (pebble 5.2).
    """
    answer = asyncio.wrap_future(future)
    try:
        while not answer.done():
            works = pool.active
            await asyncio.wait({answer}, timeout=WATCH_SECONDS)
            if answer.done():
                break
            if not works:
                raise BrokenProcessPool("it broke while it was given a call")
            look()
        return answer.result()
    finally:
        answer.cancel()


async def _begun(pool: ProcessPool) -> int:
    """The child of a new pool, when it is prepared; that none comes of it is no doing of what it was to be given."""
    try:
        async with asyncio.timeout(PREPARING_SECONDS):
            return await _answer(pool, _schedule(pool, os.getpid, ()), lambda: None)
    except TimeoutError as error:
        raise Unavailable("children", NONE_CAME.format(PREPARING_SECONDS)) from error
    except (ProcessExpired, MemoryError) as error:
        raise BrokenProcessPool(str(error)) from error


def _start(pool: ProcessPool) -> None:
    _ = pool.active  # asking starts it


async def _end(pool: ProcessPool, starting: asyncio.Future[None]) -> None:
    with suppress(OSError, EOFError, RuntimeError):  # it was never begun, or half; pebble's own error is one of these
        await starting
    with suppress(RuntimeError):  # no thread for it: it stands in a queue, for the next that there is
        await asyncio.to_thread(_stop, pool)


def _stop(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call] # pebble types it not
    pool.join()
