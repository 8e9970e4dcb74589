"""Rows into tables, many at once, and again without harm."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Delete, Table, delete, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from services.store.columns import Row

Values = Mapping[str, Any]
Replaces = Callable[[Any, Any], ColumnElement[bool]]  # columns of what is there, and of what would take its place


def table_of(row: type[Row]) -> Table:
    """The table that `row` is a row of."""
    return Row.metadata.tables[str(row.__tablename__)]


def upsert(session: Session, row: type[Row]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ON CONFLICT: both databases have it, and each dialect its own."""
    if session.connection().dialect.name == "postgresql":
        return postgresql.insert(table_of(row))
    return sqlite.insert(table_of(row))


def without_nul(values: Values) -> dict[str, Any]:
    """The row with U+FFFD for NUL: PostgreSQL refuses it, and SQLite ends words at it. JSON has it escaped already."""
    return {
        name: value.replace("\0", "\ufffd") if isinstance(value, str) and "\0" in value else value
        for name, value in values.items()
    }


def add(session: Session, row: type[Row], values: Sequence[Values]) -> None:
    """Insert rows that are not there: raises IntegrityError where one is."""
    if values:
        session.connection().execute(insert(table_of(row)), [without_nul(one) for one in values])


def put(session: Session, row: type[Row], values: Sequence[Values], *, key: str, only: Replaces | None = None) -> None:
    """Insert rows, or put them in the place of those with the same `key`; `only` where it says so."""
    if not values:
        return
    statement = upsert(session, row)
    changed = {name: statement.excluded[name] for name in values[0] if name != key}
    where = None if only is None else only(table_of(row).c, statement.excluded)
    session.connection().execute(
        statement.on_conflict_do_update(index_elements=[key], set_=changed, where=where),
        [without_nul(one) for one in values],
    )


def add_missing(session: Session, row: type[Row], values: Sequence[Values]) -> None:
    """Insert rows; those whose key is there already stay as they are."""
    if values:
        statement = upsert(session, row).on_conflict_do_nothing()
        session.connection().execute(statement, [without_nul(one) for one in values])


def erase(session: Session, column: Column[Any], values: Iterable[str]) -> None:
    """Delete the rows whose `column` holds one of `values`."""
    statement: Delete = delete(column.table).where(column.in_(list(values)))
    session.connection().execute(statement)
