"""Language's ear: hears ArticleFetched in batches, says LanguageDetected."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial

from faststream.nats import NatsRouter

from contracts.article_fetched import ArticleFetched
from contracts.language import Language
from contracts.language_detected import LanguageDetected
from services.chassis.hear import hear
from services.chassis.recent import remembered
from services.chassis.shell import Shell
from services.language import core, model
from services.language.settings import LanguageSettings


def router(detect: Callable[[str], Language] = core.detect) -> NatsRouter:
    """The subscription of this service."""
    routes = NatsRouter()
    beside = ThreadPoolExecutor(1, thread_name_prefix="detect")  # eldc is for one thread; the event loop keeps its beat

    @hear(routes, ArticleFetched, service="language", batch=True)
    async def on_article_fetched(articles: list[ArticleFetched]) -> list[LanguageDetected]:
        return await asyncio.get_running_loop().run_in_executor(beside, _detected, articles, detect)

    return routes


def _detected(articles: Sequence[ArticleFetched], detect: Callable[[str], Language]) -> list[LanguageDetected]:
    return [
        LanguageDetected(
            input_id=article.input_id,
            trail=article.trail,
            article_id=article.article_id,
            document=article.document,
            language=detect(article.document.text),
            instead_of=article.instead_of,
        )
        for article in articles
    ]


@asynccontextmanager
async def open_service(settings: LanguageSettings, shell: Shell) -> AsyncIterator[NatsRouter]:  # noqa: ARG001 - it has no edge
    """The service with its model loaded."""
    yield router(remembered(partial(core.detect, opinions=model.load(), made_by=model.made_by())))
