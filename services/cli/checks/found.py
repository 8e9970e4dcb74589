"""What a check finds, what it could not look at, and what it did: in bounded memory, however much that is."""

import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

NAMED = 20  # things that a finding names
TABLES = """
CREATE TABLE noted (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE missed (what TEXT, name TEXT, PRIMARY KEY (what, name)) WITHOUT ROWID;
"""


@dataclass
class Some:
    """How many there were, and the names of the first, which are told."""

    number: int = 0
    names: list[str] = field(default_factory=list)

    def add(self, name: str) -> None:
        """One more; beyond those that are told it is counted."""
        self.number += 1
        if len(self.names) < NAMED:
            self.names.append(name)

    def told(self) -> str:
        """The names, as they stand at the end of a line."""
        return ", ".join(self.names)


@dataclass
class Check:
    """Every disagreement that was found, a line each; `unseen` is what could not be looked at."""

    findings: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    looked_at: list[str] = field(default_factory=list)  # and how closely


class Patience:
    """How long a comparison may take."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._until = time.monotonic() + seconds

    def is_over(self) -> bool:
        """Whether it has taken that long."""
        return time.monotonic() > self._until


class Notes:
    """What was seen on one side and what is missed on the other: millions of names, on disk and not in memory."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def note(self, names: Iterable[tuple[str, int]]) -> None:
        """Note names, each with a number; the later number stands."""
        self._connection.executemany("INSERT OR REPLACE INTO noted VALUES (?, ?)", names)

    def value(self, name: str) -> int | None:
        """The number that was noted with a name; None where it was not."""
        found = self._connection.execute("SELECT value FROM noted WHERE name = ?", (name,)).fetchone()
        return None if found is None else int(found[0])

    def count(self, *, besides: str) -> int:
        """How many names were noted that do not begin so: each once, however often."""
        asked = "SELECT count(*) FROM noted WHERE substr(name, 1, ?) <> ?"
        return int(self._connection.execute(asked, (len(besides), besides)).fetchone()[0])

    def miss(self, what: str, name: str) -> None:
        """Note that something is missed, each once."""
        self._connection.execute("INSERT OR IGNORE INTO missed VALUES (?, ?)", (what, name))

    def findings(self) -> list[str]:
        """What is missed: how many, in words, and the first names."""
        counted = self._connection.execute("SELECT what, count(*) FROM missed GROUP BY what ORDER BY what").fetchall()
        return [f"{number} {what}: {', '.join(self._first(what))}" for what, number in counted]

    def _first(self, what: str) -> list[str]:
        asked = "SELECT CAST(name AS TEXT) FROM missed WHERE what = ? ORDER BY name LIMIT ?"
        return [name for (name,) in self._connection.execute(asked, (what, NAMED))]


@contextmanager
def notes() -> Iterator[Notes]:
    """Notes in a file without a name, which goes with them."""
    with closing(sqlite3.connect("", isolation_level=None)) as connection:
        connection.text_factory = lambda name: name.decode(errors="replace")  # an id may hold anything
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16384;" + TABLES)
        yield Notes(connection)
