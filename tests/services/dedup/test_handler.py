from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from contracts.article_deduplicated import ArticleDeduplicated
from contracts.document import Document, Part
from contracts.duplicate_found import DuplicateFound
from contracts.duplication import Method
from contracts.identity import article_id
from contracts.language import Language
from contracts.language_detected import LanguageDetected
from services.chassis.shell import Shell
from services.chassis.testing import ask
from services.dedup.handler import open_service, router
from services.dedup.memory import Memory
from services.dedup.settings import DedupSettings
from tests.tables import lay_tables

TEXT = "Le convoi a quitté la ville mardi à l'aube, ont indiqué des habitants joints par téléphone depuis la frontière."


class Alone:
    """As much of a shell as a service needs that hears nothing from a server."""

    service = "dedup"

    def __init__(self) -> None:
        self.not_ready: dict[str, str] = {}

    def attach(self, work: Coroutine[Any, Any, None]) -> None:
        work.close()


def heard(number: int, text: str, *, source: str = "", sha256: str = "", part: int | None = None) -> LanguageDetected:
    source, sha256 = source or f"inbox:{number}.txt", sha256 or f"{number:064x}"
    return LanguageDetected(
        input_id=f"{number:08x}-0000-7000-8000-000000000000",
        article_id=article_id(source, sha256, part),
        document=Document(
            source_uri=source,
            sha256=sha256,
            media_type="text/plain",
            bytes=len(text.encode()),
            received_at=datetime(2024, 5, 1, tzinfo=UTC),
            part=part and Part(number=part, start=0, end=len(text)),
            text=text,
        ),
        language=Language(tag="fr", script="Latn", confidence=1.0),
    )


async def test_a_new_article_goes_on_whole(memory: Memory) -> None:
    article = heard(1, TEXT)

    (said,) = await ask(router(memory), article)

    assert isinstance(said, ArticleDeduplicated)
    assert (said.input_id, said.article_id, said.document, said.language) == (
        article.input_id,
        article.article_id,
        article.document,
        article.language,
    )
    assert said.duplication.verdict == "original"
    assert said.duplication.shared == ()


async def test_a_copy_ends_as_a_duplicate_without_its_text(memory: Memory) -> None:
    first, copy = heard(1, TEXT), heard(2, TEXT.replace(" ", "  "))

    _, said = await ask(router(memory), first, copy)

    assert isinstance(said, DuplicateFound)
    assert (said.input_id, said.article_id, said.document) == (copy.input_id, copy.article_id, copy.document.head())
    assert "text" not in said.document.model_dump()
    assert (said.duplication.of, said.duplication.method) == (first.article_id, Method.SAME_TEXT)


async def test_each_article_of_a_batch_gets_its_own_answer(memory: Memory) -> None:
    batch = [heard(number, f"{TEXT} {'oui ' * (number % 3)}") for number in range(1, 30)]

    said = await ask(router(memory), *batch)

    assert [one.input_id for one in said if isinstance(one, ArticleDeduplicated | DuplicateFound)] == [
        one.input_id for one in batch
    ]
    assert sum(isinstance(one, ArticleDeduplicated) for one in said) == 1


async def test_a_redelivered_article_gets_the_same_answer(memory: Memory) -> None:
    first, edited = heard(1, TEXT, source="inbox:a.txt"), heard(2, TEXT + " Fin.", source="inbox:a.txt")
    said = await ask(router(memory), first, edited)

    assert await ask(router(memory), edited, first) == said[::-1]


async def test_the_parts_of_one_file_are_articles_of_their_own(memory: Memory) -> None:
    first = heard(1, TEXT, source="inbox:a.txt", sha256="a" * 64, part=1)
    second = heard(2, "Tout autre chose, et bien plus court.", source="inbox:a.txt", sha256="a" * 64, part=2)

    said = await ask(router(memory), first, second)

    assert [isinstance(one, ArticleDeduplicated) for one in said] == [True, True]


async def test_a_service_that_starts_again_remembers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREROOM_HOME", str(tmp_path))
    settings, shell = DedupSettings(), cast("Shell", Alone())
    lay_tables(settings.house.database("dedup"), "dedup")
    async with open_service(settings, shell) as routes:
        (first,) = await ask(routes, heard(1, TEXT))
    async with open_service(settings, shell) as routes:
        said = await ask(routes, heard(2, TEXT), heard(1, TEXT))

    assert isinstance(said[0], DuplicateFound)
    assert said[1] == first


async def test_a_duplicate_that_is_sent_again_takes_the_place_of_what_was_never_stored(memory: Memory) -> None:
    lost, copy = heard(1, TEXT), heard(2, TEXT)
    await ask(router(memory), lost, copy)
    promoted = copy.model_copy(update={"instead_of": lost.article_id})

    (said,) = await ask(router(memory), promoted)
    (later,) = await ask(router(memory), heard(3, TEXT))

    assert isinstance(said, ArticleDeduplicated)
    assert (said.article_id, said.duplication.verdict) == (copy.article_id, "original")
    assert isinstance(later, DuplicateFound)
    assert later.duplication.of == copy.article_id
