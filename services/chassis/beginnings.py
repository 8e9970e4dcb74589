"""Which databases were begun in a home: where one is gone, no empty one is begun in its place.

`HOME/begun/<service>.json` stands apart from the databases: it stays where somebody moves or deletes `store.db*`. That
it is there is the evidence; what it says is for people.
"""

import os
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from services.chassis import marks, standing
from services.chassis.marks import FOLDER
from services.chassis.private import write_private

REMEDY = "{}, or `wireroom restore FILE`; `wireroom begin-anew {}` goes on without it"
OLDER_REMEDY = "put the later one back, or `wireroom restore {}` goes on with this one, and catches up what came since"
UNTOLD = "a time that it does not tell"
OPENED = "the one that was opened"
ANOTHER_REMEDY = "put that one back, or `wireroom restore FILE`"
# Said by the service itself, to whoever keeps it running.
AGAIN = "start {} again with this one (`kill {}`: `wireroom up`, or who else keeps it running, starts it again)"
PUT_BACK, PUT_OLD_BACK, PUT_GOOD = "put it back", "put the old one back", "put a good one in its place"

# Without Alembic's own, and without those in which SQLite keeps its full-text index.
TABLES = """
SELECT name FROM sqlite_master AS one
WHERE type = 'table' AND name != 'alembic_version' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%'
AND NOT EXISTS (
    SELECT 1 FROM sqlite_master AS other
    WHERE other.sql LIKE 'CREATE VIRTUAL%' AND one.name LIKE other.name || '\\_%' ESCAPE '\\'
)
"""


class Gone(OSError):
    """A database was begun here and is not there, or not to be read, or older: another would pass for it."""


class Beginning(BaseModel):
    """What is known of a database that was begun in a home."""

    model_config = ConfigDict(frozen=True)

    begun_at: AwareDatetime | None = None  # None where it was there before anybody noted it
    opened_at: AwareDatetime | None = None
    bytes: int = 0
    anew: bool = False  # somebody decided to go on without the one before
    proved: bool = True  # False as long as nobody has seen that its service's queue was never heard before
    heard: int = 0  # messages that were, by somebody who kept elsewhere what came of them
    filled: int = 0  # tables that are not empty in one that is new


def of(home: Path, service: str) -> Beginning | None:
    """What is known of the database of this service; None where none was begun here."""
    try:
        return Beginning.model_validate_json(_place(home, service).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError):
        return Beginning()


def gone(home: Path, service: str) -> str | None:
    """What to say where a database was begun and is not there any more; None where all is well.

    What is damaged, or somebody else's, is said where none was begun too: nothing is to be written into it.
    """
    return missed(home, service, of(home, service))


def missed(home: Path, service: str, begun: Beginning | None) -> str | None:
    """As `gone`, where this is known of the database."""
    path = home.absolute() / f"{service}.db"
    wrong = standing.wrong_with(path, service)
    if wrong is None and begun is not None and begun.heard and is_new(path, begun):
        return _new(path, service, begun.heard)
    if wrong is None:
        return older(home, service)
    if begun is None and wrong in standing.NOTHING:
        return None
    return _words(path, service, wrong, begun)


def older(home: Path, service: str) -> str | None:
    """What to say where an older copy of itself stands in the place of a database; None where that is not so."""
    path = home.absolute() / f"{service}.db"
    mark, before = marks.behind(path), marks.noted(path)
    if mark is None or before is None:
        return None
    return _older(path, mark, before.last)


def _older(path: Path, mark: int, last: int) -> str:
    of, until = marks.told(mark) or UNTOLD, marks.told(last)
    written = f", and was written until {until}" if until else ""
    return f"{path} is an older copy of itself, of {of}{written}: {OLDER_REMEDY.format(path)}"


def another(path: Path, *, damage: str | None = None, is_whole: bool = False) -> str:
    """What to say of a file that stands in the place of the one that was opened.

    Who has read it through knows of `damage` in it, or that it `is_whole`: only then anybody can go on with it.
    """
    service = path.stem
    wrong = standing.wrong_with(path, service, alone=True) or damage
    if wrong is not None:
        return f"{path} is {wrong}, and not {OPENED}: {REMEDY.format('put that one back', service)}"
    found, noted = marks.alone(path), marks.noted(path)
    if found is not None and noted is not None and found < noted.in_file:
        return _older(path, found, noted.last)
    also = f"; or {AGAIN.format(service, os.getpid())}" if is_whole else ""
    return f"{path} is another database of {service} than {OPENED}: {ANOTHER_REMEDY}{also}"


def damaged(path: Path, error: BaseException | None) -> str | None:
    """What to say of a database of which SQLite says this; None where that is not that it is damaged."""
    wrong = standing.damage(error)
    return None if wrong is None else _words(path, path.stem, wrong, of(path.parent, path.stem))


def _words(path: Path, service: str, wrong: str, begun: Beginning | None) -> str:
    size = ""
    if begun is not None and begun.opened_at is not None:
        size = f" ({begun.bytes / 1e6:.1f} MB when it was opened {begun.opened_at:%Y-%m-%d %H:%M}Z)"
    deed = PUT_BACK if wrong in standing.NOTHING else PUT_GOOD
    return f"{path} is {wrong}: {REMEDY.format(deed, service)}{size}"


def _new(path: Path, service: str, heard: int) -> str:
    told = f"{service} has heard {heard} messages of {service.upper()}, and {path} is new"
    return f"{told}: {REMEDY.format(PUT_OLD_BACK, service)}"


def lost(home: Path, services: tuple[str, ...] | list[str]) -> list[str]:
    """What to say of each database of these services that is gone."""
    return [words for service in services if (words := gone(home, service)) is not None]


def is_new(path: Path, begun: Beginning) -> bool:
    """Whether nothing was ever kept in a database since it was begun; what cannot be read may have been."""
    try:
        return _filled(path) <= begun.filled
    except sqlite3.Error:
        return False


def _filled(path: Path) -> int:
    with standing.opened(path) as connection:
        names = [name for (name,) in connection.execute(TABLES)]
        asked = (f'SELECT EXISTS (SELECT 1 FROM "{name}")' for name in names)  # noqa: S608 - of its own list of tables
        return sum(connection.execute(one).fetchone()[0] for one in asked)


def note_opened(path: Path, service: str, *, begun: bool) -> None:
    """Note that a database is there and who finds it gone from now on begins no other."""
    with suppress(OSError, sqlite3.Error):  # no room for it: the next start notes it
        known = of(path.parent, service) or (_begun(path) if begun else Beginning())
        note(
            path.parent,
            service,
            known.model_copy(update={"opened_at": datetime.now(UTC), "bytes": path.stat().st_size}),
        )


def _begun(path: Path) -> Beginning:
    return Beginning(begun_at=datetime.now(UTC), proved=False, filled=_filled(path))


def note_restored(home: Path, service: str, anew_at: datetime | None = None) -> None:
    """Note that what was missed, if anything was, is here again as far as it can be; raises OSError.

    `anew_at` is when what is restored was begun anew: what was before that is not missed of it.
    """
    marks.forget(home / f"{service}.db")
    known = of(home, service)
    since = known.begun_at if known is not None and known.proved and not known.anew else None
    note(home, service, Beginning(begun_at=anew_at or since, anew=anew_at is not None))


def note(home: Path, service: str, beginning: Beginning) -> None:
    """Write down what is known of a database, whole or not at all; raises OSError."""
    place = _place(home, service)
    place.parent.mkdir(mode=0o700, exist_ok=True)
    write_private(place, beginning.model_dump_json(indent=2))


def _place(home: Path, service: str) -> Path:
    return home / FOLDER / f"{service}.json"
