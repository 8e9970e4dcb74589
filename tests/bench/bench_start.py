"""The life of a system: started again, at rest, stopped under load."""

import asyncio
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any

import psutil

from contracts.outcomes import State
from tests.bench.articles import french
from tests.bench.report import Row
from tests.bench.whole import Machine, Public, whole
from tests.e2e.running import System, readers_of, still_there, until
from tests.injuries.system import READERS

STARTS = 3
WORKED = 50  # texts that went through before memory is read: models and caches have been used
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
class Memory:
    """Megabytes by process: resident, and with what is shared divided among those who share it."""

    resident: dict[str, float]
    proportional: dict[str, float]

    def said(self) -> str:
        """Both sums."""
        return (
            f"{sum(self.resident.values()):,.0f} MB resident, {sum(self.proportional.values()):,.0f} MB of it its own"
        )


@dataclass(frozen=True)
class Life:
    """What was measured."""

    starts: list[float]
    computed: float  # seconds of one core that a start takes, at the median
    ready: str  # the last start's parts
    busy: Memory  # while children are there to read
    rest: Memory  # when nobody has called them for a while
    stop: Stop
    machine: str


def rows(starts: int = STARTS) -> Iterator[Row]:
    """Seconds to ready, megabytes at rest, seconds to stop."""
    begun = time.monotonic()
    life = asyncio.run(_measure(starts))
    seconds, stop = time.monotonic() - begun, life.stop
    times = " ".join(f"{one:.1f}" for one in life.starts)
    rest = life.rest
    by_process = ", ".join(f"{name} {megabytes:.0f}" for name, megabytes in rest.proportional.items())
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
            sum(rest.resident.values()),
            "MB",
            1200,
            f"{len(rest.resident)} processes; before the children went: {len(life.busy.resident)}, {life.busy.said()}",
        ),
        ("the same, shared pages divided (PSS)", WORKED, sum(rest.proportional.values()), "MB", 1200, by_process),
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
            busy = _memory(system)
            await asyncio.to_thread(until, partial(_is_at_rest, system), seconds=LONGEST_SECONDS, what="it is at rest")
            rest = _memory(system)
            await _drop(system, WORKED, LOAD)
            await public.some(WORKED + HEARD, seconds=LONGEST_SECONDS)
        stop = await asyncio.to_thread(_stopped, system)
        return Life(took, median(computed), _readiness(system), busy, rest, stop, said)


def _readiness(system: System) -> str:
    """Each process and after how many seconds of its own it was ready, at the last start."""
    last = system.said().rpartition("starting ")[2]
    return ", ".join(" ".join(found) for found in re.findall(r"^(\S+) +ready after (\S+)", last, re.MULTILINE))


async def _drop(system: System, first: int, number: int) -> None:
    for one in range(first, first + number):
        system.drop(f"{one}.txt", french(one).encode())


def _is_at_rest(system: System) -> bool:
    """Whether of the children that read only those are left that others are forked from."""
    with suppress(psutil.Error):
        return not any(reader.children() for one in READERS for reader in readers_of(system.processes()[one]))
    return False


def _memory(system: System) -> Memory:
    """Of every process, by name."""
    names = _names(system)
    memory: dict[str, Any] = {}
    for one in system.family():
        with suppress(psutil.NoSuchProcess):  # it went meanwhile, as children do
            memory[names.get(one.pid, str(one.pid))] = one.memory_full_info()
    return Memory(
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
    """All that are forked from one server have its command line."""
    line = " ".join(child.cmdline())
    if "resource_tracker" in line:
        return "tracker"
    parent = child.parent()
    return "child" if parent is not None and parent.cmdline() == child.cmdline() else "server of children"


def _stopped(system: System) -> Stop:
    family = system.family()
    begun = time.monotonic()
    code = system.stop()
    seconds = time.monotonic() - begun
    ended = sum(number for state, number in system.counts().items() if state is not State.IN_PROGRESS)
    return Stop(seconds, code, len(still_there(family)), WORKED + LOAD - ended)
