"""Children and their server go with the service, whatever they do just then."""

import asyncio
import os
import sys
from pathlib import Path

import psutil
import pytest

from services.chassis.testing import until

pytestmark = pytest.mark.slow

HOLDS_A_CHILD = """
import asyncio, os, re, sys
from pathlib import Path
from services.chassis.children import Children

async def main():
    async with Children(workers=1, memory_bytes=1 << 30) as children:
        Path(sys.argv[1]).write_text(str(await children.call(os.getpid, timeout_seconds=30)))
        await children.call(re.fullmatch, "(a+)+b", "a" * 60, timeout_seconds=60)

asyncio.run(main())
"""
LOADS_FOR_EVER = """
import os, re, sys
from pathlib import Path
from services.chassis.warming import going_with_the_service

with going_with_the_service():
    draft = Path(os.environ["TOLD"] + ".draft")
    draft.write_text(str(os.getpid()))
    draft.replace(os.environ["TOLD"])
    re.fullmatch("(a+)+b", "a" * 60)  # in C, where nothing of Python would be heard
"""
HAS_CHILDREN_LOADED = """
import asyncio
from services.chassis.children import Children

async def main():
    async with Children(workers=1, memory_bytes=1 << 30, preload=("loads_for_ever",)) as children:
        await children.ready()

asyncio.run(main())
"""
LEAVES_WHILE_IT_LOADS = """
import asyncio, os
from pathlib import Path
from services.chassis.children import Children

async def main():
    async with Children(workers=1, memory_bytes=1 << 30, preload=("loads_for_ever",)) as children:
        ready = asyncio.ensure_future(children.ready())
        while not Path(os.environ["TOLD"]).exists():
            await asyncio.sleep(0.01)
        ready.cancel()

asyncio.run(main())
"""
DIED_BEFORE_IT_LOADED = """
import os, sys
from pathlib import Path
from multiprocessing.forkserver import main

alive, service = os.pipe()
os.close(service)
main(None, alive, ["loads_for_ever"])
"""


def exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def is_gone(process: psutil.Process) -> bool:
    """Whether it runs no more; who buries it may do so between two looks at it."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


async def test_children_go_with_the_service_also_where_no_thread_of_theirs_can_run(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLDS_A_CHILD, str(tmp_path / "pid"), cwd=Path(__file__).parents[2]
    )
    await until(lambda: bool((tmp_path / "pid").exists() and (tmp_path / "pid").read_text()), seconds=60)
    child = psutil.Process(int((tmp_path / "pid").read_text()))
    begun = child.cpu_times().user
    await until(lambda: child.cpu_times().user > begun + 0.2)
    process.kill()
    await process.wait()
    await until(lambda: is_gone(child))


@pytest.fixture
def loads_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module of this name is to be found; it writes into a file who loads it."""
    (tmp_path / "loads_for_ever.py").write_text(LOADS_FOR_EVER)
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{Path(__file__).parents[2]}")
    monkeypatch.setenv("TOLD", str(tmp_path / "pid"))


@pytest.mark.usefixtures("loads_for_ever")
async def test_a_server_that_is_still_loading_goes_with_the_service(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", HAS_CHILDREN_LOADED)
    await until((tmp_path / "pid").exists, seconds=60)
    server = psutil.Process(int((tmp_path / "pid").read_text()))
    process.kill()
    await process.wait()
    await until(lambda: is_gone(server))


@pytest.mark.usefixtures("loads_for_ever")
async def test_a_server_that_is_still_loading_holds_up_nobody_who_is_asked_to_stop(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", LEAVES_WHILE_IT_LOADS)
    async with asyncio.timeout(60):
        assert await process.wait() == 0
    server = int((tmp_path / "pid").read_text())
    await until(lambda: not exists(server))


@pytest.mark.usefixtures("loads_for_ever")
async def test_a_server_whose_service_is_gone_begins_to_load_nothing(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", DIED_BEFORE_IT_LOADED)
    async with asyncio.timeout(60):
        assert await process.wait() == 1
    assert not (tmp_path / "pid").exists()
