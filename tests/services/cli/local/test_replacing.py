"""Databases in the place of others: whatever dies in between, the next start finishes it, and nothing is deleted."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from contracts.outcomes import State
from services.chassis.restoring import holds_back
from services.cli.errors import Told
from services.cli.local import archive, replacing
from services.cli.local.manifest import Manifest, Member, databases
from services.cli.local.replacing import Account, Plan
from tests.services.cli.local.killing import Killed, death_before, every_line
from tests.tables import lay_tables

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
EMPTY = Manifest(begun_at=NOON, copied_at=NOON, unheard_since=NOON, streams={}, members=())


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a home whose databases say `old`."""
    home = tmp_path_factory.mktemp("backed-up")
    for name in databases():
        lay_tables(f"sqlite:///{home / name}", name.removesuffix(".db"))
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


def laid_out(home: Path, number: int) -> tuple[Path, Plan]:
    """As `stage` leaves it, without the time that it takes to verify an archive."""
    folder, store = home / f".restore.{number}", Member(name="store.db", bytes=3, sha256="")
    manifest = EMPTY.model_copy(update={"members": (store,)})
    plan = Plan(manifest=manifest, at=NOON + timedelta(seconds=number), ledger={})
    folder.mkdir()
    (folder / "store.db").write_text(f"{number}")
    (folder / "plan.json").write_text(plan.model_dump_json())
    return folder, plan


def in_place(home: Path, number: int) -> Plan:
    folder, plan = laid_out(home, number)
    decided(home, folder)
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


def test_an_account_says_what_could_not_be_made_good() -> None:
    good = account(Plan(manifest=EMPTY, at=NOON, ledger={}))

    assert good.losses() == []
    assert good.model_copy(update={"announcements_gone": 2, "without_trace": ["a"], "given_back": ["b"]}).losses() == [
        "2 announcements since the backup are not in ARTICLES any more",
        "1 inputs have no end, and nothing is left of them",
    ]


@pytest.mark.parametrize("told", [False, True])
def test_services_are_held_back_until_the_databases_are_caught_up(tmp_path: Path, told: bool) -> None:
    folder, _ = laid_out(tmp_path, 1)
    assert not holds_back(tmp_path)
    replacing.decide(tmp_path, folder)
    assert holds_back(tmp_path)
    replacing.put_in_place(tmp_path)
    assert holds_back(tmp_path)
    if told:
        replacing.note(tmp_path, "what is left")
        assert replacing.noted(tmp_path) == "what is left"
        replacing.put_in_place(tmp_path)  # as the next start does
    assert holds_back(tmp_path) == (not told)

    decided(tmp_path, laid_out(tmp_path, 2)[0])

    assert holds_back(tmp_path), "what was told was told to others"


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


def killed_before(line: int, act: Callable[[], object]) -> bool:
    """Whether `act` came so far, and died there."""
    try:
        with death_before(line, replacing):
            act()
    except Killed:
        return True
    return False


def test_whenever_it_is_killed_the_next_start_finishes_it(home: Path, backup: Path) -> None:
    plan = staged(home, backup)
    for line in every_line():  # each start gets one line further than that before, if it does not begin further on
        if not killed_before(line, lambda: replacing.put_in_place(home)):
            break

    assert not replacing.is_staged(home)
    assert [word_in(home / name) for name in databases()] == ["old"] * 3
    assert [word_in(home / plan.replaced / name) for name in databases()] == ["new"] * 3


def test_whenever_one_that_supersedes_another_is_killed_one_of_both_is_still_to_be_caught_up(
    tmp_path: Path,
) -> None:
    home = tmp_path
    for line in every_line():
        first = in_place(home, 2 * line)
        folder, second = laid_out(home, 2 * line + 1)

        over = not killed_before(line, lambda: decided(home, folder))  # noqa: B023 - called within the round - called at once

        decided_by_then = not folder.exists()
        assert replacing.pending(home) == (second if decided_by_then else first)
        replacing.put_in_place(home)
        assert replacing.begun(home) == (second if decided_by_then else first)
        assert (home / first.replaced / "superseded.json").exists() == decided_by_then
        assert (home / "store.db").read_text() == str(2 * line + decided_by_then)
        if over:
            break


def decided(home: Path, folder: Path) -> None:
    replacing.decide(home, folder)
    replacing.put_in_place(home)


def test_whenever_its_end_is_killed_it_is_caught_up_again_or_has_its_account(tmp_path: Path) -> None:
    home = tmp_path
    for line in every_line():
        plan = in_place(home, line)

        over = not killed_before(line, lambda: replacing.finish(home, plan, account(plan)))  # noqa: B023

        left = replacing.begun(home)
        assert left == plan or replacing.account_of(home, plan) == account(plan)
        if left is not None:
            replacing.finish(home, plan, account(plan))
        assert replacing.pending(home) is None
        assert replacing.put_in_place(home) is None
        if over:
            break


def test_the_end_of_one_leaves_another_that_was_decided_meanwhile(home: Path, backup: Path) -> None:
    first = staged(home, backup)
    replacing.put_in_place(home)
    second = staged(home, backup)

    replacing.finish(home, first, account(first))

    assert replacing.pending(home) == second
    assert replacing.put_in_place(home) == second
    assert word_in(home / second.replaced / "store.db") == "old"


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
