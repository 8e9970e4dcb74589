"""The disk whose power can fail, held to what it says of itself: a tool that loses too little proves nothing."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.injuries.disk import Disk, disk, missing

pytestmark = [pytest.mark.slow, pytest.mark.skipif(missing() is not None, reason=missing() or "")]


@pytest.fixture(params=["journal", "strict"])
def strict(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "strict")


@pytest.fixture
def powered(tmp_path: Path, strict: bool) -> Iterator[Disk]:
    with disk(tmp_path / "disk", strict=strict) as made:
        yield made


def sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def write(path: Path, data: bytes, *, synced: bool) -> None:
    path.write_bytes(data)
    if synced:
        sync(path)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_was_fsynced_with_its_folder_stays_and_the_rest_is_gone(powered: Disk) -> None:
    (powered.folder / "a").mkdir()
    write(powered.folder / "a" / "kept", b"kept", synced=True)
    sync(powered.folder / "a")
    sync(powered.folder)
    write(powered.folder / "a" / "lost", b"lost", synced=False)
    powered.cut([])
    assert files(powered.folder) == {"a/kept": b"kept"}


def test_bytes_written_after_the_last_fsync_are_gone(powered: Disk) -> None:
    path = powered.folder / "log"
    write(path, b"first", synced=True)
    sync(powered.folder)
    with path.open("ab") as log:
        log.write(b" second")
        log.flush()
        os.fsync(log.fileno())
        log.write(b" third")
    powered.cut([])
    assert path.read_bytes() == b"first second"


def test_a_cut_of_a_file_that_was_not_fsynced_comes_back(powered: Disk) -> None:
    path = powered.folder / "log"
    write(path, b"0123456789", synced=True)
    sync(powered.folder)
    os.truncate(path, 4)
    with path.open("ab") as log:
        log.write(b"x")
    powered.cut([])
    assert path.read_bytes() == b"0123456789"


def test_a_cut_that_was_fsynced_stays(powered: Disk) -> None:
    path = powered.folder / "log"
    write(path, b"0123456789", synced=True)
    sync(powered.folder)
    os.truncate(path, 4)
    sync(path)
    powered.cut([])
    assert path.read_bytes() == b"0123"


@pytest.mark.parametrize("deed", [lambda path: path.rename(path.with_name("new")), Path.unlink])
def test_a_name_that_changes_is_lost_without_any_fsync(powered: Disk, deed: Callable[[Path], object]) -> None:
    path = powered.folder / "old"
    write(path, b"x", synced=True)
    sync(powered.folder)
    deed(path)
    powered.cut([])
    assert files(powered.folder) == {"old": b"x"}


def test_another_files_fsync_keeps_names_only_where_there_is_a_journal(powered: Disk, strict: bool) -> None:
    write(powered.folder / "other", b"", synced=False)
    write(powered.folder / "old", b"x", synced=True)
    sync(powered.folder)
    (powered.folder / "old").rename(powered.folder / "new")
    sync(powered.folder / "other")
    powered.cut([])
    assert set(files(powered.folder)) == {"other", "old" if strict else "new"}


def test_a_new_file_whose_bytes_were_not_fsynced_is_empty(powered: Disk) -> None:
    write(powered.folder / "a", b"lost", synced=False)
    sync(powered.folder)
    powered.cut([])
    assert files(powered.folder) == {"a": b""}


def test_what_was_written_back_by_itself_stays(powered: Disk) -> None:
    write(powered.folder / "a", b"x", synced=False)
    powered.keep()
    powered.cut([])
    assert files(powered.folder) == {"a": b"x"}


def test_whoever_runs_on_it_dies_in_the_same_moment(powered: Disk) -> None:
    program = "import os, sys\nwith open('n', 'wb', 0) as f:\n while True: f.write(b'x'); os.fsync(f.fileno())"
    with subprocess.Popen([sys.executable, "-c", program], cwd=powered.folder) as running:
        while not (powered.folder / "n").exists():
            assert running.poll() is None
        sync(powered.folder)
        powered.cut([psutil.Process(running.pid)])
        assert running.wait(60) == -9


def test_afterwards_the_folder_holds_what_the_disk_held(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    (folder / "before").write_bytes(b"1")
    with disk(folder):
        (folder / "after").write_bytes(b"2")
        (folder / "after").chmod(0o640)
        (folder / "link").symlink_to("before")
    assert files(folder) == {"before": b"1", "after": b"2", "link": b"1"}
    assert (folder / "after").stat().st_mode & 0o777 == 0o640


COMMITS = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode=WAL")
connection.execute(f"PRAGMA synchronous={sys.argv[2]}")
connection.execute("CREATE TABLE IF NOT EXISTS t (x)")
for number in range(10**9):
    connection.execute("INSERT INTO t VALUES (?)", (number,))
    print(number, flush=True)
"""


@pytest.mark.parametrize(("synchronous", "loses"), [("FULL", False), ("OFF", True)])
def test_sqlite_as_we_open_it_loses_nothing_that_it_committed(tmp_path: Path, synchronous: str, loses: bool) -> None:
    with disk(tmp_path / "disk") as powered:
        command = [sys.executable, "-c", COMMITS, str(powered.folder / "a.db"), synchronous]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
            assert running.stdout is not None
            assert running.stdout.readline() == "0\n"
            powered.keep()
            committed = [int(running.stdout.readline()) for _ in range(300)][-1] + 1
            powered.cut([psutil.Process(running.pid)])
        again = sqlite3.connect(powered.folder / "a.db")
        found = again.execute("SELECT count(*) FROM t").fetchone()[0]
        assert again.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        again.close()
    assert (found < committed) == loses
