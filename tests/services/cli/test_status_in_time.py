"""`wireroom status` where somebody does not answer: it says so, and is there within seconds all the same."""

import asyncio
import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import CollectorRegistry
from typer.testing import Result

from contracts.topology import SERVICES
from services.chassis.health import Health
from services.chassis.settings import House
from services.chassis.testing import LocalServer, free_port
from services.chassis.whose import home_id
from services.cli import account, in_time, kept, memory, queues, status, survey
from services.cli.asked import Asked
from services.store.tables import Input
from tests.services.cli.conftest import INPUT
from tests.tables import lay_tables

Wireroom = Callable[..., Result]
QUEUES = "queues and streams, and all that waits in them"  # no server runs here
SECONDS = 3.0  # long enough for all that does answer, on a busy machine too
LONG_SECONDS = 600.0  # nobody waits that long: what ends before was given up


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings that lead to ports where nobody answers, and little patience."""
    monkeypatch.setattr(survey, "RATE_SECONDS", 0.01)
    monkeypatch.setattr(in_time, "SECONDS", SECONDS)
    monkeypatch.setattr(survey, "ANSWER_SECONDS", 0.5)
    monkeypatch.setattr(queues, "ANSWER_SECONDS", 0.5)
    monkeypatch.setenv("WIREROOM_NATS_PORT", str(free_port()))
    monkeypatch.setenv("WIREROOM_METRICS_PORT_BASE", str(free_port() % 60000 + 1))


@contextmanager
def locked(*files: Path) -> Iterator[None]:
    """Somebody has the databases for himself, readers and all."""
    connections = [sqlite3.connect(file) for file in files]
    try:
        for connection in connections:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        for connection in connections:
            connection.close()


def told(wireroom: Wireroom) -> dict[str, Any]:
    result = wireroom("status", "--json")
    assert result.exit_code == 0, result.output
    return dict(json.loads(result.stdout))


def test_databases_that_are_locked_are_told_as_such(
    store: Any, home: Path, wireroom: Wireroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_tables(f"sqlite:///{home / 'fetch.db'}", "fetch")
    monkeypatch.setattr(in_time, "SECONDS", LONG_SECONDS)
    monkeypatch.setattr(kept, "LOCKED_SECONDS", 0.1)
    monkeypatch.setattr(memory, "LOCKED_SECONDS", 0.1)
    with locked(home / "store.db", home / "fetch.db"):
        found, shown = told(wireroom), wireroom("status").stdout

    assert "locked" in found["ledger"]["trouble"]
    assert [line.partition(":")[0] for line in found["not_seen"]] == [QUEUES, "the URLs without an end"]
    assert "\n  the URLs without an end: what fetch remembers cannot be read" in shown.partition("looked at: 2")[2]


def test_databases_that_do_not_answer_are_not_waited_for(
    store: Any, home: Path, wireroom: Wireroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_tables(f"sqlite:///{home / 'fetch.db'}", "fetch")
    monkeypatch.setattr(kept, "LOCKED_SECONDS", LONG_SECONDS)
    monkeypatch.setattr(memory, "LOCKED_SECONDS", LONG_SECONDS)
    with locked(home / "store.db", home / "fetch.db"):
        found = told(wireroom)

    assert found["ledger"]["trouble"] == "the store: no answer within 3 s"
    assert found["not_seen"][1:] == ["the URLs without an end: no answer within 3 s"]


def test_an_inbox_that_does_not_answer_is_not_waited_for(
    store: Any, wireroom: Wireroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = threading.Event()
    monkeypatch.setattr(account, "inbox_of", lambda *_, **__: here.wait(LONG_SECONDS))
    try:
        found = told(wireroom)
    finally:
        here.set()

    _, line = found["not_seen"]
    assert line.startswith("the inbox ")
    assert line.endswith(": no answer within 3 s")


@pytest.mark.nats
async def test_a_server_that_was_stopped_is_told_as_such(store: Any, home: Path, server: LocalServer) -> None:
    store.put(
        Input,
        input_id=INPUT.format(1),
        state="in_progress",
        received_at=datetime.now(UTC) - timedelta(hours=2),
        steps="[]",
    )
    await server.freeze()
    found = await status._status(House(home=home, nats_url=server.url), check_seconds=None)

    assert found.nats_trouble == f"the nats-server at {server.url}: no answer within 3 s"
    [stuck] = found.ledger.stuck
    assert stuck.where == "not seen, and not all was looked at: no answer within 3 s"


async def test_the_services_of_another_home_are_not_taken_for_this_ones(
    store: Any, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (other := tmp_path / "other").mkdir()
    for whose, ready in ((other, False), (home, True)):
        async with Health(CollectorRegistry(), list, host="127.0.0.1", port=0, home=home_id(whose)) as served:
            settings = House(home=home)
            addresses = status.from_settings(settings)
            addresses.metrics_ports.update(dict.fromkeys(SERVICES, served.port))
            asked = Asked(settings, addresses, "", {})
            said = survey.services(await survey.pages(addresses, asked.home), {}, home / "logs")
        assert {one.ready for one in said} == {ready}
        assert ["another home" in line for one in said for line in one.reasons] == [True] * 5 * (not ready)


async def test_services_that_others_run_on_ports_of_this_machine_have_homes_of_their_own(
    home: Path, tmp_path: Path
) -> None:
    (theirs := tmp_path / "theirs").mkdir()
    async with Health(CollectorRegistry(), list, host="127.0.0.1", port=0, home=home_id(theirs)) as served:
        settings = House(home=home, nats_url="nats://127.0.0.1:1")
        addresses = status.from_settings(settings)
        addresses.metrics_ports.update(dict.fromkeys(SERVICES, served.port))
        code, _ = await Asked(settings, addresses, "", {}).get("store", "/readyz")
    assert code == HTTPStatus.OK


async def test_services_that_were_stopped_are_told_as_such(store: Any, home: Path) -> None:
    taken: list[asyncio.StreamWriter] = []

    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        taken.append(writer)
        await reader.read()

    silent = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    port = silent.sockets[0].getsockname()[1]
    addresses = status.from_settings(House(home=home))
    addresses.metrics_ports.update(dict.fromkeys(SERVICES, port))
    said = survey.services(await survey.pages(addresses), {}, home / "logs")
    silent.close()
    for writer in taken:
        writer.transport.abort()

    assert {one.name: one.reasons for one in said} == {
        name: [f"no answer on port {port} within 0.5 s"] for name in SERVICES
    }
