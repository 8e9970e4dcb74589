"""A database that somebody copied by himself, taken for a backup."""

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from services.chassis import beginnings, marks
from services.cli.errors import Told
from services.cli.local import replacing
from services.cli.local.history import BLIND
from services.cli.local.manifest import databases
from tests.tables import begin_tables

OF, UNTIL = 1000, 2000  # marks


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with older copies of its databases beside them, in `night`."""
    home, night = tmp_path / "home", tmp_path / "night"
    for folder in (home, night):
        folder.mkdir()
    for name in databases():
        begin_tables(home, name.removesuffix(".db"))
        mark(home / name, OF)
        shutil.copyfile(home / name, night / name)
        mark(home / name, UNTIL)
    return home


def mark(path: Path, number: int) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {number}")
        connection.commit()
    marks.Marking(path).note(number)


def restored(home: Path, file: Path) -> list[str]:
    """The names of what was put in place."""
    folder, plan = replacing.stage(home, file)
    replacing.decide(home, folder)
    assert replacing.put_in_place(home) == plan
    assert plan.manifest.begun_at == marks.moment(OF)
    assert plan.of == "of 2026-01-01 00:16:40 UTC"
    assert plan.manifest.unheard_since == marks.moment(OF) - BLIND
    return sorted(one.name for one in plan.manifest.members)


@pytest.mark.parametrize("name", databases())
def test_it_takes_the_place_of_its_own_alone_and_no_older_copy_is_missed_there(home: Path, name: str) -> None:
    copy = home.parent / "any.name"
    (home.parent / "night" / name).rename(copy)
    assert restored(home, copy) == [name]
    assert marks.of(home / name).last == OF
    assert beginnings.gone(home, name.removesuffix(".db")) is None


def test_all_that_were_copied_back_are_caught_up_together(home: Path) -> None:
    for name in ("dedup.db", "store.db"):
        shutil.copyfile(home.parent / "night" / name, home / name)
    assert restored(home, home / "store.db") == ["dedup.db", "store.db"]
    assert [beginnings.gone(home, service) for service in ("dedup", "store")] == [None, None]
    [kept] = home.glob("replaced-*/store.db")
    assert marks.of(kept).last == OF


def test_what_lies_beside_it_of_the_later_one_is_not_taken_for_its_own(home: Path) -> None:
    store = home / "store.db"
    with closing(sqlite3.connect(store)) as later:
        later.execute(f"PRAGMA user_version = {UNTIL + 1}")
        later.commit()
        left = {name: (home / name).read_bytes() for name in ("store.db-wal", "store.db-shm")}
    shutil.copyfile(home.parent / "night" / "store.db", store)
    for name, written in left.items():
        (home / name).write_bytes(written)
    assert marks.of(store).last == UNTIL + 1

    restored(home, store)
    assert marks.of(store).last == OF


def test_one_whose_clock_was_ahead_is_caught_up_from_the_beginning(home: Path) -> None:
    mark(home / "store.db", marks.in_seconds() + int(timedelta(days=400).total_seconds()))
    folder, plan = replacing.stage(home, home / "store.db")
    replacing.discard(folder)
    assert plan.manifest.begun_at == marks.BEGAN
    assert plan.of == "of a time that it does not tell"


def test_what_is_no_database_of_ours_is_refused(home: Path) -> None:
    other = home.parent / "other.db"
    with closing(sqlite3.connect(other)) as connection, connection:
        connection.execute("CREATE TABLE x (a)")
    with pytest.raises(Told, match=r"other\.db is no database of fetch, dedup, store"):
        replacing.stage(home, other)


def test_one_of_a_later_wireroom_is_refused(home: Path) -> None:
    with closing(sqlite3.connect(home / "store.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Told, match="is at revision 9999, which this Wireroom"):
        replacing.stage(home, home / "store.db")
