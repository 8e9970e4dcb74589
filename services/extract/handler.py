"""Extract's ear: hears ArticleDeduplicated, says ArticleExtracted."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from faststream.nats import NatsRouter

from contracts.article_deduplicated import ArticleDeduplicated
from contracts.article_extracted import ArticleExtracted
from contracts.document import Document
from contracts.extraction import Extraction
from contracts.language import Language
from services.chassis.children import Children
from services.chassis.hear import Probe, hear
from services.chassis.shell import Shell
from services.extract import reader
from services.extract.settings import ExtractSettings

Extract = Callable[[Document, Language], Awaitable[Extraction]]


def router(extract: Extract, probe: Probe | None = None) -> NatsRouter:
    """The subscription of this service; `extract` reads one document, `probe` raises while nothing can."""
    routes = NatsRouter()

    @hear(routes, ArticleDeduplicated, service="extract", probe=probe)
    async def on_article_deduplicated(article: ArticleDeduplicated) -> ArticleExtracted:
        return ArticleExtracted(
            input_id=article.input_id,
            trail=article.trail,
            article_id=article.article_id,
            document=article.document,
            language=article.language,
            duplication=article.duplication,
            extraction=await extract(article.document, article.language),
        )

    return routes


@asynccontextmanager
async def open_service(settings: ExtractSettings, shell: Shell) -> AsyncIterator[NatsRouter]:
    """The service with its children, once they have loaded their models."""
    home = (settings.atlas_home or settings.house.home).absolute()
    own = reader.Own(settings.names and settings.names.absolute(), settings.recognisers)
    async with Children(
        workers=settings.workers,
        memory_bytes=settings.child_memory_bytes,
        preload=("services.extract.warm",),
        prepare=reader.prepare,
        prepare_arguments=(home, own),
    ) as children:
        shell.not_ready["models"] = (
            "loading the language models (the first time the atlas of places is built too: 15 s)"
        )
        await children.ready()
        del shell.not_ready["models"]
        yield router(partial(_read, children, settings.reading_timeout_seconds, (home, own)), children.ready)


async def _read(
    children: Children, seconds: float, brought: tuple[Path, reader.Own], document: Document, language: Language
) -> Extraction:
    return await children.call(reader.read, document, language, *brought, timeout_seconds=seconds)
