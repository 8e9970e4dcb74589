"""What the streams still hold, read on a real server without moving anything."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from services.chassis.testing import LocalServer
from services.cli.errors import Told
from services.cli.local import history
from services.cli.local.manifest import Mark

pytestmark = pytest.mark.nats

NOW = datetime.now(UTC)
SUBJECT = "articles.enriched.fr.zz"
MANY = history.AT_ONCE + 50


@pytest_asyncio.fixture
async def server(tmp_path: Path) -> AsyncIterator[LocalServer]:
    async with LocalServer(tmp_path / "home") as running:
        yield running


async def say(server: LocalServer, user: str, subject: str, bodies: Sequence[str]) -> None:
    client = await server.connect(user)
    for body in bodies:
        await client.jetstream().publish(subject, body.encode(), headers={"Nats-Msg-Id": body})
    await client.close()


async def read(server: LocalServer, stream: str, sequence: int = 1) -> list[history.Held]:
    async with history.opened(server.url, server.credentials) as streams:
        return [one async for some in history.held(streams, stream, sequence) for one in some]


async def begin(server: LocalServer, mark: Mark | None, at: datetime = NOW) -> tuple[int, int]:
    async with history.opened(server.url, server.credentials) as streams:
        return await history.begin(streams, "ARTICLES", mark, at)


async def test_all_is_read_in_order_whatever_the_stream_and_nothing_is_taken(server: LocalServer) -> None:
    bodies = [str(number) for number in range(MANY)]
    await say(server, "publisher", SUBJECT, bodies)
    await say(server, "operator", "wireroom.article.fetched", ["waits"])

    heard, again = await read(server, "ARTICLES"), await read(server, "ARTICLES", MANY)
    [waiting] = await read(server, "LANGUAGE")

    assert [one.body.decode() for one in heard] == bodies
    assert [one.sequence for one in again] == [MANY]
    assert (waiting.subject, dict(waiting.headers)) == ("wireroom.article.fetched", {"Nats-Msg-Id": "waits"})
    assert abs(waiting.at - datetime.now(UTC)) < timedelta(minutes=1)
    assert await read(server, "LANGUAGE") == [waiting]
    assert await read(server, "DEAD") == []


async def test_a_message_is_of_the_time_that_its_hearer_is_told(server: LocalServer) -> None:
    await say(server, "operator", "wireroom.article.fetched", [str(number) for number in range(50)])
    client = await server.connect("operator")
    reader = await client.jetstream().pull_subscribe_bind(durable="language", stream="LANGUAGE")
    heard = await reader.fetch(50, timeout=60)
    await client.close()

    assert [one.at for one in await read(server, "LANGUAGE")] == [one.metadata.timestamp for one in heard]


@pytest.mark.parametrize(
    ("stamp", "microsecond"),
    [
        ("2026-11-26T17:16:03Z", 0),
        ("2026-11-26T17:16:03.5Z", 500_000),
        ("2026-11-26T17:16:03.523783999Z", 523_784),
        ("2026-11-26T17:16:03.000001Z", 1),
    ],
)
def test_the_server_writes_no_noughts_at_the_end(stamp: str, microsecond: int) -> None:
    assert history.moment(stamp) == datetime(2026, 11, 26, 17, 16, 3, microsecond, UTC)


@pytest.mark.parametrize("status", ["409", "404", "204"])
async def test_a_message_that_bears_the_servers_words_is_a_message(server: LocalServer, status: str) -> None:
    client = await server.connect("operator")
    hostile = {"Status": status, "Description": "no more"}
    await client.jetstream().publish("wireroom.article.fetched", b"hostile", headers=hostile)
    await client.jetstream().publish("wireroom.article.fetched", b"behind it")
    await client.close()

    assert [one.body for one in await read(server, "LANGUAGE")] == [b"hostile", b"behind it"]


async def test_the_end_is_believed_when_the_leader_has_no_more(
    server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await say(server, "publisher", SUBJECT, ["1", "2"])
    get, asked = history.get, 0

    async def behind(*what: Any) -> list[history.Held]:
        """A server that has not heard of the second one yet, the first two times."""
        nonlocal asked
        asked += 1
        return [one for one in await get(*what) if one.sequence == 1 or asked > 2]

    monkeypatch.setattr(history, "get", behind)

    assert [one.body for one in await read(server, "ARTICLES")] == [b"1", b"2"]


async def test_what_was_taken_out_meanwhile_is_not_waited_for_without_end(
    server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await say(server, "publisher", SUBJECT, ["1", "2"])
    monkeypatch.setattr(history, "BEHIND_SECONDS", (0.01,))
    client = await server.connect("publisher")
    await client.jetstream().delete_msg("ARTICLES", 2)
    await client.close()

    assert await read(server, "ARTICLES", 2) == []


async def test_a_position_says_what_lies_before_it(server: LocalServer) -> None:
    await say(server, "publisher", SUBJECT, ["1", "2"])
    await say(server, "operator", "dead.wireroom.article.fetched", ["buried, and heard by nobody"])
    await say(server, "operator", "wireroom.input.received", ["not heard"])

    position = await history.position(server.url, server.credentials, NOW + timedelta(days=1))

    assert {name: mark.last_sequence for name, mark in position.marks.items()} == {"ARTICLES": 2, "DEAD": 0}
    assert position.unheard_since < NOW + timedelta(hours=12), "the store has something from now to hear"


async def test_without_a_server_nothing_but_the_time_is_known(tmp_path: Path) -> None:
    position = await history.position("nats://127.0.0.1:1", {}, NOW)

    assert position.marks == {}
    assert position.unheard_since == NOW - history.BLIND
    with pytest.raises(Told):
        async with history.opened("nats://127.0.0.1:1", {}):
            pass


async def test_what_came_behind_a_mark_is_told_and_a_little_before_it(server: LocalServer) -> None:
    await say(server, "publisher", SUBJECT, ["1", "2", "3"])
    marks = (await history.position(server.url, server.credentials, NOW)).marks
    mark = marks["ARTICLES"]
    later = datetime.now(UTC) + timedelta(hours=1)

    assert await begin(server, mark, later) == (4, 0)
    assert await begin(server, mark, NOW) == (1, 0), "it came within a minute before the backup"
    assert await begin(server, None, later) == (4, 0)
    assert await begin(server, None, NOW) == (1, 0)


async def test_another_stream_than_that_of_the_mark_is_read_from_its_beginning(server: LocalServer) -> None:
    await say(server, "publisher", SUBJECT, ["1"])
    later = datetime.now(UTC) + timedelta(hours=1)

    assert await begin(server, Mark(created=NOW - timedelta(days=1), last_sequence=1), later) == (1, 0)


async def test_what_the_stream_has_dropped_since_is_counted(server: LocalServer) -> None:
    await say(server, "publisher", SUBJECT, ["1"])
    marks = (await history.position(server.url, server.credentials, NOW)).marks
    await say(server, "publisher", SUBJECT, ["2", "3", "4"])
    client = await server.connect("publisher")
    await client.jetstream().purge_stream("ARTICLES", keep=1)
    await client.close()

    assert await begin(server, marks["ARTICLES"]) == (2, 2)
