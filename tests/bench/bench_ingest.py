"""Twenty thousand texts dropped into an inbox: does memory stay, does speed stay."""

import asyncio
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.bench.articles import french
from tests.bench.processes import cpu_seconds
from tests.bench.report import Row
from tests.bench.whole import Machine, Public, whole
from tests.e2e.running import System

TEXTS = 20_000
PORTION = 1000  # of the first and of the last texts, for speed; memory is read after as many
WITHOUT_MODELS = (sys.executable, "-m", "tests.bench.up")
LEAST_RATE = 40.0  # texts/s, below which we do not wait any longer
MEGABYTE = 1e6


@dataclass(frozen=True)
class Measured:
    """One run."""

    rates: list[float]  # texts/s, of each portion
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
    for case, figure, unit, goal, note in (
        (
            "files to public events, extract an identity",
            measured.rate,
            "texts/s",
            "",
            f"{sum(measured.cpu.values()):.0f} CPU µs a text: {cpu}; {measured.machine}",
        ),
        (f"the last {PORTION:,} against the first", measured.rates[-1] / measured.rates[0], "", ">= 0.8", rates),
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
            await public.some(PORTION, seconds=PORTION / LEAST_RATE + 10)
            first = _memory(system)
            await public.some(texts, seconds=texts / LEAST_RATE)
            return Measured(
                [public.rate(start, start + PORTION - 1) for start in range(0, texts, PORTION)],
                public.rate(0, texts - 1),
                first,
                _memory(system),
                {name: (spent - cpu[name]) / texts * 1e6 for name, spent in _cpu(system).items()},
                machine.said(),
            )


def _staged(folder: Path, texts: int) -> list[Path]:
    """The files, written where they can be renamed from."""
    folder.mkdir()
    files = [folder / f"{number:05}.txt" for number in range(texts)]
    for number, file in enumerate(files):
        file.write_text(french(number))
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
