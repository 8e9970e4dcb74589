"""Feeds without a web: what servers answer is scripted, all that is behind it is real."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from prometheus_client import CollectorRegistry
from sqlmodel import select

from contracts.outcomes import RejectReason
from contracts.url_requested import UrlRequested
from services.chassis.database import Database
from services.fetch.core.feeds import NotAFeed, announced
from services.fetch.core.feeds.news import Reading
from services.fetch.core.feeds.polling import Bounds
from services.fetch.core.web.answer import Answer, NotModified, Page, Refused
from services.fetch.feeds.asking import Asking, Web
from services.fetch.feeds.file import FeedFile
from services.fetch.feeds.gauges import Gauges
from services.fetch.feeds.memory import Memory
from services.fetch.feeds.poller import Poller
from services.fetch.feeds.recording import Limits
from services.fetch.feeds.saying import Saying
from services.fetch.feeds.tables import Subscription
from services.fetch.handler import mint
from tests.edges.inboxes import Beyond
from tests.tables import lay_tables

FEED = "https://news.example/feed"
LIMITS = Limits(keep_seconds=30 * 86_400.0, first_entries=1000, max_sitemaps=50)
PARAGRAPH = "<p>The council met in the town hall on Tuesday and voted on the budget for the coming year.</p>"
WHOLE = PARAGRAPH * 8
DEADLINE_SECONDS = 60.0


def item(name: str, *, content: str = "") -> str:
    whole = f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else ""
    return f"<item><title>Title {name}</title><link>https://news.example/{name}</link><guid>{name}</guid>{whole}</item>"


def rss(*items: str, head: str = "") -> bytes:
    space = "xmlns:content='http://purl.org/rss/1.0/modules/content/'"
    body = f"<channel><title>The News</title>{head}{''.join(items)}</channel>"
    return f"<rss version='2.0' {space}>{body}</rss>".encode()


def page(data: bytes, *, url: str = FEED, **rest: object) -> Page:
    return Page(url, data, "application/rss+xml", **rest)  # type: ignore[arg-type]


def refused(detail: str = "the server answered 500", **rest: object) -> Refused:
    return Refused(RejectReason.HTTP_STATUS, detail, **rest)  # type: ignore[arg-type]


@dataclass
class Scripted:
    """A web in which each address has its answer, or answers one after the other; what is asked is kept."""

    answers: dict[str, Answer | list[Answer | BaseException]] = field(default_factory=dict)
    asked: list[tuple[str, str | None, str | None]] = field(default_factory=list)
    waits: dict[str, asyncio.Event] = field(default_factory=dict)

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        accept: str | None = None,
        obey_robots: bool = True,
    ) -> Answer:
        self.asked.append((url, etag, last_modified))
        if url in self.waits:
            await self.waits[url].wait()
        answer = self.answers[url]
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]  # type: ignore[assignment]
        if isinstance(answer, BaseException):
            raise answer
        return answer  # type: ignore[return-value]


class ReadsFeedsHere:
    """Reads in this process: what children do to feeds is told elsewhere."""

    async def read(self, data: bytes, address: str, content_type: str) -> Reading | NotAFeed:
        return announced.read(data, address, {"content-type": content_type})


@dataclass
class Clock:
    now: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def free(_size: int) -> AbstractAsyncContextManager[None]:
    return nullcontext()


@dataclass
class Room:
    """One fetch's feeds; several may share a home."""

    home: Path
    beyond: Beyond
    web: Web
    clock: Clock
    memory: Memory
    poller: Poller
    registry: CollectorRegistry
    not_ready: dict[str, str]

    async def turns(self, number: int = 4) -> None:
        """So many looks at the file and at what is due, a second apart, and everything that comes of them."""
        for _ in range(number):
            self.clock.now += 1
            await self.poller._look()
            async with asyncio.timeout(DEADLINE_SECONDS):
                while self.poller._hands._held:  # noqa: ASYNC110 - hands set no event for it
                    await asyncio.sleep(0.001)

    async def later(self, seconds: float) -> None:
        """So much later, and then some turns."""
        self.clock.now += seconds
        await self.turns()

    def lists(self, *addresses: str) -> None:
        """Write the file of feeds."""
        (self.home / "feeds.txt").write_text("".join(f"{address}\n" for address in addresses))

    @property
    def requested(self) -> list[str]:
        return [message.url for message in self.beyond.said if isinstance(message, UrlRequested)]

    async def rows(self) -> dict[str, Subscription]:
        """What is remembered of each feed."""
        query = select(Subscription)
        found = await self.memory._database.transaction(lambda session: list(session.exec(query)))
        return {row.url: row for row in found}

    def sample(self, name: str, **labels: str) -> float | None:
        return self.registry.get_sample_value(name, {"service": "fetch", **labels})


@asynccontextmanager
async def room(
    home: Path,
    *,
    beyond: Beyond | None = None,
    web: Web | None = None,
    clock: Clock | None = None,
    limits: Limits = LIMITS,
    holder: str = "one",
    minted: Callable[[], str] = mint,
) -> AsyncIterator[Room]:
    """A fetch with feeds at work."""
    url = f"sqlite:///{home}/fetch.db"
    if not (home / "fetch.db").exists():
        await asyncio.to_thread(lay_tables, url, "fetch")
    beyond, web, clock = beyond or Beyond(), web or Scripted(), clock or Clock()
    registry, not_ready = CollectorRegistry(), dict[str, str]()
    async with Database(url) as database:
        memory, gauges = Memory(database, limits, minted, holder), Gauges(registry)
        poller = Poller(
            FeedFile(home / "feeds.txt"),
            memory,
            Asking(web, ReadsFeedsHere(), free, Bounds(300, 7200), clock=clock, jitter=lambda: 0.0),
            Saying(memory, beyond.intake(), beyond.say, gauges),
            gauges,
            at_once=4,
            not_ready=not_ready,
            clock=clock,
        )
        poller._hands.start()
        try:
            yield Room(home, beyond, web, clock, memory, poller, registry, not_ready)
        finally:
            await poller._hands.stop(1.0)


def not_modified(**rest: object) -> NotModified:
    return NotModified(FEED, **rest)  # type: ignore[arg-type]


def urls(names: Iterable[str]) -> list[str]:
    return [f"https://news.example/{name}" for name in names]
