"""What becomes of a database's file while it is open; all of it nobody's fault, and over when it is over."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import Session

from services.chassis import standing
from services.chassis.database import TRIAL_BYTES, Database
from services.chassis.testing import until
from services.chassis.unavailable import Unavailable
from tests.mounts import may_not_mount, read_only, small_disk

MANY = """
CREATE TABLE much AS WITH RECURSIVE up (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM up WHERE number < 4000)
SELECT number, randomblob(3000) AS bytes FROM up
"""

mounts = pytest.mark.skipif(may_not_mount() is not None, reason=may_not_mount() or "")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return made(tmp_path / "home" / "store.db")


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    async with Database(f"sqlite:///{path}") as database:
        await keep(database, 0)
        yield database


def made(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE kept (number INTEGER PRIMARY KEY)")
        connection.commit()
    return path


async def keep(database: Database, number: int) -> None:
    def write(session: Session) -> None:
        session.connection().execute(text("INSERT OR IGNORE INTO kept VALUES (:number)"), {"number": number})

    await database.transaction(write)


def found(path: Path, *, alone: bool = False) -> list[int]:
    """What anybody else finds in the file, or in the file alone."""
    with standing.opened(path, alone=alone) as connection:
        return [number for (number,) in connection.execute("SELECT number FROM kept ORDER BY number")]


def beside(path: Path) -> list[str]:
    return sorted(each.name for each in path.parent.iterdir())


def take_away(path: Path) -> None:
    path.unlink(missing_ok=True)  # where one of those beside it went, whoever looks just then closes the other


@contextmanager
def moved_away(path: Path) -> Iterator[None]:
    elsewhere = path.with_name("elsewhere")
    path.rename(elsewhere)
    yield
    elsewhere.rename(path)


@contextmanager
def damaged(path: Path) -> Iterator[None]:
    """Every byte of the file is another, until it is mended in its place."""
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA wal_checkpoint(PASSIVE)")
    whole = path.read_bytes()
    for data in (os.urandom(len(whole)), whole):
        with path.open("r+b") as file:
            file.write(data)
        if data is not whole:
            yield


def everything(session: Session) -> None:
    session.connection().execute(text("SELECT hex(bytes) FROM much")).all()


async def is_away(database: Database) -> str:
    """Neither work nor the probe gets through; what is told."""
    with pytest.raises(Unavailable):
        await database.probe()
    with pytest.raises(Unavailable) as told:
        await keep(database, 99)
    return str(told.value)


async def test_a_file_that_is_moved_away_is_waited_for(path: Path, database: Database) -> None:
    with moved_away(path):
        assert "is gone: put it back" in await is_away(database)
        assert beside(path) == ["elsewhere", "store.db-shm", "store.db-wal"]
    await database.probe()
    await keep(database, 1)
    assert found(path) == [0, 1]


async def test_a_folder_that_is_moved_away_is_waited_for(path: Path, database: Database) -> None:
    with moved_away(path.parent):
        assert "is gone" in await is_away(database)
    await database.probe()
    await keep(database, 1)
    assert found(path) == [0, 1]


async def test_a_deleted_file_is_not_written_on_and_none_is_begun_in_its_place(path: Path, database: Database) -> None:
    take_away(path)

    assert "`wireroom restore FILE`" in await is_away(database)
    assert "store.db" not in beside(path)


async def test_a_file_that_was_never_there_is_not_made_by_looking_for_it(tmp_path: Path) -> None:
    async with Database(f"sqlite:///{tmp_path / 'store.db'}") as database:
        await is_away(database)

    assert beside(tmp_path / "store.db") == []


async def test_another_file_in_its_place_is_left_alone(path: Path, database: Database) -> None:
    with moved_away(path):
        made(path)
        assert "and not the one that was opened: put that one back, or `wireroom restore" in await is_away(database)
        assert found(path) == []
    await keep(database, 1)
    assert found(path) == [0, 1]


@pytest.mark.parametrize("lost", [["-wal"], ["-shm"], ["-wal", "-shm"]])
async def test_what_was_committed_survives_the_loss_of_the_files_beside_it(
    path: Path, database: Database, lost: list[str]
) -> None:
    await keep(database, 1)
    for end in lost:
        take_away(Path(f"{path}{end}"))
    await keep(database, 2)

    assert found(path) == [0, 1, 2]
    await keep(database, 3)
    assert found(path) == [0, 1, 2, 3]


async def test_what_lost_the_files_beside_it_is_made_whole_though_nobody_writes(path: Path, database: Database) -> None:
    await keep(database, 1)
    for end in ("-wal", "-shm"):
        take_away(Path(f"{path}{end}"))

    await until(lambda: found(path, alone=True) == [0, 1])


async def test_files_that_go_during_the_first_transaction_are_missed_too(path: Path, database: Database) -> None:
    def write(session: Session) -> None:
        session.connection().execute(text("INSERT INTO kept VALUES (1)"))
        take_away(Path(f"{path}-wal"))

    take_away(Path(f"{path}-wal"))  # it is opened anew
    await database.transaction(write)

    assert found(path) == [0, 1]


async def test_a_file_that_goes_during_a_transaction_is_no_commit(path: Path, database: Database) -> None:
    elsewhere = path.with_name("elsewhere")

    def write(session: Session) -> None:
        session.connection().execute(text("INSERT INTO kept VALUES (1)"))
        path.rename(elsewhere)

    with pytest.raises(Unavailable):
        await database.transaction(write)


async def test_a_locked_file_is_waited_for(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.chassis.database.BUSY_TIMEOUT_MILLISECONDS", 10)
    async with Database(f"sqlite:///{path}") as database:
        await keep(database, 0)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert "locked" in await is_away(database)
        await database.probe()
        await keep(database, 1)
    assert found(path) == [0, 1]


async def test_a_lock_that_is_held_for_a_moment_is_no_outage(path: Path, database: Database) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        keeping = asyncio.create_task(keep(database, 1))
        await asyncio.sleep(0)
        other.execute("ROLLBACK")
        await keeping
    assert found(path) == [0, 1]


async def test_a_damaged_file_that_is_mended_is_read_again_with_all_that_was_committed(
    path: Path, database: Database
) -> None:
    await database.transaction(lambda session: session.connection().execute(text(MANY)))  # more than it remembers
    await keep(database, 1)  # it is in the -wal alone
    with damaged(path):
        with suppress(Unavailable):  # what it has not read again yet it believes to be whole
            await database.probe()
        with pytest.raises(Unavailable, match=rf"{path} is damaged \(.*(malformed|not a database)\): put a good one"):
            await database.transaction(everything)

    await database.probe()
    await database.transaction(everything)
    await keep(database, 2)
    assert found(path) == [0, 1, 2]


@mounts
async def test_a_file_that_may_not_be_written_is_written_when_it_may(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("SELECT 1 FROM kept")  # so that there is something to be opened for reading
        async with Database(f"sqlite:///{path}") as database:
            with read_only(path.parent):
                assert "readonly" in await is_away(database)
            await database.probe()
            await keep(database, 1)
    assert found(path) == [1]


@mounts
async def test_a_full_disk_is_waited_for(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 3 * TRIAL_BYTES) as disk:
        path = made(disk.folder / "store.db")
        async with Database(f"sqlite:///{path}") as database:
            await keep(database, 0)
            disk.fill()
            with pytest.raises(Unavailable, match="make room"):
                await database.probe()
            numbers = iter(range(1, 10_000))
            with pytest.raises(Unavailable, match="full"):
                await until(lambda: _keeps_on(database, numbers))
            disk.make_room()
            await database.probe()
            await keep(database, 10_000)
        assert shutil.disk_usage(disk.folder).free > TRIAL_BYTES
        kept = found(path)
        assert kept == [*range(len(kept) - 1), 10_000]


async def _keeps_on(database: Database, numbers: object) -> bool:
    await keep(database, next(numbers))  # type: ignore[call-overload]
    return False
