"""What the poller is made of."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from services.chassis.children import Children
from services.chassis.database import Database
from services.chassis.shell import Shell
from services.fetch.core.feeds.polling import Bounds
from services.fetch.feeds.asking import Asking, Web
from services.fetch.feeds.file import FeedFile
from services.fetch.feeds.gauges import Gauges
from services.fetch.feeds.memory import Memory
from services.fetch.feeds.poller import Poller
from services.fetch.feeds.reader import FeedReader
from services.fetch.feeds.recording import Limits
from services.fetch.feeds.saying import Saying
from services.fetch.intake import Intake
from services.fetch.settings import FetchSettings


@asynccontextmanager
async def open_poller(
    settings: FetchSettings, shell: Shell, intake: Intake, *, web: Web, database: Database, mint: Callable[[], str]
) -> AsyncIterator[Poller]:
    """A poller with a reader of its own: a feed that is long in reading holds up no document."""
    limits = Limits(settings.feed_memory_seconds, settings.feed_first_entries, settings.feed_sitemaps)
    memory, gauges = Memory(database, limits, mint, holder=mint()), Gauges(shell.registry)
    async with Children(
        workers=1, memory_bytes=settings.reader_memory_bytes, preload=("services.fetch.warm",)
    ) as children:
        reader = FeedReader(children, timeout_seconds=settings.unpack_timeout_seconds)
        bounds = Bounds(settings.feed_least_seconds, settings.feed_most_seconds)
        yield Poller(
            FeedFile(settings.feeds_file()),
            memory,
            Asking(web, reader, intake.load.of, bounds, clock=time.time),
            Saying(memory, intake, shell.say, gauges),
            gauges,
            at_once=settings.feeds_at_once,
            not_ready=shell.not_ready,
        )
