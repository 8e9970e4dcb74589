"""Rows of the store, whose columns say what they mean: docs/store.md is generated from them."""

from typing import Any

from sqlalchemy import Text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from services.store.columns import Encoded, Utc

CLUSTERED = {"sqlite_with_rowid": False}  # the rows of one article lie side by side


class Row(SQLModel, registry=registry()):
    """The store's own registry: other services' tables are none of its business."""


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
