"""Databases in the place of others: whatever dies in between, the next start finishes it, and nothing is deleted."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from contracts.outcomes import State
from services.chassis import faults
from services.chassis.migrations import migrate
from services.cli.errors import Told
from services.cli.local import archive, replacing
from services.cli.local.manifest import databases
from services.cli.local.replacing import Account, Plan

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Killed(BaseException):
    """The process is no more."""


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a home whose databases say `old`."""
    home = tmp_path_factory.mktemp("backed-up")
    for name in databases():
        migrate(f"sqlite:///{home / name}", name.removesuffix(".db"))
        mark(home / name, "old")
    (home / "credentials.json").write_text('{"of": "the backup"}')
    file = home / "one.backup"
    archive.write(home, file, begun_at=NOON, unheard_since=NOON, streams={})
    return file


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home whose databases say `new`, with what SQLite keeps beside them."""
    for name in databases():
        mark(tmp_path / name, "new")
        for beside in ("-wal", "-shm"):
            (tmp_path / (name + beside)).write_bytes(b"beside")
    (tmp_path / "credentials.json").write_text('{"of": "the home"}')
    return tmp_path


def mark(database: Path, word: str) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS mark (word)")
        connection.execute("INSERT INTO mark VALUES (?)", (word,))
        connection.commit()


def word_in(database: Path) -> str:
    with closing(sqlite3.connect(f"file:{database}?immutable=1", uri=True)) as connection:
        return str(connection.execute("SELECT word FROM mark").fetchone()[0])


def staged(home: Path, backup: Path) -> Plan:
    folder, plan = replacing.stage(home, backup)
    replacing.decide(home, folder)
    return plan


def account(plan: Plan) -> Account:
    return Account(
        begun_at=NOON,
        replaced=plan.replaced,
        ledger_of_backup={},
        ledger={State.STORED: 1},
        announcements=1,
        announcements_gone=0,
        dead_letters=0,
        rejected=0,
        waiting=0,
        remembered=1,
        given_back=[],
        said_again=0,
        without_trace=[],
    )


def test_staging_touches_nothing_and_can_be_taken_back(home: Path, backup: Path) -> None:
    before = {path.name: path.read_bytes() for path in home.iterdir()}

    folder, _ = replacing.stage(home, backup)
    assert not replacing.is_staged(home)
    replacing.discard(folder)

    assert {path.name: path.read_bytes() for path in home.iterdir()} == before


def test_the_databases_are_exchanged_and_what_was_there_is_kept(home: Path, backup: Path) -> None:
    plan = staged(home, backup)
    assert replacing.is_staged(home)

    replacing.put_in_place(home)

    assert not replacing.is_staged(home)
    assert replacing.pending(home) == plan, "there is something to be caught up"
    for name in databases():
        assert word_in(home / name) == "old"
        assert not (home / f"{name}-wal").exists(), "it belongs to the other one"
        assert word_in(home / plan.replaced / name) == "new"
        assert (home / plan.replaced / f"{name}-wal").read_bytes() == b"beside"
    assert "the home" in (home / "credentials.json").read_text(), "passwords that others know stay"


def test_a_home_that_is_lost_gets_its_passwords_back(tmp_path: Path, backup: Path) -> None:
    staged(tmp_path, backup)

    replacing.put_in_place(tmp_path)

    assert "the backup" in (tmp_path / "credentials.json").read_text()


@pytest.fixture
def death() -> Iterator[list[int]]:
    """After so many renames and fault points the process dies; it does not where the list is empty."""
    left: list[int] = []

    def count(*_: object) -> None:
        if left and not left[0]:
            raise Killed
        if left:
            left[0] -= 1

    rename = Path.rename

    def counted(path: Path, target: Path) -> Path:
        count()
        return rename(path, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "rename", counted)
        patch.setattr(faults, "HOOKS", [count])
        yield left


def test_whenever_it_is_killed_the_next_start_finishes_it(home: Path, backup: Path, death: list[int]) -> None:
    plan = staged(home, backup)
    for step in range(40):
        death[:] = [step % 9]
        try:
            replacing.put_in_place(home)
        except Killed:
            continue
        break
    death.clear()

    assert not replacing.is_staged(home)
    assert [word_in(home / name) for name in databases()] == ["old"] * 3
    assert [word_in(home / plan.replaced / name) for name in databases()] == ["new"] * 3


def test_a_restore_is_over_when_its_account_is_written(home: Path, backup: Path) -> None:
    plan = staged(home, backup)
    replacing.put_in_place(home)
    assert replacing.account_of(home, plan) is None

    replacing.finish(home, plan, account(plan))

    assert replacing.account_of(home, plan) == account(plan)
    assert replacing.pending(home) is None
    assert replacing.put_in_place(home) is None


def test_one_that_was_never_caught_up_gives_way_to_another(home: Path, backup: Path) -> None:
    first = staged(home, backup)
    replacing.put_in_place(home)

    second = staged(home, backup)
    replacing.put_in_place(home)

    assert replacing.pending(home) == second
    assert word_in(home / second.replaced / "store.db") == "old"
    assert (home / first.replaced / "superseded.json").exists()


def test_a_restore_of_another_version_is_left_to_that_one(tmp_path: Path) -> None:
    (tmp_path / "restore").mkdir()
    (tmp_path / "restore" / "plan.json").write_text("{}")

    with pytest.raises(Told, match=r"plan\.json is of another Wireroom"):
        replacing.put_in_place(tmp_path)


def test_two_restores_of_one_home_do_not_fight(tmp_path: Path) -> None:
    with replacing.alone(tmp_path), pytest.raises(Told, match="another `restore`"), replacing.alone(tmp_path):
        pass


@pytest.mark.parametrize("writes", [False, True])
def test_a_database_that_somebody_has_open_is_found(tmp_path: Path, writes: bool) -> None:
    with closing(sqlite3.connect(tmp_path / "dedup.db", isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("CREATE TABLE t (a)")
        if writes:
            other.execute("BEGIN IMMEDIATE")
        assert replacing.in_use(tmp_path) == "dedup.db"
    assert replacing.in_use(tmp_path) is None


def test_a_database_that_is_damaged_is_in_nobodys_use(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"no database" * 100)

    assert replacing.in_use(tmp_path) is None
    assert [path.name for path in tmp_path.iterdir()] == ["store.db"]
