"""The databases of a backup in the place of those of a home: staged, put in place, caught up.

Two folders say how far that has come, and every step may be interrupted anywhere and is taken again by the next start.
`HOME/restore.next` was decided, and takes the place of `HOME/restore`; while that one holds databases, these are to be
put in place; while it holds the plan, there is something to catch up. Once it holds `told.json` too, the databases are,
and what is left is to be said again.
"""

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from contracts.outcomes import State
from services.chassis import beginnings, faults, marks
from services.chassis.private import OWNER_ONLY, write_private
from services.chassis.restoring import DECIDED, PLAN, STAGED, TOLD
from services.cli.errors import Told
from services.cli.local.home import make_home, sync_folder
from services.cli.local.manifest import CONFIGURATION, Manifest, Member, databases

REPLACED = "replaced"
WAYS = 10**9  # a number on the wire has nine digits at most
ACCOUNT, SUPERSEDED = "account.json", "superseded.json"
BESIDE = ("", "-wal", "-shm", "-journal")  # what SQLite keeps beside a database belongs to it


class Plan(BaseModel):
    """What is being restored, since when, and how the ledger of the backup stood."""

    model_config = ConfigDict(frozen=True)

    manifest: Manifest
    at: AwareDatetime
    ledger: dict[State, int]

    @property
    def of(self) -> str:
        """Of which time it is, for people."""
        at = self.manifest.begun_at
        return f"of {at:%Y-%m-%d %H:%M:%S} UTC" if at > marks.BEGAN else f"of {beginnings.UNTOLD}"

    @property
    def replaced(self) -> str:
        """The folder of the home in which what was there is kept."""
        return f"{REPLACED}-{self.at:%Y%m%dT%H%M%S.%fZ}"

    @property
    def way(self) -> str:
        """What this restore says again is a requeue, under a number that none other has: the time of the restore.

        Under the same ids a stream might take it for a repetition of what it has lost.
        """
        return f":q{int(self.at.timestamp()) % WAYS}"


class Account(BaseModel):
    """What a restore came to."""

    begun_at: datetime  # of the backup
    replaced: str
    ledger_of_backup: dict[State, int]
    ledger: dict[State, int]
    announcements: int  # read since the backup
    announcements_gone: int  # that their stream had dropped already
    dead_letters: int
    rejected: int
    waiting: int  # inputs whose messages are in the queues and go on by themselves
    remembered: int  # verdicts that dedup had to learn again
    given_back: list[str]  # from .done into the inbox
    said_again: int  # inputs without an end, from what .done or RAW hold of them
    without_trace: list[str]  # inputs without an end that nobody holds anything of
    purged: int | None = 0  # dead letters of the backup that were thrown away since; None: nothing tells

    def losses(self) -> list[str]:
        """What could not be made good, a line for each."""
        gone, lost = self.announcements_gone, len(self.without_trace)
        lines = {
            f"{gone} announcements since the backup are not in ARTICLES any more": gone,
            f"{lost} inputs have no end, and nothing is left of them": lost,
        }
        return [line for line, number in lines.items() if number]


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Be the only restore of this home; raises Told where another one is at work."""
    make_home(home)
    lock = os.open(home / "restore.lock", os.O_RDWR | os.O_CREAT, OWNER_ONLY)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Told(f"another `restore` is at work on {home}: let it end") from None
        yield
    finally:
        os.close(lock)


def stage(home: Path, file: Path) -> tuple[Path, Plan]:
    """Verify an archive, or a bare copy of a database, and lay it beside what is there; raises Told.

    Nothing of the home is touched yet.
    """
    for left_over in home.glob(f".{STAGED}.*"):
        shutil.rmtree(left_over)
    from services.cli.local import archive, copies  # noqa: PLC0415 - `up` puts in place, and never unpacks

    folder = home / f".{STAGED}.{os.getpid()}"
    folder.mkdir(mode=0o700)
    try:
        manifest = copies.take(home, file, folder) if copies.is_one(file) else archive.unpack(file, folder)
        manifest = manifest.model_copy(
            update={"members": tuple(_told(home, manifest, one) for one in manifest.members)}
        )
        is_in_it = (folder / "store.db").exists()
        plan = Plan(
            manifest=manifest, at=datetime.now(UTC), ledger=_counts((folder if is_in_it else home) / "store.db")
        )
        write_private(folder / PLAN, plan.model_dump_json(indent=2))
        sync_folder(folder)
    except BaseException:
        discard(folder)
        raise
    return folder, plan


def _told(home: Path, manifest: Manifest, member: Member) -> Member:
    """The member with its beginning, where nobody wrote that down: what is later than one anew goes on from it."""
    known = beginnings.of(home, Path(member.name).stem)
    if "begun_anew_at" in member.model_fields_set or known is None or not known.anew or known.begun_at is None:
        return member
    return member.model_copy(update={"begun_anew_at": known.begun_at if known.begun_at <= manifest.begun_at else None})


def discard(folder: Path) -> None:
    """Take back what was staged."""
    shutil.rmtree(folder, ignore_errors=True)


def decide(home: Path, folder: Path) -> None:
    """From here on the restore happens, whoever dies: `folder` is what is to be put in place.

    One that was never caught up is still there beside it, and gives way only when this one is taken up.
    """
    folder.rename(home / DECIDED)
    sync_folder(home)


def pending(home: Path) -> Plan | None:
    """The restore that has not come to its end, or None: of two the later; raises Told as `begun` does."""
    return _plan(home / DECIDED) or begun(home)


def begun(home: Path) -> Plan | None:
    """The restore whose databases are in place, or are being put there; raises Told where it is of another version."""
    return _plan(home / STAGED)


def is_staged(home: Path) -> bool:
    """Whether there are databases to be put in place."""
    return any(
        (home / folder / name).exists() for folder in (DECIDED, STAGED) for name in (*databases(), *CONFIGURATION)
    )


def put_in_place(home: Path) -> Plan | None:
    """Put in place what is staged, and keep what was there; nobody may have these databases open."""
    if (home / DECIDED).exists():
        _take_up(home)
    plan = begun(home)
    if plan is None:
        return None
    replaced = _kept_in(home, plan)
    for member in plan.manifest.members:
        staged, there = home / STAGED / member.name, home / member.name
        if not staged.exists():
            continue  # it was put in place before we were interrupted
        if member.name in CONFIGURATION and there.exists():
            staged.unlink()  # the passwords and the budget that are in use stay: others know them
            continue
        for beside in BESIDE:
            with suppress(FileNotFoundError):
                there.with_name(there.name + beside).rename(replaced / (there.name + beside))
        sync_folder(replaced)
        faults.point("database_replaced")
        if member.name in databases():  # whatever was missed before, this is what there is to go on from
            beginnings.note_restored(home, member.name.removesuffix(".db"), member.begun_anew_at)
        staged.rename(there)  # from here on nobody comes by again
        sync_folder(home)
    faults.point("databases_in_place")
    return plan


def _take_up(home: Path) -> None:
    """What was decided last gets the place of one that was never caught up."""
    if (superseded := begun(home)) is not None:
        _keep_plan(home, superseded, SUPERSEDED)
    with suppress(FileNotFoundError):
        shutil.rmtree(home / STAGED)
    (home / DECIDED).rename(home / STAGED)
    sync_folder(home)


def in_use(home: Path) -> str | None:
    """The name of a database that some process has open, as far as SQLite can tell."""
    for name in databases():
        if not (home / name).exists():
            continue
        with (
            suppress(sqlite3.DatabaseError),
            closing(sqlite3.connect(home / name, timeout=0, isolation_level=None)) as held,
        ):
            try:
                held.execute("PRAGMA locking_mode=EXCLUSIVE")
                held.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorname.startswith("SQLITE_BUSY"):
                    return name
                raise  # damaged: that is what a restore is for
    return None


@contextmanager
def opened_replaced(path: Path) -> Iterator[sqlite3.Connection]:
    """A database that was replaced, with what was committed beside it: that SQLite puts into the file first."""
    with closing(sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=rw", uri=True)) as connection:
        yield connection


def finish(home: Path, plan: Plan, account: Account) -> None:
    """All is caught up: the account lies with what was replaced, and nothing of this restore is left to be done."""
    write_private(_kept_in(home, plan) / ACCOUNT, account.model_dump_json(indent=2))
    if begun(home) == plan:
        _keep_plan(home, plan, PLAN)
        shutil.rmtree(home / STAGED)
        sync_folder(home)


def note(home: Path, told: str) -> None:
    """The databases are caught up: `told` is what is left to be done, and services may hear meanwhile."""
    write_private(home / STAGED / TOLD, told)
    sync_folder(home / STAGED)


def noted(home: Path) -> str | None:
    """What is left to be done; None where the databases are not caught up."""
    try:
        return (home / STAGED / TOLD).read_text()
    except FileNotFoundError:
        return None


def account_of(home: Path, plan: Plan) -> Account | None:
    """The account of a restore that has come to its end."""
    try:
        return Account.model_validate_json((home / plan.replaced / ACCOUNT).read_text())
    except FileNotFoundError:
        return None


def _plan(folder: Path) -> Plan | None:
    try:
        return Plan.model_validate_json((folder / PLAN).read_text())
    except FileNotFoundError:
        return None
    except ValidationError:
        raise Told(
            f"{folder / PLAN} is of another Wireroom: finish the restore with that one, or move {folder} away"
        ) from None


def _kept_in(home: Path, plan: Plan) -> Path:
    replaced = home / plan.replaced
    replaced.mkdir(mode=0o700, exist_ok=True)
    return replaced


def _keep_plan(home: Path, plan: Plan, name: str) -> None:
    """The plan of a restore that is over, one way or another, lies with what it replaced."""
    kept_in = _kept_in(home, plan)
    (home / STAGED / PLAN).rename(kept_in / name)
    sync_folder(kept_in)


def _counts(store: Path) -> dict[State, int]:
    if not store.exists():
        return {}
    with closing(sqlite3.connect(store)) as connection:
        return {State(state): number for state, number in connection.execute("SELECT * FROM input_counts")}
