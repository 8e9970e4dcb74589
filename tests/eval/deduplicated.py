"""Dedup's own service as the evaluation asks it: articles heard by a memory in a folder, and what that costs."""

import asyncio
import gc
import hashlib
import random
import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from services.chassis.database import Database
from services.chassis.migrations import migrate
from services.dedup.core import (
    Article,
    Fingerprint,
    Source,
    Verdict,
    content_of,
    figures_of,
    fingerprint,
    names_of,
    place_of,
)
from services.dedup.core.article import NOBODY
from services.dedup.memory import Memory, Sighting
from tests.eval.report import Row

BATCH = 256
SPEED_CHARACTERS = 5000
SPEED_BATCHES = 9
REMEMBERED = (1_000, 10_000, 100_000)


def article_id(identity: str) -> str:
    """The id of the text with this name."""
    return hashlib.sha256(identity.encode()).hexdigest()[:32]


def article(identity: str, text: str) -> Article:
    """A text as the rules look at it, at a place of its own."""
    return Article(
        article_id(identity),
        place_of(identity, None),
        content_of(identity, None),
        fingerprint(text),
        figures=figures_of(text),
        names=names_of(text),
    )


def sighting(identity: str, found: Fingerprint, source: Source = NOBODY) -> Sighting:
    """A text of which only the fingerprint is known, from a place of its own."""
    name = article_id(identity)
    return Sighting(identity, Article(name, place_of(identity, None), content_of(name, None), found, source))


class Remembering:
    """A memory in a folder that goes when it is closed."""

    async def __aenter__(self) -> Memory:
        self._folder = tempfile.TemporaryDirectory()
        url = f"sqlite:///{Path(self._folder.name) / 'dedup.db'}"
        migrate(url, "dedup")
        self._database = await Database(url).__aenter__()
        return Memory(self._database)

    async def __aexit__(self, *_: object) -> None:
        await self._database.__aexit__()
        self._folder.cleanup()


def batches(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """As many at a time as the service hears."""
    return (values[start : start + BATCH] for start in range(0, len(values), BATCH))


async def judged(texts: Sequence[str], source: Source) -> list[Verdict]:
    """What the service says of texts of one source that come one after the other."""
    async with Remembering() as memory:
        return [
            verdict
            for place, text in enumerate(texts)
            for verdict in await memory.judge([sighting(str(place), fingerprint(text), source)])
        ]


def pace(articles: Sequence[str]) -> Iterator[Row]:
    """What a fingerprint costs, and a verdict with more and more remembered."""
    fresh = list(_fresh(articles, SPEED_BATCHES * BATCH * len(REMEMBERED)))
    began = time.process_time()
    found = [fingerprint(text) for text in fresh[: 2 * BATCH]]
    spent = (time.process_time() - began) / len(found)
    yield Row(
        task="fingerprint",
        data_set=f"texts of {SPEED_CHARACTERS} characters",
        size=len(found),
        ours=1000 * spent,
        measure="CPU ms",
        seconds=spent * len(found),
    )
    for place, remembered in enumerate(REMEMBERED):
        some = fresh[place * SPEED_BATCHES * BATCH :][: SPEED_BATCHES * BATCH]
        yield asyncio.run(_paced(some, remembered))


def _fresh(articles: Sequence[str], count: int) -> Iterator[str]:
    """Texts of one length that nobody has seen: real words, in runs of real order too short to be copies."""
    chance = random.Random(2)
    runs = [run for text in articles for run in re.findall(r"(?:\S+\s+){2}\S+", text)]
    for _ in range(count):
        text = ""
        while len(text) < SPEED_CHARACTERS:
            text += " ".join(chance.choices(runs, k=40)) + " "
        yield text[:SPEED_CHARACTERS]


async def _paced(texts: Sequence[str], remembered: int) -> Row:
    async with Remembering() as memory:
        await _fill(memory, remembered)
        gc.freeze()  # the corpus that this process holds is not the service's to look through
        spent = []
        for number, some in enumerate(batches(texts)):
            began = time.process_time()
            verdicts = await memory.judge(
                [sighting(f"{number}/{place}", fingerprint(text)) for place, text in enumerate(some)]
            )
            spent.append(time.process_time() - began)
            assert {verdict.verdict for verdict in verdicts} == {"original"}
    rate = BATCH / sorted(spent)[len(spent) // 2]
    return Row(
        task="fingerprint and verdict, on disk",
        data_set=f"{remembered:,} remembered",
        size=len(texts),
        ours=rate,
        measure="articles/CPU s",
        goal=2500,
        seconds=sum(spent),
    )


async def _fill(memory: Memory, count: int) -> None:
    """Remember articles whose fingerprints are drawn by lot: as many shingles as an article of 5 KB, none in common."""
    chance = np.random.default_rng(3)
    for start in range(0, count, 1000):
        drawn = [
            Fingerprint(
                text=chance.bytes(16),
                shingles=800,
                sketch=np.sort(chance.integers(0, 2**32, 800, dtype=np.uint32)).tobytes(),
                places=chance.bytes(3200),
            )
            for _ in range(min(1000, count - start))
        ]
        await memory.judge([sighting(f"filled {start + place}", one) for place, one in enumerate(drawn)])
