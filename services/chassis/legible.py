"""Values that are not what their column holds, found as the driver reads them: so none of them ends the reading."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from sqlite3 import Connection as SqliteConnection
from typing import Any, NamedTuple

from pydantic_core import from_json
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    Table,
    func,
    select,
    type_coerce,
)
from sqlalchemy.types import NULLTYPE, TypeDecorator

PAGE = 1000  # rows in memory

Values = Mapping[str, Any]
Fits = Callable[[Any, Values], bool]  # a value that its column can hold, and all of its row
Rules = Mapping[str, Fits]


class Unfit(NamedTuple):
    """A value that its column does not hold, by the name of its row."""

    table: str
    column: str
    name: str


def unfit(connection: Connection, table: Table, name: str, rules: Rules) -> Iterator[list[Unfit]]:
    """Reads every row of `table`, a page at a time; rows are named by the column `name`.

    `rules` say of some columns what else they must be.
    """
    on_sqlite = connection.dialect.name == "sqlite"
    columns = [one for one in table.c if on_sqlite or not isinstance(_kind(one), LargeBinary)]
    readers = {one.name: _reader(one) for one in columns}
    asked = select(*(_raw(one) for one in columns))
    with _as_it_is(connection), connection.execute(asked, execution_options={"yield_per": PAGE}) as result:
        for page in result.partitions():
            rows = (dict(zip(readers, row, strict=True)) for row in page)
            yield [
                Unfit(table.name, column, readable(row[name]))
                for row in rows
                for column in _unfit_in(row, readers, rules)
            ]


@contextmanager
def forgiving(connection: Connection) -> Iterator[None]:
    """Meanwhile text that is no UTF-8 is read with U+FFFD in its place, where a driver would refuse the whole row."""
    with _reading_text(connection, lambda read: read.decode(errors="replace")):
        yield


def is_json(value: object, _row: Values = {}) -> bool:  # noqa: B006 - nobody writes into it
    """Whether it is JSON, or a driver has read it as such already."""
    if not isinstance(value, str):
        return isinstance(value, dict | list)
    try:
        from_json(value)
    except (ValueError, TypeError):  # the latter of what is no UTF-8
        return False
    return True


def moment_of(value: object) -> datetime | None:
    """The moment that a driver gave, in UTC as we write it where no zone is told; None where it is none."""
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return None
    if not isinstance(at, datetime):
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


def readable(value: object) -> str:
    """What stands there, as text: whatever it is."""
    read = value if isinstance(value, bytes) else str(value).encode(errors="surrogateescape")
    return read.decode(errors="replace")


def _unfit_in(row: Values, readers: Mapping[str, Callable[[Any], bool]], rules: Rules) -> Iterator[str]:
    for column, fits in readers.items():
        if (value := row[column]) is None:
            continue
        if not fits(value) or (column in rules and not rules[column](value, row)):
            yield column


def _raw(column: Column[Any]) -> ColumnElement[Any]:
    """As the driver has it; of bytes, which may be many, only whether they are."""
    return func.typeof(column) if isinstance(_kind(column), LargeBinary) else type_coerce(column, NULLTYPE)


def _kind(column: Column[Any]) -> Any:
    return column.type.impl if isinstance(column.type, TypeDecorator) else column.type


def _reader(column: Column[Any]) -> Callable[[Any], bool]:
    kind = _kind(column)
    return next((reads for kinds, reads in READERS if isinstance(kind, kinds)), _is_text)


def _is_text(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        value.encode()
    except UnicodeEncodeError:  # it was no UTF-8
        return False
    return True


READERS: tuple[tuple[type[Any], Callable[[Any], bool]], ...] = (
    (LargeBinary, lambda value: value in {"blob", "null"}),
    (DateTime, lambda value: moment_of(value) is not None),
    (JSON, is_json),
    (Boolean, lambda value: value in {0, 1}),
    (Integer, lambda value: isinstance(value, int)),
    (Float, lambda value: isinstance(value, int | float)),
)


@contextmanager
def _as_it_is(connection: Connection) -> Iterator[None]:
    with _reading_text(connection, lambda read: read.decode(errors="surrogateescape")):
        yield


@contextmanager
def _reading_text(connection: Connection, reads: Callable[[bytes], str]) -> Iterator[None]:
    driver = connection.connection.driver_connection
    if not isinstance(driver, SqliteConnection):  # others hold what is text, and nothing else
        yield
        return
    before, driver.text_factory = driver.text_factory, reads
    try:
        yield
    finally:
        driver.text_factory = before
