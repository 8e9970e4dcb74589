"""Twenty thousand texts dropped into an inbox: does memory stay, does speed stay."""

import asyncio
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import psutil

from tests.bench.articles import texts as made
from tests.bench.processes import cpu_seconds
from tests.bench.report import Row
from tests.bench.whole import Machine, Public, whole
from tests.e2e.running import System

TEXTS = 20_000
BYTES = 700
PORTION = 1000  # of the first and of the last texts, for speed; memory is read after as many
WITHOUT_MODELS = (sys.executable, "-m", "tests.bench.up")
LEAST_RATE = 40.0  # texts/s, below which we do not wait any longer
MEGABYTE = 1e6


@dataclass(frozen=True)
class Moment:
    """What each process has computed so far, in seconds, and its megabytes."""

    cpu: dict[str, float]
    memory: dict[str, float]


@dataclass(frozen=True)
class Measured:
    """One run."""

    rates: list[float]  # texts/s, of each portion
    costs: list[float]  # CPU milliseconds a text, of each portion
    rate: float  # of all
    first: dict[str, float]  # megabytes by process, after the first portion
    last: dict[str, float]
    cpu: dict[str, float]  # microseconds a text
    machine: str


def rows(texts: int = TEXTS) -> Iterator[Row]:
    """The speed of all, that of the last portion against the first, and the memory of each process."""
    begun = time.monotonic()
    measured = asyncio.run(_measure(texts))
    seconds = time.monotonic() - begun
    before, after = sum(measured.first.values()), sum(measured.last.values())
    cpu = ", ".join(f"{name} {value:.0f}" for name, value in measured.cpu.items())
    memory = ", ".join(f"{name} {measured.first[name]:.0f} to {measured.last[name]:.0f}" for name in measured.last)
    rates = " ".join(f"{rate:.0f}" for rate in measured.rates)
    costs = " ".join(f"{cost:.1f}" for cost in measured.costs)
    for case, figure, unit, goal, note in (
        (
            "files to public events, extract an identity",
            measured.rate,
            "texts/s",
            "",
            f"{sum(measured.cpu.values()):.0f} CPU µs a text: {cpu}; {measured.machine}",
        ),
        (
            f"the last {PORTION:,} against the first",
            measured.rates[-1] / measured.rates[0],
            "",
            ">= 0.8",
            f"{rates}; CPU ms a text {costs}",
        ),
        (f"resident memory after all against after {PORTION:,}", after / before, "", "flat", f"MB: {memory}"),
    ):
        yield Row(
            bench="ingest", case=case, size=texts, figure=figure, unit=unit, goal=goal, note=note, seconds=seconds
        )


async def _measure(texts: int) -> Measured:
    async with whole() as system:
        system.command = WITHOUT_MODELS
        staged = await asyncio.to_thread(_staged, system.folder / "staged", texts)
        await asyncio.to_thread(system.start)
        async with Public(system.url) as public:
            cpu, machine = _cpu(system), Machine()
            for file in staged:
                file.rename(system.inbox / file.name)
            portions = [await _portion(system, public, last) for last in range(PORTION, texts + 1, PORTION)]
            costs = [
                sum(later.cpu.values()) - sum(earlier.cpu.values())
                for earlier, later in pairwise([Moment(cpu, {}), *portions])
            ]
            return Measured(
                [public.rate(start, start + PORTION - 1) for start in range(0, texts, PORTION)],
                [cost / PORTION * 1000 for cost in costs],
                public.rate(0, texts - 1),
                portions[0].memory,
                portions[-1].memory,
                {name: (spent - cpu[name]) / texts * 1e6 for name, spent in portions[-1].cpu.items()},
                machine.said(),
            )


async def _portion(system: System, public: Public, last: int) -> Moment:
    """The moment when so many texts are in public."""
    await public.some(last, seconds=PORTION / LEAST_RATE + 10)
    return Moment(_cpu(system), _memory(system))


def _staged(folder: Path, texts: int) -> list[Path]:
    """The files, written where they can be renamed from."""
    folder.mkdir()
    files = [folder / f"{number:05}.txt" for number in range(texts)]
    for file, text in zip(files, made(BYTES), strict=False):
        file.write_text(text)
    return files


def _memory(system: System) -> dict[str, float]:
    """Resident megabytes of the server and the services, each with its children."""
    return {name: sum(map(_resident, _with_children(one))) for name, one in _processes(system).items()}


def _processes(system: System) -> dict[str, psutil.Process]:
    """The server and the services, extract by what it is here."""
    up = system.family()[0]
    identity = next(one for one in up.children() if "tests.bench.hop" in one.cmdline())
    return {**system.processes(), "extract": identity}


def _with_children(process: psutil.Process) -> list[psutil.Process]:
    return [process, *process.children(recursive=True)]


def _resident(process: psutil.Process) -> float:
    return float(process.memory_info().rss / MEGABYTE)


def _cpu(system: System) -> dict[str, float]:
    return {name: cpu_seconds(process.pid) for name, process in _processes(system).items()}
