"""A real inbox on a real disk, and doubles for what lies beyond it: the wire, the object store, the reading child."""

import asyncio
import os
import signal
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from prometheus_client import CollectorRegistry

from contracts.article_fetched import ArticleFetched
from contracts.input_rejected import InputRejected
from contracts.message import Message
from contracts.outcomes import Outcome
from services.chassis.database import Database
from services.chassis.settings import House
from services.fetch.folder.gauges import Gauges
from services.fetch.folder.inbox import Inbox
from services.fetch.folder.takers import ByClaim, InPlace
from services.fetch.folder.watch import Folder
from services.fetch.handler import mint
from services.fetch.intake import Intake
from services.fetch.patience import Patience
from services.fetch.reader import Reader
from services.fetch.seen import Memory
from services.fetch.settings import FetchSettings
from services.fetch.spool import Gathered, Stretch
from services.fetch.writers import ignore_lease_breaks
from tests.tables import lay_tables

T = TypeVar("T")

DEADLINE_SECONDS = 60.0
MOST_TURNS = 1000


class Here:
    """Calls in this process: what children do to documents is told elsewhere."""

    async def call(self, function: Callable[..., T], *arguments: Any, timeout_seconds: float, pieces: int = 1) -> T:
        return function(*arguments)


def reads_here(children: Here | None = None) -> Reader:
    """What reads in this process."""
    return Reader(
        children or Here(),
        max_text_bytes=100_000,
        timeout_seconds=20,
        unpacking_timeout_seconds=60,
        spool_folder=Path(tempfile.gettempdir()),
    )


@dataclass
class Beyond:
    """What was said and kept; the steps of `before` and `after` may raise, or do something to the inbox."""

    said: list[Message] = field(default_factory=list)
    kept: dict[str, bytes] = field(default_factory=dict)
    counted: list[tuple[Outcome, str]] = field(default_factory=list)
    step: Callable[[str], None] = lambda _: None

    async def say(self, *messages: Message, began: datetime | None = None) -> None:
        for message in messages:
            self.step(f"saying {message.name()}")
            self.said.append(message)
            self.step(f"said {message.name()}")

    async def put(self, data: bytes | Stretch, sha256: str) -> None:
        self.step("keeping")
        self.kept[sha256] = data[:]
        self.step("kept")

    async def get(self, sha256: str) -> bytes:
        return self.kept[sha256]

    async def get_into(self, sha256: str, kept: Gathered) -> None:
        kept.write(self.kept[sha256])

    def count(self, outcome: Outcome, reason: str) -> None:
        self.counted.append((outcome, reason))

    def intake(self) -> Intake:
        return Intake(reads_here(), self, self.say, self.count, fresh_seconds=3600, log=lambda *_, **__: None)

    @property
    def articles(self) -> list[ArticleFetched]:
        return [message for message in self.said if isinstance(message, ArticleFetched)]

    @property
    def rejections(self) -> list[InputRejected]:
        return [message for message in self.said if isinstance(message, InputRejected)]


def settings_for(inbox: Path, **changes: Any) -> FetchSettings:
    changes = {"settle_seconds": 0.05, "rescan_seconds": 0.2, **changes}
    return FetchSettings(house=House(inbox=inbox, home=inbox.parent), **changes)


def by_claim(beyond: Beyond, inbox: Path, **changes: Any) -> ByClaim:
    settings = settings_for(inbox, **changes)
    taker = ByClaim(
        beyond.intake(),
        Patience(settings.settle_seconds, settings.settle_timeout_seconds),
        after="delete" if settings.after == "delete" else "move",
        max_bytes=settings.max_file_bytes,
        mint=mint,
    )
    taker.open(Inbox(inbox, moving=True))
    return taker


@asynccontextmanager
async def in_place(beyond: Beyond, inbox: Path, **changes: Any) -> AsyncIterator[InPlace]:
    settings = settings_for(inbox, **changes)
    async with memory_at(inbox.parent) as memory:
        patience = Patience(settings.settle_seconds, settings.settle_timeout_seconds)
        taker = InPlace(beyond.intake(), patience, memory, max_bytes=settings.max_file_bytes, mint=mint)
        taker.open(Inbox(inbox, moving=False))
        yield taker


@asynccontextmanager
async def memory_at(home: Path) -> AsyncIterator[Memory]:
    url = f"sqlite:///{home}/fetch.db"
    await asyncio.to_thread(lay_tables, url, "fetch")
    async with Database(url) as database:
        yield Memory(database)


@dataclass
class Watched:
    """A folder under watch."""

    inbox: Path
    beyond: Beyond
    not_ready: dict[str, str]
    registry: CollectorRegistry

    def is_open(self) -> bool:
        """Whether the inbox is open, and with that the kernel tells of it."""
        return (self.inbox / ".rejected").is_dir()

    def drop(self, path: str, content: bytes | str = "Un texte.") -> None:
        """Rename a whole file into the inbox."""
        outside = self.inbox.parent / f"outside-{os.urandom(4).hex()}"
        outside.write_bytes(content.encode() if isinstance(content, str) else content)
        (self.inbox / path).parent.mkdir(parents=True, exist_ok=True)
        outside.rename(self.inbox / path)

    def files(self, top: str = "") -> set[str]:
        """Every file at and below a folder of the inbox, by its path in that folder."""
        root = self.inbox / top
        walked = ((Path(folder), names, folders) for folder, folders, names in os.walk(root))  # folders may go
        found = (at / name for at, names, folders in walked for name in (*names, *folders))
        return {str(path.relative_to(root)) for path in found if path.is_symlink() or not path.is_dir()}

    def gauge(self, name: str, **labels: str) -> float | None:
        return self.registry.get_sample_value(name, labels)


@asynccontextmanager
async def watching(inbox: Path, beyond: Beyond | None = None, **changes: Any) -> AsyncIterator[Watched]:
    """A watch over `inbox` until the block ends."""
    beyond = beyond or Beyond()
    before = signal.getsignal(signal.SIGIO)
    ignore_lease_breaks()
    settings = settings_for(inbox, **changes)
    watched = Watched(inbox, beyond, {}, CollectorRegistry())
    async with memory_at(inbox.parent) as memory:
        patience = Patience(settings.settle_seconds, settings.settle_timeout_seconds)
        taker: ByClaim | InPlace
        if settings.after == "leave":
            taker = InPlace(beyond.intake(), patience, memory, max_bytes=settings.max_file_bytes, mint=mint)
        else:
            taker = ByClaim(
                beyond.intake(), patience, after=settings.after, max_bytes=settings.max_file_bytes, mint=mint
            )
        folder = asyncio.create_task(Folder(settings, taker, Gauges(watched.registry), watched.not_ready).run())
        try:
            yield watched
        finally:
            folder.cancel()
            await asyncio.gather(folder, return_exceptions=True)
            signal.signal(signal.SIGIO, before)  # other tests take files that somebody has open


async def until(condition: Callable[[], object]) -> None:
    """Wait until `condition` holds; it never holding is a failure."""
    async with asyncio.timeout(DEADLINE_SECONDS):
        while not condition():  # noqa: ASYNC110 - a file, or a thread, sets no event
            await asyncio.sleep(0.005)


async def finish(taker: ByClaim | InPlace, inbox: Path) -> None:
    """What a fresh fetch does: go on with what was left, then take what waits; what still changes has more turns."""
    await resume_all(taker)
    for path in _waiting_in(inbox):
        await taker.take(path, None)
    for _ in range(MOST_TURNS):
        if not await resume_all(taker):
            return
        await asyncio.sleep(0)


async def resume_all(taker: ByClaim | InPlace) -> int:
    """Give everything that was begun one more turn; how many there were."""
    resumes: list[Callable[[], Awaitable[object]]] = list((await taker.unfinished()).values())
    for resume in resumes:
        await resume()
    return len(resumes)


def _waiting_in(inbox: Path) -> list[str]:
    found = [str(path.relative_to(inbox)) for path in inbox.rglob("*") if path.is_file()]
    return sorted(path for path in found if not path.startswith("."))
