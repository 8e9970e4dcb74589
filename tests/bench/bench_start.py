"""The life of a system: started again, at rest, stopped under load."""

import asyncio
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

import psutil

from contracts.outcomes import State
from tests.bench.articles import french
from tests.bench.report import Row
from tests.bench.whole import Machine, Public, whole
from tests.e2e.running import System, still_there

STARTS = 3
WORKED = 50  # texts that went through before memory is read: models and caches have been used
REST_SECONDS = 5.0
LOAD = 400  # texts dropped before the signal
HEARD = 40  # of them in public when the signal comes
LONGEST_SECONDS = 120.0
MEGABYTE = 1e6


@dataclass(frozen=True)
class Stop:
    """How it stopped under load."""

    seconds: float
    code: int
    left: int  # processes
    unfinished: int  # texts, of those that were dropped


@dataclass(frozen=True)
class Life:
    """What was measured."""

    starts: list[float]
    computed: float  # seconds of one core that a start takes, at the median
    ready: str  # the last start's parts
    resident: dict[str, float]  # megabytes by process
    proportional: dict[str, float]
    stop: Stop
    machine: str


def rows(starts: int = STARTS) -> Iterator[Row]:
    """Seconds to ready, megabytes at rest, seconds to stop."""
    begun = time.monotonic()
    life = asyncio.run(_measure(starts))
    seconds, stop = time.monotonic() - begun, life.stop
    times = " ".join(f"{one:.1f}" for one in life.starts)
    by_process = ", ".join(f"{name} {life.proportional[name]:.0f}" for name in life.proportional)
    unwell = f"exit code {stop.code}, {stop.left} processes left" if stop.code or stop.left else "exit 0, nothing left"
    for case, size, figure, unit, goal, note in (
        (
            "second `up` of a home to all ready, median",
            starts,
            median(life.starts),
            "s",
            8,
            f"{times}; {life.computed:.1f} s of a core; {life.machine}; the last: {life.ready}",
        ),
        (
            "resident memory of all processes at rest",
            WORKED,
            sum(life.resident.values()),
            "MB",
            1200,
            f"{len(life.resident)} processes; what they share is counted in each",
        ),
        ("the same, shared pages divided (PSS)", WORKED, sum(life.proportional.values()), "MB", 1200, by_process),
        (
            "SIGTERM under load to the end of `up`",
            LOAD,
            stop.seconds,
            "s",
            10,
            f"{unwell}; {stop.unfinished} of {LOAD} texts wait for the next start",
        ),
    ):
        yield Row(
            bench="start",
            case=case,
            size=size,
            figure=figure,
            unit=unit,
            goal=f"<= {goal:,}",
            note=note,
            seconds=seconds,
        )


async def _measure(starts: int) -> Life:
    async with whole() as system:
        await asyncio.to_thread(system.start)
        machine, computed, took = Machine(), list[float](), list[float]()
        for _ in range(starts):
            await asyncio.to_thread(system.stop)
            begun, cpu = time.monotonic(), Machine()
            await asyncio.to_thread(system.start)
            took.append(time.monotonic() - begun)
            computed.append(cpu.ours())
        said = machine.said()
        async with Public(system.url) as public:
            await _drop(system, 0, WORKED)
            await public.some(WORKED, seconds=LONGEST_SECONDS)
            await asyncio.sleep(REST_SECONDS)
            resident, proportional = _memory(system)
            await _drop(system, WORKED, LOAD)
            await public.some(WORKED + HEARD, seconds=LONGEST_SECONDS)
        stop = await asyncio.to_thread(_stopped, system)
        return Life(took, median(computed), _readiness(system), resident, proportional, stop, said)


def _readiness(system: System) -> str:
    """Each process and after how many seconds of its own it was ready, at the last start."""
    last = system.said().rpartition("starting ")[2]
    return ", ".join(" ".join(found) for found in re.findall(r"^(\S+) +ready after (\S+)", last, re.MULTILINE))


async def _drop(system: System, first: int, number: int) -> None:
    for one in range(first, first + number):
        system.drop(f"{one}.txt", french(one).encode())


def _memory(system: System) -> tuple[dict[str, float], dict[str, float]]:
    """Megabytes of every process, by name: resident, and proportional."""
    names = _names(system)
    memory = {names.get(one.pid, str(one.pid)): one.memory_full_info() for one in system.family()}
    return (
        {name: info.rss / MEGABYTE for name, info in memory.items()},
        {name: info.pss / MEGABYTE for name, info in memory.items()},
    )


def _names(system: System) -> dict[int, str]:
    names = {system.family()[0].pid: "up"}
    for name, process in system.processes().items():
        names[process.pid] = name
        for place, child in enumerate(process.children(recursive=True), 1):
            names[child.pid] = f"{name}’s {_kind(child)} {place}"
    return names


def _kind(child: psutil.Process) -> str:
    return "tracker" if "resource_tracker" in " ".join(child.cmdline()) else "child"


def _stopped(system: System) -> Stop:
    family = system.family()
    begun = time.monotonic()
    code = system.stop()
    seconds = time.monotonic() - begun
    ended = sum(number for state, number in system.counts().items() if state is not State.IN_PROGRESS)
    return Stop(seconds, code, len(still_there(family)), WORKED + LOAD - ended)
