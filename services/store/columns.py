"""Rows of the store and their columns: what each says, for docs/store.md, and types that all databases read alike."""

from datetime import UTC, datetime
from json import dumps
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Text
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

CLUSTERED = {"sqlite_with_rowid": False}  # the rows of one article lie side by side


class Row(SQLModel, registry=registry()):
    """The store's own registry: other services' tables are none of its business."""


class Utc(TypeDecorator[datetime]):
    """A moment in UTC; SQLite keeps no zone, so it is taken off on the way in and put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """The moment in UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """The moment with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Encoded(TypeDecorator[str]):
    """A JSON column whose value is JSON text already: pydantic wrote it, and it goes in as it is."""

    impl = JSON
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Any:  # noqa: ARG002 - the text goes in as it is, whatever the dialect
        """Nothing to do."""
        return None

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:  # noqa: ARG002 - the same
        """The text again, from drivers that take JSON apart by themselves too."""
        return lambda value: value if value is None or isinstance(value, str) else dumps(value, ensure_ascii=False)


def column(description: str, **options: Any) -> Any:
    """A column, and what it says."""
    return Field(description=description, **options)


def moment(description: str, **options: Any) -> Any:
    """A column of moments."""
    return Field(description=description, sa_type=Utc, **options)


def json(description: str, **options: Any) -> Any:
    """A column of JSON text."""
    return Field(description=description, sa_type=Encoded, **options)


def words(description: str, **options: Any) -> Any:
    """A column of any length."""
    return Field(description=description, sa_type=Text, **options)
