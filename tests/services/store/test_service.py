"""The store as a process of its own, on a real nats-server."""

import json
import os
import signal
import sys
from asyncio.subprocess import Process, create_subprocess_exec
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from nats.aio.client import Client

from contracts.message import Message
from contracts.outcomes import State
from services.chassis.letters import seal
from services.chassis.publisher import Publisher
from services.chassis.testing import LocalServer, until
from services.store.reading import open_reading
from tests.services.store import sayings as say
from tests.tables import lay_tables

ARTICLES = 400

pytestmark = [pytest.mark.nats, pytest.mark.slow]


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[LocalServer]:
    async with LocalServer(tmp_path / "home", ack_wait_seconds=1.5) as running:
        yield running


async def test_a_store_killed_in_the_middle_loses_nothing_and_stores_nothing_twice(server: LocalServer) -> None:
    url = f"sqlite:///{server.home / 'store.db'}"
    lay_tables(url, "store")
    listener = await server.connect("store")
    await publish(server, "fetch", [say.received(number) for number in range(ARTICLES)])
    await publish(server, "extract", [say.extracted(number) for number in range(ARTICLES)])

    process = await start(server)
    await articles_on_the_stream(listener, 1)
    process.kill()
    await process.wait()
    process = await start(server)
    held = await articles_on_the_stream(listener, ARTICLES)
    await nothing_waits(listener)
    process.send_signal(signal.SIGTERM)

    assert await process.wait() == 0
    assert held == ARTICLES
    with open_reading(url) as reading:
        assert {state: number for state, number in reading.ledger_counts().items() if number} == {
            State.STORED: ARTICLES
        }
        assert len(reading.search("maire", limit=1000)) == ARTICLES
    await listener.close()


async def start(server: LocalServer) -> Process:
    settings = {
        "WIREROOM_HOME": str(server.home),
        "WIREROOM_NATS_PORT": str(server.port),
        "WIREROOM_METRICS_PORT_BASE": "0",
        "WIREROOM_ACK_WAIT_SECONDS": "1.5",
        "WIREROOM_STORE_HOLD_MESSAGES": "32",  # so that the kill comes between batches and in them
        "WIREROOM_LOG_LEVEL": "error",
    }
    return await create_subprocess_exec(sys.executable, "-m", "services.store", env={**os.environ, **settings})


async def publish(server: LocalServer, user: str, messages: list[Message]) -> None:
    client = await server.connect(user)
    publisher = Publisher(client)
    await publisher.publish_all(seal(message, service=user) for message in messages)
    await publisher.close()
    await client.close()


async def articles_on_the_stream(client: Client, least: int) -> int:
    """How many articles the public stream holds, as soon as there are so many."""
    held = -1

    async def are_there() -> bool:
        nonlocal held
        held = await messages_on(client, "public.stream_info.ARTICLES")
        return held >= least

    await until(are_there, seconds=120)
    return held


async def nothing_waits(client: Client) -> None:
    """Wait until everything on the store's queue is acknowledged."""

    async def is_empty() -> bool:
        return await messages_on(client, "$JS.API.STREAM.INFO.STORE") == 0

    await until(is_empty, seconds=120)


async def messages_on(client: Client, subject: str) -> int:
    """How many messages the stream holds whose state is told on `subject`."""
    reply = await client.request(subject, b"", timeout=60)
    return int(json.loads(reply.data)["state"]["messages"])
