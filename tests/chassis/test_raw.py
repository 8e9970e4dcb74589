"""Originals, on a real nats-server."""

import asyncio
import hashlib
import os
from typing import Any

import pytest

from services.chassis.publisher import Publisher
from services.chassis.raw import STREAM, NoSuchOriginal, Raw
from services.chassis.testing import until

pytestmark = pytest.mark.nats


async def raw_of(room: Any) -> tuple[Raw, Publisher]:
    client = await room.server.connect("fetch")
    publisher = Publisher(client)
    room._stack.push_async_callback(client.close)
    room._stack.push_async_callback(publisher.close)
    return Raw(client, publisher), publisher


def named(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("size", [0, 1, 131_072, 131_073, 5_000_000])
async def test_an_original_comes_back_byte_for_byte(room: Any, size: int) -> None:
    raw, _ = await raw_of(room)
    data = os.urandom(size)
    await raw.put(data, named(data))
    assert await raw.get(named(data)) == data


async def test_an_original_is_written_once_a_day(room: Any) -> None:
    raw, _ = await raw_of(room)
    await raw.put(b"les faits", named(b"les faits"))
    held = await room.messages(STREAM)
    await raw.put(b"les faits", named(b"les faits"))
    assert await room.messages(STREAM) == held == 2


async def test_what_was_never_put_is_not_there(room: Any) -> None:
    raw, _ = await raw_of(room)
    with pytest.raises(NoSuchOriginal):
        await raw.get("0" * 64)


async def test_an_original_that_finds_no_room_is_not_there_in_part_and_goes_in_whole_later(room: Any) -> None:
    raw, publisher = await raw_of(room)
    info = await room.js.stream_info(STREAM)
    room_enough, info.config.max_bytes = info.config.max_bytes, 200_000
    await room.js.update_stream(info.config)
    data = os.urandom(300_000)
    putting = asyncio.create_task(raw.put(data, named(data)))
    await until(lambda: STREAM in publisher.stalls)
    with pytest.raises(NoSuchOriginal):  # and a second fetch would not take it for kept
        await raw.get(named(data))
    info.config.max_bytes = room_enough
    await room.js.update_stream(info.config)
    await putting

    assert await raw.get(named(data)) == data


async def test_any_nats_client_reads_an_original(room: Any) -> None:
    raw, _ = await raw_of(room)
    await raw.put(b"les faits" * 30_000, named(b"les faits" * 30_000))
    store = await room.js.object_store("RAW")
    assert (await store.get(named(b"les faits" * 30_000))).data == b"les faits" * 30_000
