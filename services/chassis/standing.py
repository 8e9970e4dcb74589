"""What stands under the name of a database: one of its service's, nothing, another's file, or the wreck of one.

Who has had another file open under that name looks at the file `alone`: what SQLite keeps beside it belongs to that
other one, and so do the locks that would be lost with it.
"""

import errno
import re
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

LOCKED_SECONDS = 5.0
DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")  # sqlite.org/rescode.html
NOTHING = GONE, EMPTY = "gone", "empty"
ANOTHERS = "no database of"
NOT_THERE = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP}
A_FOLDER, NO_FILE = "a folder", "no file"
CREATED = re.compile(r"create_table\(\s*[\"'](\w+)")
MIGRATED = "alembic_version"
SHOWN = 3  # of the tables of somebody else

TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"


def wrong_with(path: Path, service: str, *, alone: bool = False) -> str | None:
    """What is wrong with what stands there, so that it is not the database of this service; None where it may be.

    What cannot be read for another reason than damage may be.
    """
    if (none := _no_database(path)) is not None:
        return none
    try:
        with opened(path, locked_seconds=0, alone=alone) as connection:  # who has locked it has it
            names = {name for (name,) in connection.execute(TABLES)}
    except sqlite3.Error as error:
        return damage(error)
    if not names:
        return EMPTY
    if MIGRATED in names and names & own_tables(service):
        return None
    return f"{ANOTHERS} {service} (it holds {_some(names)})"


def _no_database(path: Path) -> str | None:
    """Why nothing can be in it; SQLite's words of a folder are about the disk, and for a pipe it would wait."""
    try:
        found = path.stat()  # one look: it may go between two
    except OSError as error:
        if error.errno in NOT_THERE:
            return GONE
        raise
    if not stat.S_ISREG(found.st_mode):
        return A_FOLDER if stat.S_ISDIR(found.st_mode) else NO_FILE
    return None if found.st_size else EMPTY


def is_anothers(path: Path, service: str) -> bool:
    """Whether what stands there is a whole database, and none of this service."""
    return (wrong_with(path, service) or "").startswith(ANOTHERS)


def is_damaged_within(path: Path, *, alone: bool = False) -> bool:
    """Whether SQLite finds damage anywhere in it: that reads all of it."""
    try:
        return damage_within(path, alone=alone) is not None
    except sqlite3.Error:
        return False


def damage_within(path: Path, *, alone: bool = False) -> str | None:
    """The first damage that SQLite finds in it, in words; None where there is none. That reads all of it.

    Raises sqlite3.Error where it cannot be read.
    """
    if not path.is_file():
        return None
    try:
        with opened(path, alone=alone) as connection:
            found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.Error as error:
        if (found_damaged := damage(error)) is None:
            raise
        return found_damaged
    return None if found == "ok" else f"damaged ({' '.join(found.split())})"


def damage(error: BaseException | None) -> str | None:
    """What SQLite says of a file that is damaged; None where it says something else."""
    return f"damaged ({error})" if getattr(error, "sqlite_errorname", "").startswith(DAMAGED) else None


@contextmanager
def opened(path: Path, locked_seconds: float = LOCKED_SECONDS, *, alone: bool = False) -> Iterator[sqlite3.Connection]:
    """The file for reading only."""
    address = f"file:{quote(str(path.absolute()))}?mode=ro{'&immutable=1' if alone else ''}"
    with closing(sqlite3.connect(address, uri=True, timeout=locked_seconds)) as connection:
        yield connection


def sources(service: str) -> list[str]:
    """The texts of the service's migrations."""
    versions = files("services").joinpath(service, "migrations", "versions")
    return [source.read_text() for source in versions.iterdir() if source.name.endswith(".py")]


@cache
def own_tables(service: str) -> frozenset[str]:
    """The tables that the service's migrations make; no two services have one of the same name."""
    return frozenset(name for source in sources(service) for name in CREATED.findall(source))


def _some(names: set[str]) -> str:
    shown = ", ".join(sorted(names)[:SHOWN])
    return f"{shown} and {len(names) - SHOWN} more" if len(names) > SHOWN else shown
