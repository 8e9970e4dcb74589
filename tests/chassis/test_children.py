import asyncio
import os
import re
import resource
import signal
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from contracts.outcomes import Unfit
from services.chassis import children as children_module
from services.chassis import settings, watch
from services.chassis.children import Children
from services.chassis.failures import ChildKilled
from services.chassis.testing import until
from services.chassis.unavailable import Unavailable
from tests.chassis.deeds import (
    GIBIBYTE,
    add,
    be_alone,
    be_alone_for_long,
    begin_to_answer,
    compute_until_behind,
    compute_until_there,
    crash,
    crash_unless,
    doze,
    eat,
    hang,
    niceness,
    refuse,
)
from tests.e2e.running import readers_of

pytestmark = pytest.mark.slow


def readers_and_server() -> list[psutil.Process]:
    return readers_of(psutil.Process())


def server_of() -> list[psutil.Process]:
    return readers_and_server()[-1:]


def own_children() -> list[psutil.Process]:
    return readers_and_server()[:-1]


def is_gone(process: psutil.Process) -> bool:
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_a_child_says_what_its_function_says() -> None:
    async with Children(workers=1, memory_bytes=GIBIBYTE) as children:
        await children.ready()
        assert await children.call(add, 1, 2, timeout_seconds=60) == 3
        with pytest.raises(Unfit, match="never right"):
            await children.call(refuse, timeout_seconds=60)


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


async def test_where_no_server_can_listen_it_is_said_which_folder_is_too_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = str(tmp_path / ("x" * 80))
    monkeypatch.setattr(tempfile, "tempdir", long)
    with pytest.raises(Unavailable, match=f"TMPDIR is {re.escape(long)}, too long"):
        async with Children(workers=1, memory_bytes=GIBIBYTE):
            pass


async def test_a_child_that_cannot_be_prepared_is_told() -> None:
    async with Children(workers=1, memory_bytes=GIBIBYTE, prepare=crash) as children:
        with pytest.raises(Unavailable, match="before they began"):
            await children.ready()


async def test_what_never_began_is_no_killer_and_goes_on_when_a_child_can_be_made(tmp_path: Path) -> None:
    well = tmp_path / "well"
    async with Children(workers=1, memory_bytes=GIBIBYTE, prepare=crash_unless, prepare_arguments=(well,)) as children:
        with pytest.raises(Unavailable):
            await children.call(add, 1, 2, timeout_seconds=30)
        assert not children._killers
        well.touch()
        with suppress(Unavailable):  # the last try to make one may have begun before
            await children.ready()
        assert await children.call(add, 1, 2, timeout_seconds=30) == 3


async def test_where_no_pipe_is_to_be_had_no_child_is_lost_and_calls_go_on_later() -> None:
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    async with Children(workers=1, memory_bytes=GIBIBYTE) as children:
        resource.setrlimit(resource.RLIMIT_NOFILE, (3, limits[1]))
        try:
            with pytest.raises(Unavailable):
                await children.ready()
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, limits)
        with suppress(Unavailable):
            await children.ready()
        assert await children.call(add, 1, 2, timeout_seconds=30) == 3


async def test_a_child_that_takes_too_long_is_killed_and_its_neighbour_is_not_harmed() -> None:
    async with Children(workers=1, memory_bytes=GIBIBYTE) as children:
        pid = await children.call(os.getpid, timeout_seconds=30)
        with pytest.raises(ChildKilled):
            await children.call(hang, timeout_seconds=0.2)
        assert await children.call(add, 1, 2, timeout_seconds=30) == 3
        await until(lambda: not exists(pid))


async def test_a_child_that_computes_for_too_long_is_killed_and_it_is_said() -> None:
    async with Children(workers=1, memory_bytes=GIBIBYTE) as children:
        with pytest.raises(ChildKilled, match=r"took longer than 0\.2 s"):
            await children.call(re.fullmatch, "(a+)+b", "a" * 60, timeout_seconds=0.2)
        assert await children.call(add, 1, 2, timeout_seconds=30) == 3


async def test_a_child_that_has_to_wait_for_the_machine_has_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "PATIENCE", 100)  # a machine that is busy with all the tests makes it wait too

    async with Children(workers=1, memory_bytes=GIBIBYTE) as children:
        assert await children.call(doze, timeout_seconds=0.4) == "slept"
        assert [await children.call(add, 1, 2, timeout_seconds=0.4) for _ in range(3)] == [3, 3, 3]


async def test_a_limit_of_who_starts_us_is_left_as_it_is() -> None:
    limit = (resource.RLIMIT_CPU, (3600, 3600))
    async with Children(
        workers=1, memory_bytes=GIBIBYTE, prepare=resource.setrlimit, prepare_arguments=limit
    ) as children:
        for seconds in (30, 7200):
            soft, hard = await children.call(resource.getrlimit, resource.RLIMIT_CPU, timeout_seconds=seconds)
            assert (seconds <= soft or soft == hard, hard) == (True, 3600)


async def test_while_one_works_for_long_whoever_waits_has_another_child() -> None:
    async with Children(workers=1, memory_bytes=GIBIBYTE) as children:
        long = asyncio.ensure_future(children.call(hang, timeout_seconds=50))
        assert await children.call(add, 1, 2, timeout_seconds=30) == 3
        await asyncio.gather(*(children.call(add, one, 2, timeout_seconds=30) for one in range(50)))
        assert not long.done()
        long.cancel()


async def test_however_many_take_long_at_once_no_more_children_are_made_than_may_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(children_module, "LONG_SECONDS", 0.05)
    async with Children(workers=2, memory_bytes=GIBIBYTE) as children:
        calls = [asyncio.ensure_future(children.call(hang, timeout_seconds=50)) for _ in range(10)]
        most = 2 + children_module.SPARES
        await until(lambda: len(own_children()) == most and not children._preparing and children._free.empty())
        for call in reversed(calls):
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)


async def test_no_more_calls_run_at_once_than_there_are_workers(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(children_module, "LONG_SECONDS", 60.0)
    async with Children(workers=1, memory_bytes=GIBIBYTE) as children:
        calls = (children.call(be_alone, tmp_path / "here", timeout_seconds=30) for _ in range(20))
        assert all(await asyncio.gather(*calls))


async def test_a_call_of_many_pieces_keeps_its_turn_for_as_long_as_these_may_take(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(children_module, "LONG_SECONDS", 0.01)
    monkeypatch.setattr(children_module, "MOST_LONG_SECONDS", 60.0)
    async with Children(workers=1, memory_bytes=GIBIBYTE) as children:
        calls = (children.call(be_alone_for_long, tmp_path / "here", timeout_seconds=30, pieces=6000) for _ in range(4))
        assert all(await asyncio.gather(*calls))


async def test_what_killed_a_child_once_has_a_child_apart_and_kills_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children_module, "SPARES", 0)
    async with Children(workers=1, memory_bytes=GIBIBYTE) as children:
        with pytest.raises(ChildKilled):
            await children.call(crash, timeout_seconds=30)
        before = await children.call(os.getpid, timeout_seconds=30)
        again = asyncio.ensure_future(children.call(crash, timeout_seconds=30))
        assert {await children.call(os.getpid, timeout_seconds=30) for _ in range(20)} == {before}
        with pytest.raises(ChildKilled):
            await again
        assert await children.call(os.getpid, timeout_seconds=30) == before


async def test_what_computes_for_long_goes_on_behind_the_others_and_nobody_is_given_its_child() -> None:
    async with Children(workers=1, memory_bytes=GIBIBYTE) as children:
        behind, steps = await children.call(compute_until_behind, niceness(), timeout_seconds=60)
        assert steps == watch.GIVING_WAY
        await until(lambda: not exists(behind))
        most = 1 + children_module.SPARES
        asked = [await children.call(os.getpriority, os.PRIO_PROCESS, 0, timeout_seconds=30) for _ in range(most)]
        assert set(asked) == {niceness()}


async def test_however_many_compute_for_long_there_is_a_child_for_what_does_not(tmp_path: Path) -> None:
    async with Children(workers=1, memory_bytes=GIBIBYTE) as children:
        long = [
            asyncio.ensure_future(children.call(compute_until_there, tmp_path / "enough", timeout_seconds=600))
            for _ in range(children_module.SPARES + 3)
        ]
        await until(children._one_apart.locked)
        assert [await children.call(add, one, 2, timeout_seconds=30) for one in range(20)] == list(range(2, 22))
        assert not any(one.done() for one in long)
        (tmp_path / "enough").touch()
        assert await asyncio.gather(*long) == ["computed"] * len(long)


async def test_what_killed_is_forgotten_when_all_has_been_calm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children_module, "CALM_SECONDS", 0.5)
    async with Children(workers=1, memory_bytes=GIBIBYTE) as children:
        with pytest.raises(ChildKilled):
            await children.call(crash, timeout_seconds=30)
        await until(lambda: not children._killers)


async def test_children_go_when_nobody_calls_and_come_when_somebody_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children_module, "IDLE_SECONDS", 0.2)
    async with Children(workers=1, memory_bytes=GIBIBYTE) as children:
        first = await children.call(os.getpid, timeout_seconds=30)
        await until(lambda: not exists(first))
        assert await children.call(os.getpid, timeout_seconds=30) != first


async def test_nobody_waits_for_a_child_that_takes_its_time_to_die(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children_module, "GONE_SECONDS", 0.05)
    async with Children(workers=1, memory_bytes=GIBIBYTE) as children:
        child = await children.call(os.getpid, timeout_seconds=30)
        [server] = server_of()
        os.kill(child, signal.SIGSTOP)  # as one that goes on behind all others on a busy machine
    await until(lambda: is_gone(server))  # and what it has forked with it
    await until(lambda: not exists(child))


async def test_a_call_that_takes_longer_than_all_are_idle_is_not_disturbed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children_module, "IDLE_SECONDS", 0.1)
    async with Children(workers=1, memory_bytes=GIBIBYTE) as children:
        assert await children.call(doze, timeout_seconds=30) == "slept"


@pytest.mark.parametrize("beside", [server_of, readers_and_server])
async def test_a_server_of_children_that_is_killed_is_replaced(beside: Callable[[], list[psutil.Process]]) -> None:
    async with Children(workers=1, memory_bytes=GIBIBYTE) as children:
        await children.ready()  # later a seat may still tell of the server that is gone
        for _ in range(2):
            there = beside()
            assert there
            for process in there:
                with suppress(psutil.NoSuchProcess):
                    process.kill()
            await until(lambda: answers(children))  # its child went with it, perhaps in the middle


async def answers(children: Children) -> bool:
    """Whether the next call is answered."""
    with suppress(ChildKilled, Unavailable):
        return await children.call(add, 1, 2, timeout_seconds=30) == 3
    return False


async def test_a_child_that_dies_in_the_middle_of_its_answer_leaves_nothing_for_the_next_one_to_end() -> None:
    async with Children(workers=1, memory_bytes=4 * GIBIBYTE) as children:
        for _ in range(2 + children_module.SPARES):  # each of them once
            with pytest.raises(ChildKilled):
                await children.call(begin_to_answer, timeout_seconds=30)
            children._killers.clear()
        assert await children.call(add, 1, 2, timeout_seconds=30) == 3
