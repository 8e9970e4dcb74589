"""What services remember, read from outside while they may be at work on it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from sqlalchemy import Executable, create_engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from services.chassis import beginnings
from services.chassis.settings import House
from services.cli.errors import Told

LOCKED_SECONDS = 2.0  # that somebody else may have it for himself


class NoMemory(Told):
    """None was ever begun in this home."""


@contextmanager
def opened(settings: House, service: str) -> Iterator[Session]:
    """The memory of a service; each question sees what is now. Raises Told where it cannot be read, or never was."""
    path = settings.home / f"{service}.db"
    if (words := beginnings.gone(settings.home, service)) is not None:
        raise Told(words)
    if not path.exists():
        raise NoMemory(f"there is no {path}")
    address = f"sqlite:///file:{quote(str(path.absolute()))}?mode=ro&uri=true"
    engine = create_engine(address, isolation_level="AUTOCOMMIT", connect_args={"timeout": LOCKED_SECONDS})
    try:
        with Session(engine) as session:
            yield session
    except DBAPIError as error:
        raise Told(f"what {service} remembers cannot be read ({error.orig})") from error
    finally:
        engine.dispose()


def rows(settings: House, asked: Executable) -> Sequence[Any]:
    """What it answers; nothing where there is none, it is away, or it is that of a fetch that knew no such table."""
    try:
        return answers(settings, asked)[0]
    except Told:
        return []


def answers(settings: House, *asked: Executable) -> list[Sequence[Any]]:
    """What it answers to each question, as `rows`; raises Told where it cannot be read."""
    path = settings.home / "fetch.db"
    if (words := beginnings.gone(settings.home, "fetch")) is not None:
        raise Told(words)
    if not path.exists():
        return [[] for _ in asked]
    address = f"sqlite:///file:{quote(str(path.absolute()))}?mode=ro&uri=true"
    engine = create_engine(address, connect_args={"timeout": LOCKED_SECONDS})
    try:
        with engine.connect() as connection:
            return [connection.execute(one).all() for one in asked]
    except DBAPIError as error:
        if "no such table" in str(error.orig):
            return [[] for _ in asked]
        raise Told(f"what fetch remembers cannot be read ({error.orig})") from error
    finally:
        engine.dispose()
