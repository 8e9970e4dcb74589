"""Dedup's memory held against ledger and articles: what was taken from it or changed in it is named, and no more."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from uuid_utils import uuid7

from contracts.article_enriched import ArticleEnriched
from contracts.duplication import Duplicate
from services.chassis import beginnings
from services.chassis.beginnings import Beginning
from services.chassis.database import Database
from services.chassis.settings import House
from services.cli import kept
from services.cli.checks import judged
from services.cli.checks.found import Check, Patience
from services.dedup.core import article_of, fingerprint
from services.dedup.memory import Memory, Sighting
from services.store.core import Enriched
from services.store.rows import article_row
from services.store.tables import Article, Input
from services.store.tables import Duplicate as DuplicateRow
from tests.tables import begin_tables

NOW = datetime.now(UTC)
SOON = NOW + timedelta(hours=1)
VERDICT_ON = "(SELECT verdict FROM judged WHERE input_id ="
Articles = Callable[..., ArticleEnriched]


class Scene:
    """Three articles as dedup judged and the store keeps them; the third came twice."""

    def __init__(self, home: Path, store: Any, enriched: Articles) -> None:
        self.home, self._store = home, store
        self.articles = [_with_text(enriched(number), number) for number in (1, 2, 3)]
        self.inputs = [str(uuid7()) for _ in range(4)]

    async def lay(self) -> None:
        begin_tables(self.home, "dedup")
        async with Database(f"sqlite:///{self.home / 'dedup.db'}") as database:
            memory = Memory(database)
            await memory.recall()
            for input_id, article in zip(self.inputs, [*self.articles, self.articles[2]], strict=True):
                seen = article_of(article.article_id, article.document, fingerprint)
                [verdict] = await memory.judge([Sighting(input_id, seen)])
                self.an_input(input_id, article, verdict)
        for article in self.articles:
            self._store.put(Article, **article_row(Enriched(article, "", (), is_new=True)))

    def an_input(self, input_id: str, article: ArticleEnriched, verdict: object) -> None:
        of = verdict.of if isinstance(verdict, Duplicate) else None
        told = {"state": "stored" if of is None else "duplicate", "duplicate_of": of, "steps": "[]", "received_at": NOW}
        self._store.put(Input, input_id=input_id, article_id=article.article_id, **told)

    def judge(self, input_id: str, article: ArticleEnriched, of: str) -> None:
        """As if dedup had found it a duplicate, and the ledger had heard of it."""
        verdict = Duplicate(of=of, method="same_bytes", similarity=1.0)
        values = (input_id, article.article_id, verdict.model_dump_json())
        self.sql("dedup.db", "INSERT INTO judged VALUES (?, ?, ?)", *values)
        self.an_input(input_id, article, verdict)

    def a_duplicate(self, input_id: str, of: str) -> None:
        told = {"article_id": "", "method": "same_bytes", "similarity": 1.0, "sha256": "", "duplicated": "{}"}
        self._store.put(DuplicateRow, input_id=input_id, duplicate_of=of, found_at=NOW, **told)

    def sql(self, database: str, statement: str, *values: object) -> None:
        with closing(sqlite3.connect(self.home / database)) as connection, connection:
            assert connection.execute(statement, values).rowcount > 0

    def compare(self, *, until: datetime = SOON, seconds: float = 60.0) -> Check:
        found, house = Check(), House(home=self.home)
        with kept.opened(house) as reading:
            judged.compare(house, reading.comparing, found, until=until, patience=Patience(seconds))
        return found


def _with_text(article: ArticleEnriched, number: int) -> ArticleEnriched:
    text = " ".join(f"mot{number}x{word}" for word in range(100))
    document = article.document.model_copy(update={"text": text, "sha256": f"{number:064x}"})
    return article.model_copy(update={"document": document})


@pytest_asyncio.fixture
async def scene(home: Path, store: Any, enriched: Articles) -> Scene:
    laid = Scene(home, store, enriched)
    await laid.lay()
    return laid


async def test_what_is_whole_adds_up_and_it_is_said_what_was_looked_at(scene: Scene) -> None:
    found = scene.compare()
    assert (found.findings, found.unseen) == ([], [])
    told = (
        "4 verdicts and the ends of 4 inputs against each other, and the fingerprints of 3 articles against their texts"
    )
    assert found.looked_at == [f"dedup's memory: {told}; not what many articles share"]


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("DELETE FROM judged WHERE input_id = '{input}'", f"{judged.FORGOTTEN}: {{input}}"),
        ("UPDATE judged SET article_id = 'another' WHERE input_id = '{input}'", f"{judged.OTHERWISE}: {{input}}"),
        ("UPDATE judged SET verdict = '{{}}' WHERE input_id = '{input}'", f"{judged.UNREADABLE}: {{input}}"),
        (
            f"UPDATE judged SET verdict = {VERDICT_ON} '{{copy}}') WHERE input_id = '{{input}}'",
            f"{judged.OTHERWISE}: {{input}}",
        ),
        ("DELETE FROM remembered WHERE article_id = '{article}'", f"{judged.UNKNOWN}: {{article}}"),
        ("UPDATE remembered SET article_id = '' WHERE article_id = '{article}'", f"{judged.UNKNOWN}: {{article}}"),
        ("UPDATE remembered SET place = x'00' WHERE article_id = '{article}'", f"{judged.ANOTHER}: {{article}}"),
        ("UPDATE remembered SET text = x'00' WHERE article_id = '{article}'", f"{judged.ANOTHER}: {{article}}"),
        ("UPDATE remembered SET shingles = 1 WHERE article_id = '{article}'", f"{judged.ANOTHER}: {{article}}"),
        ("UPDATE remembered SET entries = x'00' WHERE article_id = '{article}'", f"{judged.ANOTHER}: {{article}}"),
        ("DELETE FROM sketches WHERE number = 2", f"{judged.ANOTHER}: {{article}}"),
        ("UPDATE sketches SET hashes = x'00000000' WHERE number = 2", f"{judged.ANOTHER}: {{article}}"),
        ("UPDATE sketches SET places = x'00000000' WHERE number = 2", f"{judged.ANOTHER}: {{article}}"),
        ("UPDATE remembered SET version = '0', text = x'00' WHERE article_id = '{article}'", None),
        ("UPDATE sketches SET places = x'' WHERE number = 2", None),
    ],
)
async def test_what_was_changed_in_its_memory_is_named(scene: Scene, statement: str, what: str | None) -> None:
    named = {"input": scene.inputs[1], "copy": scene.inputs[3], "article": scene.articles[1].article_id}
    scene.sql("dedup.db", statement.format(**named))
    assert scene.compare().findings == ([] if what is None else ["1 " + what.format(**named)])


async def test_an_emptied_memory_does_not_add_up(scene: Scene) -> None:
    for table in ("sketches", "remembered", "judged"):
        scene.sql("dedup.db", f"DELETE FROM {table}")
    assert sorted(one.partition(": ")[0] for one in scene.compare().findings) == [
        "3 " + judged.UNKNOWN.partition(": ")[0],
        "4 " + judged.FORGOTTEN.partition(": ")[0],
    ]


async def test_a_verdict_on_what_the_ledger_does_not_know_is_named_once_it_should(scene: Scene) -> None:
    scene.sql("store.db", "DELETE FROM inputs WHERE input_id = ?", scene.inputs[1])
    assert scene.compare().findings == [f"1 {judged.NEVER_HEARD}: {scene.inputs[1]}"]
    assert scene.compare(until=NOW - timedelta(hours=1)).findings == []


@pytest.mark.parametrize(
    ("came", "name", "is_known"),
    [
        ("later", "the same", True),
        ("before", "the same", False),
        ("later", "another", True),
        ("later", "others", False),
    ],
)
async def test_what_came_in_again_after_its_receipt_was_lost_is_told_and_is_no_finding(
    scene: Scene, came: str, name: str, *, is_known: bool
) -> None:
    lost, article = scene.inputs[1], scene.articles[1]
    scene.sql("store.db", "DELETE FROM inputs WHERE input_id = ?", lost)
    again = str(uuid7()) if came == "later" else f"00{lost[2:]}"
    scene.judge(again, article if name == "the same" else scene.articles[2], article.article_id)
    if name == "another":
        scene.a_duplicate(again, article.article_id)

    found = scene.compare()
    told = judged.AGAIN.format(1, lost) in found.looked_at[0]
    assert (told, found.findings) == ((True, []) if is_known else (False, [f"1 {judged.NEVER_HEARD}: {lost}"]))


async def test_a_duplicate_of_another_is_named_and_one_that_takes_a_place_is_none(scene: Scene) -> None:
    scene.sql("store.db", "UPDATE inputs SET duplicate_of = 'another' WHERE input_id = ?", scene.inputs[3])
    assert scene.compare().findings == [f"1 {judged.OTHERWISE}: {scene.inputs[3]}"]
    takes = f"UPDATE judged SET verdict = {VERDICT_ON} ?) WHERE input_id = ?"
    scene.sql("dedup.db", takes, scene.inputs[0], scene.inputs[3])
    assert scene.compare().findings == []


async def test_who_was_begun_anew_need_not_know_what_was_before(scene: Scene) -> None:
    for table in ("sketches", "remembered", "judged"):
        scene.sql("dedup.db", f"DELETE FROM {table}")
    beginnings.note(scene.home, "dedup", Beginning(begun_at=SOON, anew=True))
    assert scene.compare().findings == []


async def test_what_cannot_be_read_and_what_there_was_no_time_for_is_not_looked_at(scene: Scene) -> None:
    assert scene.compare(seconds=-1).unseen == ["the rest of dedup's memory: -1 s were over (see --within)"]
    (scene.home / "dedup.db").unlink()
    [unseen] = scene.compare().unseen
    assert unseen.startswith(f"dedup's memory: {scene.home / 'dedup.db'} is gone")


async def test_where_there_never_was_a_memory_that_is_said(scene: Scene) -> None:
    (scene.home / "dedup.db").unlink()
    (scene.home / "begun" / "dedup.json").unlink()
    found = scene.compare()
    assert (found.findings, found.unseen) == ([], [])
    assert found.looked_at == ["dedup's memory: there is none in this HOME to be held against"]
