"""Fetch's memory, read from outside while fetch may be at work on it."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from sqlalchemy import Executable, create_engine
from sqlalchemy.exc import DBAPIError

from services.chassis.settings import House


def rows(settings: House, asked: Executable) -> Sequence[Any]:
    """What it answers; nothing where there is none, it is away, or it is that of a fetch that knew no such table."""
    path = settings.home / "fetch.db"
    if not path.exists():
        return []
    engine = create_engine(f"sqlite:///file:{quote(str(path.absolute()))}?mode=ro&uri=true")
    try:
        with engine.connect() as connection:
            return connection.execute(asked).all()
    except DBAPIError:
        return []
    finally:
        engine.dispose()
