from datetime import UTC, datetime

from contracts.article_deduplicated import ArticleDeduplicated
from contracts.article_extracted import ArticleExtracted
from contracts.document import Document
from contracts.duplication import Duplication
from contracts.extraction import Extraction
from contracts.language import Language
from services.chassis.testing import ask
from services.extract.handler import router

DEDUPLICATED = ArticleDeduplicated(
    input_id="019a0000-0000-7000-8000-000000000001",
    article_id="0" * 32,
    document=Document(
        source_uri="inbox:a.txt",
        sha256="0" * 64,
        media_type="text/plain",
        bytes=27,
        received_at=datetime(2024, 1, 1, tzinfo=UTC),
        text="Le gouvernement a parlé hier.",
    ),
    language=Language(tag="fr", script="Latn", confidence=1.0),
    duplication=Duplication(verdict="original"),
)


async def test_an_article_gets_what_was_read_out_of_it_and_keeps_the_rest() -> None:
    heard: list[tuple[Document, Language]] = []

    async def extract(document: Document, language: Language) -> Extraction:
        heard.append((document, language))
        return Extraction(country="FR")

    assert await ask(router(extract), DEDUPLICATED) == [
        ArticleExtracted(
            input_id=DEDUPLICATED.input_id,
            article_id=DEDUPLICATED.article_id,
            document=DEDUPLICATED.document,
            language=DEDUPLICATED.language,
            duplication=DEDUPLICATED.duplication,
            extraction=Extraction(country="FR"),
        )
    ]
    assert heard == [(DEDUPLICATED.document, DEDUPLICATED.language)]
