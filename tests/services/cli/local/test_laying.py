"""Laying again what went away, on a real nats-server."""

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from nats.aio.client import Client

from services.chassis.accounts import new_credentials
from services.chassis.streams import NoServer
from services.chassis.testing import LocalServer, until
from services.cli.local import laying

pytestmark = pytest.mark.nats


@pytest_asyncio.fixture
async def server(tmp_path: Path) -> AsyncIterator[LocalServer]:
    async with LocalServer(tmp_path / "home") as running:
        yield running


@pytest_asyncio.fixture
async def operator(server: LocalServer) -> AsyncIterator[Client]:
    client = await server.connect("operator")
    yield client
    await client.close()


async def test_where_all_is_laid_nothing_is_missing(operator: Client) -> None:
    assert await laying.missing(operator) == []
    assert len(laying.questions()) == 9 + 6


async def test_a_server_that_is_away_at_the_start_is_waited_for_and_each_reason_is_said_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(laying, "LOOK_SECONDS", 0.0)
    no_name, nobody = NoServer("no such name is known here (news)"), NoServer("connection refused")
    tries: list[NoServer | list[str]] = [no_name, no_name, nobody, no_name, ["drift"]]
    told: list[str] = []

    async def lay() -> list[str]:
        if isinstance(found := tries.pop(0), NoServer):
            raise found
        return found

    assert await laying.laid(lay, told.append) == ["drift"]
    assert told == [f"waiting     {why}" for why in (no_name, nobody, no_name)]


async def test_what_an_operator_deleted_is_missing_by_its_name(operator: Client) -> None:
    await operator.jetstream().delete_consumer("DEDUP", "dedup")
    await operator.jetstream().delete_stream("EXTRACT")

    assert await laying.missing(operator) == ["EXTRACT", "DEDUP/dedup", "EXTRACT/extract"]


async def test_what_went_away_is_laid_again_and_told(
    server: LocalServer, operator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(laying, "LOOK_SECONDS", 0.05)
    told: list[str] = []
    await operator.jetstream().delete_stream("EXTRACT")  # before the first look: in its midst half of it were missing
    keeping = asyncio.create_task(
        laying.keep_laid(server.url, lambda: server.credentials["operator"], server.lay, told.append)
    )
    await until(lambda: bool(told))
    assert "EXTRACT, EXTRACT/extract; laid again" in told[0]
    assert await laying.missing(operator) == []

    await server.stop(signal.SIGKILL)  # away is not forgotten: it goes on when the server is back
    await server.start()
    await until(lambda: operator.is_connected)
    await operator.jetstream().delete_consumer("STORE", "store")
    await until(lambda: len(told) > 1)
    keeping.cancel()
    await asyncio.gather(keeping, return_exceptions=True)
    assert await laying.missing(operator) == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")  # nats-py's
async def test_under_a_changed_password_it_goes_on_and_a_refusal_that_lasts_is_said_once(
    server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(laying, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(laying, "ANSWER_SECONDS", 0.5)
    monkeypatch.setattr(laying, "SAID_AFTER_SECONDS", 0.0)
    told: list[str] = []
    keeping = asyncio.create_task(
        laying.keep_laid(server.url, lambda: server.credentials["operator"], server.lay, told.append)
    )
    changed = new_credentials()
    await exchange(server, changed)
    await until(lambda: any("nobody sees" in line for line in told))  # no server, or one that refuses
    assert len([line for line in told if "nobody sees" in line]) == 1

    server.credentials = changed
    await until(lambda: "streams     looked after again" in told)
    operator = await server.connect("operator")
    await operator.jetstream().delete_consumer("STORE", "store")
    await until(lambda: any("STORE/store; laid again" in line for line in told))
    keeping.cancel()
    await asyncio.gather(keeping, return_exceptions=True)
    assert await laying.missing(operator) == []
    await operator.close()


async def exchange(server: LocalServer, changed: dict[str, str]) -> None:
    configuration = server.home / "nats.conf"
    text = configuration.read_text()
    for user, password in server.credentials.items():
        text = text.replace(password, changed[user])
    configuration.write_text(text)
    await server.stop()
    await server.start()
