"""A server that is there and says nothing, on a real nats-server."""

import asyncio
import signal
from typing import Any

import pytest

from services.chassis import pulse
from services.chassis.pulse import Pulse
from services.chassis.testing import until

pytestmark = pytest.mark.nats


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulse, "EVERY_SECONDS", 0.1)
    monkeypatch.setattr(pulse, "ANSWER_SECONDS", 0.5)
    monkeypatch.setattr(pulse, "QUIET_SECONDS", 1.0)
    monkeypatch.setattr(pulse, "SILENT_SECONDS", 2.0)


async def test_a_silent_server_is_told_and_left_and_found_again(room: Any) -> None:
    client = await room.server.connect("language")
    feeling = Pulse(client)
    running = asyncio.create_task(feeling.run())
    assert feeling.troubles() == []
    await room.server.freeze()
    client._transport.write(b"+OK\r\n" * (4 << 20))  # more than the kernel holds: an orderly end would wait for ever
    await until(lambda: any("no answer from NATS" in one.words for one in feeling.troubles()))
    await until(lambda: not client.is_connected)
    room.server.send_signal(signal.SIGCONT)
    await until(lambda: client.is_connected)

    assert (await client.request("$JS.API.STREAM.INFO.LANGUAGE", timeout=60)).data
    await until(lambda: feeling.troubles() == [])
    running.cancel()
    await client.close()


async def test_a_server_that_answers_is_kept(room: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulse, "ANSWER_SECONDS", 60.0)  # a busy machine is no silence
    client = await room.server.connect("language")
    feeling = Pulse(client)
    running = asyncio.create_task(feeling.run())
    enough = asyncio.get_running_loop().time() + 3 * pulse.QUIET_SECONDS
    await until(lambda: asyncio.get_running_loop().time() > enough)

    await until(lambda: feeling.troubles() == [])
    assert client.stats["reconnects"] == 0
    running.cancel()
    await client.close()


async def test_an_answer_that_comes_late_leaves_the_client_hearing(room: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulse, "SILENT_SECONDS", 60.0)
    client = await room.server.connect("language")
    feeling = Pulse(client)
    running = asyncio.create_task(feeling.run())
    await room.server.freeze()
    await until(lambda: feeling.troubles() != [])
    room.server.send_signal(signal.SIGCONT)
    await until(lambda: feeling.troubles() == [])

    assert (await client.request("$JS.API.STREAM.INFO.LANGUAGE", timeout=60)).data
    assert client.stats["reconnects"] == 0
    running.cancel()
    await client.close()


async def test_a_client_that_reads_no_more_gets_a_new_connection(room: Any) -> None:
    client = await room.server.connect("language")
    running = asyncio.create_task(Pulse(client).run())
    client._reading_task.cancel()
    await until(lambda: client.stats["reconnects"] > 0)

    assert (await client.request("$JS.API.STREAM.INFO.LANGUAGE", timeout=60)).data
    running.cancel()
    await client.close()


async def test_the_silence_of_a_connection_that_is_lost_is_not_the_next_ones(
    room: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulse, "SILENT_SECONDS", 60.0)
    monkeypatch.setattr(pulse, "ANSWER_SECONDS", 60.0)
    client = await room.server.connect("language")
    feeling = Pulse(client)
    running = asyncio.create_task(feeling.run())
    await room.server.freeze()
    await until(lambda: feeling.troubles() != [])
    await room.server.stop(signal.SIGKILL)
    await room.server.start()
    await until(lambda: client.stats["reconnects"] == 1)

    assert feeling.troubles() == []
    running.cancel()
    await client.close()
