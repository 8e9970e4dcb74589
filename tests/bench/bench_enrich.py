"""Full enrichment of French texts through a whole system, beside the same cores in a bare loop of one process."""

import asyncio
import os
import random
import sys
import tarfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from services.cli.local.process import die_with_parent
from tests.bench.processes import cpu_seconds
from tests.bench.report import Row, Skipped
from tests.bench.whole import Machine, Public, atlas_home, whole
from tests.e2e.running import System

CORPUS = "WIREROOM_CORPUS"
LANGUAGE = "fr"
TEXTS = 150
ROUNDS = 3  # each of other texts; bare and whole take turns, so that a busy machine is busy for both
LONGEST_SECONDS = 120.0
CHILDREN = (1, 2)  # that read at once


@dataclass(frozen=True)
class Way:
    """How fast one way of reading was, and what each of its parts computed for an article."""

    rate: float  # articles/s
    cpu: dict[str, float]  # milliseconds

    def said(self) -> str:
        """A remark for a row."""
        return f"{sum(self.cpu.values()):.0f} CPU ms an article: " + ", ".join(
            f"{name} {value:.1f}" for name, value in self.cpu.items()
        )


@dataclass(frozen=True)
class Round:
    """One set of texts, read both ways; the whole from the first event in public to the last."""

    bare: Way
    whole: Way
    children: int

    @property
    def ratio(self) -> float:
        """How much of the bare loop's speed is left."""
        return self.whole.rate / self.bare.rate

    @property
    def undisturbed(self) -> float:
        """The ratio that the CPU times allow on two cores without others: the slowest part, or all parts on two."""
        parts = {**self.whole.cpu, "extract": self.whole.cpu["extract"] / self.children}
        slowest = max(*parts.values(), sum(self.whole.cpu.values()) / 2)
        return sum(self.bare.cpu.values()) / slowest


def rows(texts: int = TEXTS, rounds: int = ROUNDS) -> Iterator[Row]:
    """The bare loop's speed, the system's, and their ratio; raises Skipped without a corpus."""
    if CORPUS not in os.environ:
        raise Skipped(f"it reads French articles of a corpus: set {CORPUS} to its folder")
    chosen = _texts(Path(os.environ[CORPUS]), texts * rounds)
    sets = [chosen[start::rounds] for start in range(rounds)]
    for children in CHILDREN:
        begun = time.monotonic()
        measured, duplicates, machine = asyncio.run(_measure(sets, children))
        seconds = time.monotonic() - begun
        middle = sorted(measured, key=lambda one: one.ratio)[len(measured) // 2]
        ratios = " ".join(f"{one.ratio:.2f}" for one in measured)
        allowed = " ".join(f"{one.undisturbed:.2f}" for one in measured)
        reading = f"{children} reading at once"
        for case, figure, unit, goal, note in (
            (f"the cores in a bare loop, beside {reading}", middle.bare.rate, "articles/s", "", middle.bare.said()),
            (
                f"the whole system, {reading}",
                middle.whole.rate,
                "articles/s",
                "",
                f"{middle.whole.said()}; {duplicates} duplicates; {machine}",
            ),
            (
                f"whole to bare, {reading}",
                middle.ratio,
                "",
                ">= 0.9",
                f"rounds {ratios}; by CPU time, on two idle cores: {allowed}",
            ),
        ):
            yield Row(
                bench="enrich", case=case, size=texts, figure=figure, unit=unit, goal=goal, note=note, seconds=seconds
            )


def _texts(corpus: Path, number: int) -> list[bytes]:
    """Files of distinct French articles, the same ones on every run."""
    lines = (line.rstrip("\n").split("\t") for line in (corpus / "throughput_ids.txt").open(encoding="utf-8"))
    french = [(name, archive) for name, archive, language, _ in lines if language == LANGUAGE]
    members: dict[str, set[str]] = defaultdict(set)
    for name, archive in random.Random(0).sample(french, number):
        members[archive].add(name)
    return [data for archive, paths in members.items() for data in _members(corpus / archive, paths)]


def _members(archive: Path, paths: set[str]) -> Iterator[bytes]:
    with tarfile.open(archive, "r:xz") as members:
        for member in members:
            if member.name in paths:
                yield cast("Any", members.extractfile(member)).read()


async def _measure(sets: list[list[bytes]], children: int) -> tuple[list[Round], int, str]:
    """The rounds, how many duplicates there were, and what others did meanwhile."""
    async with whole(WIREROOM_EXTRACT_WORKERS=str(children)) as system, _bare() as bare:
        await asyncio.to_thread(system.start)
        async with Public(system.url) as public:
            machine = Machine()
            measured = []
            for number, texts in enumerate(sets):
                folder = _written(system.folder / "texts" / str(number), texts)
                alone = await _alone(bare, folder)
                measured.append(Round(alone, await _whole(system, public, folder), children))
            duplicates = sum(b'"verdict":"duplicate"' in message for _, message in public.came)
            return measured, duplicates, machine.said()


async def _whole(system: System, public: Public, folder: Path) -> Way:
    """Through the system."""
    first, files = len(public.came), _files(folder)
    before = _cpu(system)
    for file in files:
        file.rename(system.inbox / file.name)
    await public.some(first + len(files), seconds=LONGEST_SECONDS)
    cpu = {name: (spent - before[name]) / len(files) * 1000 for name, spent in _cpu(system).items()}
    return Way(public.rate(first, len(public.came) - 1), cpu)


def _cpu(system: System) -> dict[str, float]:
    return {name: cpu_seconds(process.pid) for name, process in system.processes().items()}


def _written(folder: Path, texts: list[bytes]) -> Path:
    folder.mkdir(parents=True)
    for number, text in enumerate(texts):
        (folder / f"{folder.name}-{number:05}.txt").write_bytes(text)
    return folder


def _files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


@asynccontextmanager
async def _bare() -> AsyncIterator[asyncio.subprocess.Process]:
    """The bare loop, loaded and waiting for folders."""
    home = await asyncio.to_thread(atlas_home)
    loop = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bench.bare", home),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        preexec_fn=die_with_parent(),
    )
    try:
        assert loop.stdout is not None
        async with asyncio.timeout(LONGEST_SECONDS):
            await loop.stdout.readline()
        yield loop
    finally:
        if loop.returncode is None:
            loop.kill()
        await loop.wait()


async def _alone(bare: asyncio.subprocess.Process, folder: Path) -> Way:
    """Through the bare loop."""
    assert bare.stdin is not None
    assert bare.stdout is not None
    bare.stdin.write(f"{folder}\n".encode())
    async with asyncio.timeout(LONGEST_SECONDS):
        seconds, cpu = map(float, (await bare.stdout.readline()).split())
    texts = len(_files(folder))
    return Way(texts / seconds, {"cores": cpu / texts * 1000})
