"""What fetch is made of: a reader in child processes, an intake, and the watch over the inbox."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from faststream.nats import NatsRouter
from uuid_utils import uuid7

from contracts.outcomes import Outcome
from services.chassis.children import Children
from services.chassis.database import Database
from services.chassis.migrations import bring_up_to_date
from services.chassis.raw import Raw
from services.chassis.shell import Shell
from services.fetch.folder.gauges import Gauges
from services.fetch.folder.takers import ByClaim, InPlace
from services.fetch.folder.watch import Folder, Taker
from services.fetch.ingest import Ingest
from services.fetch.intake import Intake, Originals, Say
from services.fetch.patience import Patience
from services.fetch.reader import Reader
from services.fetch.seen import Memory
from services.fetch.settings import FetchSettings
from services.fetch.writers import ignore_lease_breaks


def router(settings: FetchSettings) -> NatsRouter:  # noqa: ARG001 - all routers are made alike
    """Nothing is heard yet: the ear for UrlRequested comes with the web."""
    return NatsRouter()


def mint() -> str:
    """A new input's id: UUIDv7, the time in it is the time of receipt."""
    return str(uuid7())


@asynccontextmanager
async def open_service(settings: FetchSettings, shell: Shell) -> AsyncIterator[NatsRouter]:
    """The service with its readers started and its inbox watched."""
    originals = Raw(shell.nats, shell.publisher, fresh_seconds=settings.house.raw_fresh_seconds)
    async with (
        open_intake(settings, shell.say, originals, shell.count) as intake,
        _open_taker(settings, intake) as taker,
    ):
        shell.attach(Folder(settings, taker, Gauges(shell.registry), shell.not_ready).run())
        yield router(settings)


@asynccontextmanager
async def open_intake(
    settings: FetchSettings, say: Say, originals: Originals, count: Callable[[Outcome, str], None]
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
            timeout_seconds=settings.reader_timeout_seconds,
            unpacking_timeout_seconds=settings.unpack_timeout_seconds,
            spool_folder=settings.spool_folder(),
        )
        yield Intake(
            reader,
            originals,
            say,
            count,
            limits=settings.limits(),
            work_bytes=settings.work_bytes,
            spool_bytes=settings.spool_bytes,
            fresh_seconds=settings.house.raw_fresh_seconds,
        )


@asynccontextmanager
async def open_memory(settings: FetchSettings) -> AsyncIterator[Memory]:
    """Fetch's own database, migrated."""
    url = settings.house.database("fetch")
    await asyncio.to_thread(bring_up_to_date, url, "fetch")
    async with Database(url) as database:
        yield Memory(database)


@asynccontextmanager
async def open_ingest(
    settings: FetchSettings, say: Say, originals: Originals, count: Callable[[Outcome, str], None], *, resume: bool
) -> AsyncIterator[Ingest]:
    """What `wireroom ingest` does its work with."""
    async with open_intake(settings, say, originals, count) as intake, open_memory(settings) as memory:
        yield Ingest(intake, memory, patience(settings), resume=resume, **_how(settings))


def patience(settings: FetchSettings) -> Patience:
    """How long we wait for files to rest."""
    return Patience(settings.settle_seconds, settings.settle_timeout_seconds)


@asynccontextmanager
async def _open_taker(settings: FetchSettings, intake: Intake) -> AsyncIterator[Taker]:
    if settings.after == "leave":
        async with open_memory(settings) as memory:
            yield InPlace(intake, patience(settings), memory, **_how(settings))
    else:
        yield ByClaim(intake, patience(settings), after=settings.after, **_how(settings))


def _how(settings: FetchSettings) -> Any:
    """What all that take files are told."""
    return {"max_bytes": settings.max_file_bytes, "mint": mint, "copied_to": settings.spool_folder()}
