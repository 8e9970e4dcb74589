"""The databases of a home as they are in one moment, and whether they are sound in themselves."""

import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from services.chassis.migrations import migrate

REMEMBERING = ("store", "dedup", "fetch")
SEARCHED = "article_search"
CHECK_SEARCH = f"INSERT INTO {SEARCHED} ({SEARCHED}, rank) VALUES ('integrity-check', 1)"
THINGS = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
SHOWN = 3  # of what the database says of one damage


@dataclass
class Copies:
    """A copy of each database, empty where there is none to be had, and what is wrong with them."""

    store: sqlite3.Connection
    dedup: sqlite3.Connection
    fetch: sqlite3.Connection
    broken: list[str] = field(default_factory=list)


@contextmanager
def copied(home: Path) -> Iterator[Copies]:
    """Copies of the databases in `home`, of one moment each; nothing is written there, and nobody has to wait."""
    with ExitStack() as ends:
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="wireroom-copies-")))
        made = {name: ends.enter_context(closing(sqlite3.connect(folder / f"{name}.db"))) for name in REMEMBERING}
        broken: list[str] = []
        for name, copy in made.items():
            try:
                _copy(home / f"{name}.db", copy)
            except sqlite3.Error as error:
                broken.append(f"{name}.db cannot be read: {error}")
        yield ends.enter_context(readable(made, broken))


@contextmanager
def readable(made: Mapping[str, sqlite3.Connection], broken: Sequence[str] = ()) -> Iterator[Copies]:
    """These copies, an empty one in the place of each that has not got its tables, with all that is wrong with them."""
    found = [*broken]
    with ExitStack() as ends:
        whole = dict(made)
        for name, copy in made.items():
            try:
                things = _things(copy)
                found += _damages(name, copy, things)
                lacks = {one for one in _wanted(name)[0] - things if one.startswith("column ")}
            except sqlite3.DatabaseError as error:
                found.append(f"{name}.db is damaged: {error}")
                lacks = {name}
            if lacks:
                whole[name] = ends.enter_context(closing(_empty(name)))
            whole[name].row_factory = sqlite3.Row
        yield Copies(**whole, broken=found)


def _copy(database: Path, into: sqlite3.Connection) -> None:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as live:
        live.backup(into)
    into.execute("PRAGMA journal_mode = DELETE")  # a copy needs no log beside it


def _damages(name: str, copy: sqlite3.Connection, things: frozenset[str]) -> Iterator[str]:
    """Pages, indexes and tables of one database, and of the store the words by which articles are found."""
    said = [row[0] for row in copy.execute(f"PRAGMA integrity_check({SHOWN})")]
    if said != ["ok"]:
        yield f"{name}.db is damaged: {'; '.join(said)}"
    wanted, revisions = _wanted(name)
    for difference in sorted(things ^ wanted):
        yield f"{name}.db: its tables are not those of its migrations: {difference}"
    if (found := _revisions(copy)) != revisions:
        yield f"{name}.db: its tables are of revision {', '.join(found)}, not {', '.join(revisions)}"
    if name == "store":
        try:
            copy.execute(CHECK_SEARCH)
        except sqlite3.Error as error:
            yield f"store.db: the full-text index does not agree with the articles: {error}"
        finally:
            copy.rollback()


def _revisions(copy: sqlite3.Connection) -> list[str]:
    try:
        return [row[0] for row in copy.execute("SELECT version_num FROM alembic_version")]
    except sqlite3.Error:
        return []


def _things(copy: sqlite3.Connection) -> frozenset[str]:
    """Everything that migrations make, however the statement was written that made it."""
    found = set()
    for kind, name, statement in copy.execute(THINGS).fetchall():
        if kind != "table" or name == SEARCHED:
            found.add(f"{kind} {name}: {' '.join(statement.split())}")
            continue
        for _, column, of, is_wanted, default, key in copy.execute(f'PRAGMA table_info("{name}")').fetchall():
            found.add(f"column {name}.{column} {of} {is_wanted} {default} {key}")
        for _, index, is_unique, *_ in copy.execute(f'PRAGMA index_list("{name}")').fetchall():
            columns = [row[2] for row in copy.execute(f'PRAGMA index_info("{index}")').fetchall()]
            found.add(f"index of {name} on {', '.join(map(str, columns))}, unique {is_unique}")
    return frozenset(found)


@cache
def _wanted(name: str) -> tuple[frozenset[str], list[str]]:
    """What migrations make of nothing, and the revision that they end with."""
    with closing(_empty(name)) as fresh:
        return _things(fresh), _revisions(fresh)


def _empty(name: str) -> sqlite3.Connection:
    """A database that was just laid."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(_laid(name))
    return connection


@cache
def _laid(name: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{name}.db")
        migrate(f"sqlite:///{path}", name)
        with closing(sqlite3.connect(path)) as laid:
            laid.execute("PRAGMA journal_mode = DELETE")  # else it cannot live in memory
            return laid.serialize()
