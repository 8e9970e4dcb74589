"""What was acknowledged and is still there, on a real nats-server: made by a consumer that is reset."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from nats.aio.client import Client

from services.chassis.testing import LocalServer
from services.cli.local.sweeping import sweep

pytestmark = pytest.mark.nats


@pytest_asyncio.fixture
async def operator(tmp_path: Path) -> AsyncIterator[Client]:
    async with LocalServer(tmp_path / "home") as server:
        client = await server.connect("operator")
        yield client
        await client.close()


async def say(operator: Client, number: int) -> None:
    for _ in range(number):
        await operator.jetstream().publish("wireroom.article.fetched", b"{}")


async def held(operator: Client) -> int:
    return (await operator.jetstream().stream_info("LANGUAGE")).state.messages


async def test_what_waits_or_is_in_hand_stays(operator: Client) -> None:
    await say(operator, 3)
    reader = await operator.jetstream().pull_subscribe_bind("language", "LANGUAGE")
    first, second = await reader.fetch(2, timeout=60)
    await second.ack_sync()

    assert await sweep(operator) == {}
    assert await held(operator) == 2
    await first.ack_sync()
    assert await sweep(operator) == {}
    assert await held(operator) == 1


async def test_what_lies_behind_the_floor_of_its_consumer_goes(operator: Client) -> None:
    await say(operator, 5)
    js = operator.jetstream()
    # Reset to begin at 4 it has everything before behind its floor, as after a disk that was full.
    await js.reset_consumer("LANGUAGE", "language", 4)

    assert await sweep(operator) == {"LANGUAGE": 3}
    assert await held(operator) == 2
    assert await sweep(operator) == {}
