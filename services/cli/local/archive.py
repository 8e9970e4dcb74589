"""The archive of a backup: one file with a copy of each database, what of the home is kept beside, and a manifest."""

import errno
import fcntl
import hashlib
import os
import shutil
import sqlite3
import tarfile
import tempfile
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO

from pydantic import ValidationError

from services.chassis import beginnings
from services.chassis.migrations import kept_at, knows
from services.chassis.private import OWNER_ONLY
from services.chassis.standing import DAMAGED, is_anothers, opened
from services.chassis.version import VERSION
from services.cli.errors import Told
from services.cli.local.home import sync_folder
from services.cli.local.manifest import CONFIGURATION, FORMAT, Kind, Manifest, Mark, Member, databases

MANIFEST = "manifest.json"
MANIFEST_MAX_BYTES = 1 << 20
CHUNK_BYTES = 1 << 20
ROOM_BYTES = 64 << 20  # left free beside what is copied or unpacked
PATIENCE_SECONDS = 30.0  # with who has locked a database
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
BESIDE = ".wireroom-backup"  # how the name of a folder ends in which a backup is made
LOCKED_WITHIN_SECONDS = 60.0  # of its making
COMPRESSION = 1  # gzip's fastest: articles shrink to a third, and a better one costs more time than it saves bytes
BROKEN = (tarfile.TarError, zlib.error, EOFError, OSError)


def write(
    home: Path, target: Path, *, begun_at: datetime, unheard_since: datetime, streams: Mapping[str, Mark]
) -> Manifest:
    """Write an archive of the home, whole or not at all, and readable for its owner alone.

    Whoever asked for the marks did so before: what is behind them is in the copies, whatever else is in them too.
    """
    names = [name for name in databases() if (home / name).exists() and _is_ours(home, Path(name).stem)]
    make_sure_of_room(target.parent, sum(size_of(home / name) for name in names), f"{target}: a backup")
    try:
        with _beside(target) as folder:
            members = [_with_beginning(home, copied(home / name, folder / name)) for name in names]
            members += [_kept(home / name, folder / name) for name in CONFIGURATION if (home / name).exists()]
            manifest = Manifest(
                begun_at=begun_at,
                copied_at=datetime.now(UTC),
                unheard_since=unheard_since,
                streams=dict(streams),
                members=tuple(members),
            )
            finished = folder / "archive"
            with os.fdopen(os.open(finished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb") as file:
                _pack(manifest, folder, file)
                file.flush()
                os.fsync(file.fileno())
            finished.replace(target)
            sync_folder(target.parent)
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        raise Told(f"cannot write beside {target}: {(error.strerror or str(error)).lower()}: make room there") from None
    return manifest


def _is_ours(home: Path, service: str) -> bool:
    """Whether it is what the copies of the others go with: no other's, and no older copy of itself."""
    return not is_anothers(home / f"{service}.db", service) and beginnings.older(home, service) is None


def _with_beginning(home: Path, member: Member) -> Member:
    begun = beginnings.of(home, Path(member.name).stem)
    return member.model_copy(update={"begun_anew_at": begun.begun_at if begun is not None and begun.anew else None})


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A folder beside `target` for what becomes it; what backups that were killed have left there is swept away.

    It comes to hold all that the backup holds, passwords too. While who works in it lives, it is locked.
    """
    for left_over in target.parent.glob(f".*{BESIDE}"):
        with suppress(OSError):
            _sweep(left_over)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".", suffix=BESIDE) as folder:
        lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            with suppress(OSError):  # not every file system can: then nobody can sweep there either
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield Path(folder)
        finally:
            os.close(lock)


def _sweep(left_over: Path) -> None:
    """Remove a folder that nobody works in any more; raises OSError."""
    lock = os.open(left_over, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if time.time() - os.fstat(lock).st_mtime > LOCKED_WITHIN_SECONDS:
            shutil.rmtree(left_over)
    finally:
        os.close(lock)


def unpack(archive: Path, folder: Path) -> Manifest:
    """Everything in the archive, verified and on disk in `folder`; raises Told where anything is wrong with it."""
    try:
        with archive.open("rb") as file, tarfile.open(fileobj=file, mode="r|*") as tar:
            entries = iter(tar)
            manifest = _manifest(archive, tar, next(entries, None))
            make_sure_of_room(folder.parent, sum(one.bytes for one in manifest.members), f"{archive}: what is in it")
            missing = {member.name: member for member in manifest.members}
            for entry in entries:
                member = missing.pop(entry.name, None)
                if member is None or not entry.isfile():
                    raise Told(f"{archive}: there is something in it that its manifest does not name: {entry.name!r}")
                _extract(archive, tar.extractfile(entry), member, folder)
    except BROKEN as error:
        if isinstance(error, FileNotFoundError | PermissionError | IsADirectoryError):
            raise
        raise Told(f"{archive} is no backup of Wireroom, or it is damaged: {error or type(error).__name__}") from None
    if missing:
        raise Told(f"{archive} is damaged: {', '.join(missing)} is missing in it")
    for member in manifest.members:
        examine(archive, member, folder)
    sync_folder(folder)
    return manifest


def copied(database: Path, copy: Path, *, alone: bool = False) -> Member:
    """A copy of a database as it is at one moment, while others write in it; `alone`: without what lies beside it.

    In one step: it reads a snapshot, and in WAL no writer waits for a reader. In portions, every commit of another
    process would make it begin anew, and under load it never came to an end.
    """
    until = time.monotonic() + PATIENCE_SECONDS

    def give_up(status: int, _left: int, _pages: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > until:
            raise Told(f"{database}: some process has locked it for {PATIENCE_SECONDS:g} s: end that, and try again")

    try:
        with opened(database, alone=alone) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target, progress=give_up)
            damage = _damage(target, "quick_check")
    except sqlite3.DatabaseError as error:
        if not getattr(error, "sqlite_errorname", "").startswith(DAMAGED):
            beside = copy.parent.parent
            raise Told(
                f"cannot copy {database} into {beside}: {error}; make room there, or give a FILE elsewhere"
            ) from None
        damage = str(error)
    if damage:
        raise Told(f"{database} is damaged ({damage}): nothing was written; `wireroom restore` takes an older backup")
    return _member(copy, revision=next(iter(kept_at(copy)), None))


def size_of(database: Path) -> int:
    """What a copy of it may need: what was not put into the file yet lies beside it."""
    beside = database.with_name(f"{database.name}-wal")
    return database.stat().st_size + (beside.stat().st_size if beside.exists() else 0)


def _kept(file: Path, copy: Path) -> Member:
    copy.write_bytes(file.read_bytes())
    return _member(copy)


def _member(file: Path, revision: str | None = None) -> Member:
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return Member(name=file.name, bytes=file.stat().st_size, sha256=digest, revision=revision)


def _pack(manifest: Manifest, folder: Path, file: IO[bytes]) -> None:
    """The manifest comes first: who reads it knows at once what this is."""
    with tarfile.open(fileobj=file, mode="w:gz", compresslevel=COMPRESSION) as tar:
        about = manifest.model_dump_json(indent=2).encode()
        tar.addfile(_entry(MANIFEST, len(about), manifest.begun_at), BytesIO(about))
        for member in manifest.members:
            with (folder / member.name).open("rb") as content:
                tar.addfile(_entry(member.name, member.bytes, manifest.begun_at), content)
            (folder / member.name).unlink()  # so that there is never more than one copy of it beside the archive


def _entry(name: str, size: int, at: datetime) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = size, OWNER_ONLY, int(at.timestamp())
    return entry


def _manifest(archive: Path, tar: tarfile.TarFile, first: tarfile.TarInfo | None) -> Manifest:
    if first is None or first.name != MANIFEST or not first.isfile() or first.size > MANIFEST_MAX_BYTES:
        raise Told(f"{archive} is no backup of Wireroom: it does not begin with a manifest")
    content = tar.extractfile(first)
    about = content.read() if content is not None else b""
    try:
        kind = Kind.model_validate_json(about)
        if kind.format > FORMAT:
            raise Told(f"{archive} was written by a newer Wireroom ({kind.wireroom}): restore it with that one")
        manifest = Manifest.model_validate_json(about)
    except ValidationError:
        raise Told(f"{archive} is no backup of Wireroom: its manifest says something else") from None
    if "store.db" not in {member.name for member in manifest.members}:
        raise Told(f"{archive} holds no store.db: there is nothing to restore in it")
    for member in manifest.members:
        service = member.name.removesuffix(".db")
        if member.name not in (*databases(), *CONFIGURATION):
            raise Told(f"{archive} holds {member.name!r}, which belongs into no home")
        if member.revision is not None and not knows(service, member.revision):
            raise Told(
                f"{archive} was written by another Wireroom ({manifest.wireroom}): "
                f"its {member.name} is at revision {member.revision}, which this one ({VERSION}) does not know"
            )
    return manifest


def make_sure_of_room(folder: Path, size: int, what: str) -> None:
    """Raise Told where the disk has no room for so much."""
    free, needed = shutil.disk_usage(folder).free, size + ROOM_BYTES
    if free < needed:
        raise Told(f"{what} needs {needed >> 20} MiB, and {folder} has {free >> 20} MiB left: make room")


def _extract(archive: Path, content: IO[bytes] | None, member: Member, folder: Path) -> None:
    digest, left = hashlib.sha256(), member.bytes
    with os.fdopen(os.open(folder / member.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb") as file:
        while content is not None and left >= 0 and (chunk := content.read(CHUNK_BYTES)):
            file.write(chunk)
            digest.update(chunk)
            left -= len(chunk)
        file.flush()
        os.fsync(file.fileno())
    if left != 0 or digest.hexdigest() != member.sha256:
        raise Told(f"{archive} is damaged: {member.name} is not what the manifest says")


def examine(archive: Path, member: Member, folder: Path) -> None:
    """Whether the database is whole, and what the manifest says; raises Told."""
    if member.revision is None:
        return
    if kept_at(folder / member.name) != {member.revision}:
        raise Told(f"{archive} is damaged: {member.name} is not at revision {member.revision}")
    with closing(sqlite3.connect(folder / member.name)) as connection:
        damage = _damage(connection, "integrity_check")
    if damage:
        raise Told(f"{archive} is damaged: SQLite says of {member.name}: {damage}")


def _damage(connection: sqlite3.Connection, check: str) -> str:
    """What SQLite finds wrong with a database, on one line; empty where nothing is."""
    try:
        [(found,), *_] = connection.execute(f"PRAGMA {check}(1)").fetchall()
    except sqlite3.DatabaseError as error:
        found = str(error)
    return "" if found == "ok" else " ".join(found.split())
