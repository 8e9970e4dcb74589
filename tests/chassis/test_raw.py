"""Originals, on a real nats-server."""

import asyncio
import base64
import hashlib
import json
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from nats.aio.msg import Msg

from services.chassis.letters import Letter
from services.chassis.publisher import Publisher
from services.chassis.raw import STREAM, NoSuchOriginal, Raw
from services.chassis.testing import until
from services.chassis.unavailable import Unavailable

pytestmark = pytest.mark.nats


LATER = timedelta(hours=3)


async def raw_of(room: Any, user: str = "fetch", **options: Any) -> tuple[Raw, Publisher]:
    client = await room.server.connect(user)
    publisher = Publisher(client)
    room._stack.push_async_callback(client.close)
    room._stack.push_async_callback(publisher.close)
    return Raw(client, publisher, **{"fresh_seconds": 3600, **options}), publisher


def named(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("size", [0, 1, 131_072, 131_073, 5_000_000])
async def test_an_original_comes_back_byte_for_byte(room: Any, size: int) -> None:
    raw, _ = await raw_of(room)
    data = os.urandom(size)
    await raw.put(data, named(data))
    assert await raw.get(named(data)) == data


async def test_an_original_that_was_put_a_short_while_ago_is_not_written_again(room: Any) -> None:
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


class Operated(Publisher):
    """Before the n-th letter an operator deletes the stream, and it is laid again."""

    async def operate(self, room: Any, *places: int) -> None:
        self.room, self.places, self.letters = room, places, 0

    async def publish(self, letter: Letter) -> int:
        self.letters += 1
        if self.letters in self.places:
            await self.room.js.delete_stream(STREAM)
            await self.room.server.lay()
        return await super().publish(letter)


@pytest.mark.parametrize("places", [(2,), (3,), (4,), (3, 6)])
async def test_an_original_is_whole_where_its_stream_is_laid_again_in_the_midst_of_it(
    room: Any, places: tuple[int, ...]
) -> None:
    client = await room.server.connect("fetch")
    publisher = Operated(client)
    await publisher.operate(room, *places)
    room._stack.push_async_callback(client.close)
    room._stack.push_async_callback(publisher.close)
    other, data = os.urandom(10), os.urandom(300_000)  # three pieces, and the meta is the fourth letter

    await Raw(client, publisher, fresh_seconds=3600).put(data, named(data))
    raw, _ = await raw_of(room)
    await raw.put(other, named(other))

    assert await raw.get(named(data)) == data
    assert await raw.get(named(other)) == other


async def test_originals_that_go_in_together_are_whole_where_their_stream_is_laid_again(room: Any) -> None:
    client = await room.server.connect("fetch")
    publisher = Operated(client)
    originals = [f"les faits {number}".encode() for number in range(40)]
    await publisher.operate(room, 60)  # all of the pieces are said before the first meta
    room._stack.push_async_callback(client.close)
    room._stack.push_async_callback(publisher.close)
    raw = Raw(client, publisher, fresh_seconds=3600)
    await asyncio.gather(*(raw.put(one, named(one)) for one in originals))
    kept = [one for one in originals if await raw._meta(named(one)) is not None]  # the others went whole, put already

    assert kept
    for one in kept:
        assert await raw.get(named(one)) == one


async def test_a_piece_whose_acknowledgement_was_lost_is_not_put_twice(room: Any) -> None:
    client = await room.server.connect("fetch")

    class Repeating(Publisher):
        async def publish(self, letter: Letter) -> int:
            await super().publish(letter)
            return await super().publish(letter)

    publisher = Repeating(client)
    room._stack.push_async_callback(client.close)
    room._stack.push_async_callback(publisher.close)
    raw, data = Raw(client, publisher, fresh_seconds=3600), os.urandom(300_000)
    await raw.put(data, named(data))

    assert await raw.get(named(data)) == data
    assert await room.messages(STREAM) == 4


async def test_where_pieces_go_again_and_again_the_store_is_away_and_the_original_is_not_kept_in_part(
    room: Any,
) -> None:
    client = await room.server.connect("fetch")

    class Purged(Publisher):
        async def publish(self, letter: Letter) -> int:
            if ".M." in letter.subject:
                await room.js.purge_stream(STREAM)
            return await super().publish(letter)

    publisher = Purged(client)
    room._stack.push_async_callback(client.close)
    room._stack.push_async_callback(publisher.close)

    with pytest.raises(Unavailable, match="pieces of an original go"):
        await Raw(client, publisher, fresh_seconds=3600).put(b"les faits", named(b"les faits"))
    assert await room.messages(STREAM) == 0


async def test_any_nats_client_reads_an_original(room: Any) -> None:
    raw, _ = await raw_of(room)
    await raw.put(b"les faits" * 30_000, named(b"les faits" * 30_000))
    store = await room.js.object_store("RAW")
    assert (await store.get(named(b"les faits" * 30_000))).data == b"les faits" * 30_000


async def test_an_original_that_is_not_fresh_is_put_again(room: Any) -> None:
    raw, _ = await raw_of(room, fresh_seconds=0)
    await raw.put(b"les faits", named(b"les faits"))
    await raw.put(b"les faits", named(b"les faits"))
    assert await room.messages(STREAM) == 4


async def test_an_original_is_removed_with_all_that_was_ever_put_under_its_name(room: Any) -> None:
    fetch, _ = await raw_of(room, fresh_seconds=0)
    store, _ = await raw_of(room, "store")
    data = os.urandom(300_000)
    await fetch.put(b"another", named(b"another"))
    await fetch.put(data, named(data))
    await fetch.put(data, named(data))

    assert await store.remove(named(data), stored_before=datetime.now(UTC) + LATER) == 600_000
    assert await room.messages(STREAM) == 2
    assert await store.remove(named(data), stored_before=datetime.now(UTC) + LATER) == 0
    with pytest.raises(NoSuchOriginal):
        await fetch.get(named(data))
    assert await fetch.get(named(b"another")) == b"another"


async def test_an_original_that_was_put_a_short_while_ago_is_not_removed(room: Any) -> None:
    fetch, _ = await raw_of(room)
    store, _ = await raw_of(room, "store")
    await fetch.put(b"les faits", named(b"les faits"))

    assert await store.remove(named(b"les faits"), stored_before=datetime.now(UTC) - LATER) is None
    assert await fetch.get(named(b"les faits")) == b"les faits"


async def test_an_original_that_is_put_anew_while_it_is_being_removed_is_there_afterwards(room: Any) -> None:
    fetch, _ = await raw_of(room, fresh_seconds=0)
    client = await room.server.connect("store")
    room._stack.push_async_callback(client.close)

    class Interrupted(Raw):
        async def purge(self, what: dict[str, Any]) -> None:
            await fetch.put(b"les faits", named(b"les faits"))
            await super().purge(what)

    await fetch.put(b"les faits", named(b"les faits"))
    await Interrupted(client, Publisher(client), fresh_seconds=0).remove(
        named(b"les faits"), stored_before=datetime.now(UTC) + LATER
    )

    assert await fetch.get(named(b"les faits")) == b"les faits"


async def test_a_removal_that_a_crash_cut_off_is_done_again(room: Any) -> None:
    fetch, _ = await raw_of(room)
    store, _ = await raw_of(room, "store")
    await fetch.put(b"les faits", named(b"les faits"))
    pieces = json.dumps({"filter": "$O.RAW.C.>"}).encode()
    await room.operator.request(f"$JS.API.STREAM.PURGE.{STREAM}", pieces, timeout=60)
    with pytest.raises(NoSuchOriginal):
        await fetch.get(named(b"les faits"))

    assert await store.remove(named(b"les faits"), stored_before=datetime.now(UTC) + LATER) == len(b"les faits")
    assert await room.messages(STREAM) == 0


async def test_an_original_that_is_put_anew_before_the_removal_has_seen_all_is_there_afterwards(room: Any) -> None:
    fetch, _ = await raw_of(room, fresh_seconds=0)
    client = await room.server.connect("store")
    room._stack.push_async_callback(client.close)

    class Interrupted(Raw):
        async def messages(self, subject: str, **asked: Any) -> AsyncIterator[Msg]:
            await fetch.put(b"les faits", named(b"les faits"))
            async for message in super().messages(subject, **asked):
                yield message

    await fetch.put(b"les faits", named(b"les faits"))
    removing = Interrupted(client, Publisher(client), fresh_seconds=0).remove(
        named(b"les faits"), stored_before=datetime.now(UTC) + LATER
    )

    assert await removing == len(b"les faits")
    assert await fetch.get(named(b"les faits")) == b"les faits"


@pytest.mark.parametrize("garbage", [b"\xff", b"[1]", b"[" * 100_000])
async def test_where_nobody_can_read_what_was_put_it_is_put_again_and_can_be_removed(room: Any, garbage: bytes) -> None:
    fetch, _ = await raw_of(room)
    store, _ = await raw_of(room, "store")
    data = b"les faits"
    await room.js.publish("$O.RAW.M." + base64.urlsafe_b64encode(named(data).encode()).decode(), garbage)
    assert await store.remove(named(data), stored_before=datetime.now(UTC) + LATER) == 0
    await fetch.put(data, named(data))

    assert await fetch.get(named(data)) == data
    assert await store.remove(named(data), stored_before=datetime.now(UTC) + LATER) == len(data)
    assert await room.messages(STREAM) == 0


async def test_on_a_connection_that_is_gone_an_original_is_away_and_not_lost(room: Any) -> None:
    client = await room.server.connect("store")
    raw = Raw(client, Publisher(client), fresh_seconds=0)
    await client.close()

    for asking in (raw.get("0" * 64), raw._chunks("$O.RAW.C.x", 1, 1)):
        with pytest.raises(Unavailable, match="RAW"):
            await asking


async def test_where_the_store_is_not_there_nothing_is_known_of_what_it_holds(room: Any) -> None:
    raw, _ = await raw_of(room, "store")
    await room.js.delete_stream(STREAM)

    with pytest.raises(Unavailable, match="RAW"):  # no end of what it holds: pieces that it names would go
        [each async for each in raw.messages("$O.RAW.M.>")]
