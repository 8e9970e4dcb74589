"""Whose an article is, which version was first, and what took the place of what was never stored, over batches."""

import random
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from numpy.typing import NDArray

from contracts.document import Claim, Document
from contracts.duplication import Duplicate, Duplication, Method
from services.chassis.database import Database
from services.dedup import core
from services.dedup.core.similarity import Common, Hashes, common
from services.dedup.memory import Memory, Sighting
from tests.services.dedup.test_memory import prose, sighting, words
from tests.tables import lay_tables

PAPER = core.Source(b"the paper", is_publisher=True)
FOOTER = prose(999, 60)


def hashes(some: Iterable[int]) -> NDArray[np.uint32]:
    return np.unique(np.array(list(some), np.uint32))


def document(*, url: str | None = None, source_uri: str = "inbox:a.txt", publisher: str = "") -> Document:
    claims = [Claim(field="publisher", value=publisher, origin="meta")] if publisher else []
    return Document(
        source_uri=source_uri,
        url=url,
        sha256="0" * 64,
        media_type="text/plain",
        bytes=1,
        received_at=datetime(2024, 5, 1, tzinfo=UTC),
        claims=tuple(claims),
        text="",
    )


def of(source: core.Source, number: int, text: str) -> Sighting:
    heard = sighting(number, text)
    return replace(heard, article=replace(heard.article, source=source))


async def judged(memory: Memory, *sightings: Sighting) -> list[core.Verdict]:
    return [(await memory.judge([one]))[0] for one in sightings]


async def test_what_a_publisher_puts_under_all_its_articles_is_no_passage_in_common(memory: Memory) -> None:
    articles = [of(PAPER, number, f"{prose(number)} {FOOTER}") for number in range(12)]
    verdicts = await judged(memory, *articles)

    told = [len(verdict.shared) for verdict in verdicts if isinstance(verdict, Duplication)]
    assert told[1] > 0  # nobody can know it yet
    assert told[5:] == [0] * 7


async def test_articles_that_are_mostly_boilerplate_are_called_copies_until_it_is_known_and_no_longer(
    memory: Memory,
) -> None:
    articles = [of(PAPER, number, f"{prose(number, 40)} {prose(999, 120)}") for number in range(12)]

    assert words(await memory.judge(articles)) == ["original", *["duplicate"] * 4, *["original"] * 7]


async def test_briefs_above_one_footer_are_no_copies_though_no_publisher_is_known(memory: Memory) -> None:
    folder = core.Source(b"the inbox")
    briefs = [of(folder, number, f"{prose(number, 25)} {FOOTER}") for number in range(12)]

    assert words(await judged(memory, *briefs)) == ["original"] * 12


async def test_what_two_articles_have_in_common_is_looked_for_once(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = []

    def looked(one: core.Fingerprint, other: core.Fingerprint, without: Hashes) -> Common:
        looked_at.append((one, other))
        return common(one, other, without)

    monkeypatch.setattr("services.dedup.core.verdict.common", looked)
    await memory.judge([of(PAPER, number, f"{prose(number)} {FOOTER}") for number in range(4)])

    assert len(looked_at) == 3 + 2 + 1


async def test_what_is_known_of_a_source_outlives_the_service_and_is_its_own(url: str) -> None:
    async with Database(url) as database:
        await judged(Memory(database), *(of(PAPER, number, f"{prose(number)} {FOOTER}") for number in range(6)))
    async with Database(url) as database:
        memory = Memory(database)
        await memory.recall()
        theirs, ours = await judged(
            memory,
            of(core.Source(b"another", is_publisher=True), 7, f"{prose(7, 240)} {prose(3)}"),
            of(PAPER, 8, f"{prose(8)} {FOOTER}"),
        )

    assert isinstance(theirs, Duplication)
    assert isinstance(ours, Duplication)
    assert [shared.method for shared in theirs.shared] == [Method.CONTAINS]  # all but the footer
    assert ours.shared == ()


async def test_a_copy_is_one_however_often_its_source_brings_it(memory: Memory) -> None:
    copies = [of(PAPER, number, f"{prose(1)} {prose(number, 6)}") for number in range(12)]

    assert words(await judged(memory, *copies)) == ["original", *["duplicate"] * 11]


async def test_a_dispatch_that_many_take_over_is_told_where_a_folder_holds_the_articles_of_many(
    memory: Memory,
) -> None:
    folder = core.Source(b"a folder")
    dispatch = of(folder, 0, prose(0))
    hosts = [of(folder, number, f"{prose(number, 260)} {prose(0)}") for number in range(1, 12)]
    _, *verdicts = await judged(memory, dispatch, *hosts)

    for verdict in verdicts:
        assert isinstance(verdict, Duplication)
        assert verdict.shared[0].article_id == dispatch.article.article_id
        assert verdict.shared[0].method == Method.CONTAINS


async def test_the_first_of_a_chain_is_told_over_batches_and_of_every_copy(memory: Memory) -> None:
    versions = [sighting(number, f"{prose(1)} version {number}", source="inbox:a.txt") for number in range(3)]
    copies = [sighting(8, f"{prose(1)} version 2"), sighting(9, f"{prose(1)} version 2 fin")]
    verdicts = await judged(memory, *versions, *copies)

    assert words(verdicts) == ["original", "revision", "revision", "duplicate", "duplicate"]
    assert {verdict.original for verdict in verdicts} == {versions[0].article.article_id}


async def test_the_first_of_chains_that_an_earlier_release_remembered_is_found_by_the_migration(url: str) -> None:
    versions = [sighting(number, f"{prose(1)} version {number}", source="inbox:a.txt") for number in range(4)]
    async with Database(url) as database:
        await judged(Memory(database), *versions[:3])
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as old:
        old.executescript(
            "ALTER TABLE remembered DROP COLUMN source; ALTER TABLE remembered DROP COLUMN original;"
            " DROP TABLE standing; UPDATE alembic_version SET version_num = '0002'"
        )
    lay_tables(url, "dedup")
    async with Database(url) as database:
        (verdict,) = await judged(Memory(database), versions[3])

    assert isinstance(verdict, Duplication)
    assert (verdict.revision_of, verdict.original) == (versions[2].article.article_id, versions[0].article.article_id)


async def test_a_duplicate_takes_the_place_of_what_was_never_stored_once(memory: Memory) -> None:
    lost, copy = sighting(1, prose(1)), sighting(2, prose(1))
    await judged(memory, lost, copy)

    promoted = replace(copy, instead_of=lost.article.article_id)
    verdicts = await judged(memory, promoted, promoted, copy, sighting(3, f"{prose(1)} fin"), sighting(4, prose(1)))

    assert words(verdicts) == ["original", "original", "original", "duplicate", "duplicate"]
    assert {verdict.of for verdict in verdicts if isinstance(verdict, Duplicate)} == {copy.article.article_id}


async def test_who_was_a_duplicate_of_another_stays_one(memory: Memory) -> None:
    first, copy = sighting(1, prose(1)), sighting(2, prose(1))
    await judged(memory, first, copy)

    (verdict,) = await judged(memory, replace(copy, instead_of="f" * 32))

    assert isinstance(verdict, Duplicate)
    assert verdict.of == first.article.article_id


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"url": "https://www.lapresse.fr/a"}, {"url": "https://lapresse.fr/b"}, True),
        ({"source_uri": "https://lapresse.fr/a"}, {"url": "https://lapresse.fr/b", "source_uri": "inbox:b.html"}, True),
        ({"url": "https://lapresse.fr/a"}, {"url": "https://agence.fr/a"}, False),
        ({"publisher": "La Presse"}, {"publisher": "LA PRESSE", "source_uri": "inbox:x/b.txt"}, True),
        ({"source_uri": "inbox:desk/a.txt"}, {"source_uri": "inbox:desk/b.txt"}, True),
        ({"source_uri": "inbox:desk/a.txt"}, {"source_uri": "inbox:other/b.txt"}, False),
        ({"url": "https://[/"}, {"url": None}, True),  # by their folder
    ],
)
def test_an_article_is_of_its_host_else_of_its_publisher_else_of_its_folder(
    one: dict[str, str], other: dict[str, str], same: bool
) -> None:
    assert (core.source_of(document(**one)) == core.source_of(document(**other))) is same


def test_of_a_source_little_is_kept_and_what_most_articles_hold() -> None:
    chance = random.Random(1)
    standing = core.Standing()
    for _ in range(40):
        seldom = hashes(chance.sample(range(10_000, 1 << 30), 600))
        standing = standing.after(hashes([*range(100), *seldom.tolist()]), hashes([*range(100), *seldom.tolist()]))

    assert len(standing.hashes) == 4096
    assert standing.boilerplate().tolist() == list(range(100))


def test_what_few_of_many_articles_hold_is_no_boilerplate() -> None:
    standing = core.Standing().after(hashes(range(9)), hashes(range(9)))
    for number in range(1, 400):
        standing = standing.after(hashes(range(9) if number < 7 else ()), hashes(()))

    assert standing.articles == 400
    assert standing.boilerplate().tolist() == list(range(9))
    for _ in range(20):
        standing = standing.after(hashes(()), hashes(()))
    assert standing.boilerplate().tolist() == []
