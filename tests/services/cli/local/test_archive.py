"""The archive of a backup: whole or not at all, and believed only where everything in it is as its manifest says."""

import errno
import fcntl
import io
import json
import os
import shutil
import sqlite3
import stat
import tarfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from contracts.topology import SERVICES
from services.cli.errors import Told
from services.cli.local import archive
from services.cli.local.manifest import Manifest, Mark, databases
from tests.tables import lay_tables

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MARKS = {"ARTICLES": Mark(created=NOON, last_sequence=7)}
Contents = dict[str, bytes]


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with databases that are up to date, made once: migrating takes its time."""
    home = tmp_path_factory.mktemp("laid")
    for name in databases():
        lay_tables(f"sqlite:///{home / name}", name.removesuffix(".db"))
    (home / "credentials.json").write_text('{"operator": "secret"}')
    (home / "disk_budget_bytes").write_text("1073741824")
    return home


@pytest.fixture
def home(laid: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(laid, tmp_path / "home"))


@pytest.fixture
def file(home: Path, tmp_path: Path) -> Path:
    write(home, tmp_path / "one.backup")
    return tmp_path / "one.backup"


def write(home: Path, target: Path) -> Manifest:
    return archive.write(home, target, begun_at=NOON, unheard_since=NOON, streams=MARKS)


def unpack(file: Path, folder: Path) -> Manifest:
    folder.mkdir(exist_ok=True)
    return archive.unpack(file, folder)


def changed(file: Path, change: Callable[[Contents], None]) -> None:
    """The same archive with other contents."""
    with tarfile.open(file) as tar:
        contents: Contents = {entry.name: tar.extractfile(entry).read() for entry in tar}  # type: ignore[union-attr]
    change(contents)
    with tarfile.open(file, "w:gz") as tar:
        for name, content in contents.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))


def test_what_was_written_comes_out_again(home: Path, file: Path, tmp_path: Path) -> None:
    manifest = unpack(file, tmp_path / "out")

    assert [member.name for member in manifest.members] == [
        "fetch.db",
        "dedup.db",
        "store.db",
        "credentials.json",
        "disk_budget_bytes",
    ]
    assert (manifest.begun_at, manifest.streams) == (NOON, MARKS)
    assert (tmp_path / "out" / "credentials.json").read_bytes() == (home / "credentials.json").read_bytes()
    for path in (tmp_path / "out").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_it_is_for_its_owner_alone_and_nothing_is_left_beside_it(file: Path) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sorted(path.name for path in file.parent.iterdir()) == ["home", "one.backup"]


def test_databases_are_copied_downstream_last() -> None:
    """What one calls done, the next one's copy has heard of."""
    services = [name.removesuffix(".db") for name in databases()]

    assert services == sorted(services, key=SERVICES.index)
    assert services[-1] == "store"


def test_a_copy_is_of_one_moment_though_somebody_writes(home: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(home / "store.db", isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("INSERT INTO input_counts VALUES ('stored', 1)")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE input_counts SET inputs = 2")
        write(home, tmp_path / "one.backup")
        writer.execute("COMMIT")

    unpack(tmp_path / "one.backup", tmp_path / "out")
    with closing(sqlite3.connect(tmp_path / "out" / "store.db")) as copy:
        assert copy.execute("SELECT inputs FROM input_counts").fetchall() == [(1,)]


def _manifest(contents: Contents, **changes: object) -> None:
    contents["manifest.json"] = json.dumps(json.loads(contents["manifest.json"]) | changes).encode()


def _revised(contents: Contents) -> None:
    members = json.loads(contents["manifest.json"])["members"]
    members[2]["revision"] = "9999"
    _manifest(contents, members=members)


def _renamed(contents: Contents) -> None:
    members = json.loads(contents["manifest.json"])["members"]
    members[0]["name"] = "../fetch.db"
    _manifest(contents, members=members)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda c: c.update({"store.db": c["store.db"][:-1] + b"x"}), "store.db is not what the manifest says"),
        (lambda c: c.update({"store.db": c["store.db"] + b"x"}), "store.db is not what the manifest says"),
        (lambda c: c.pop("dedup.db"), "dedup.db is missing"),
        (lambda c: c.update({"nats.conf": b""}), "does not name: 'nats.conf'"),
        (lambda c: c.pop("manifest.json"), "does not begin with a manifest"),
        (lambda c: c.update({"manifest.json": b"[]"}), "its manifest says something else"),
        (lambda c: _manifest(c, product="postgres"), "its manifest says something else"),
        (lambda c: _manifest(c, format=2, wireroom="9.0"), r"newer Wireroom \(9.0\)"),
        (_revised, "store.db is at revision 9999, which this one"),
        (_renamed, "'../fetch.db', which belongs into no home"),
    ],
)
def test_what_is_not_as_its_manifest_says_is_refused(
    file: Path, tmp_path: Path, change: Callable[[Contents], None], told: str
) -> None:
    changed(file, change)

    with pytest.raises(Told, match=told):
        unpack(file, tmp_path / "out")


def turned_over(whole: bytes, at: int) -> bytes:
    """With all bits of four bytes turned. As zeros they unpacked to the same, among empty pages: no harm was done."""
    return whole[:at] + bytes(one ^ 0xFF for one in whole[at : at + 4]) + whole[at + 4 :]


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: whole[: len(whole) // 2],
        lambda whole: turned_over(whole, len(whole) // 2),
        lambda _: b"",
        lambda _: b"PK\3\4 some other archive",
    ],
)
def test_what_is_damaged_or_something_else_is_refused(
    file: Path, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    file.write_bytes(damage(file.read_bytes()))

    with pytest.raises(Told, match=r"damaged|no backup"):
        unpack(file, tmp_path / "out")


def broken(database: bytes) -> bytes:
    """A SQLite file of which every page from the fourth on is overwritten."""
    return database[: 3 * 4096] + b"\xff" * (len(database) - 3 * 4096)


def _broken(contents: Contents) -> None:
    contents["dedup.db"] = broken(contents["dedup.db"])
    members = json.loads(contents["manifest.json"])["members"]
    members[1]["sha256"] = sha256(contents["dedup.db"]).hexdigest()
    _manifest(contents, members=members)


def test_a_database_that_sqlite_finds_broken_is_neither_written_nor_believed(
    home: Path, file: Path, tmp_path: Path
) -> None:
    changed(file, _broken)
    with pytest.raises(Told, match=r"dedup\.db"):
        unpack(file, tmp_path / "out")

    (home / "dedup.db").write_bytes(broken((home / "dedup.db").read_bytes()))
    with pytest.raises(Told, match=r"dedup\.db is damaged .* nothing was written"):
        write(home, tmp_path / "two.backup")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "one.backup", "out"]


def test_a_copy_that_cannot_be_written_is_not_taken_for_damage(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect

    def small(database: Any, **how: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(database, **how)
        if not how:  # the copy
            connection.execute("PRAGMA max_page_count=1")
        return connection

    monkeypatch.setattr(sqlite3, "connect", small)

    with pytest.raises(Told, match=r"cannot copy .*fetch\.db into .*disk is full.*make room"):
        write(home, tmp_path / "one.backup")
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_a_disk_that_is_full_is_told(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_fd: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(Told, match=r"cannot write beside .*one\.backup: no space left on device: make room there"):
        write(home, tmp_path / "one.backup")
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_room_is_looked_for_before_anything_is_copied(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "ROOM_BYTES", 1 << 60)

    with pytest.raises(Told, match=r"one\.backup: a backup needs \d+ MiB, and .* left: make room"):
        write(home, tmp_path / "one.backup")


def test_a_database_that_somebody_keeps_locked_is_not_waited_for_without_end(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "PATIENCE_SECONDS", 0.0)
    with closing(sqlite3.connect(home / "dedup.db", isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=DELETE")
        other.execute("BEGIN EXCLUSIVE")

        with pytest.raises(Told, match=r"dedup\.db: some process has locked it"):
            write(home, tmp_path / "one.backup")


def test_what_a_backup_that_was_killed_has_left_is_swept_away_by_the_next(home: Path, tmp_path: Path) -> None:
    for name in (".dead.wireroom-backup", ".lives.wireroom-backup", ".of.others"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "store.db").write_bytes(b"secret")
        os.utime(tmp_path / name, (0, 0))
    lives = os.open(tmp_path / ".lives.wireroom-backup", os.O_RDONLY)
    fcntl.flock(lives, fcntl.LOCK_EX)

    write(home, tmp_path / "one.backup")

    os.close(lives)
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == [".lives.wireroom-backup", ".of.others", "home", "one.backup"]
