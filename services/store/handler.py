"""The store's ears: what is heard is in the database before it is acknowledged, and announced after."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from typing import Annotated, Any

from faststream import Context
from faststream.nats import NatsRouter

from contracts.article_duplicated import ArticleDuplicated
from contracts.article_enriched import ArticleEnriched
from contracts.article_extracted import ArticleExtracted
from contracts.dead_letter import DeadLetter
from contracts.duplicate_found import DuplicateFound
from contracts.identity import way_of
from contracts.input_expanded import InputExpanded
from contracts.input_received import InputReceived
from contracts.input_rejected import InputRejected
from services.chassis import own_database
from services.chassis.hear import hear, hear_dead
from services.chassis.publisher import DEATH_MARGIN_BYTES
from services.chassis.raw import Raw
from services.chassis.shell import Shell
from services.store import core, upkeep
from services.store.database import Store, now
from services.store.room import Room
from services.store.settings import StoreSettings

Heard = Annotated[list[Any], Context("message.raw_message")]


def router(store: Store, clock: Callable[[], datetime] = now) -> NatsRouter:
    """The subscriptions of this service: each batch is one transaction."""
    routes = NatsRouter()
    here = partial(hear, routes, service="store", batch=True, probe=store.probe, said=store.announced)

    @here(InputReceived)
    async def on_input_received(inputs: list[InputReceived]) -> list[None]:
        await store.record([core.received(one) for one in inputs])
        return [None] * len(inputs)

    @here(InputRejected)
    async def on_input_rejected(inputs: list[InputRejected]) -> list[None]:
        await store.record([core.rejected(one, clock()) for one in inputs])
        return [None] * len(inputs)

    @here(InputExpanded)
    async def on_input_expanded(inputs: list[InputExpanded]) -> list[None]:
        await store.record([core.expanded(one, clock()) for one in inputs])
        return [None] * len(inputs)

    @here(DuplicateFound)
    async def on_duplicate_found(duplicates: list[DuplicateFound], raw: Heard) -> list[ArticleDuplicated]:
        return await store.keep_duplicates(list(zip(duplicates, _ways(raw), strict=True)), clock())

    @here(ArticleExtracted)
    async def on_article_extracted(articles: list[ArticleExtracted], raw: Heard) -> list[ArticleEnriched]:
        return await store.keep(list(zip(articles, _ways(raw), strict=True)), clock())

    @hear_dead(routes, service="store", probe=store.probe)
    async def on_dead_letters(letters: list[tuple[DeadLetter, bytes]]) -> list[None]:
        await store.bury(letters)
        return [None] * len(letters)

    return routes


@asynccontextmanager
async def open_service(settings: StoreSettings, shell: Shell) -> AsyncIterator[NatsRouter]:
    """The store over its database, with its upkeep beside it."""
    url = await own_database.ready(settings.house, shell)
    async with Store(url, room_bytes=shell.nats.max_payload - DEATH_MARGIN_BYTES) as store:
        shell.attach(upkeep.export_counts(store, shell.registry, every_seconds=settings.count_seconds))
        shell.attach(upkeep.settle(store, every_seconds=settings.settle_seconds))
        wait_seconds = 2 * settings.house.ack_wait_seconds
        shell.attach(
            upkeep.announce_again(
                store, shell.publisher, before=now(), wait_seconds=wait_seconds, at_once=settings.repeat_messages
            )
        )
        fresh_seconds = settings.house.raw_fresh_seconds
        originals = Raw(shell.nats, shell.publisher, fresh_seconds=fresh_seconds)
        room = Room(store, originals, shell.nats, shell.registry, fresh_seconds=fresh_seconds)
        shell.attach(room.keep(every_seconds=settings.room_seconds))
        yield router(store)


def _ways(raw: list[Any]) -> list[str]:
    return [way_of((message.headers or {}).get("Nats-Msg-Id", "")) for message in raw]
