"""What dedup's verdicts cost with more and more remembered: time, memory, disk, and a restart."""

import asyncio
import hashlib
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import psutil
from sqlmodel import Session

from services.chassis.database import Database
from services.chassis.migrations import migrate
from services.dedup.core import Article, Fingerprint, content_of, place_of
from services.dedup.core.index import ENTRIES
from services.dedup.memory import Memory, Sighting, remember
from tests.bench.report import Row, middle

REMEMBERED = (10_000, 100_000, 1_000_000)  # and 10 million are ten segments of a million each
SHINGLES = 800  # of an article of 5 KB
BATCH, BATCHES = 256, 12
AT_ONCE = 10_000  # remembered in one transaction


def rows() -> Iterator[Row]:
    """Three rows for each size."""
    for size in REMEMBERED:
        with tempfile.TemporaryDirectory(prefix="wireroom-bench-") as folder:
            yield from asyncio.run(_measure(Path(folder), size))


async def _measure(folder: Path, size: int) -> list[Row]:
    began = time.monotonic()
    url = f"sqlite:///{folder / 'dedup.db'}"
    migrate(url, "dedup")
    chance = np.random.default_rng(size)
    async with Database(url) as database:
        for first in range(1, size, AT_ONCE):
            await database.transaction(partial(_fill, first=first, chance=chance))
        before, recalled = psutil.Process().memory_info().rss, time.process_time()
        memory = Memory(database)
        await memory.recall()
        recalled = time.process_time() - recalled
        grown = psutil.Process().memory_info().rss - before
        held = _bytes(folder)
        spent = [await _judged(memory, chance) for _ in range(BATCHES)]
        disk = (_bytes(folder) - held) / (BATCH * BATCHES)
    micros = sorted(1e6 * one / BATCH for one in spent)
    return [
        Row(
            bench="dedup",
            case="verdict, fingerprints given, on disk",
            size=size,
            figure=middle(micros),
            unit="CPU µs",
            note=f"{micros[0]:.0f} to {micros[-1]:.0f}; {disk / 1000:.1f} KB of disk an article of {SHINGLES} shingles",
            seconds=time.monotonic() - began,
        ),
        Row(bench="dedup", case="memory of an article", size=size, figure=grown / size, unit="bytes", seconds=0.0),
        Row(bench="dedup", case="back after a restart", size=size, figure=recalled, unit="CPU s", seconds=recalled),
    ]


def _fill(session: Session, first: int, chance: np.random.Generator) -> None:
    """Remember what nobody will ask for: of their sketches only as much as the index takes."""
    remember(session, first, [_article(f"filled {first + place}", ENTRIES, chance) for place in range(AT_ONCE)])


def _bytes(folder: Path) -> int:
    return sum(one.stat().st_size for one in folder.iterdir())


async def _judged(memory: Memory, chance: np.random.Generator) -> float:
    """CPU seconds for one batch of articles that nobody has seen."""
    names = [chance.bytes(8).hex() for _ in range(BATCH)]
    sightings = [Sighting(name, _article(name, SHINGLES, chance)) for name in names]
    began = time.process_time()
    await memory.judge(sightings)
    return time.process_time() - began


def _article(name: str, hashes: int, chance: np.random.Generator) -> Article:
    drawn = np.sort(chance.integers(0, 2**32, hashes, dtype=np.uint32))
    if hashes < SHINGLES:  # the smallest of as many as the others have
        drawn = np.sort(chance.integers(0, 2**32 * hashes // SHINGLES, hashes, dtype=np.uint32))
    fingerprint = Fingerprint(chance.bytes(16), SHINGLES, drawn.tobytes(), chance.bytes(4 * hashes))
    identity = hashlib.sha256(name.encode()).hexdigest()
    return Article(identity[:32], place_of(name, None), content_of(identity, None), fingerprint)
