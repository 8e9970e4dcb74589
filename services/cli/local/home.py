"""The home folder: who holds it, its secrets, and where its system can be reached."""

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from contracts.topology import SERVICES
from services.chassis.private import OWNER_ALONE, OWNER_ONLY, write_private
from services.cli.errors import Misused, Told

OURS = (
    *("up.lock", "up.json", "credentials.json", "disk_budget_bytes", "begun", "feeds.txt", "logs", "nats", "restore"),
    *("restore.lock", "replaced-*", "places-*"),
    *(f"{service}.db{beside}" for service in SERVICES for beside in ("", "-wal", "-shm")),
)
ASKED_SECONDS = 1.0  # far longer than `is_held` holds the lock
AGAIN_SECONDS = 0.02


@dataclass(frozen=True)
class Addresses:
    """Where a running system can be reached, and what it was started with that others want to know."""

    pid: int
    inbox: str
    nats_url: str
    metrics_host: str
    metrics_ports: dict[str, int]
    fetch_after: str = "move"
    gives_up: list[str] = field(default_factory=list)  # promises, by its settings
    feeds: str = ""  # the file of them
    names: str = ""  # the folder of a user's own name lists
    recognisers: str = ""
    ack_wait_seconds: float | None = None

    def metrics(self, service: str) -> str:
        """The URL of the service's /metrics."""
        return f"http://{self.metrics_host}:{self.metrics_ports[service]}/metrics"


def make_home(home: Path) -> None:
    """Make the folder where it is missing; raises OSError.

    One that holds nothing but what is ours is its owner's alone from now on. In any other folder others may have their
    work: there that is so for what we make in it. One that is another's, who has let us in, stays as it is: for root
    too.
    """
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = home.stat()
    if is_all_ours(home) and found.st_uid == os.geteuid():
        with suppress(PermissionError):
            home.chmod(found.st_mode & ~OWNER_ALONE)


def is_all_ours(home: Path) -> bool:
    """Whether nobody else has anything in the folder."""
    return all(is_ours(path.name) for path in home.iterdir())


def is_ours(name: str) -> bool:
    """Whether it is we who make something in a home under this name."""
    return any(fnmatch(name, ours) for ours in OURS)


@contextmanager
def hold(home: Path, told: Callable[[str], str] = str) -> Iterator[None]:
    """Hold the folder for this process alone, making it where it is missing; raises Told where another `up` has it.

    Raises Misused where it can be no home; `told` says which setting that is.
    """
    try:
        make_home(home)
        lock = os.open(home / "up.lock", os.O_RDWR | os.O_CREAT, OWNER_ONLY)
    except OSError as error:
        raise _unusable(home, error, told) from error
    try:
        try:
            _lock_alone(lock)
        except BlockingIOError:
            pid = os.read(lock, 32).decode(errors="replace").strip() or "unknown"
            raise Told(f"another `up` (pid {pid}) holds {home}: stop it, or give this one another --home") from None
        os.ftruncate(lock, 0)
        os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(lock)


def _lock_alone(lock: int) -> None:
    """Lock it; raises BlockingIOError where another `up` has it, and not where somebody only asks whether one has."""
    deadline = time.monotonic() + ASKED_SECONDS
    while True:
        try:
            return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise
        time.sleep(AGAIN_SECONDS)


def make_inbox(inbox: Path, told: Callable[[str], str]) -> None:
    """The one folder that is the person's: made as their umask has it, where it is missing; raises Misused."""
    try:
        inbox.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(inbox, error, told) from error


def _unusable(folder: Path, error: OSError, told: Callable[[str], str]) -> Misused:
    why = f"{error.filename or folder} cannot be used ({(error.strerror or str(error)).lower()})"
    return Misused(told(f"{why}: give a folder that can be made, or written in"))


@contextmanager
def owner_alone() -> Iterator[None]:
    """What is made meanwhile, by us or by what we start, nobody else can read, whatever the person's umask is."""
    umask = os.umask(OWNER_ALONE)
    try:
        yield
    finally:
        os.umask(umask)


def is_held(home: Path) -> bool:
    """Whether an `up` runs on this folder."""
    try:
        lock = os.open(home / "up.lock", os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False


def sync_folder(folder: Path) -> None:
    """Be sure of the names in a folder, even if the power fails."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


@contextmanager
def announced(home: Path, addresses: Addresses) -> Iterator[None]:
    """Let other commands find the system's addresses while it runs."""
    path = home / "up.json"
    write_private(path, json.dumps(asdict(addresses)))
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def addresses(home: Path) -> Addresses | None:
    """Where the system of this home can be reached; None where none runs."""
    if not is_held(home):
        return None  # what a killed `up` left is no address
    try:
        return Addresses(**_read_object(home / "up.json"))
    except (FileNotFoundError, TypeError):
        return None


def _read_object(path: Path) -> dict[str, Any]:
    try:
        value: dict[str, Any] = json.loads(path.read_text())
    except ValueError:
        raise Told(f"{path} is no JSON: mend it or move it away") from None
    if not isinstance(value, dict):
        raise Told(f"{path} holds no JSON object: mend it or move it away")
    return value
