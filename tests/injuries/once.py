"""What did not change is looked at once: a check is done again where any answer that it got is another by now."""

import hashlib
import marshal
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
Question = tuple[str, str, Any]  # a table, a column of it, and what stands there
ORIGINALS = ("RAW", "name")  # which are asked for like rows


@dataclass(frozen=True, slots=True)
class Looked:
    """What a check asked, a hash of all that it was answered, and what it found."""

    asked: tuple[Question, ...]
    answers: bytes
    found: tuple[Any, ...]


@dataclass
class Known:
    """All checks that were done of a system, by what they were and what they were about."""

    looked: dict[bytes, Looked] = field(default_factory=dict)


class Answers:
    """What the copies of databases and the originals say in one moment, and what was asked of them by whom."""

    def __init__(self, *copies: sqlite3.Connection, originals: Mapping[str, bytes], known: Known) -> None:
        self._copies = {name: copy for copy in copies for name in _tables(copy)}
        self._originals, self._known = originals, known
        self._read: dict[tuple[str, str], tuple[list[str], dict[Any, list[tuple[Any, ...]]]]] = {}
        self._asked: dict[Question, None] | None = None  # by the check that is being done, if one is

    def rows(self, table: str, column: str, value: Any) -> list[Row]:
        """Every row of a table that has this in a column, in the order of its first two, which are its key."""
        self._note((table, column, value))
        names, found = self._rows(table, column)
        return [dict(zip(names, row, strict=True)) for row in found.get(value, ())]

    def row(self, table: str, column: str, value: Any) -> Row | None:
        """The row, where there can be only one."""
        return next(iter(self.rows(table, column, value)), None)

    def original(self, sha256: str) -> bytes | None:
        """What lies in RAW under this name."""
        self._note((*ORIGINALS, sha256))
        return self._originals.get(sha256)

    def once(self, what: str, check: Callable[..., Iterable[Any]], *about: Any) -> tuple[Any, ...]:
        """What comes of a check of plain values that knows nothing but them and what it asks of us."""
        key = _hash((what, about))
        looked = self._known.looked.get(key)
        if looked is None or self._answers(looked.asked) != looked.answers:
            looked = self._known.looked[key] = self._look(check, about)
        self._note(*looked.asked)
        return looked.found

    def _look(self, check: Callable[..., Iterable[Any]], about: tuple[Any, ...]) -> Looked:
        outer, self._asked = self._asked, {}
        try:
            found, asked = tuple(check(*about)), tuple(self._asked)
        finally:
            self._asked = outer
        return Looked(asked, self._answers(asked), found)

    def _note(self, *asked: Question) -> None:
        if self._asked is not None:
            self._asked |= dict.fromkeys(asked)

    def _answers(self, asked: Iterable[Question]) -> bytes:
        return _hash([self._answer(*one) for one in asked])

    def _answer(self, table: str, column: str, value: Any) -> Any:
        if (table, column) == ORIGINALS:
            return self._originals.get(value)
        return self._rows(table, column)[1].get(value)

    def _rows(self, table: str, column: str) -> tuple[list[str], dict[Any, list[tuple[Any, ...]]]]:
        """A table by what stands in a column: read as a whole, for row by row takes ten times as long."""
        if (table, column) not in self._read:
            asked = self._copies[table].execute(f"SELECT * FROM {table} ORDER BY 1, 2")
            names, rows = [one[0] for one in asked.description], dict[Any, list[tuple[Any, ...]]]()
            place = names.index(column)
            for row in asked:
                rows.setdefault(row[place], []).append(tuple(row))
            self._read[table, column] = names, rows
        return self._read[table, column]


def _tables(copy: sqlite3.Connection) -> list[str]:
    return [name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]


def _hash(values: Any) -> bytes:
    """Of plain values of Python: the second form of `marshal` writes what is equal and of one type alike."""
    return hashlib.blake2b(marshal.dumps(values, 2), digest_size=16).digest()
