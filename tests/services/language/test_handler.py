from datetime import UTC, datetime

from contracts.article_fetched import ArticleFetched
from contracts.document import Document
from contracts.language import Language
from contracts.language_detected import LanguageDetected
from services.chassis.testing import ask
from services.language import core
from services.language.handler import router

FETCHED = ArticleFetched(
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
)


async def test_a_fetched_article_gets_its_language_and_keeps_the_rest() -> None:
    assert await ask(router(), FETCHED) == [
        LanguageDetected(
            input_id=FETCHED.input_id,
            article_id=FETCHED.article_id,
            document=FETCHED.document,
            language=core.detect(FETCHED.document.text),
        )
    ]


async def test_the_router_takes_another_core() -> None:
    unknown = Language(tag="und", script=None, confidence=0)
    (answer,) = await ask(router(detect=lambda _: unknown), FETCHED)
    assert isinstance(answer, LanguageDetected)
    assert answer.language == unknown
