"""A whole system as a person starts it: `wireroom up` in a folder of its own, its inbox, commands and processes."""

import http.client
import itertools
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
from prometheus_client.parser import text_string_to_metric_families

from contracts.outcomes import State
from contracts.topology import SERVICES
from services.chassis.testing import free_port
from services.cli.local.process import die_with_parent
from services.store.connecting import NoStore
from services.store.reading import open_reading
from services.store.traced import TracedInput
from tests.e2e.typist import WIREROOM, typed

SERVER = "nats-server"
READY_SECONDS = 180.0
STOP_SECONDS = 60.0  # `up` promises ten, of a machine that does nothing else
COMMAND_SECONDS = 120.0  # a command that reads documents, on a busy machine
LOOK_SECONDS = 0.1  # seldom enough that looking costs what is looked at little
DROPPED_MODE = 0o644  # of a file that is dropped


def until(true: Callable[[], bool], *, seconds: float, what: str | Callable[[], object]) -> None:
    """Wait until `true` says so; past the deadline fail and say `what` did not come."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds:g} s: {what() if callable(what) else what}")
        time.sleep(LOOK_SECONDS)


def still_there(processes: Iterable[psutil.Process]) -> list[psutil.Process]:
    """Those that run; one that only waits for the machine's init to bury it is gone."""
    return [one for one in processes if _runs(one)]


def _runs(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:  # buried between the two looks
        return False


def leashed(command: Sequence[str], **options: Any) -> subprocess.Popen[bytes]:
    """A process that ends with ours, even where that is by kill -9."""
    return subprocess.Popen(command, preexec_fn=die_with_parent(), **options)  # noqa: PLW1509 - it takes no lock


@contextmanager
def ending(process: subprocess.Popen[Any]) -> Iterator[subprocess.Popen[Any]]:
    """Ended when the test is over, however that went: Popen itself would wait without end for one that goes on."""
    with process:
        try:
            yield process
        finally:
            process.kill()


def readers_of(service: psutil.Process) -> list[psutil.Process]:
    """The children that read documents, if any do now, and the server that they are forked from."""
    servers = [child for child in service.children() if "forkserver" in _line(child)]
    return [one for server in servers for one in (*server.children(), server)]


def _line(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:  # it is gone, or about to be
        return ""


class System:
    """`wireroom up` with ports that were free; it can be stopped, killed in part, and started again."""

    command: tuple[str, ...] = (WIREROOM, "up")
    umask = -1  # of who starts it; ours where it is negative

    def __init__(self, folder: Path, atlas: Path | None = None, *, home: str = "home", **settings: str) -> None:
        self.folder, self.home, self.inbox = folder, folder / home, folder / "inbox"
        self.port = free_port()
        self.url = f"nats://127.0.0.1:{self.port}"
        ours = {name: value for name, value in os.environ.items() if not name.startswith("WIREROOM_")}
        self.environment = ours | {
            "WIREROOM_HOME": str(self.home),
            "WIREROOM_INBOX": str(self.inbox),
            "WIREROOM_NATS_PORT": str(self.port),
            "WIREROOM_METRICS_PORT_BASE": "0",
            "WIREROOM_DISK_BUDGET_BYTES": str(1 << 30),
            "COLUMNS": "200",
            **settings,
        }
        self.log = folder / "up.log"
        self._up: subprocess.Popen[bytes] | None = None
        self._drafts = itertools.count()
        if atlas is not None:  # built once for all homes: it takes 15 s
            self.home.mkdir(mode=0o700, parents=True)
            shutil.copy2(atlas, self.home / atlas.name)

    # -- its life

    def start(self) -> "System":
        """Start it, and wait until all five services say that they are ready."""
        self.begin()
        until(self.is_ready, seconds=READY_SECONDS, what=lambda: f"all ready; it said: {self.said()[-2000:]}")
        return self

    def begin(self) -> None:
        """Start it, whether or not it will be ready."""
        with self.log.open("ab") as log:
            self._up = leashed(
                self.command,
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                umask=self.umask,
            )

    def stop(self) -> int:
        """Ask it to stop as an init would; its exit code."""
        assert self._up is not None
        self._up.send_signal(signal.SIGTERM)
        return self._up.wait(STOP_SECONDS)

    def abandon(self) -> None:
        """End whatever is left of it."""
        if self._up is not None and self._up.poll() is None:
            self._up.kill()  # what it started dies with it
            self._up.wait()

    def is_ready(self) -> bool:
        """Whether every service says so."""
        assert self._up is not None
        assert self._up.poll() is None, f"`up` ended with {self._up.returncode}: {self.said()[-2000:]}"
        where = self.addresses()
        return where is not None and all(self.get(service, "/readyz")[0] == 200 for service in SERVICES)

    def said(self) -> str:
        """What `up` has printed."""
        return self.log.read_text(errors="replace")

    # -- its processes

    def processes(self) -> dict[str, psutil.Process]:
        """The server and the services that run now, by name."""
        assert self._up is not None
        found: dict[str, psutil.Process] = {}
        for child in psutil.Process(self._up.pid).children():
            with suppress(psutil.Error):
                line = child.cmdline()
                names = (
                    [SERVER] if line and line[0].endswith(SERVER) else [s for s in SERVICES if f"services.{s}" in line]
                )
                found.update(dict.fromkeys(names, child))
        return found

    def family(self) -> list[psutil.Process]:
        """Everything that was started, `up` itself first."""
        assert self._up is not None
        up = psutil.Process(self._up.pid)
        return [up, *up.children(recursive=True)]

    def kill(self, name: str) -> None:
        """kill -9, and wait until another process has taken its place."""
        victim = self.processes()[name]
        victim.kill()
        until(
            lambda: self.processes().get(name, victim).pid != victim.pid,
            seconds=60,
            what=f"{name} started again after kill -9",
        )

    def kill_readers(self, name: str) -> None:
        """kill -9 of the children that read documents for a service."""
        readers = readers_of(self.processes()[name])
        assert readers
        for reader in readers:
            reader.kill()

    # -- its inbox

    def drop(self, name: str | bytes, data: bytes) -> Path:
        """Write a file elsewhere and rename it in; `name` may have folders in it, and bytes that are no text."""
        target = self.inbox / os.fsdecode(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = self.draft()
        draft.write_bytes(data)
        draft.chmod(DROPPED_MODE)  # whatever the umask
        return draft.rename(target)

    def draft(self) -> Path:
        """Where to write a file before it is renamed in: another place each time, for several may drop at once."""
        return self.folder / f"draft-{next(self._drafts)}"

    def all_put_away(self) -> None:
        """Wait until every taken file is on its shelf: its end is known before that."""
        claims = self.inbox / ".claimed"
        until(lambda: not any(claims.iterdir()), seconds=60, what=lambda: f"no claims, but {list(claims.iterdir())}")

    def kept(self, folder: str) -> dict[str, bytes]:
        """The files in a hidden folder of the inbox, by relative path, once nothing is on its way there."""
        self.all_put_away()
        root = self.inbox / folder
        return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}

    def waiting(self) -> list[Path]:
        """What lies in the inbox and is neither done nor rejected."""
        found = (Path(folder, name) for folder, _, names in os.walk(self.inbox) for name in names)  # folders may go
        return [path for path in found if self._waits(path)]

    def _waits(self, path: Path) -> bool:
        return path.relative_to(self.inbox).parts[0] not in {".done", ".rejected"}

    # -- its ledger

    def counts(self) -> dict[State, int]:
        """The ledger by state, those without inputs left out."""
        try:
            with open_reading(self._store()) as reading:
                return {state: number for state, number in reading.ledger_counts().items() if number}
        except NoStore:
            return {}

    def children(self) -> int:
        """How many inputs came out of others."""
        with closing(sqlite3.connect(self._store().removeprefix("sqlite:///"))) as connection:
            [number] = connection.execute("SELECT count(*) FROM inputs WHERE parent_input_id IS NOT NULL").fetchone()
            return int(number)

    def owed(self) -> int:
        """How many inputs have ended and are not announced yet."""
        with closing(sqlite3.connect(self._store().removeprefix("sqlite:///"))) as connection:
            [number] = connection.execute("SELECT count(*) FROM unannounced").fetchone()
            return int(number)

    def inputs(self, reference: str) -> list[TracedInput]:
        """What the ledger knows of a file, URL, input or article."""
        with open_reading(self._store()) as reading:
            return reading.inputs_of(reference, inbox=self.inbox)

    def ended(self, source_uri: str, *, inputs: int = 1, seconds: float = 60.0) -> list[TracedInput]:
        """The inputs of a source, as soon as so many have ended."""
        found: list[TracedInput] = []
        seen: list[int] = []

        def all_ended() -> bool:
            [version] = store.execute("PRAGMA data_version").fetchone()
            if seen != [version]:  # or else nobody has written since: looking costs a hundred times as much as this
                seen[:] = [version]
                found[:] = self.inputs(source_uri)
            return len(found) >= inputs and all(one.state is not State.IN_PROGRESS for one in found)

        with closing(sqlite3.connect(f"{(self.home / 'store.db').as_uri()}?mode=ro", uri=True)) as store:
            until(all_ended, seconds=seconds, what=lambda: f"{inputs} ends of {source_uri}, only {found}")
        return found

    def all_ended(self, number: int, *, seconds: float) -> dict[State, int]:
        """The ledger by state, as soon as it knows so many inputs and none is in progress."""
        until(
            lambda: sum(self.counts().values()) >= number and State.IN_PROGRESS not in self.counts(),
            seconds=seconds,
            what=lambda: f"{number} ends, only {self.counts()}; waiting: {len(self.waiting())}",
        )
        return self.counts()

    def _store(self) -> str:
        return f"sqlite:///{self.home / 'store.db'}"

    # -- its commands and pages

    def wireroom(self, *arguments: str | bytes, **settings: str) -> subprocess.CompletedProcess[str]:
        """A command on this system, from another folder than its own."""
        return typed(arguments, environment=self.environment | settings, folder="/", seconds=COMMAND_SECONDS)

    def json_of(self, *arguments: str | bytes) -> Any:
        """What a command prints with --json; it must exit with 0."""
        told = self.wireroom(*arguments, "--json")
        assert told.returncode == 0, told.stderr
        return json.loads(told.stdout)

    def addresses(self) -> dict[str, Any] | None:
        """Where `up` says that everything is."""
        try:
            where: dict[str, Any] = json.loads((self.home / "up.json").read_text())
        except FileNotFoundError:
            return None
        return where if self._up is not None and where["pid"] == self._up.pid else None

    def get(self, service: str, path: str) -> tuple[int, str]:
        """The status and body of a page of a service; 0 where it does not answer."""
        where = self.addresses()
        assert where is not None
        return get(f"http://127.0.0.1:{where['metrics_ports'][service]}{path}")

    def samples(self, service: str, name: str) -> dict[str, float]:
        """The values of one metric, by its labels other than the service."""
        return samples(self.get(service, "/metrics")[1], name)

    def credentials(self) -> dict[str, str]:
        """User to password."""
        found: dict[str, str] = json.loads((self.home / "credentials.json").read_text())
        return found


def get(url: str) -> tuple[int, str]:
    """The status and body of a page; 0 where nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()
    except (OSError, http.client.HTTPException):  # it may die in the middle of its answer
        return 0, ""


def samples(page: str, name: str) -> dict[str, float]:
    """The values of one metric on a /metrics page, by its labels other than the service."""
    return {
        ",".join(value for label, value in sample.labels.items() if label != "service" and value): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
        if sample.name == name
    }


def running(folder: Path, atlas: Path | None = None, *, home: str = "home", **settings: str) -> Iterator[System]:
    """A started system, ended when the test is over, however that went."""
    folder.mkdir(parents=True, exist_ok=True)
    system = System(folder, atlas, home=home, **settings)
    try:
        yield system.start()
    finally:
        system.abandon()
