"""Tables brought up to date before they are used: Alembic, imported only where there is something to do."""

import re
import sqlite3
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from services.chassis import beginnings, standing
from services.chassis.beginnings import Gone
from services.chassis.standing import sources

REVISION = re.compile(r"^(?P<kind>revision|down_revision)\b[^=]*= *[\"'](?P<name>[^\"']+)", re.MULTILINE)
SQLITE = "sqlite:///"


class Newer(OSError):
    """A newer Wireroom has written this database; ours must keep its hands off it."""


def remembers(service: str) -> bool:
    """Whether the service has a database of its own."""
    return files("services").joinpath(service, "migrations").is_dir()


def is_behind(url: str, service: str) -> bool:
    """Whether the tables may be behind. SQLite files are looked into by hand: importing Alembic takes longer."""
    return not url.startswith(SQLITE) or kept_at(Path(url.removeprefix(SQLITE))) != {head(sources(service))}


def bring_up_to_date(url: str, service: str) -> None:
    """Run what is missing of `services/<service>/migrations`; raises Newer where what is there is not ours to touch.

    Raises Gone where a database was begun and is not there any more, or is damaged.
    """
    path = Path(url.removeprefix(SQLITE)) if url.startswith(SQLITE) else None
    if path is not None and (words := beginnings.gone(path.parent, service)) is not None:
        raise Gone(words)
    is_new = path is None or standing.wrong_with(path, service) in standing.NOTHING
    if is_behind(url, service):
        _check_known(url, service)
        _migrate(url, service, path)
    if path is not None:
        beginnings.note_opened(path, service, begun=is_new)


def _migrate(url: str, service: str, path: Path | None) -> None:
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415 - comes with Alembic

    try:
        migrate(url, service)
    except DBAPIError as error:
        if path is not None and (words := beginnings.damaged(path, error.orig)) is not None:
            raise Gone(words) from error
        raise


def _check_known(url: str, service: str) -> None:
    if not url.startswith(SQLITE):
        return
    path = Path(url.removeprefix(SQLITE))
    if unknown := kept_at(path) - revisions(sources(service)):
        raise Newer(
            f"{path} was written by a newer Wireroom (revision {', '.join(sorted(unknown))}): "
            "install that one again, or restore a backup of before the upgrade"
        )


def migrate(url: str, service: str, to: str = "head") -> None:
    """Run `services/<service>/migrations` to the head, or as far as `to`."""
    from alembic import command  # noqa: PLC0415 - 11 MB and half a second, which most starts do not need
    from alembic.config import Config  # noqa: PLC0415 - the same

    config = Config()
    config.set_main_option("script_location", str(files("services") / service / "migrations"))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    command.upgrade(config, to)


def head(sources: Iterable[str]) -> str | None:
    """The revision that no other follows, among the sources of migrations; None where that is not one."""
    texts = list(sources)
    heads = revisions(texts) - _named("down_revision", texts)
    return heads.pop() if len(heads) == 1 else None


def revisions(sources: Iterable[str]) -> set[str]:
    """The revisions that the sources of migrations lead to."""
    return _named("revision", sources)


def _named(kind: str, sources: Iterable[str]) -> set[str]:
    return {match["name"] for source in sources for match in REVISION.finditer(source) if match["kind"] == kind}


def knows(service: str, revision: str) -> bool:
    """Whether this Wireroom can bring a database of the service from `revision` up to date."""
    return revision in revisions(sources(service))


def kept_at(database: Path) -> set[str]:
    """The revisions that a SQLite file says it is at; empty where it says nothing."""
    try:
        with standing.opened(database) as connection:
            return {str(row[0]) for row in connection.execute("SELECT version_num FROM alembic_version")}
    except sqlite3.Error:
        return set()
