"""Scenario 17: the power fails under nats-server. What it had acknowledged is there afterwards, with `always`."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import psutil
import pytest
from nats.aio.client import Client
from nats.errors import Error as NatsError

from services.chassis import atomic
from services.chassis.letters import Letter
from services.chassis.testing import LocalServer, until
from tests.injuries.disk import Disk, disk, missing

pytestmark = [
    pytest.mark.nats,
    pytest.mark.slow,
    pytest.mark.skipif(missing() is not None, reason=missing() or ""),
]

ACKNOWLEDGED = 1000
BODY = b"x" * 5000
SUBJECT, STREAM = "wireroom.article.fetched", "LANGUAGE"


@asynccontextmanager
async def running(powered: Disk, *, always: bool) -> AsyncIterator[LocalServer]:
    """A server whose store is on that disk, laid, and all of that written back."""
    server = LocalServer(powered.folder / "home")
    if not always:
        conf = powered.folder / "home" / "nats.conf"
        conf.write_text(conf.read_text().replace("sync_interval: always", ""))  # then it is 2 minutes
    await server.start()
    await server.lay()
    powered.keep()
    yield server
    await server.stop(signal.SIGKILL)


async def publish(client: Client, first: int, batch: int) -> list[str]:
    """The ids that were acknowledged, of one batch; none where no acknowledgement came."""
    ids = [f"m{number}" for number in range(first, first + batch)]
    letters = [
        Letter(STREAM, SUBJECT, BODY, {"Nats-Msg-Id": identifier, "Nats-Expected-Stream": STREAM}) for identifier in ids
    ]
    with suppress(NatsError, TimeoutError, atomic.ApiError):
        if batch == 1:
            await atomic.publish_one(client, letters[0], timeout_seconds=2)
        else:
            await atomic.publish(client, letters, timeout_seconds=2)
        return ids
    return []


async def until_the_power_fails(server: LocalServer, powered: Disk, batch: int) -> set[str]:
    """Publish all the while, cut the power in the middle, and return what was acknowledged."""
    client = await server.connect("fetch")
    acknowledged: set[str] = set()
    number, cut = 0, asyncio.Event()

    async def go_on() -> None:
        nonlocal number
        while not cut.is_set():
            first, number = number, number + batch
            acknowledged.update(await publish(client, first, batch))

    going = [asyncio.create_task(go_on()) for _ in range(8 if batch == 1 else 2)]
    await until(lambda: len(acknowledged) >= ACKNOWLEDGED, seconds=60)
    assert server._process is not None
    await asyncio.to_thread(powered.cut, [psutil.Process(server._process.pid)])
    cut.set()
    await asyncio.gather(*going)
    await server._process.wait()
    with suppress(NatsError, OSError, TypeError):  # nats-py 2.16, closed while it connects again
        await client.close()
    return acknowledged


async def what_is_there(server: LocalServer) -> set[str]:
    """The ids of all messages that the stream holds."""
    client = await server.connect("operator")
    js = client.jetstream()
    left = (await js.stream_info(STREAM)).state.messages
    reading = await js.pull_subscribe(SUBJECT, durable="language", stream=STREAM)
    found: set[str] = set()
    while left > 0:
        messages = await reading.fetch(min(left, 100), timeout=60)
        found |= {str((message.headers or {}).get("Nats-Msg-Id")) for message in messages}
        for message in messages:
            await message.ack()
        left -= len(messages)
    await client.close()
    return found


@pytest.mark.parametrize("batch", [1, 100])
@pytest.mark.parametrize(("always", "loses"), [(True, False), (False, True)])
async def test_what_was_acknowledged_survives_a_power_cut_where_it_is_synced_always(
    tmp_path: Path, batch: int, always: bool, loses: bool
) -> None:
    with disk(tmp_path / "disk") as powered:
        async with running(powered, always=always) as server:
            acknowledged = await until_the_power_fails(server, powered, batch)
            await server.start()
            lost = acknowledged - await what_is_there(server)

    print(f"sync_interval {'always' if always else '2m'}, batches of {batch}: {len(lost)} of {len(acknowledged)} lost")
    assert bool(lost) == loses
