"""A whole system for a bench: `wireroom up` in a folder that goes with it, and when what was said in public."""

import asyncio
import json
import os
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any, Self

import nats
import psutil
from nats.aio.client import Client
from nats.aio.msg import Msg

from services.extract.atlas import build
from tests.bench.processes import Clock, cpu_seconds
from tests.e2e.running import System

ATLAS_HOME = "WIREROOM_EXTRACT_ATLAS_HOME"
BUDGET_BYTES = 8 << 30
_kept: list[tempfile.TemporaryDirectory[str]] = []  # removed when we end


@cache
def atlas_home() -> str:
    """A folder with the atlas of places: the one that is set, else one built for this run (15 s)."""
    if ATLAS_HOME in os.environ:
        folder = os.environ[ATLAS_HOME]
    else:
        _kept.append(tempfile.TemporaryDirectory(prefix="wireroom-bench-atlas-"))
        folder = _kept[-1].name
    build(Path(folder))
    return folder


@asynccontextmanager
async def whole(**settings: str) -> AsyncIterator[System]:
    """A system in a temporary folder, not yet started; whatever runs of it is ended with the block."""
    home = await asyncio.to_thread(atlas_home)
    told = {ATLAS_HOME: home, "WIREROOM_DISK_BUDGET_BYTES": str(BUDGET_BYTES), **settings}
    with tempfile.TemporaryDirectory(prefix="wireroom-bench-", ignore_cleanup_errors=True) as folder:
        system = System(Path(folder), None, **told)
        try:
            yield system
        finally:
            await asyncio.to_thread(system.abandon)


class Public:
    """What is said on `articles.>` while this is open: the moment of each message by the monotonic clock, and it."""

    def __init__(self, url: str) -> None:
        self._url, self._news = url, asyncio.Event()
        self.came: list[tuple[float, bytes]] = []
        self._client: Client | None = None

    async def some(self, number: int, *, seconds: float) -> list[tuple[float, bytes]]:
        """All that came, as soon as it is so many; raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while len(self.came) < number:
                self._news.clear()
                await self._news.wait()
        return self.came

    def rate(self, first: int, last: int) -> float:
        """Messages a second from the one with the number `first` (from 0) to that with the number `last`."""
        return (last - first) / (self.came[last][0] - self.came[first][0])

    async def __aenter__(self) -> Self:
        self._client = await nats.connect(self._url)
        await self._client.subscribe("articles.>", cb=self._note)
        await self._client.flush()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._client is not None:
            await self._client.close()

    async def _note(self, message: Msg) -> None:
        self.came.append((time.monotonic(), message.data))
        self._news.set()


def enriched(message: bytes) -> dict[str, Any]:
    """The article; raises ValueError for a duplicate: a bench drops none, and one would be cheaper."""
    article: dict[str, Any] = json.loads(message)
    if "extraction" not in article:
        raise ValueError(f"{article['document']['source_uri']} was taken for a duplicate: {article['duplication']}")
    return article


class Machine:
    """Who takes the machine from here on: we and what we have started, and others."""

    def __init__(self) -> None:
        self._clock, self._ours = Clock.now(), _cpu_seconds()

    def ours(self) -> float:
        """What we have computed meanwhile, in seconds of one core."""
        return _cpu_seconds() - self._ours

    def said(self) -> str:
        """A remark for a row: the share of all cores that others took meanwhile."""
        return f"others took {self._clock.strangers(Clock.now(), self.ours()):.0%} of the machine"


def _cpu_seconds() -> float:
    """Of this process, of all that live under it, and of those of its children that ended."""
    gone = psutil.Process().cpu_times()
    return cpu_seconds(os.getpid()) + gone.children_user + gone.children_system
