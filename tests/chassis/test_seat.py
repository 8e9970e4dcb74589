"""One child and its parent, where what stands between them breaks."""

import asyncio
import itertools
import os
import signal
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import psutil
import pytest
from pebble import ProcessExpired

from services.chassis import seat as seat_module
from services.chassis.children import Children
from services.chassis.seat import Seat
from services.chassis.testing import until
from services.chassis.unavailable import Unavailable
from services.chassis.watch import Usual
from tests.chassis.deeds import begin_and_hang

GIBIBYTE = 1 << 30


class Pool:
    """As much of a pool as a seat needs; one that breaks while it is given a call says nothing of it ever."""

    def __init__(self, result: int | BaseException | None) -> None:
        self._result = result
        self.active, self.is_ended = True, False

    def schedule(self, *_: Any, **__: Any) -> "Future[int]":
        future: Future[int] = Future()
        if self._result is None:
            self.active = False
        elif isinstance(self._result, BaseException):
            future.set_exception(self._result)
        else:
            future.set_result(self._result)
        return future

    def stop(self) -> None: ...
    def join(self) -> None:
        self.is_ended = True


async def test_a_call_that_a_breaking_pool_forgot_is_made_again() -> None:
    pools = iter((Pool(None), Pool(3)))
    seat = Seat(lambda: next(pools), Usual())  # type: ignore[arg-type, return-value]

    async with asyncio.timeout(60):
        assert await seat.run(sum, ((1, 2),), None) == 3
        await seat.close()


async def test_the_child_of_a_pool_that_comes_after_a_broken_one_is_known_and_can_be_made_to_give_way() -> None:
    pools = iter((Pool(None), Pool(os.getpid())))
    seat = Seat(lambda: next(pools), Usual())  # type: ignore[arg-type, return-value]

    async with asyncio.timeout(60):
        await seat.run(sum, ((1, 2),), None)
        assert seat._child == psutil.Process()
        await seat.close()


class Threadless(Pool):
    """One for which the machine gives no thread when it is to be started."""

    @property
    def active(self) -> bool:
        raise RuntimeError("can't start new thread")

    @active.setter
    def active(self, value: bool) -> None: ...


async def test_that_the_machine_had_no_thread_is_no_failure_of_what_was_called_and_is_over_when_it_has() -> None:
    half, whole = Threadless(3), Pool(3)
    pools = iter((half, whole))
    seat = Seat(lambda: next(pools), Usual())  # type: ignore[arg-type, return-value]

    async with asyncio.timeout(60):
        with pytest.raises(Unavailable, match="can't start new thread"):
            await seat.run(sum, ((1, 2),), None)
        assert await seat.run(sum, ((1, 2),), None) == 3
        await seat.close()
    assert half.is_ended  # it may have a child already, and some of its threads


async def test_that_there_is_no_thread_to_end_a_child_ends_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    seat = Seat(lambda: Pool(3), Usual())  # type: ignore[arg-type, return-value]
    await seat.run(sum, ((1, 2),), None)

    async def no_thread(*_: Any) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(asyncio, "to_thread", no_thread)
    await seat.close()


class Silent(Pool):
    """One whose child never comes to its first call."""

    def schedule(self, *_: Any, **__: Any) -> "Future[int]":
        return Future()


async def test_a_child_that_never_answers_its_first_call_is_waited_for_no_longer_than_one_is_prepared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(seat_module, "PREPARING_SECONDS", 0.01)
    pools = iter((Silent(None), Pool(3)))
    seat = Seat(lambda: next(pools), Usual())  # type: ignore[arg-type, return-value]

    async with asyncio.timeout(60):
        with pytest.raises(Unavailable, match="no child was prepared"):
            await seat.run(sum, ((1, 2),), None)
        assert await seat.run(sum, ((1, 2),), None) == 3  # another sits there
        await seat.close()


async def test_a_child_that_dies_before_it_was_given_anything_is_no_doing_of_what_it_was_to_be_given() -> None:
    died = ProcessExpired("died")  # type: ignore[no-untyped-call] # pebble types it not
    pools = iter((Pool(died), Pool(MemoryError()), Pool(3)))
    seat = Seat(lambda: next(pools), Usual())  # type: ignore[arg-type, return-value]

    async with asyncio.timeout(60):
        assert await seat.run(sum, ((1, 2),), None) == 3
        await seat.close()


async def test_where_every_pool_breaks_there_are_no_children() -> None:
    pools = (Pool(None) for _ in itertools.count())
    seat = Seat(lambda: next(pools), Usual())  # type: ignore[arg-type, return-value]

    with pytest.raises(Unavailable, match="died before they began"):
        await seat.run(sum, ((1, 2),), None)
    await seat.close()


@pytest.mark.slow
async def test_that_the_server_of_children_died_is_no_doing_of_what_they_were_given(tmp_path: Path) -> None:
    async with Children(workers=1, memory_bytes=GIBIBYTE) as children:
        call = asyncio.create_task(children.call(begin_and_hang, tmp_path / "begun", timeout_seconds=300))
        await until((tmp_path / "begun").exists, seconds=60)
        for server in psutil.Process().children():
            if "forkserver" in " ".join(server.cmdline()):
                os.kill(server.pid, signal.SIGKILL)

        with pytest.raises(Unavailable, match="the server that they are forked from died"):
            await call
