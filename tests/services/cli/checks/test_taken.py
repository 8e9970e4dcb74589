"""Fetch's memory held against ledger and inbox: what it forgot, and what it would do again, is named."""

import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, create_engine
from uuid_utils import uuid7

from services.chassis import beginnings
from services.chassis.beginnings import Beginning
from services.chassis.settings import House
from services.cli import kept
from services.cli.asked import Asked
from services.cli.checks import taken
from services.cli.checks.found import Check, Patience
from services.cli.status import from_settings
from services.fetch.feeds.tables import Unsaid
from services.fetch.tables import Asked as Errand
from services.fetch.tables import Taken
from services.store.tables import Input
from tests.tables import begin_tables

NOW = datetime.now(UTC)
SOON = NOW + timedelta(hours=1)
OPEN, DONE = "in_progress", "stored"


class Scene:
    """Two files that were taken where they lie, a URL and an entry of a feed, each done with and under way."""

    def __init__(self, home: Path, store: Any) -> None:
        self.home, self._store = home, store
        self.inbox = home.parent / "inbox"
        self.ids = {name: str(uuid7()) for name in ("done.txt", "begun.txt", "done.url", "begun.url", "begun.entry")}

    def lay(self) -> None:
        self.inbox.mkdir()
        for name in ("done.txt", "begun.txt"):
            (self.inbox / name).write_text(name)
            os.utime(self.inbox / name)
        begin_tables(self.home, "fetch")
        self.ids = {name: str(uuid7()) for name in self.ids}  # later than the files
        file: dict[str, Any] = {"inode": "1", "size": 1, "mtime_ns": 1}
        url: dict[str, Any] = {"host": "", "claims": "[]", "asked_at": 0, "due_at": 0}
        rows = [
            *(
                Taken(input_id=self.ids[name], place=f"inbox:{name}".encode(), said=name == "done.txt", **file)
                for name in ("done.txt", "begun.txt")
            ),
            Errand(input_id=self.ids["done.url"], url="https://paper.example/1", ended_at=1.0, **url),
            Errand(input_id=self.ids["begun.url"], url="https://paper.example/2", **url),
            Unsaid(input_id=self.ids["begun.entry"], feed_id=1, url="https://paper.example/3", claims="[]"),
        ]
        engine = create_engine(f"sqlite:///{self.home / 'fetch.db'}")
        with Session(engine) as session, session.begin():
            session.add_all(rows)
        engine.dispose()
        for name, input_id in self.ids.items():
            done = name.startswith("done")
            told = {"state": DONE if done else OPEN, "ended_at": NOW if done else None, "received_at": NOW}
            self._store.put(Input, input_id=input_id, source_uri=f"inbox:{name}", steps="[]", **told)

    def sql(self, database: str, statement: str, *values: object) -> None:
        with closing(sqlite3.connect(self.home / database)) as connection, connection:
            assert connection.execute(statement, values).rowcount > 0

    def compare(
        self, *, after: str = "leave", late: datetime = SOON, until: datetime = SOON, seconds: float = 60
    ) -> Check:
        found, house = Check(), House(home=self.home)
        where = replace(from_settings(house), fetch_after=after, inbox=str(self.inbox))
        asked = Asked(house, where, "", {})
        with kept.opened(house) as reading:
            taken.compare(asked, reading, found, late=late, until=until, patience=Patience(seconds))
        return found


@pytest.fixture
def scene(home: Path, store: Any) -> Scene:
    laid = Scene(home, store)
    laid.lay()
    return laid


@pytest.mark.parametrize(("after", "files"), [("leave", ", 2 files in the inbox against it"), ("move", "")])
def test_what_is_whole_adds_up_and_it_is_said_what_was_looked_at(scene: Scene, after: str, files: str) -> None:
    found = scene.compare(after=after)
    assert (found.findings, found.unseen) == ([], [])
    told = f"fetch's memory: 5 files, URLs and entries of feeds against the ledger{files}; not pages, feeds "
    assert found.looked_at == [f"{told}and how far containers have come"]


@pytest.mark.parametrize("name", ["done.txt", "done.url"])
def test_what_the_ledger_does_not_know_is_named_once_it_should(scene: Scene, name: str) -> None:
    scene.sql("store.db", "DELETE FROM inputs WHERE input_id = ?", scene.ids[name])
    assert scene.compare().findings == [f"1 {taken.NEVER_HEARD}: {scene.ids[name]}"]
    assert scene.compare(until=NOW - timedelta(hours=1)).findings == []
    beginnings.note(scene.home, "store", Beginning(begun_at=SOON, anew=True))
    assert scene.compare().findings == []


@pytest.mark.parametrize(
    ("name", "statement"),
    [
        ("done.txt", "UPDATE taken SET said = 0 WHERE input_id = ?"),
        ("done.url", "UPDATE asked SET ended_at = NULL WHERE input_id = ?"),
    ],
)
def test_what_has_its_end_and_would_be_gone_on_with_is_named(scene: Scene, name: str, statement: str) -> None:
    scene.sql("fetch.db", statement, scene.ids[name])
    assert scene.compare().findings == [f"1 {taken.GOES_ON}: {scene.ids[name]}"]
    assert scene.compare(late=NOW - timedelta(hours=1)).findings == []


def test_an_entry_of_a_feed_that_has_its_end_is_none_that_waits(scene: Scene) -> None:
    ended = "UPDATE inputs SET state = 'stored', ended_at = '2026-01-01 00:00:00.000000' WHERE input_id = ?"
    scene.sql("store.db", ended, scene.ids["begun.entry"])
    assert scene.compare().findings == [f"1 {taken.GOES_ON}: {scene.ids['begun.entry']}"]


def test_a_file_that_is_forgotten_would_be_taken_again_where_it_is_left(scene: Scene) -> None:
    scene.sql("fetch.db", "DELETE FROM taken")
    assert scene.compare().findings == [f"1 {taken.TAKEN_AGAIN}: done.txt"]
    assert scene.compare(after="move").findings == []
    beginnings.note(scene.home, "fetch", Beginning(begun_at=SOON, anew=True))
    assert scene.compare().findings == []


def test_another_file_in_its_place_is_a_new_one(scene: Scene) -> None:
    scene.sql("fetch.db", "DELETE FROM taken")
    (scene.inbox / "done.txt").unlink()
    (scene.inbox / "done.txt").write_text("another one")
    assert scene.compare().findings == []


def test_what_cannot_be_read_and_what_there_was_no_time_for_is_not_looked_at(scene: Scene) -> None:
    assert scene.compare(seconds=-1).unseen == ["the rest of fetch's memory: -1 s were over (see --within)"]
    (scene.home / "fetch.db").unlink()
    [unseen] = scene.compare().unseen
    assert unseen.startswith(f"fetch's memory: {scene.home / 'fetch.db'} is gone")
    (scene.home / "begun" / "fetch.json").unlink()
    assert scene.compare().looked_at == ["fetch's memory: there is none in this HOME to be held against"]


def test_what_a_backfill_left_unsaid_waits_for_its_resume_and_for_nobody_else(scene: Scene) -> None:
    scene.sql(
        "fetch.db", "UPDATE taken SET said = 0, place = ? WHERE input_id = ?", b"file:/a.txt", scene.ids["done.txt"]
    )
    assert scene.compare(after="move").findings == []
