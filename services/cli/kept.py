"""What is kept in the store, opened for reading only."""

from collections.abc import Iterator
from contextlib import contextmanager

from services.chassis import beginnings
from services.chassis.settings import House
from services.cli.errors import Told
from services.store.connecting import NoStore
from services.store.reading import Reading, open_reading

__all__ = ["NoStore", "opened"]

LOCKED_SECONDS = 2.0  # that somebody else may have it for himself


@contextmanager
def opened(settings: House) -> Iterator[Reading]:
    """The store of these settings; raises Told where nothing has been kept yet, or what was kept is gone."""
    home = settings.home
    if (words := beginnings.gone(home, "store")) is not None:
        raise Told(words)
    if not (home / "store.db").exists():
        if (home / "store.db-wal").exists():
            raise Told(f"{home / 'store.db'} is gone from beside what belongs to it: put it back, or restore a backup")
        raise Told(f"nothing has been kept in {home} yet: start with `wireroom up`, or set WIREROOM_HOME")
    with open_reading(settings.database("store"), locked_seconds=LOCKED_SECONDS) as reading:
        yield reading
