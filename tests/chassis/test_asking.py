"""What is asked on a connection that is lost, on a real nats-server."""

import asyncio
import hashlib
import os
import signal
from typing import Any

import pytest
from nats.aio.client import Client
from nats.errors import ConnectionClosedError

from services.chassis import asking, raw
from services.chassis.asking import ConnectionLost, ask, connected, rest
from services.chassis.publisher import Publisher
from services.chassis.raw import Raw
from services.chassis.starts import Starts
from services.chassis.testing import until
from tests.chassis.test_publisher import letter
from tests.chassis.test_starts import a_delivery

pytestmark = pytest.mark.nats

INFO = "$JS.API.STREAM.INFO.LANGUAGE"
LONG_SECONDS = 600.0  # nobody waits that long: what ends before was given up


async def lose(room: Any) -> None:
    """The server that was stopped before dies, and another comes up in its place."""
    await room.server.stop(signal.SIGKILL)
    await room.server.start()


async def asked(client: Client) -> None:
    await until(lambda: bool(client._resp_map))


async def test_an_answer_is_not_waited_for_once_its_connection_is_lost(room: Any) -> None:
    client = await room._connect("language")
    await room.server.freeze()
    asking_once = asyncio.create_task(client.request(INFO, timeout=LONG_SECONDS))
    await asked(client)
    await room.server.stop(signal.SIGKILL)

    with pytest.raises(ConnectionLost):
        await asking_once


async def test_what_was_asked_on_a_lost_connection_is_asked_again_on_the_next(room: Any) -> None:
    client = await room._connect("language")
    await room.server.freeze()
    answer = asyncio.create_task(ask(client, INFO, timeout_seconds=LONG_SECONDS))
    await asked(client)
    await lose(room)

    assert b'"LANGUAGE"' in (await answer).data


async def test_while_there_is_no_connection_the_time_for_an_answer_does_not_run(room: Any) -> None:
    client = await room._connect("language")
    await room.server.stop(signal.SIGKILL)
    await until(lambda: not client.is_connected)
    answer = asyncio.create_task(ask(client, INFO, timeout_seconds=5))
    await asyncio.wait({answer}, timeout=2 * asking.LOOK_SECONDS)
    await room.server.start()

    assert b'"LANGUAGE"' in (await answer).data


async def test_a_connection_that_was_closed_is_not_waited_for(room: Any) -> None:
    client = await room.server.connect("language")
    await client.close()
    with pytest.raises(ConnectionClosedError):
        await connected(client)


async def test_a_rest_ends_with_the_connection_that_it_was_begun_on(room: Any) -> None:
    client = await room._connect("language")
    resting = asyncio.create_task(rest(client, LONG_SECONDS))
    await asyncio.wait({resting}, timeout=2 * asking.LOOK_SECONDS)
    assert not resting.done()
    await lose(room)

    await resting
    assert client.is_connected


async def test_an_original_that_is_being_read_comes_whole_over_the_loss_of_its_connection(
    room: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raw, "TIMEOUT_SECONDS", LONG_SECONDS)
    client = await room._connect("fetch")
    originals = Raw(client, room.fetch, fresh_seconds=3600)
    data = os.urandom(2 * raw.CHUNKS_A_REQUEST * raw.CHUNK_BYTES)
    await originals.put(data, hashlib.sha256(data).hexdigest())
    kept = Stopping(room)
    reading = asyncio.create_task(originals.get_into(hashlib.sha256(data).hexdigest(), kept))
    await until(lambda: len(kept.chunks) == raw.CHUNKS_A_REQUEST)
    await lose(room)

    await reading
    assert b"".join(kept.chunks) == data


class Stopping:
    """Keeps an original, and stops the server when the first of it comes."""

    def __init__(self, room: Any) -> None:
        self._room = room
        self.chunks: list[bytes] = []

    def clear(self) -> None:
        self.chunks.clear()

    def write(self, chunk: bytes) -> None:
        if not self.chunks:
            self._room.server.send_signal(signal.SIGSTOP)
        self.chunks.append(chunk)


async def test_a_lone_start_is_recorded_once_over_the_loss_of_its_connection(room: Any) -> None:
    client = await room._connect("language")
    starts = Starts(client, "language")
    await room.server.freeze()
    beginning = asyncio.create_task(starts.begin(a_delivery(3)))
    await asked(client)
    await lose(room)

    assert await beginning == 0
    assert await starts.begin(a_delivery(4)) == 1


async def test_what_is_being_said_when_its_connection_is_lost_is_said_on_the_next(
    room: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.chassis.publisher.ACK_TIMEOUT_SECONDS", LONG_SECONDS)
    client = await room._connect("fetch")
    publisher = Publisher(client)
    await room.server.freeze()
    saying = asyncio.create_task(publisher.publish(letter("once")))
    await asked(client)
    await lose(room)
    await saying

    assert await room.messages("LANGUAGE") == 1
    await publisher.close()


async def test_one_looks_for_all_who_wait_and_who_gives_up_takes_it_from_nobody(room: Any) -> None:
    client = await room._connect("language")
    await room.server.stop(signal.SIGKILL)
    await until(lambda: not client.is_connected)
    before = asyncio.all_tasks()
    waiting = [asyncio.create_task(connected(client)) for _ in range(20)]
    await asyncio.wait(waiting, timeout=2 * asking.LOOK_SECONDS)
    assert len(asyncio.all_tasks() - before) == len(waiting) + 1

    waiting.pop(0).cancel()
    await room.server.start()

    await asyncio.gather(*waiting)


class Flapping:
    """As much of a client as one needs who waits for its connection."""

    def __init__(self) -> None:
        self.is_connected = self.is_closed = False


async def test_where_a_connection_is_lost_in_the_moment_in_which_it_came_who_asks_then_lets_others_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(asking, "LOOK_SECONDS", 0.0)
    client: Any = Flapping()
    first = asyncio.create_task(connected(client))
    await until(lambda: client in asking._LOOKING)

    async def lose_and_ask() -> None:
        while not asking._LOOKING[client].done():  # noqa: ASYNC110 - in the very turn of the loop in which it is
            await asyncio.sleep(0)
        client.is_connected = False
        await connected(client)

    client.is_connected = True
    second = asyncio.create_task(lose_and_ask())
    await until(lambda: not client.is_connected)
    client.is_connected = True
    await asyncio.gather(first, second)
