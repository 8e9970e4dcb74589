"""Rows out of dedup's tables and into them, many at once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped
from sqlmodel import Session

from services.dedup.tables import Row as Table

PARAMETERS = 500  # in one IN (…)


def where(
    session: Session,
    columns: Sequence[Any],
    key: Mapped[Any],
    values: Sequence[Any],
    *conditions: Any,
    order: Mapped[Any] | None = None,
) -> Iterator[Row[*tuple[Any, ...]]]:
    """These columns of the rows whose `key` is one of the values."""
    for some in portions(values):
        yield from session.execute(select(*columns).where(key.in_(some), *conditions).order_by(order))


def portions(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """As many values at a time as one question takes."""
    return (values[start : start + PARAMETERS] for start in range(0, len(values), PARAMETERS))


def add(session: Session, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that are not there."""
    if rows:
        session.connection().execute(insert(Table.metadata.tables[table]), rows)  # past the ORM: a third of the time


def put(session: Session, table: str, rows: Sequence[Mapping[str, Any]], *, key: str) -> None:
    """Insert rows, or put them in the place of those with the same `key`."""
    if not rows:
        return
    on_postgresql = session.connection().dialect.name == "postgresql"
    statement = (postgresql.insert if on_postgresql else sqlite.insert)(Table.metadata.tables[table])
    changed = {name: statement.excluded[name] for name in rows[0] if name != key}
    session.connection().execute(statement.on_conflict_do_update(index_elements=[key], set_=changed), rows)
