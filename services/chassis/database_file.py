"""The SQLite file behind a database: whether what is open is still what stands under its name, and room to write."""

import os
from pathlib import Path
from typing import Any

from services.chassis import beginnings
from services.chassis.unavailable import Unavailable

Identity = tuple[int, int]  # device and inode
BESIDE = ("-wal", "-shm")  # SQLite's own files: what is committed is in the first until a checkpoint


class DatabaseFile:
    """A file that is moved or deleted while it is open is written on into the void: nobody would ever find it again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._opened: Identity | None = None
        self._names = tuple(f"{path.resolve()}{end}" for end in BESIDE)  # SQLite follows links
        self._beside: dict[str, Identity | None] = {}

    def opened(self, *_: object) -> None:
        """A connection was opened, to what stands under the name now."""
        self._opened = _identity(self.path)
        self._beside = {name: _identity(name) for name in self._names}

    def closed(self) -> None:
        """No connection is open: what is beside the file may come and go."""
        self._beside = {}

    def check(self) -> None:
        """Raise Unavailable unless what was opened still stands under its name."""
        if self._opened is None:
            return
        now = _identity(self.path)
        if now is None:
            raise Unavailable("database", f"{self.path} is gone: put it back, or `wireroom restore FILE`")
        if now != self._opened:
            raise Unavailable("database", beginnings.another(self.path))

    def is_gone(self) -> bool:
        """Whether nothing stands under its name; a disk in trouble says nothing of that."""
        try:
            os.stat(self.path)  # noqa: PTH116 - as below
        except OSError as error:
            return isinstance(error, FileNotFoundError | NotADirectoryError)
        return False

    def is_replaced(self) -> bool:
        """Whether another file stands under its name."""
        return _identity(self.path) not in {self._opened, None}

    def stands_alone(self) -> bool:
        """Whether what SQLite keeps beside the file was taken away from it."""
        return any(found is None or _identity(name) != found for name, found in self._beside.items())

    def take_in(self, connection: Any) -> None:
        """Bring what is committed into the file itself, from files that only this connection can still reach."""
        [busy, *_] = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise Unavailable("database", f"what belongs to {self.path} was taken away while somebody reads it")

    def has_room(self, size: int) -> None:
        """Raise Unavailable where its disk has fewer bytes free: cheaper than writing until it is full."""
        try:
            found = os.statvfs(self.path.parent)
        except OSError as error:
            raise Unavailable("database", f"{self.path.parent}: {error.strerror}") from error
        blocks = found.f_bfree if os.geteuid() == 0 else found.f_bavail
        if blocks * found.f_frsize < size:
            raise Unavailable("database", f"the disk of {self.path} is full: make room")


def _identity(path: Path | str) -> Identity | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - at every transaction, and half as dear
    except OSError:
        return None
    return found.st_dev, found.st_ino
