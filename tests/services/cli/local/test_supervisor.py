"""With tiny real processes: what dies, what hangs, what will not stop."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from services.chassis.testing import until
from services.cli.local import supervisor as supervisor_module
from services.cli.local.cure import Cure
from services.cli.local.journal import Journal
from services.cli.local.process import Child, Process
from services.cli.local.restarts import Timing
from services.cli.local.supervisor import Supervisor

QUICK = Timing(
    look_seconds=0.05,
    look_for_ready_seconds=0.02,
    look_at_the_sick_seconds=0.05,
    missing_seconds=0.3,
    start_seconds=5,
    first_stop_seconds=0.3,
    stop_seconds=0.8,
    last_stop_seconds=1.2,
)
STAYS = "import time, sys; print('up', flush=True); time.sleep(60)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {STAYS}"


async def well() -> str | None:
    return None


class Terminal:
    """What was said, and an event for each word that is waited for."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._waiting: list[tuple[Callable[[str], bool], asyncio.Event]] = []

    def say(self, line: str) -> None:
        self.lines.append(line)
        for fits, event in self._waiting:
            if fits(line):
                event.set()

    async def said(self, *words: str) -> None:
        event = asyncio.Event()
        fits: Callable[[str], bool] = lambda line: all(word in line for word in words)  # noqa: E731 - it is said in a line
        self._waiting.append((fits, event))
        if not any(fits(line) for line in self.lines):
            await asyncio.wait_for(event.wait(), 60)


@pytest.fixture
def terminal() -> Terminal:
    return Terminal()


def script(name: str, code: str, *, stops: int = 1, needs: tuple[str, ...] = ()) -> Process:
    return Process(name, (sys.executable, "-c", code), alive=well, ready=well, stops=stops, needs=needs)


def sick(name: str, code: str) -> Process:
    """Well when it is looked at first, and then not any more."""
    answers = iter([None])

    async def health() -> str | None:
        return next(answers, "no space left on device")

    return Process(name, (sys.executable, "-c", code), alive=well, ready=well, cure=lambda: Cure(health, obstacle=well))


def supervise(terminal: Terminal, tmp_path: Path, *table: Process, timing: Timing = QUICK) -> Supervisor:
    return Supervisor(table, logs=tmp_path, say=terminal.say, timing=timing)


async def pid_of(supervisor: Supervisor, name: str) -> int:
    await asyncio.wait_for(supervisor.is_there(name).wait(), 60)
    child = supervisor.kept[name].child
    assert child is not None
    return child.pid


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_what_dies_is_started_again_and_told_with_its_last_word(terminal: Terminal, tmp_path: Path) -> None:
    supervisor = supervise(terminal, tmp_path, script("mortal", "import sys; print('my last word'); sys.exit(3)"))
    running = asyncio.create_task(supervisor.run())
    await terminal.said("mortal", "lost (exit code 3", "my last word", "in 0.5 s", "restart 1)")
    await terminal.said("mortal", "in 1 s", "restart 2)")
    supervisor.ask_to_stop()
    await running


HANDS_ON = """
import subprocess, sys
kept = subprocess.Popen(["sleep", "600"], start_new_session=True)
print(f"kept by {kept.pid}", flush=True)
"""


async def test_who_has_ended_is_waited_for_no_longer_where_another_holds_what_it_wrote_into(
    terminal: Terminal, tmp_path: Path
) -> None:
    process = script("brief", HANDS_ON)  # as a child that was killed and that the machine gives no time to die
    journal = Journal("brief", tmp_path, terminal.say)
    child = await Child.start(process, journal)
    async with asyncio.timeout(60):
        assert await child.ended() == 0
    holder = int(journal.last_line().split()[-1])
    journal.close()
    assert lives(holder)
    os.kill(holder, signal.SIGKILL)


async def test_who_was_asked_to_end_is_started_again_soon_however_often(terminal: Terminal, tmp_path: Path) -> None:
    supervisor = supervise(terminal, tmp_path, script("calm", "print('stopped')"))
    running = asyncio.create_task(supervisor.run())
    await terminal.said("calm", "lost (exit code 0", "in 0.5 s", "restart 3)")
    supervisor.ask_to_stop()
    await running


async def test_a_killed_process_comes_back_as_another(terminal: Terminal, tmp_path: Path) -> None:
    supervisor = supervise(terminal, tmp_path, script("server", STAYS))
    running = asyncio.create_task(supervisor.run())
    first = await pid_of(supervisor, "server")
    os.kill(first, signal.SIGKILL)
    await terminal.said("killed by SIGKILL")
    terminal.lines.clear()
    await terminal.said("server", "ready")
    assert await pid_of(supervisor, "server") != first
    supervisor.ask_to_stop()
    await running


async def test_a_process_without_a_sign_of_life_is_killed_and_started_again(terminal: Terminal, tmp_path: Path) -> None:
    answers = iter([None, None])  # alive twice, then silent

    async def alive() -> str | None:
        return next(answers, "no answer")

    hangs = Process("hangs", (sys.executable, "-c", STUBBORN), alive=alive, ready=well)
    supervisor = supervise(terminal, tmp_path, hangs)
    running = asyncio.create_task(supervisor.run())
    await terminal.said("hangs", "no sign of life")
    await terminal.said("hangs", "lost (killed by SIGKILL", "restart 1)")
    supervisor.ask_to_stop()
    await running


async def test_a_process_that_waits_for_a_processor_all_the_time_is_left_alone(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[float] = []

    async def alive() -> str | None:
        asked.append(time.monotonic())
        return None if len(asked) == 1 else "no answer"

    monkeypatch.setattr(supervisor_module, "waited_seconds", lambda _: asyncio.get_running_loop().time())
    supervisor = supervise(
        terminal, tmp_path, Process("starved", (sys.executable, "-c", STAYS), alive=alive, ready=well)
    )
    running = asyncio.create_task(supervisor.run())
    await until(lambda: len(asked) > 2 and asked[-1] - asked[0] > 3 * QUICK.missing_seconds)

    assert not any("no sign of life" in line for line in terminal.lines)
    supervisor.ask_to_stop()
    await running


async def test_who_ignores_the_request_to_stop_is_killed_in_time(terminal: Terminal, tmp_path: Path) -> None:
    supervisor = supervise(terminal, tmp_path, script("stubborn", STUBBORN))
    running = asyncio.create_task(supervisor.run())
    pid = await pid_of(supervisor, "stubborn")
    await wait_for_output(tmp_path / "stubborn.log")
    supervisor.ask_to_stop()
    await running
    assert not lives(pid)
    assert any("stubborn" in line and "killed" in line for line in terminal.lines)


async def test_all_stop_in_turn(terminal: Terminal, tmp_path: Path) -> None:
    note = (
        "import signal, sys, time; "
        "signal.signal(signal.SIGTERM, lambda *_: (open(sys.argv[1], 'a').write(sys.argv[2]), sys.exit()))"
    )
    order = tmp_path / "order"

    def noting(name: str, stops: int) -> Process:
        code = f"{note}; print('up', flush=True); time.sleep(60)"
        return Process(name, (sys.executable, "-c", code, str(order), name[0]), alive=well, ready=well, stops=stops)

    patient = Timing(first_stop_seconds=60, stop_seconds=120, last_stop_seconds=180)  # who is late loses his turn
    table = (noting("last", 2), noting("middle", 1), noting("first", 0))
    supervisor = supervise(terminal, tmp_path, *table, timing=patient)
    running = asyncio.create_task(supervisor.run())
    for name in supervisor.kept:
        await wait_for_output(tmp_path / f"{name}.log")
    supervisor.ask_to_stop()
    await running
    assert order.read_text() == "fml"


async def test_a_process_waits_for_what_it_needs(terminal: Terminal, tmp_path: Path) -> None:
    supervisor = supervise(
        terminal, tmp_path, script("hungry", STAYS, needs=("food", "server")), script("server", STAYS)
    )
    running = asyncio.create_task(supervisor.run())
    await pid_of(supervisor, "server")
    assert supervisor.kept["hungry"].child is None
    assert supervisor.kept["hungry"].waits_for == "it is started when food are there"
    supervisor.is_there("food").set()
    await pid_of(supervisor, "hungry")
    supervisor.ask_to_stop()
    await running


async def test_what_waits_for_its_needs_stops_as_well(terminal: Terminal, tmp_path: Path) -> None:
    supervisor = supervise(terminal, tmp_path, script("hungry", STAYS, needs=("food",)))
    running = asyncio.create_task(supervisor.run())
    supervisor.ask_to_stop()
    await running
    assert terminal.lines == []


async def test_an_error_beside_stops_everything_and_is_raised(terminal: Terminal, tmp_path: Path) -> None:
    supervisor = supervise(terminal, tmp_path, script("server", STAYS))
    pids = []

    async def fails() -> None:
        pids.append(await pid_of(supervisor, "server"))
        raise OSError("the streams cannot be laid")

    with pytest.raises(OSError, match="cannot be laid"):
        await supervisor.run(fails())
    assert not lives(pids[0])


async def test_asked_twice_it_kills_at_once(terminal: Terminal, tmp_path: Path) -> None:
    patient = Timing(stop_seconds=60, last_stop_seconds=60)
    supervisor = Supervisor([script("stubborn", STUBBORN)], logs=tmp_path, say=terminal.say, timing=patient)
    running = asyncio.create_task(supervisor.run())
    pid = await pid_of(supervisor, "stubborn")
    await wait_for_output(tmp_path / "stubborn.log")
    supervisor.ask_to_stop()
    supervisor.ask_to_stop()
    await asyncio.wait_for(running, 60)
    assert not lives(pid)


async def test_a_program_that_is_not_there_is_told_and_tried_again(terminal: Terminal, tmp_path: Path) -> None:
    missing = Process("missing", (str(tmp_path / "nowhere"),), alive=well, ready=well)
    supervisor = supervise(terminal, tmp_path, missing)
    running = asyncio.create_task(supervisor.run())
    await terminal.said("missing", "cannot be started", "restart 1)")
    supervisor.ask_to_stop()
    await running


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the leash is Linux's")
def test_children_never_outlive_a_killed_supervisor(tmp_path: Path) -> None:
    program = f"""
import asyncio, sys
from pathlib import Path
from services.cli.local.cure import Cure
from services.cli.local.process import Process
from services.cli.local.supervisor import Supervisor
async def well(): return None
async def main():
    child = Process("child", (sys.executable, "-c", {STUBBORN!r}), alive=well, ready=well)
    supervisor = Supervisor([child], logs=Path({str(tmp_path)!r}), say=lambda line: None)
    async def tell():
        await supervisor.is_there("child").wait()
        print(supervisor.kept["child"].child.pid, flush=True)
    await supervisor.run(tell())
asyncio.run(main())
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as supervisor:
        try:
            assert supervisor.stdout is not None
            child = int(supervisor.stdout.readline())
            assert lives(child)
        finally:
            supervisor.kill()
    deadline = time.monotonic() + 60
    while runs(child) and time.monotonic() < deadline:
        time.sleep(0.01)  # there is nothing to wait on: it is nobody's child that we know
    assert not runs(child)


def runs(pid: int) -> bool:
    """Lives and is no zombie (whoever adopted it may not reap)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):  # between opening and reading it, too
        return False


async def wait_for_output(path: Path) -> None:
    """Until the process has said that it is up: its signal handlers are in place."""
    await asyncio.wait_for(asyncio.to_thread(_see_output, path), 60)


def _see_output(path: Path) -> None:
    while not path.exists() or b"up" not in path.read_bytes():
        time.sleep(0.01)  # another process writes the file


@pytest.mark.parametrize("code", [STAYS, STUBBORN], ids=["asked to end", "killed"])
async def test_what_only_a_new_start_cures_is_started_again_once(terminal: Terminal, tmp_path: Path, code: str) -> None:
    supervisor = supervise(terminal, tmp_path, sick("nats-server", code))
    running = asyncio.create_task(supervisor.run())
    first = await pid_of(supervisor, "nats-server")
    await terminal.said("nats-server", "not well", "no space left")
    await terminal.said("nats-server", "lost", "restart 1")
    await until(lambda: (child := supervisor.kept["nats-server"].child) is not None and child.pid != first)
    supervisor.ask_to_stop()
    await running

    assert supervisor.kept["nats-server"].restarts == 1
