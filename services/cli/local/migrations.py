"""`python -m services.cli.local.migrations`: brings the databases of those who remember up to date, and ends.

A process of its own, so that what it imports does not stay in the memory of `up`.
"""

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

from contracts.topology import SERVICES
from services.chassis.settings import House

REVISION = re.compile(r"^(?P<kind>revision|down_revision)\b[^=]*= *[\"'](?P<name>[^\"']+)", re.MULTILINE)


def remembering() -> list[str]:
    """The services that have a database of their own."""
    return [service for service in SERVICES if files("services").joinpath(service, "migrations").is_dir()]


def pending(house: House) -> list[str]:
    """Whose database may be behind. SQLite files are looked into by hand: to import Alembic takes longer than that."""
    if house.database_url is not None:
        return remembering()
    return [service for service in remembering() if kept_at(house.home / f"{service}.db") != {head(_sources(service))}]


def head(sources: Iterable[str]) -> str | None:
    """The revision that no other follows, among the sources of migrations; None where that is not one."""
    found = [(match["kind"], match["name"]) for source in sources for match in REVISION.finditer(source)]
    heads = {name for kind, name in found if kind == "revision"} - {
        name for kind, name in found if kind == "down_revision"
    }
    return heads.pop() if len(heads) == 1 else None


def kept_at(database: Path) -> set[str]:
    """The revisions that a SQLite file says it is at; empty where it says nothing."""
    try:
        with closing(sqlite3.connect(f"file:{quote(str(database.absolute()))}?mode=ro", uri=True)) as connection:
            return {str(row[0]) for row in connection.execute("SELECT version_num FROM alembic_version")}
    except sqlite3.Error:
        return set()


def _sources(service: str) -> list[str]:
    versions = files("services").joinpath(service, "migrations", "versions")
    return [source.read_text() for source in versions.iterdir() if source.name.endswith(".py")]


def main() -> None:
    """Bring each database up to date."""
    from services.chassis.database import migrate  # noqa: PLC0415 - heavy, and `up` only asks what is pending

    house = House()
    for service in pending(house):
        migrate(house.database(service), service)


if __name__ == "__main__":
    main()
