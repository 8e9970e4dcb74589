"""Dedup's ear: hears LanguageDetected in batches, says ArticleDeduplicated or DuplicateFound."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from faststream.nats import NatsRouter

from contracts.article_deduplicated import ArticleDeduplicated
from contracts.duplicate_found import DuplicateFound
from contracts.duplication import Duplicate
from contracts.language_detected import LanguageDetected
from services.chassis import own_database
from services.chassis.database import Database
from services.chassis.hear import hear
from services.chassis.recent import remembered
from services.chassis.shell import Shell
from services.dedup import core
from services.dedup.memory import Memory, Sighting
from services.dedup.settings import DedupSettings

Fingerprinting = Callable[[str], core.Fingerprint]


def router(memory: Memory, fingerprint: Fingerprinting = core.fingerprint) -> NatsRouter:
    """The subscription of this service."""
    routes = NatsRouter()

    @hear(routes, LanguageDetected, service="dedup", batch=True, probe=memory.probe)
    async def on_language_detected(articles: list[LanguageDetected]) -> list[ArticleDeduplicated | DuplicateFound]:
        # A quarter of a second for a full batch: beside the event loop, and before the transaction, which stays short.
        sightings = await asyncio.to_thread(_sightings, articles, fingerprint)
        verdicts = await memory.judge(sightings)
        return [_answer(article, verdict) for article, verdict in zip(articles, verdicts, strict=True)]

    return routes


def _sightings(articles: Sequence[LanguageDetected], fingerprint: Fingerprinting) -> list[Sighting]:
    return [
        Sighting(one.input_id, core.article_of(one.article_id, one.document, fingerprint), one.instead_of or "")
        for one in articles
    ]


def _answer(heard: LanguageDetected, verdict: core.Verdict) -> ArticleDeduplicated | DuplicateFound:
    said = {
        "input_id": heard.input_id,
        "trail": heard.trail,
        "article_id": heard.article_id,
        "language": heard.language,
    }
    if isinstance(verdict, Duplicate):
        return DuplicateFound(**said, document=heard.document.head(), duplication=verdict)
    return ArticleDeduplicated(**said, document=heard.document, duplication=verdict)


@asynccontextmanager
async def open_service(settings: DedupSettings, shell: Shell) -> AsyncIterator[NatsRouter]:
    """The service with its memory migrated, opened and recalled."""
    async with Database(await own_database.ready(settings.house, shell)) as database:
        memory = Memory(database)
        await memory.recall()
        yield router(memory, remembered(core.fingerprint))
