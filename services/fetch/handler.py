"""Fetch's ear, and what it is made of: readers in child processes, an intake, the inbox, the web, the feeds."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from faststream.nats import NatsRouter
from uuid_utils import uuid7

from contracts.outcomes import Outcome
from contracts.url_requested import UrlRequested
from services.chassis import own_database
from services.chassis.children import SPARES, Children
from services.chassis.database import Database
from services.chassis.hear import hear
from services.chassis.migrations import bring_up_to_date
from services.chassis.raw import Raw
from services.chassis.shell import Shell
from services.fetch.errands.gauges import Gauges as Waiting
from services.fetch.errands.hearing import errand_of
from services.fetch.errands.memory import Memory as Errands
from services.fetch.errands.rounds import Rounds
from services.fetch.errands.running import Runner
from services.fetch.feeds.opening import open_poller
from services.fetch.folder.gauges import Gauges
from services.fetch.folder.takers import ByClaim, InPlace
from services.fetch.folder.watch import Folder, Taker
from services.fetch.ingest import Ingest
from services.fetch.intake import Intake, Originals, Say
from services.fetch.patience import Patience
from services.fetch.progress import Progress
from services.fetch.reader import Reader
from services.fetch.seen import Memory
from services.fetch.settings import FetchSettings
from services.fetch.web.client import Web
from services.fetch.web.pages import Pages
from services.fetch.writers import ignore_lease_breaks


def router(errands: Errands, news: Callable[[], None], clock: Callable[[], float] = time.time) -> NatsRouter:
    """The subscription of this service: a URL is kept before it is acknowledged, and asked for when its time comes."""
    routes = NatsRouter()

    @hear(routes, UrlRequested, service="fetch", batch=True, probe=errands.probe)
    async def on_url_requested(requests: list[UrlRequested]) -> list[None]:
        now = clock()
        await errands.begin([errand_of(request, now) for request in requests])
        news()
        return [None] * len(requests)

    return routes


def mint() -> str:
    """A new input's id: UUIDv7, the time in it is the time of receipt."""
    return str(uuid7())


@asynccontextmanager
async def open_service(settings: FetchSettings, shell: Shell) -> AsyncIterator[NatsRouter]:
    """The service with its readers started, its inbox watched, its errands gone on with, its feeds asked."""
    originals = Raw(shell.nats, shell.publisher, fresh_seconds=settings.house.raw_fresh_seconds)
    async with (
        Database(await own_database.ready(settings.house, shell, knows_all_heard=False)) as database,
        open_intake(settings, shell.say, originals, shell.count, Progress(database)) as intake,
    ):
        taker = _taker(settings, intake, database)
        shell.attach(Folder(settings, taker, Gauges(shell.registry), shell.not_ready).run())
        errands = Errands(database, most=settings.max_waiting_urls, holder=mint())
        web = Web(settings, pages=Pages(shell.registry))
        rounds = _rounds(settings, shell, intake, originals=originals, errands=errands, web=web)
        shell.attach(rounds.run())
        async with open_poller(settings, shell, intake, web=web, database=database, mint=mint) as poller:
            shell.attach(poller.run())
            yield router(errands, rounds.hear)


@asynccontextmanager
async def open_intake(
    settings: FetchSettings,
    say: Say,
    originals: Originals,
    count: Callable[[Outcome, str], None],
    progress: Progress | None = None,
) -> AsyncIterator[Intake]:
    """An intake with a reader of its own."""
    ignore_lease_breaks()
    async with Children(
        workers=settings.readers, memory_bytes=settings.reader_memory_bytes, preload=("services.fetch.warm",)
    ) as children:
        await children.ready()
        reader = Reader(
            children,
            max_text_bytes=settings.house.max_text_bytes,
            keys=tuple(settings.json_mapping.items()),
            timeout_seconds=settings.reader_timeout_seconds,
            unpacking_timeout_seconds=settings.unpack_timeout_seconds,
            spool_folder=settings.spool_folder(),
            at_once=settings.readers + SPARES,
        )
        yield Intake(
            reader,
            originals,
            say,
            count,
            progress=progress,
            limits=settings.limits(),
            work_bytes=settings.work_bytes,
            spool_bytes=settings.spool_bytes,
            spool_folder=settings.spool_folder(),
            fresh_seconds=settings.house.raw_fresh_seconds,
        )


@asynccontextmanager
async def open_database(settings: FetchSettings) -> AsyncIterator[Database]:
    """Fetch's own database, migrated; raises Gone where there was one."""
    url = settings.house.database("fetch")
    await asyncio.to_thread(bring_up_to_date, url, "fetch")
    async with Database(url) as database:
        yield database


@asynccontextmanager
async def open_memory(settings: FetchSettings) -> AsyncIterator[Memory]:
    """What fetch remembers of files."""
    async with open_database(settings) as database:
        yield Memory(database)


@asynccontextmanager
async def open_ingest(
    settings: FetchSettings, say: Say, originals: Originals, count: Callable[[Outcome, str], None], *, resume: bool
) -> AsyncIterator[Ingest]:
    """What `wireroom ingest` does its work with."""
    async with (
        open_database(settings) as database,
        open_intake(settings, say, originals, count, Progress(database)) as intake,
    ):
        yield Ingest(intake, Memory(database), patience(settings), resume=resume, **_how(settings))


def patience(settings: FetchSettings) -> Patience:
    """How long we wait for files to rest."""
    return Patience(settings.settle_seconds, settings.settle_timeout_seconds)


def _taker(settings: FetchSettings, intake: Intake, database: Database) -> Taker:
    if settings.after == "leave":
        return InPlace(intake, patience(settings), Memory(database), **_how(settings))
    return ByClaim(intake, patience(settings), after=settings.after, **_how(settings))


def _how(settings: FetchSettings) -> Any:
    """What all that take files are told."""
    return {"max_bytes": settings.max_file_bytes, "mint": mint, "copied_to": settings.spool_folder()}


def _rounds(
    settings: FetchSettings, shell: Shell, intake: Intake, *, originals: Raw, errands: Errands, web: Web
) -> Rounds:
    return Rounds(
        Runner(web, intake, originals, errands, give_up_seconds=settings.give_up_seconds),
        errands,
        web.hosts,
        Waiting(shell.registry),
        shell.not_ready,
        at_once=settings.pages_at_once,
        host_at_once=settings.host_pages_at_once,
        stop_seconds=settings.house.stop_seconds,
    )
