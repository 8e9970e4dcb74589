"""The store's database opened so that nothing can be written, and what keeps it from being read, in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, create_engine, make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from services.chassis.standing import damage

UNDEFINED_TABLE = "42P01"  # PostgreSQL's SQLSTATE
LOCKED_SECONDS = 5.0


class NoStore(Exception):
    """There is no store here, or none that can be read; the text says what to do."""


@contextmanager
def connected(url: str, *, locked_seconds: float = LOCKED_SECONDS) -> Iterator[Connection]:
    """A connection to this SQLAlchemy URL; raises NoStore, also where what is asked on it cannot be answered."""
    store = _read_only(url)
    waits = {"timeout": locked_seconds} if store.get_backend_name() == "sqlite" else {}
    engine = create_engine(store, isolation_level="AUTOCOMMIT", connect_args=waits)  # each question sees what is now
    try:
        with engine.connect() as connection:
            yield connection
    except DBAPIError as error:
        if (trouble := _trouble(error)) is None:
            raise
        raise NoStore(trouble) from error
    finally:
        engine.dispose()


def _trouble(error: DBAPIError) -> str | None:
    """What keeps the store from being read, and what to do; None where the question itself was wrong."""
    if (wrong := damage(error.orig)) is not None:
        return f"the store is {wrong}: put a good store.db in its place, or `wireroom restore FILE`"
    if "no such table" in str(error.orig) or getattr(error.orig, "sqlstate", "") == UNDEFINED_TABLE:
        return f"the store cannot be read ({error.orig}): has `wireroom up` been run here?"
    return f"the store cannot be read ({error.orig})" if isinstance(error, OperationalError) else None


def _read_only(url: str) -> URL:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return parsed
    path = Path(parsed.database).absolute()
    if not path.exists():
        raise NoStore(f"there is no store at {path}: `wireroom up` makes one")
    return parsed.set(database=f"file:{quote(str(path))}").update_query_dict({"mode": "ro", "uri": "true"})
