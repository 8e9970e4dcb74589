"""What stands under the name of a database: one of its service's, nothing, another's file, or the wreck of one."""

import re
import sqlite3
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
CREATED = re.compile(r"create_table\(\s*[\"'](\w+)")
MIGRATED = "alembic_version"
SHOWN = 3  # of the tables of somebody else

TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"


def wrong_with(path: Path, service: str) -> str | None:
    """What is wrong with what stands there, so that it is not the database of this service; None where it may be.

    What cannot be read for another reason than damage may be.
    """
    if not path.exists():
        return GONE
    if not path.stat().st_size:
        return EMPTY
    try:
        with opened(path, locked_seconds=0) as connection:  # who has locked it has it
            names = {name for (name,) in connection.execute(TABLES)}
    except sqlite3.Error as error:
        return damage(error)
    if not names:
        return EMPTY
    if MIGRATED in names and names & own_tables(service):
        return None
    return f"{ANOTHERS} {service} (it holds {_some(names)})"


def is_anothers(path: Path, service: str) -> bool:
    """Whether what stands there is a whole database, and none of this service."""
    return (wrong_with(path, service) or "").startswith(ANOTHERS)


def is_damaged_within(path: Path) -> bool:
    """Whether SQLite finds damage anywhere in it: that reads all of it."""
    if not path.exists():
        return False
    try:
        with opened(path) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",))
    except sqlite3.Error as error:
        return damage(error) is not None


def damage(error: BaseException | None) -> str | None:
    """What SQLite says of a file that is damaged; None where it says something else."""
    return f"damaged ({error})" if getattr(error, "sqlite_errorname", "").startswith(DAMAGED) else None


@contextmanager
def opened(path: Path, locked_seconds: float = LOCKED_SECONDS) -> Iterator[sqlite3.Connection]:
    """The file for reading only."""
    address = f"file:{quote(str(path.absolute()))}?mode=ro"
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
