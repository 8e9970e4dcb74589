import os
import signal
import time
from collections.abc import Callable

import pytest

from contracts.outcomes import Unfit
from services.chassis.children import Children
from services.chassis.failures import ChildKilled
from services.chassis.testing import until

pytestmark = pytest.mark.slow

GIBIBYTE = 1 << 30


def add(left: int, right: int) -> int:
    return left + right


def refuse() -> None:
    raise Unfit("never right")


def hang() -> None:
    time.sleep(60)


def eat() -> int:
    return len(bytearray(4 * GIBIBYTE))


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_a_child_says_what_its_function_says() -> None:
    async with Children(workers=1, memory_bytes=GIBIBYTE) as children:
        await children.ready()
        assert await children.call(add, 1, 2, timeout_seconds=10) == 3
        with pytest.raises(Unfit, match="never right"):
            await children.call(refuse, timeout_seconds=10)


@pytest.mark.parametrize("harm", [eat, crash])
async def test_a_child_that_dies_is_told_and_replaced(harm: Callable[[], object]) -> None:
    async with Children(workers=1, memory_bytes=GIBIBYTE) as children:
        with pytest.raises(ChildKilled):
            await children.call(harm, timeout_seconds=30)
        assert await children.call(add, 1, 2, timeout_seconds=30) == 3


@pytest.mark.parametrize("noticed", [True, False])
async def test_an_idle_child_that_is_killed_is_replaced_and_no_call_suffers(noticed: bool) -> None:
    async with Children(workers=1, memory_bytes=GIBIBYTE) as children:
        for _ in range(2):
            pid = await children.call(os.getpid, timeout_seconds=30)
            os.kill(pid, signal.SIGKILL)
            if noticed:
                await until(lambda pid=pid: not exists(pid))  # type: ignore[misc]
            assert await children.call(add, 1, 2, timeout_seconds=30) == 3


async def test_a_child_that_cannot_be_prepared_is_told() -> None:
    async with Children(workers=1, memory_bytes=GIBIBYTE, prepare=crash) as children:
        with pytest.raises(ChildKilled, match="before they began"):
            await children.ready()


async def test_a_child_that_takes_too_long_is_killed_and_its_neighbour_is_not_harmed() -> None:
    async with Children(workers=1, memory_bytes=GIBIBYTE) as children:
        pid = await children.call(os.getpid, timeout_seconds=30)
        with pytest.raises(ChildKilled):
            await children.call(hang, timeout_seconds=0.2)
        assert await children.call(add, 1, 2, timeout_seconds=30) == 3
        await until(lambda: not exists(pid))
