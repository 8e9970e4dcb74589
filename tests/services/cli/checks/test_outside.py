"""The store held against what a server holds: what was taken from either is found, and nothing else."""

import json
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from contracts.article_duplicated import ArticleDuplicated
from contracts.article_enriched import ArticleEnriched
from services.chassis import beginnings
from services.chassis.beginnings import Beginning
from services.chassis.raw import CHUNK_BYTES, STREAM
from services.chassis.settings import House
from services.chassis.testing import LocalServer
from services.cli import kept
from services.cli.asked import Asked
from services.cli.checks import laid, originals, outside
from services.cli.checks.found import Check
from services.cli.checks.sizes import last_sizes
from services.cli.in_time import why
from services.cli.local import history
from services.cli.status import from_settings
from services.store.core import Enriched
from services.store.rows import article_row, duplicate_row
from services.store.tables import Article, Duplicate, Input
from tests.services.cli.conftest import INPUT

pytestmark = pytest.mark.nats

SOON = datetime.now(UTC) + timedelta(hours=1)
Articles = Callable[..., ArticleEnriched]
PIECE = b"piece"  # the last of an original


def sha256(number: int) -> str:
    return f"{number:064x}"


class Scene:
    """Three articles with their originals: the second one was enriched twice, the third came again."""

    def __init__(self, store: Any, asked: Asked, streams: history.Streams, enriched: Articles) -> None:
        self.store, self.asked, self.streams, self._enriched = store, asked, streams, enriched

    async def lay(self) -> None:
        for number, enrichments in ((1, 1), (2, 2), (3, 1)):
            for enrichment in range(1, enrichments + 1):
                await self.announce(number, enrichment)
            await self.put_original(number)
            self.keep(number, enrichments)
            self.an_input(number, number)
        await self.announce_duplicate(4, of=3)
        self.an_input(4, 3, state="duplicate")

    def an_input(self, number: int, original: int, state: str = "stored") -> None:
        told = {"state": state, "steps": "[]", "sha256": sha256(original), "received_at": datetime.now(UTC)}
        self.store.put(Input, input_id=INPUT.format(number), source_uri=f"inbox:{number}.txt", **told)

    def keep(self, number: int, enrichment: int, *, at: datetime | None = None) -> None:
        article = self._enriched(number).model_copy(
            update={"enrichment": enrichment, "enriched_at": at or datetime.now(UTC)}
        )
        self.store.put(Article, **article_row(Enriched(article, "", (), is_new=True)))

    async def announce(self, number: int, enrichment: int = 1) -> None:
        body = self._enriched(number).model_copy(update={"enrichment": enrichment}).model_dump_json().encode()
        await self.streams.public.jetstream().publish("articles.enriched.fr.fr", body)

    def keep_duplicate(self, number: int, *, of: int = 3, at: datetime) -> None:
        self.store.put(Duplicate, **duplicate_row(self.a_duplicate(number, of=of), at))

    def a_duplicate(self, number: int, *, of: int) -> ArticleDuplicated:
        article = self._enriched(number)
        return ArticleDuplicated(
            input_id=article.input_id,
            article_id=article.article_id,
            document=article.document.head(),
            language=article.language,
            duplication={"verdict": "duplicate", "of": f"{of:032x}", "method": "same_bytes", "similarity": 1.0},
        )

    async def announce_duplicate(self, number: int, *, of: int) -> None:
        told = self.a_duplicate(number, of=of)
        await self.streams.public.jetstream().publish("articles.duplicated.fr", told.model_dump_json().encode())

    async def put_original(self, number: int, chunks: int = 2) -> None:
        wire = self.streams.services.jetstream()
        for _ in range(chunks):
            await wire.publish(f"$O.RAW.C.{number}", PIECE)
        meta = told_of(number, chunks=chunks)
        await wire.publish(meta_of(number), json.dumps(meta).encode())

    async def purge(self, subject: str) -> None:
        await self.streams.services.jetstream().purge_stream("OBJ_RAW", subject=subject)

    async def forget(self, sequence: int) -> None:
        await self.streams.public.jetstream().delete_msg("ARTICLES", sequence)

    def sql(self, statement: str) -> None:
        with self.store._engine.begin() as connection:
            connection.exec_driver_sql(statement)

    async def compare(self, seconds: float = 60.0) -> Check:
        found = Check()
        with kept.opened(self.asked.settings) as reading:
            await outside.compare(self.asked, reading, found, late=SOON, seconds=seconds)
        return found


def told_of(number: int, **other: object) -> dict[str, object]:
    """What is said of an original in two pieces when it is put, or something else."""
    chunks = other.get("chunks", 2)
    size = (chunks - 1) * CHUNK_BYTES + len(PIECE) if isinstance(chunks, int) else 1
    return {"name": sha256(number), "nuid": str(number), "chunks": chunks, "size": size} | other


def meta_of(number: int) -> str:
    return f"$O.RAW.M.{urlsafe_b64encode(sha256(number).encode()).decode()}"


@pytest_asyncio.fixture
async def scene(
    store: Any, home: Path, server: LocalServer, enriched: Articles, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Scene]:
    monkeypatch.setenv("WIREROOM_NATS_PORT", str(server.port))
    monkeypatch.setattr(history, "MARGIN", timedelta(0))
    monkeypatch.setattr(history, "BEHIND_SECONDS", ())
    settings = House()
    asked = Asked(settings, from_settings(settings), server.url, server.credentials)
    async with history.opened(server.url, server.credentials) as streams:
        laid = Scene(store, asked, streams, enriched)
        await laid.lay()
        yield laid


async def test_what_is_whole_adds_up_and_it_is_said_how_closely_it_was_looked_at(scene: Scene) -> None:
    found = await scene.compare()

    assert (found.findings, found.unseen) == ([], [])
    streams, hearers, articles, letters, raw, *memories, shelves = found.looked_at
    assert streams.startswith("the 9 streams")
    assert hearers.startswith("the services' 6 consumers")
    assert articles.startswith("ARTICLES: 5 of 5 announcements, back to 20")
    assert articles.endswith("Z: their articles, inputs and numbers, not what they say")
    assert letters.startswith("DEAD: 0 letters there, and 0 in the store, buried 20")
    assert raw.startswith("RAW: 3 originals, for 4 inputs since 20")
    assert raw.endswith(": that they are there with all their pieces, not their bytes")
    assert [one.partition(":")[0] for one in memories] == ["dedup's memory", "fetch's memory"]
    assert shelves.startswith("the inbox: 0 files in .done, 0 files in .rejected")


@pytest.mark.parametrize(
    ("statement", "findings"),
    [
        ("DELETE FROM articles WHERE number = 1", ["1 articles were announced and are not kept: " + f"{1:032x}"]),
        (
            "UPDATE articles SET enrichment = 1 WHERE number = 2",
            ["1 articles are kept as an earlier enrichment than was announced: " + f"{2:032x}"],
        ),
        (
            f"DELETE FROM inputs WHERE input_id = '{INPUT.format(4)}'",
            [f"1 inputs were announced with their end, and the ledger does not know it: {INPUT.format(4)}"],
        ),
        (
            f"UPDATE inputs SET state = 'in_progress' WHERE input_id = '{INPUT.format(1)}'",
            [f"1 inputs were announced with their end, and the ledger does not know it: {INPUT.format(1)}"],
        ),
        (f"UPDATE inputs SET state = 'stored' WHERE input_id = '{INPUT.format(4)}'", []),
        (
            "UPDATE articles SET enrichment = 3 WHERE number = 2",
            ["1 articles are kept as announced, and ARTICLES does not have that: " + f"{2:032x}"],
        ),
    ],
)
async def test_what_was_changed_in_the_store_is_named(scene: Scene, statement: str, findings: list[str]) -> None:
    scene.sql(statement)

    assert (await scene.compare()).findings == findings


async def test_an_emptied_store_does_not_add_up(scene: Scene) -> None:
    scene.sql("DELETE FROM inputs")
    scene.sql("DELETE FROM articles")

    numbers = [one.split(" ", 3)[:3] for one in (await scene.compare()).findings]
    assert numbers == [["3", "articles", "were"], ["4", "inputs", "were"]]


async def test_what_was_taken_out_of_the_middle_of_articles_is_named(scene: Scene) -> None:
    await scene.forget(3)  # the second enrichment of the second

    assert (await scene.compare()).findings == [
        "1 articles are kept as announced, and ARTICLES does not have that: " + f"{2:032x}"
    ]


async def test_a_duplicate_whose_announcement_was_taken_out_is_named(scene: Scene) -> None:
    scene.keep_duplicate(4, of=3, at=datetime.now(UTC))
    assert (await scene.compare()).findings == []
    scene.keep_duplicate(5, of=3, at=datetime.now(UTC))
    scene.an_input(5, 3, state="duplicate")

    assert (await scene.compare()).findings == [
        f"1 inputs are duplicates, and ARTICLES does not have that: {INPUT.format(5)}"
    ]


@pytest.mark.parametrize("days", [1, 31])
async def test_what_is_older_than_articles_need_not_be_there_where_that_drops_its_oldest(
    scene: Scene, days: int
) -> None:
    scene.keep(9, 1, at=datetime.now(UTC) - timedelta(days=days))
    if days == 1:
        await scene.forget(1)
        scene.sql("DELETE FROM articles WHERE number = 1")

    assert (await scene.compare()).findings == []


async def test_what_was_announced_before_articles_was_laid_again_is_named_with_what_says_it_again(
    scene: Scene,
) -> None:
    yesterday = datetime.now(UTC) - timedelta(days=1)
    scene.keep(9, 1, at=yesterday)
    scene.keep_duplicate(8, at=yesterday)
    scene.an_input(8, 3, state="duplicate")

    [told] = (await scene.compare()).findings
    assert told.startswith("2 were announced before ARTICLES was laid at 20")
    assert told.endswith(f"`wireroom replay --announce` says them again): {9:032x}, {INPUT.format(8)}")


@pytest.mark.parametrize(
    ("subject", "what"),
    [
        (meta_of(3), originals.MISSING),
        ("$O.RAW.C.3", originals.IN_PART),
    ],
)
async def test_an_original_that_is_gone_is_named_unless_the_ledger_says_so(
    scene: Scene, subject: str, what: str
) -> None:
    await scene.purge(subject)
    both = f"{INPUT.format(3)} (inbox:3.txt), {INPUT.format(4)} (inbox:4.txt)"
    assert (await scene.compare()).findings == [f"2 {what}: {both}"]

    scene.sql("UPDATE inputs SET original_removed_at = '2024-05-01 12:00:00.000000'")
    assert (await scene.compare()).findings == []


@pytest.mark.parametrize(
    ("meta", "what"),
    [
        (b"\xff{", originals.IN_PART),
        (b"[1]", originals.IN_PART),
        (json.dumps(told_of(2, nuid="1")).encode(), originals.OF_ANOTHER),
        (json.dumps(told_of(2, chunks=0, size=0)).encode(), originals.IN_PART),
        (json.dumps(told_of(2, chunks=1, size=CHUNK_BYTES + 1)).encode(), originals.IN_PART),
        (json.dumps(told_of(2, chunks=True)).encode(), originals.IN_PART),
        (json.dumps(told_of(2, size=CHUNK_BYTES + len(PIECE) - 1)).encode(), originals.IN_PART),
        (json.dumps(told_of(2, size=2 * CHUNK_BYTES)).encode(), originals.IN_PART),
        (json.dumps(told_of(1, nuid="2")).encode(), originals.IN_PART),
    ],
)
async def test_an_original_that_somebody_said_something_else_of_is_named(scene: Scene, meta: bytes, what: str) -> None:
    await scene.streams.services.jetstream().publish(meta_of(2), meta)

    assert (await scene.compare()).findings == [f"1 {what}: {INPUT.format(2)} (inbox:2.txt)"]


async def test_of_how_large_the_last_pieces_are_the_server_keeps_what_is_not_looked_at_yet(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "AT_ONCE", 1)
    services = scene.streams.services
    async with aclosing(last_sizes(services, "$O.RAW.C.>")) as sizes:
        await anext(sizes)
        [looking] = await services.jetstream().consumers_info(STREAM)
        assert looking.num_pending


async def test_an_original_that_was_put_twice_is_one_and_of_another_nobody_knows_how_many_pieces(scene: Scene) -> None:
    await scene.put_original(3)
    await scene.streams.services.jetstream().publish(meta_of(1), json.dumps(told_of(1, chunks="many")).encode())
    found = await scene.compare()
    assert any(line.startswith("RAW: 3 originals, for 4 inputs") for line in found.looked_at)
    assert found.findings == [f"1 {originals.IN_PART}: {INPUT.format(1)} (inbox:1.txt)"]


async def test_what_was_announced_before_the_store_was_begun_anew_is_not_missed(scene: Scene) -> None:
    scene.sql("DELETE FROM inputs")
    scene.sql("DELETE FROM articles")
    beginnings.note(scene.asked.settings.home, "store", Beginning(begun_at=SOON, anew=True))

    found = await scene.compare()
    assert found.findings == []
    assert "ARTICLES: 5 announcements are of before the store was begun anew" in found.looked_at


async def test_what_nobody_answers_is_not_looked_at_and_everything_else_is(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object, **__: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(originals, "compare", away)
    monkeypatch.setattr(laid, "compare", away)

    found = await scene.compare()
    assert found.unseen == [f"{what}: {why(TimeoutError())}" for what in ("how the streams are laid", "what RAW holds")]
    looked_at = [one.partition(":")[0] for one in found.looked_at]
    assert looked_at[1:] == ["ARTICLES", "DEAD", "dedup's memory", "fetch's memory", "the inbox"]


async def test_what_there_was_no_time_for_and_what_nobody_of_ours_said_is_not_looked_at(scene: Scene) -> None:
    await scene.streams.public.jetstream().publish("articles.enriched.fr.fr", b"{}")
    assert (await scene.compare()).unseen == ["1 messages in ARTICLES that no store of ours has said: number 6"]

    assert "the originals: 0 s were over (see --within)" in (await scene.compare(seconds=0)).unseen
