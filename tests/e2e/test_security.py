"""What others on this machine can see of a running system: files, arguments, environments, ports, words."""

import os
import stat
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from contracts.topology import SERVICES
from tests.e2e.running import System
from tests.e2e.writing import an_article

pytestmark = [pytest.mark.nats, pytest.mark.slow]

SECRET = "a-password-that-is-in-no-file"


@pytest.fixture(scope="module")
def open_handed(system: System) -> System:
    """The shared system, whose person keeps nothing from anybody, with an article and a rejected file."""
    system.drop("open/b.txt", an_article(6100).encode())
    system.drop("open/empty.txt", b"")
    system.ended("inbox:open/b.txt")
    system.ended("inbox:open/empty.txt")
    system.all_put_away()
    return system


def all_in(folder: Path) -> list[Path]:
    """Whatever lies in it, however deep; folders may go meanwhile."""
    return [Path(parent, name) for parent, folders, files in os.walk(folder) for name in (*folders, *files)]


def listening_of(process: psutil.Process) -> set[tuple[str, int]]:
    """Where it listens; nowhere if it is gone, as children are that nobody needs any more."""
    with suppress(psutil.NoSuchProcess):
        connections = process.net_connections("inet")
        return {(one.laddr.ip, one.laddr.port) for one in connections if one.status == psutil.CONN_LISTEN}
    return set()


def rights(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def test_nothing_of_the_home_is_readable_to_others(open_handed: System) -> None:
    everything = [open_handed.home, *all_in(open_handed.home)]
    assert {"credentials.json", "up.json", "nats.conf", "store.db", "store.db-wal", "fetch.log"} <= {
        path.name for path in everything
    }
    shown = []
    for path in everything:
        with suppress(FileNotFoundError):  # it runs, and removes files of its own
            if not path.is_symlink() and rights(path) & 0o077:
                shown.append(str(path))
    assert shown == []


def test_the_inbox_hands_its_own_rights_down(open_handed: System) -> None:
    inbox = open_handed.inbox
    folders = [path for path in all_in(inbox) if path.is_dir() and ".claimed" not in path.parts[len(inbox.parts) + 1 :]]
    assert {".claimed", ".done", ".rejected"} <= {path.name for path in folders}
    made_by_us = [path for path in folders if path.relative_to(inbox).parts[0].startswith(".")]
    assert {rights(path) for path in made_by_us} == {0o750}
    assert rights(inbox / ".rejected" / "open" / "empty.txt.error.json") == 0o640


def test_no_password_is_among_arguments_or_in_an_environment_or_in_any_words(open_handed: System) -> None:
    passwords = open_handed.credentials().values()
    seen = {"up's output": open_handed.said()}
    for process in open_handed.family():
        with suppress(psutil.NoSuchProcess):
            seen[f"arguments of {process.pid}"] = " ".join(process.cmdline())
            seen[f"environment of {process.pid}"] = str(process.environ())
    for log in (open_handed.home / "logs").iterdir():
        seen[log.name] = log.read_text(errors="replace")
    for service in SERVICES:
        for page in ("/metrics", "/readyz"):
            seen[f"{service} {page}"] = open_handed.get(service, page)[1]
    seen["status"] = open_handed.wireroom("status", "--json").stdout

    assert len(passwords) >= 9
    assert [where for where, words in seen.items() if any(password in words for password in passwords)] == []


def test_it_listens_on_loopback_alone_and_nowhere_that_it_does_not_say(open_handed: System) -> None:
    where = open_handed.addresses()
    assert where is not None
    listening = set[tuple[str, int]]().union(*map(listening_of, open_handed.family()))
    # The monitoring port of nats-server, 8222, would show here.
    assert listening == {("127.0.0.1", port) for port in (open_handed.port, *where["metrics_ports"].values())}


def test_a_password_in_a_servers_url_is_in_no_words(open_handed: System) -> None:
    url = f"nats://fetch:{SECRET}@127.0.0.1:1"
    for command in (("status",), ("tail",), ("ingest", __file__), ("deadletters", "list")):
        told = open_handed.wireroom(*command, WIREROOM_NATS_URL=url)
        assert SECRET not in told.stdout + told.stderr, command
        assert "Traceback" not in told.stderr
