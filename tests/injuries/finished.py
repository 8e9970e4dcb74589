"""A system in which everything has come to its end, made once and left as it was: copies of it are damaged."""

import json
import pickle
import re
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL

from contracts.outcomes import State
from services.chassis.testing import free_port
from services.cli.local.system import LOOPBACK, server_binary
from tests.e2e.running import leashed, until
from tests.injuries.checker import judge
from tests.injuries.programme import at_rest
from tests.injuries.seen import Special
from tests.injuries.server import listens
from tests.injuries.system import Injured
from tests.injuries.workload import Given, Workload

KNOWN = "known"  # the file in its folder that says what was given in
FILES, COPIES = 5, 0.3
QUOTED = "« Nous rouvrirons le pont avant l’hiver », a déclaré la maire de Nantes, Claire Morel."
DIES = "[[extract unread]]"  # tests/injuries/hooks


@dataclass(frozen=True)
class Known:
    """What was given in, what the checker is told beside it, and what the store counted at the end."""

    given: Sequence[Given]
    special: Special
    shown: Mapping[str, float]


@dataclass(frozen=True)
class Standing:
    """A copy of a finished system of which nothing runs but the server."""

    home: Path
    inbox: Path
    url: str
    known: Known

    def credentials(self) -> Mapping[str, str]:
        """User to password."""
        found: dict[str, str] = json.loads((self.home / "credentials.json").read_text())
        return found

    def samples(self, _service: str, _name: str) -> Mapping[str, float]:
        """What the store counted when it ran."""
        return self.known.shown


def finish(folder: Path, atlas: Path) -> None:
    """Bring some of everything to its end, and leave it."""
    system, special = Injured(folder, atlas), Special()
    workload = Workload(system.drop, system.inbox, 1)
    try:
        system.start()
        _give(system, workload)
        assert judge(workload.given, at_rest(system, workload)).findings == []
        [again, *_] = system.inputs(workload.given[0].source_uri)
        again_id = again.duplicate_of or again.article_id or ""
        told = system.wireroom("replay", "--from", "extract", "--ids", again_id, "--unchanged")
        assert told.returncode == 0, told.stderr
        special.replayed[again_id] = 1
        until(lambda: _enrichments(system, again_id) == 2, seconds=120, what="it is enriched again")
        assert judge(workload.given, at_rest(system, workload, special), special).findings == []
        shown = dict(system.samples("store", "wireroom_inputs"))
        system.stop()
    finally:
        workload.end()
        system.abandon()
    (folder / KNOWN).write_bytes(pickle.dumps(Known(workload.given, special, shown)))


def _enrichments(system: Injured, article_id: str) -> int:
    with closing(sqlite3.connect(f"file:{system.home / 'store.db'}?mode=ro", uri=True)) as store:
        [(number,)] = store.execute("SELECT enrichment FROM articles WHERE article_id = ?", (article_id,)).fetchall()
        return int(number)


def _give(system: Injured, workload: Workload) -> None:
    """Something for every table: copies and versions, a container, quoted and shared passages, refusals, a death."""
    workload.give_many(FILES, copies=COPIES)
    workload._give_archive()
    workload._give_edited_copy()
    workload._give_again()
    first, second = workload.article(sentences=20), workload.article(sentences=20)
    shared = "\n".join(first.split("\n")[2:3])
    workload.give("vu.txt", f"{first}\n{QUOTED}\n".encode(), State.STORED, is_version=True)
    workload.give("vide.txt", b"", State.REJECTED, "empty")
    workload.give("bruit.txt", b"\x7fELF" + bytes(600), State.REJECTED, "unsupported")
    workload.give("mort.txt", f"{workload.article()}{DIES}\n".encode(), State.DEAD, "undecodable")
    until(lambda: workload._is_put_away(workload._to_be_revised[0].path), seconds=60, what="the first version is read")
    workload._give_again()
    until(lambda: any(system.inputs("inbox:vu.txt")), seconds=60, what="the first of two texts is read")
    workload.give("repris.txt", f"{second}\n{shared}\n".encode(), State.STORED, is_version=True)


@contextmanager
def standing(finished: Path, folder: Path) -> Iterator[Standing]:
    """A copy of the finished system in `folder`, with a server that runs on its streams."""
    home, port = folder / "home", free_port()
    shutil.copytree(finished / "home", home, ignore=lambda _, names: [name for name in names if "places-" in name])
    shutil.copytree(finished / "inbox", folder / "inbox")
    known: Known = pickle.loads((finished / KNOWN).read_bytes())
    conf = home / "nats" / "nats.conf"
    text = conf.read_text().replace(str(finished / "home"), str(home))
    conf.write_text(_with_port(text, port))
    server = leashed([server_binary(), "-c", str(conf)], stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL)
    try:
        until(lambda: listens(port), seconds=60, what="the server listens")  # who asks takes it from nobody
        yield Standing(home, folder / "inbox", f"nats://{LOOPBACK}:{port}", known)
    finally:
        server.terminate()
        server.wait(60)


def _with_port(conf: str, port: int) -> str:
    changed, number = re.subn(r"(127\.0\.0\.1:)\d+", rf"\g<1>{port}", conf)
    assert number, conf
    return changed
