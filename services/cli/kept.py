"""What is kept in the store, opened for reading only."""

from collections.abc import Iterator
from contextlib import contextmanager

from services.chassis.settings import House
from services.cli.errors import Told
from services.store.reading import NoStore, Reading, open_reading

__all__ = ["NoStore", "opened"]

LOCKED_SECONDS = 2.0  # that somebody else may have it for himself


@contextmanager
def opened(settings: House) -> Iterator[Reading]:
    """The store of these settings; raises Told where nothing has been kept yet."""
    if not (settings.home / "store.db").exists():
        raise Told(f"nothing has been kept in {settings.home} yet: start with `wireroom up`, or set WIREROOM_HOME")
    with open_reading(settings.database("store"), locked_seconds=LOCKED_SECONDS) as reading:
        yield reading
