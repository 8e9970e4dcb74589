"""An older copy of a database in its place is told from the database, however it came there."""

import asyncio
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import Session

from services.chassis import beginnings, marks
from services.chassis.beginnings import Gone
from services.chassis.database import Database
from services.chassis.migrations import bring_up_to_date

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
AHEAD = 40_000_000  # seconds since 2026


class Clock(datetime):
    """A clock that stands where it was put."""

    at = NOON

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return cls.at


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store that was begun at noon."""
    monkeypatch.setattr(marks, "datetime", Clock)
    Clock.at = NOON
    bring_up_to_date(f"sqlite:///{tmp_path / 'store.db'}", "store")
    return tmp_path / "store.db"


async def keep(path: Path, *numbers: int) -> None:
    """One transaction each, a minute after the other."""
    async with Database(f"sqlite:///{path}") as database:
        for number in numbers:
            Clock.at += timedelta(minutes=1)
            await database.transaction(kept(number))


def kept(number: int) -> Callable[[Session], object]:
    row = {"input_id": f"{number}", "state": "in_progress", "steps": "[]"}
    into = text("INSERT INTO inputs (input_id, state, steps) VALUES (:input_id, :state, :steps)")
    return lambda session: session.connection().execute(into, row)


async def test_an_older_copy_in_its_place_is_waited_for_until_the_later_one_is_back(path: Path) -> None:
    await keep(path, 1)
    copy, later = path.with_name("copy"), path.with_name("later")
    shutil.copyfile(path, copy)
    await keep(path, 2)
    shutil.move(path, later)
    shutil.copyfile(copy, path)

    with pytest.raises(Gone) as told:
        bring_up_to_date(f"sqlite:///{path}", "store")
    assert str(told.value) == beginnings.gone(path.parent, "store")
    assert str(told.value) == (
        f"{path} is an older copy of itself, of 2026-11-26 12:01:00Z, and was written until 2026-11-26 12:02:00Z: "
        f"put the later one back, or `wireroom restore {path}` goes on with this one, and catches up what came since"
    )
    later.replace(path)
    assert beginnings.gone(path.parent, "store") is None


@pytest.mark.parametrize(
    ("mark", "last", "words"),
    [
        (
            0,
            60,
            "an older copy of itself, of a time that it does not tell, and was written until 2026-01-01 00:01:00Z:",
        ),
        (60, AHEAD, "an older copy of itself, of 2026-01-01 00:01:00Z: put"),  # the clock was ahead
        (AHEAD, AHEAD + 60, "an older copy of itself, of a time that it does not tell: put"),
    ],
)
def test_no_time_is_told_that_was_none(path: Path, mark: int, last: int, words: str) -> None:
    for number in (last, mark):
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(f"PRAGMA user_version = {number}")
        if number == last:
            (path.parent / "begun").mkdir(exist_ok=True)
            marks.Marking(path).note(last)

    assert words in str(beginnings.gone(path.parent, "store"))


async def test_one_that_is_copied_over_it_beside_what_was_left_of_the_later_one_is_older_too(path: Path) -> None:
    await keep(path, 1)
    copy = path.with_name("copy")
    shutil.copyfile(path, copy)
    await keep(path, 2)
    async with Database(f"sqlite:///{path}") as database:
        Clock.at += timedelta(minutes=1)
        await database.transaction(kept(3))
        beside = {name: path.with_name(name).read_bytes() for name in ("store.db-wal", "store.db-shm")}
    shutil.copyfile(copy, path)
    for name, left in beside.items():  # as it is left by who is killed
        path.with_name(name).write_bytes(left)

    assert marks.of(path).last == marks.noted(path).last  # type: ignore[union-attr] # what lies beside hides it
    assert "is an older copy of itself, of 2026-11-26 12:01:00Z" in str(beginnings.gone(path.parent, "store"))


async def test_a_copy_of_now_and_one_that_nothing_changed_since_are_no_older_ones(path: Path) -> None:
    await keep(path, 1)
    copy = path.with_name("copy")
    shutil.copyfile(path, copy)
    async with Database(f"sqlite:///{path}") as database:
        Clock.at += timedelta(minutes=1)
        await database.transaction(lambda session: session.connection().execute(text("SELECT * FROM inputs")).all())
        await database.probe()
    copy.replace(path)
    assert beginnings.gone(path.parent, "store") is None


async def test_also_while_the_clock_is_put_back_the_later_one_is_the_later_one(path: Path) -> None:
    await keep(path, 1)
    Clock.at -= timedelta(days=30)
    copy = path.with_name("copy")
    shutil.copyfile(path, copy)
    await keep(path, 2)
    assert beginnings.gone(path.parent, "store") is None
    copy.replace(path)
    assert "is an older copy of itself" in str(beginnings.gone(path.parent, "store"))


async def test_what_is_taken_back_is_not_marked(path: Path) -> None:
    await keep(path, 1)
    before = marks.of(path), marks.noted(path)

    def fail(session: Session) -> None:
        kept(2)(session)
        raise ValueError

    async with Database(f"sqlite:///{path}") as database:
        Clock.at += timedelta(minutes=1)
        with pytest.raises(ValueError):  # noqa: PT011 - our own
            await database.transaction(fail)
    assert (marks.of(path), marks.noted(path)) == before


async def test_what_a_restore_puts_in_place_is_no_older_copy(path: Path) -> None:
    await keep(path, 1)
    copy = path.with_name("copy")
    shutil.copyfile(path, copy)
    await keep(path, 2)
    copy.replace(path)
    beginnings.note_restored(path.parent, "store")
    assert beginnings.gone(path.parent, "store") is None


async def test_where_nobody_notes_what_is_begun_no_mark_is_noted(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "own.db")) as connection, connection:
        connection.execute("CREATE TABLE inputs (input_id, state, steps)")
    await keep(tmp_path / "own.db", 1)
    assert not marks.place_of(tmp_path / "own.db").parent.exists()


async def test_noting_a_mark_leaves_the_locks_by_which_others_know_that_the_database_is_open(path: Path) -> None:
    reads = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('SELECT count(*) FROM inputs').fetchone()"
    async with Database(f"sqlite:///{path}") as database:
        await database.transaction(kept(1))
        other = await asyncio.create_subprocess_exec(sys.executable, "-c", reads, path)
        assert await other.wait() == 0

        assert path.with_name("store.db-wal").exists()


async def test_where_the_clock_was_put_back_the_mark_grows_no_faster_than_the_time(path: Path) -> None:
    await keep(path, 1)
    Clock.at -= timedelta(hours=1)
    before = marks.of(path).last
    async with Database(f"sqlite:///{path}") as database:
        for number in range(2, 12):
            await database.transaction(kept(number))

    assert before < marks.of(path).last < before + 10
