"""A mark that only grows, in a database and in a note beside it: by it an older copy in its place is known.

It is SQLite's `user_version`, so it goes wherever the database is copied and needs no table of its own. It counts
seconds, so that a copy tells of which time it is. `HOME/begun/<service>.mark` has the last one, and the one that was in
the file itself then: what is committed lies beside the file for a while, and would hide that it is an older one.
"""

import os
import sqlite3
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from services.chassis import standing

if TYPE_CHECKING:
    from sqlmodel import Session  # 0.7 s of processor time for whoever has no session, such as `up`

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)  # 31 bits of seconds reach to 2094
DIGITS = 10
FOLDER = "begun"  # of the home


class Mark(NamedTuple):
    """The mark of a database, and that in the file itself."""

    last: int
    in_file: int


class Marking:
    """Marks a database with what is committed in it, so that it costs no transaction of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._changes, self._marked_at = 0, 0.0

    def mark(self, session: "Session") -> int | None:
        """Mark what is about to be committed, if it changes anything; the mark, which is to be noted after.

        Once a second: a mark that grew faster would be ahead of the time.
        """
        if not session.in_transaction():  # all was taken back
            return None
        connection = session.connection()
        changes: int = connection.connection.driver_connection.total_changes  # type: ignore[union-attr] # it is connected
        if changes == self._changes:
            return None
        self._changes = changes
        last: int = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        now = in_seconds()
        if last == now or (last > now and time.monotonic() < self._marked_at + 1):
            return None
        self._marked_at = time.monotonic()
        mark = max(now, last + 1)  # also where the clock was put back
        connection.exec_driver_sql(f"PRAGMA user_version = {mark}")
        return mark

    def note(self, mark: int | None) -> None:
        """Note a mark that is committed; in a home where nobody notes what is begun, nothing is."""
        place = place_of(self._path)
        if mark is None or not place.parent.is_dir():
            return
        with suppress(OSError, sqlite3.Error):  # no room for it: the next one is noted
            noted = os.open(place, os.O_WRONLY | os.O_CREAT, 0o600)
            try:  # on one page, so that whoever is killed has written all or nothing
                os.pwrite(noted, f"{mark:{DIGITS}} {_in_file(self._path):{DIGITS}}\n".encode(), 0)
            finally:
                os.close(noted)


def in_seconds() -> int:
    """What a database is marked with now."""
    return int((datetime.now(UTC) - BEGAN).total_seconds())


def place_of(path: Path) -> Path:
    """Where the last mark of a database is noted."""
    return path.parent / FOLDER / f"{path.stem}.mark"


def noted(path: Path) -> Mark | None:
    """What is noted of a database; None where nothing is."""
    try:
        last, in_file = place_of(path).read_bytes().split()
        return Mark(int(last), int(in_file))
    except (OSError, ValueError):
        return None


def of(path: Path) -> Mark:
    """The mark of a database that is there; raises sqlite3.Error or OSError."""
    in_file = _in_file(path)
    with standing.opened(path, locked_seconds=0) as connection:
        return Mark(int(connection.execute("PRAGMA user_version").fetchone()[0]), in_file)


def behind(path: Path) -> int | None:
    """The mark of a database that is older than what is noted of it; None where it is not, or nobody can say."""
    before = noted(path)
    if before is None:
        return None
    try:
        found = of(path)
    except (OSError, sqlite3.Error):  # who has locked it has it
        return None
    if found.in_file < before.in_file:
        return found.in_file
    return found.last if found.last < before.last else None


def alone(path: Path) -> int | None:
    """The mark in the file itself, whatever lies beside it; None where it cannot be read."""
    try:
        return _in_file(path)
    except sqlite3.Error:
        return None


def moment(mark: int) -> datetime:
    """When a database was marked so; where it never was, a time before that of any that was."""
    return BEGAN + timedelta(seconds=mark)


def told(mark: int) -> str | None:
    """The moment of a mark for people; None where it tells of none: there was no mark, or the clock was ahead."""
    return f"{moment(mark):%Y-%m-%d %H:%M:%S}Z" if 0 < mark <= in_seconds() else None


def forget(path: Path) -> None:
    """Whatever is put there is no older copy; raises OSError."""
    place_of(path).unlink(missing_ok=True)


def _in_file(path: Path) -> int:
    """Read by SQLite: with any other file of ours that is closed all locks on it go (sqlite.org/howtocorrupt.html)."""
    with standing.opened(path, alone=True) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
