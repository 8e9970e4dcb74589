"""Language's ear: hears ArticleFetched, says LanguageDetected."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

from faststream.nats import NatsRouter

from contracts.article_fetched import ArticleFetched
from contracts.language import Language
from contracts.language_detected import LanguageDetected
from services.chassis.hear import hear
from services.chassis.service import Shell
from services.language import core, model
from services.language.settings import LanguageSettings


def router(settings: LanguageSettings, detect: Callable[[str], Language] = core.detect) -> NatsRouter:  # noqa: ARG001 -- all routers are made alike
    """The subscription of this service."""
    routes = NatsRouter()

    @hear(routes, ArticleFetched, service="language")
    async def on_article_fetched(article: ArticleFetched) -> LanguageDetected:
        return LanguageDetected(
            input_id=article.input_id,
            trail=article.trail,
            article_id=article.article_id,
            document=article.document,
            language=detect(article.document.text),
        )

    return routes


@asynccontextmanager
async def open_service(settings: LanguageSettings, shell: Shell) -> AsyncIterator[NatsRouter]:  # noqa: ARG001
    """The service with its model loaded."""
    yield router(settings, partial(core.detect, opinion=model.load()))
