"""`wireroom restore` where no system runs."""

import json
import tarfile
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import Result

from contracts.outcomes import State
from services.chassis import beginnings
from services.chassis.beginnings import Beginning
from services.chassis.migrations import bring_up_to_date
from services.cli.local import archive, replacing
from services.cli.local.home import hold
from services.cli.local.replacing import Account
from services.store.tables import InputCount
from tests.services.cli.conftest import Store

pytestmark = pytest.mark.usefixtures("nobody_at_4222")

Command = Callable[..., Result]


def test_a_restore_asks_and_without_a_terminal_it_needs_a_yes(wireroom: Command, store: Store, file: Path) -> None:
    wireroom("backup", str(file))
    before = sorted(store.home.iterdir())

    told = wireroom("restore", str(file))

    assert told.exit_code == 1
    assert "say --yes" in told.stderr
    assert sorted(path for path in store.home.iterdir() if path.name != "restore.lock") == before


def test_a_restore_puts_in_place_and_the_next_up_catches_up(wireroom: Command, store: Store, file: Path) -> None:
    store.put(InputCount, state=State.STORED, inputs=3)
    wireroom("backup", str(file))
    store.put(InputCount, state=State.DUPLICATE, inputs=1)
    store.close()

    told = wireroom("restore", str(file), "--yes")

    assert told.exit_code == 0, told.stderr
    assert "the next `wireroom up` catches up" in told.stdout
    plan = replacing.pending(store.home)
    assert plan is not None
    assert plan.ledger == {State.STORED: 3}
    assert (store.home / plan.replaced / "store.db").exists()


def test_another_restore_may_follow_before_anything_was_caught_up(wireroom: Command, store: Store, file: Path) -> None:
    wireroom("backup", str(file))
    store.close()

    assert [wireroom("restore", str(file), "--yes", "--json").exit_code for _ in range(2)] == [0, 0]
    assert len(list(store.home.glob("replaced-*"))) == 2


def test_databases_that_somebody_has_open_are_not_replaced(wireroom: Command, store: Store, file: Path) -> None:
    wireroom("backup", str(file))
    with store._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        connection.exec_driver_sql("SELECT * FROM input_counts")

        told = wireroom("restore", str(file), "--yes")

    assert told.exit_code == 1
    assert f"some process has {store.home / 'store.db'} open" in told.stderr
    assert replacing.pending(store.home) is None
    assert not list(store.home.glob(".restore*"))


def test_a_restore_that_has_not_come_to_its_end_is_not_overtaken(wireroom: Command, store: Store, file: Path) -> None:
    wireroom("backup", str(file))
    folder, _ = replacing.stage(store.home, file)
    replacing.decide(store.home, folder)

    told = wireroom("restore", str(file), "--yes")

    assert told.exit_code == 1
    assert "`wireroom up` finishes it" in told.stderr


@pytest.fixture
def comes_up(store: Store, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], None]], None]:
    """An `up` that holds the home until a restore is decided, and then does what it is told to here."""

    def prepare(act: Callable[[], None]) -> None:
        decide, up = replacing.decide, ExitStack()
        up.enter_context(hold(store.home))

        def decided(home: Path, folder: Path) -> None:
            decide(home, folder)
            act()
            up.close()

        monkeypatch.setattr(replacing, "decide", decided)

    return prepare


def test_where_up_ends_before_it_took_a_restore_up_nothing_is_called_in_place(
    wireroom: Command, store: Store, file: Path, comes_up: Callable[[Callable[[], None]], None]
) -> None:
    wireroom("backup", str(file))
    comes_up(lambda: None)

    told = wireroom("restore", str(file), "--yes", "--json")

    assert told.exit_code == 1
    assert "start it again, and it finishes the restore" in told.stderr
    assert "in_place" not in told.stdout
    assert replacing.is_staged(store.home)


@pytest.mark.parametrize("without_trace", [[], ["an-input"]])
def test_a_restore_that_could_not_make_good_everything_says_so(
    wireroom: Command,
    store: Store,
    file: Path,
    comes_up: Callable[[Callable[[], None]], None],
    without_trace: list[str],
) -> None:
    code = len(without_trace)

    def catch_up() -> None:
        plan = replacing.put_in_place(store.home)
        assert plan is not None
        told = dict.fromkeys(("announcements", "announcements_gone", "dead_letters", "rejected", "waiting"), 0)
        lists = {"given_back": [], "without_trace": without_trace}
        known = {"begun_at": plan.manifest.begun_at, "replaced": plan.replaced, "ledger_of_backup": {}, "ledger": {}}
        account = Account.model_validate({**told, **lists, **known, "remembered": 0, "said_again": 0})
        replacing.finish(store.home, plan, account)

    wireroom("backup", str(file))
    comes_up(catch_up)

    told = wireroom("restore", str(file), "--yes")

    assert told.exit_code == code, told.stderr
    assert ("1 inputs have no end, and nothing is left of them" in told.stdout) == bool(code)
    assert ("an-input" in told.stdout) == bool(code)


def test_an_up_that_has_begun_while_a_backup_was_verified_is_not_overtaken(
    wireroom: Command, store: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wireroom("backup", str(file))
    store.close()
    assert wireroom("restore", str(file), "--yes").exit_code == 0
    first, stage = replacing.pending(store.home), replacing.stage
    with ExitStack() as up:

        def slowly(home: Path, archive: Path) -> tuple[Path, replacing.Plan]:
            staged = stage(home, archive)
            up.enter_context(hold(home))
            return staged

        monkeypatch.setattr(replacing, "stage", slowly)
        told = wireroom("restore", str(file), "--yes")

    assert told.exit_code == 1
    assert "`wireroom up` finishes it" in told.stderr
    assert replacing.pending(store.home) == first


def test_a_file_that_is_no_backup_changes_nothing(wireroom: Command, store: Store, file: Path) -> None:
    file.write_bytes(b"no backup")
    before = {path.name: path.read_bytes() for path in store.home.iterdir()}

    told = wireroom("restore", str(file), "--yes")

    assert told.exit_code == 1
    assert told.stderr.startswith(f"wireroom: {file} is no backup of Wireroom")
    assert {path.name: path.read_bytes() for path in store.home.iterdir() if path.name in before} == before
    assert not list(store.home.glob(".restore*")), "nothing of it is left"
    assert wireroom("restore", str(file.parent / "none"), "--yes").stderr.endswith("no such file or directory\n")


def test_a_home_that_somebody_holds_is_left_to_him(wireroom: Command, store: Store, file: Path) -> None:
    wireroom("backup", str(file))
    with replacing.alone(store.home), hold(store.home):
        told = wireroom("restore", str(file), "--yes")

    assert told.exit_code == 1
    assert "another `restore` is at work" in told.stderr


def test_what_was_begun_anew_before_the_backup_is_known_to_be_so_after_the_restore(
    wireroom: Command, home: Path, file: Path, tmp_path: Path
) -> None:
    begun_at = begun_anew(wireroom, home)
    wireroom("backup", str(file))
    assert wireroom("restore", str(file), "--yes").exit_code == 0
    assert beginnings.of(home, "store") == Beginning(begun_at=begun_at, anew=True)

    elsewhere = tmp_path / "another machine"
    elsewhere.mkdir()
    assert wireroom("restore", str(file), "--yes", "--home", str(elsewhere)).exit_code == 0
    assert beginnings.of(elsewhere, "store") == Beginning(begun_at=begun_at, anew=True)


def test_what_was_begun_anew_after_the_backup_is_none_such_any_more_after_the_restore(
    wireroom: Command, home: Path, file: Path
) -> None:
    home.mkdir(exist_ok=True)
    bring_up_to_date(f"sqlite:///{home / 'store.db'}", "store")
    wireroom("backup", str(file))
    begun_anew(wireroom, home)
    assert wireroom("restore", str(file), "--yes").exit_code == 0
    assert beginnings.of(home, "store") == Beginning()


@pytest.mark.parametrize("anew", [True, False])
def test_of_a_backup_that_does_not_say_when_it_was_begun_its_time_tells(
    wireroom: Command, home: Path, file: Path, tmp_path: Path, *, anew: bool
) -> None:
    begun_at = begun_anew(wireroom, home)
    archive.write(home, file, begun_at=begun_at + timedelta(seconds=anew - 0.5), unheard_since=begun_at, streams={})
    as_before_it_was_said(file, tmp_path / "unpacked")

    assert wireroom("restore", str(file), "--yes").exit_code == 0
    assert beginnings.of(home, "store") == Beginning(begun_at=begun_at if anew else None, anew=anew)


def as_before_it_was_said(file: Path, folder: Path) -> None:
    with tarfile.open(file) as tar:
        names = tar.getnames()
        tar.extractall(folder, filter="data")
    manifest = json.loads((folder / "manifest.json").read_text())
    for member in manifest["members"]:
        del member["begun_anew_at"]
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with tarfile.open(file, "w:gz") as tar:
        for name in names:
            tar.add(folder / name, name)


def begun_anew(wireroom: Command, home: Path) -> datetime:
    home.mkdir(exist_ok=True)
    bring_up_to_date(f"sqlite:///{home / 'store.db'}", "store")
    (home / "store.db").unlink()
    assert wireroom("begin-anew", "store", "--yes").exit_code == 0
    begun = beginnings.of(home, "store")
    assert begun is not None
    assert begun.begun_at is not None
    return begun.begun_at
