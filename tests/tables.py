"""A service's tables as its migrations leave them: these run once in a process, for they take long, and are copied."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from services.chassis import beginnings
from services.chassis.migrations import SQLITE, migrate


def lay_tables(url: str, service: str) -> None:
    """An empty database of a service at its head, where none was; where one is, the migrations run."""
    path = Path(url.removeprefix(SQLITE))
    if path.exists():
        migrate(url, service)
    else:
        path.write_bytes(_empty(service))


def begin_tables(home: Path, service: str) -> None:
    """What `bring_up_to_date` leaves in a home where the service has begun no database yet."""
    path = home / f"{service}.db"
    lay_tables(f"{SQLITE}{path}", service)
    beginnings.note_opened(path, service, begun=True)


@cache
def _empty(service: str) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder, f"{service}.db")
        migrate(f"{SQLITE}{path}", service)
        return path.read_bytes()
