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


class NoTable(Told):
    """It was made by a Wireroom that knew no such table."""


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
        kind = NoTable if "no such table" in str(error.orig) else Told
        raise kind(f"what {service} remembers cannot be read ({error.orig})") from error
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
    try:
        with opened(settings, "fetch") as session:
            return [session.connection().execute(one).all() for one in asked]
    except (NoMemory, NoTable):
        return [[] for _ in asked]
