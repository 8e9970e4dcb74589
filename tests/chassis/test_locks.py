"""A lock through a pipe keeps out whom multiprocessing's would keep out, and has no name that could stay behind."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from services.chassis.children import Children
from services.chassis.locks import Lock, Nameless
from tests.chassis.deeds import GIBIBYTE, add

NAMED = "/dev/shm/sem."


def in_another_thread(do: Callable[[], object]) -> object:
    told: list[object] = []
    thread = threading.Thread(target=lambda: told.append(do()))
    thread.start()
    thread.join()
    return told[0]


@pytest.fixture
def lock() -> Lock:
    return Nameless().RLock()


def test_who_has_the_lock_may_ask_again_and_nobody_else_has_it_until_it_is_given_back_as_often(lock: Lock) -> None:
    assert lock.acquire()
    assert lock.acquire(block=False)
    for _ in range(2):
        assert not in_another_thread(lambda: lock.acquire(block=False))
        assert not in_another_thread(lambda: lock.acquire(timeout=0.01))
        lock.release()
    assert in_another_thread(lambda: lock.acquire(timeout=0.01))


def test_whoever_waits_has_it_when_it_is_given_back(lock: Lock) -> None:
    lock.acquire()
    told: list[bool] = []
    waiting = threading.Thread(target=lambda: told.append(lock.acquire()))
    waiting.start()
    lock.release()
    waiting.join()
    assert told == [True]


def test_nobody_gives_back_what_another_has(lock: Lock) -> None:
    with pytest.raises(AssertionError, match="another"):
        lock.release()
    lock.acquire()
    with pytest.raises(AssertionError, match="another"):
        raise in_another_thread(lambda: _failure_of(lock.release))  # type: ignore[misc]


def _failure_of(do: Callable[[], object]) -> Exception | None:
    try:
        do()
    except AssertionError as error:
        return error
    return None


@pytest.mark.slow
async def test_children_leave_no_name_on_the_machine_however_they_and_their_service_end() -> None:
    before = semaphores()
    async with Children(workers=2, memory_bytes=GIBIBYTE) as children:
        assert await children.call(add, 1, 2, timeout_seconds=60) == 3
        assert semaphores() == before


def semaphores() -> set[str]:
    """Those that have a name and that we have open: whoever kills us leaves them behind."""
    return {line.split(maxsplit=5)[-1] for line in Path("/proc/self/maps").read_text().splitlines() if NAMED in line}
