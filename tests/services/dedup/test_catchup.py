"""What was judged since a backup, learned again from what was said: a copy that comes then is still a copy."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from contracts import identity
from contracts.article_deduplicated import ArticleDeduplicated
from contracts.document import Document
from contracts.duplicate_found import DuplicateFound
from contracts.duplication import Duplicate, Duplication, Method
from contracts.language import Language
from services.chassis.database import Database
from services.dedup import core
from services.dedup.catchup import learn
from services.dedup.memory import Memory, Sighting
from tests.tables import lay_tables

FRENCH = Language(tag="fr", script="Latn", confidence=1)


def prose(number: int) -> str:
    return " ".join(f"mot{number}{word} dit{word * number}" for word in range(80))


def document(number: int, text: str) -> Document:
    return Document(
        source_uri=f"inbox:{number}.txt",
        sha256=sha256(text.encode()).hexdigest(),
        media_type="text/plain",
        bytes=len(text),
        received_at=datetime(2026, 3, 1, tzinfo=UTC),
        text=text,
    )


def sighting(number: int, text: str) -> Sighting:
    one = document(number, text)
    article = core.article_of(identity.article_id(one.source_uri, one.sha256), one, core.fingerprint)
    return Sighting(f"{number:08x}-0000-7000-8000-000000000000", article)


def said(number: int, text: str, verdict: core.Verdict) -> ArticleDeduplicated | DuplicateFound:
    one, seen = document(number, text), sighting(number, text)
    facts = {"input_id": seen.input_id, "article_id": seen.article.article_id, "language": FRENCH}
    if isinstance(verdict, Duplicate):
        return DuplicateFound(**facts, document=one.head(), duplication=verdict)
    return ArticleDeduplicated(**facts, document=one, duplication=verdict)


TEXTS = {1: prose(1), 2: prose(1), 3: prose(3), 4: prose(4)}


@pytest.fixture
def other_url(tmp_path: Path) -> str:
    """A memory from before anything was judged."""
    url = f"sqlite:///{tmp_path / 'other.db'}"
    lay_tables(url, "dedup")
    return url


def tables(url: str) -> list[list[tuple[object, ...]]]:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        return [connection.execute(f"SELECT * FROM {name}").fetchall() for name in ("judged", "remembered", "sketches")]


async def judged(memory: Memory) -> list[ArticleDeduplicated | DuplicateFound]:
    verdicts = await memory.judge([sighting(number, text) for number, text in TEXTS.items()])
    return [said(number, text, verdict) for (number, text), verdict in zip(TEXTS.items(), verdicts, strict=True)]


async def test_what_was_said_makes_the_memory_that_said_it(memory: Memory, url: str, other_url: str) -> None:
    lessons = await judged(memory)

    async with Database(other_url) as database:
        assert await database.transaction(lambda session: learn(session, lessons)) == len(TEXTS)
        assert await database.transaction(lambda session: learn(session, lessons)) == 0

    assert tables(other_url) == tables(url)


async def test_an_input_heard_again_gets_its_verdict_and_a_new_copy_is_one(memory: Memory, other_url: str) -> None:
    lessons = await judged(memory)
    async with Database(other_url) as database:
        await database.transaction(lambda session: learn(session, lessons))
        other = Memory(database)
        await other.recall()

        again, same, near = await other.judge(
            [sighting(1, TEXTS[1]), sighting(5, TEXTS[3]), sighting(6, TEXTS[4] + " fin")]
        )

    assert again.verdict == "original"
    assert isinstance(same, Duplicate)
    assert same.method is Method.SAME_BYTES
    assert isinstance(near, Duplicate)
    assert near.of == sighting(4, TEXTS[4]).article.article_id


async def test_what_is_remembered_already_goes_on_counting_behind_it(memory: Memory, url: str) -> None:
    await memory.judge([sighting(1, TEXTS[1])])
    original = Duplication(verdict="original")
    copy_of_it = said(9, TEXTS[1], original)  # enriched for another input, from before the memory was lost

    async with Database(url) as database:
        await database.transaction(lambda session: learn(session, [copy_of_it, said(3, TEXTS[3], original)]))

    verdicts, remembered, sketches = tables(url)
    assert (len(verdicts), len(remembered), len(sketches)) == (3, 2, 2)
    assert [row[0] for row in remembered] == [1, 2]


async def test_what_has_taken_a_place_since_the_backup_has_it_again(memory: Memory, url: str) -> None:
    lost, copy = sighting(1, TEXTS[1]), sighting(2, TEXTS[2] + " fin")
    assert [one.verdict for one in await memory.judge([lost, copy])] == ["original", "duplicate"]
    original = Duplication(verdict="original", original=copy.article.article_id)
    lesson = said(2, TEXTS[2] + " fin", original)

    async with Database(url) as database:
        for learned in (1, 0):
            assert await database.transaction(lambda session: learn(session, [lesson])) == learned
    again, late = await memory.judge([copy, sighting(5, TEXTS[1] + " fin .")])

    assert again == original
    assert isinstance(late, Duplicate)
    assert late.of == copy.article.article_id
