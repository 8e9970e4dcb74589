"""Where an input without an end is said to be, against a real nats-server."""

import json
from pathlib import Path
from typing import Any

import pytest
from nats.aio.client import Client
from sqlalchemy import create_engine
from sqlmodel import Session

from contracts.dead_letter import DeadLetter
from contracts.outcomes import DeadReason
from services.chassis.settings import House
from services.chassis.testing import LocalServer
from services.cli import whereabouts
from services.cli.whereabouts import NOWHERE
from services.fetch.feeds.tables import Unsaid
from tests.services.cli.conftest import INPUT, NOON
from tests.tables import lay_tables

pytestmark = pytest.mark.nats

FIRST, SECOND, THIRD = (INPUT.format(number) for number in (1, 2, 3))


@pytest.fixture
def inbox(home: Path) -> Path:
    folder = home.parent / "inbox"
    folder.mkdir()
    return folder


async def look(server: LocalServer, inbox: Path, *wanted: str) -> whereabouts.Whereabouts:
    client = await server.connect("operator")
    try:
        return await whereabouts.look(client, House(), inbox, wanted)
    finally:
        await client.close()


async def say(server: LocalServer, subject: str, identifier: str, body: bytes = b"{}", **headers: str) -> None:
    client = await server.connect("operator")
    await client.jetstream().publish(subject, body, headers={"Nats-Msg-Id": identifier, **headers})
    await client.close()


async def test_a_message_that_waits_and_one_that_a_service_was_given_are_told_apart(
    server: LocalServer, inbox: Path
) -> None:
    await say(server, "wireroom.article.fetched", f"{FIRST}:article_fetched")
    client = await server.connect("operator")
    reader = await client.jetstream().pull_subscribe_bind(durable="language", stream="LANGUAGE")
    await reader.fetch(1, timeout=60)
    await client.close()
    await say(server, "wireroom.article.fetched", f"{SECOND}:article_fetched:q1")

    found = await look(server, inbox, FIRST, SECOND, THIRD)

    assert [(place.where, place.stream) for place in found.of(FIRST)] == [("service", "LANGUAGE")]
    assert [(place.where, place.stream) for place in found.of(SECOND)] == [("queue", "LANGUAGE")]
    assert "it waits in LANGUAGE, since" in found.in_words(SECOND)
    assert found.in_words(THIRD) == NOWHERE
    assert found.unseen == []


async def test_what_waits_behind_a_pause_is_told_with_it(server: LocalServer, inbox: Path) -> None:
    await say(server, "wireroom.article.fetched", f"{FIRST}:article_fetched")
    client = await server.connect("operator")
    asked = json.dumps({"pause_until": "2127-01-01T12:00:00Z"}).encode()
    await client.request("$JS.API.CONSUMER.PAUSE.LANGUAGE.language", asked, timeout=60)
    await client.close()

    told = (await look(server, inbox, FIRST)).in_words(FIRST)
    assert told.startswith("it waits in LANGUAGE, since")
    assert "(number 1); LANGUAGE/language is paused until 2127-01-01 12:00:00Z: resume it with" in told


async def test_more_messages_than_one_request_brings_are_all_looked_at(server: LocalServer, inbox: Path) -> None:
    client = await server.connect("operator")
    for number in range(whereabouts.AT_ONCE + 4):
        await client.publish("wireroom.article.fetched", b"{}", headers={"Nats-Msg-Id": INPUT.format(number) + ":x"})
    await client.close()
    last = INPUT.format(whereabouts.AT_ONCE + 4)
    await say(server, "wireroom.article.fetched", f"{last}:article_fetched")

    assert (await look(server, inbox, last)).in_words(last).startswith("it waits in LANGUAGE")


async def test_where_not_all_could_be_looked_at_nobody_is_said_to_be_nowhere(
    server: LocalServer, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whereabouts, "MOST_MESSAGES", 1)
    for number in range(2):
        await say(server, "wireroom.article.fetched", f"{INPUT.format(number)}:article_fetched")

    assert "LANGUAGE holds 2 messages, and 1 were looked at" in (await look(server, inbox, THIRD)).in_words(THIRD)


@pytest.mark.parametrize("headers", [{"Status": "404"}, {"Status": "204", "Nats-Sequence": "1"}])
async def test_a_message_with_the_servers_own_words_in_its_headers_hides_none_behind_it(
    server: LocalServer, inbox: Path, headers: dict[str, Any]
) -> None:
    await say(server, "wireroom.article.fetched", f"{FIRST}:article_fetched", **headers)
    await say(server, "wireroom.article.fetched", f"{SECOND}:article_fetched")

    found = await look(server, inbox, FIRST, SECOND)
    assert [place.where for one in (FIRST, SECOND) for place in found.of(one)] == ["queue", "queue"]
    assert found.unseen == []


class Behind:
    """A connection whose first questions are answered by a server that has heard nothing yet."""

    def __init__(self, client: Client, times: int, status: str = "") -> None:
        self._client, self._times, self._status = client, times, status
        self.new_inbox, self.subscribe, self.request = client.new_inbox, client.subscribe, client.request

    async def publish(self, subject: str, body: bytes, *, reply: str) -> None:
        self._times -= 1
        if self._times >= 0 and self._status:
            await self._client.publish(reply, b"", headers={"Status": self._status})
            return
        await self._client.publish("$JS.API.DIRECT.GET.DEDUP" if self._times >= 0 else subject, body, reply=reply)


@pytest.mark.parametrize(("times", "seen"), [(0, 1), (2, 1), (3, 0)])
async def test_a_server_that_is_behind_is_asked_again(server: LocalServer, times: int, seen: int) -> None:
    await say(server, "wireroom.article.fetched", f"{FIRST}:article_fetched")
    client = await server.connect("operator")
    behind: Any = Behind(client, times)
    found = [one async for one in whereabouts.messages(behind, "LANGUAGE", first=1, last=1, patience=(0.01, 0.01))]
    await client.close()

    assert len(found) == seen


async def test_a_server_that_has_not_found_its_streams_yet_makes_nothing_be_nowhere(
    server: LocalServer, inbox: Path
) -> None:
    await say(server, "wireroom.article.fetched", f"{FIRST}:article_fetched")
    client = await server.connect("operator")
    behind: Any = Behind(client, 1, "503")
    found = await whereabouts.look(behind, House(), inbox, {FIRST})
    await client.close()

    assert found.of(FIRST) == []
    assert found.in_words(FIRST).startswith("not seen, and not all was looked at: the stream LANGUAGE stopped")


async def test_a_dead_letter_that_is_not_recorded_is_where_its_input_is(server: LocalServer, inbox: Path) -> None:
    letter = DeadLetter(
        service="extract",
        reason=DeadReason.FAILED,
        detail="",
        attempts=5,
        buried_at=NOON,
        first_heard_at=NOON,
        subject="wireroom.article.deduplicated",
        stream="EXTRACT",
        sequence=7,
        headers={"Nats-Msg-Id": f"{FIRST}:article_deduplicated"},
    )
    headers = letter.to_headers()
    await say(server, letter.address, letter.message_id(), b"", **headers)

    found = await look(server, inbox, FIRST)
    assert [place.where for place in found.of(FIRST)] == ["dead"]
    assert "store has not recorded that" in found.in_words(FIRST)


async def test_a_claim_of_fetch_is_where_its_input_is(server: LocalServer, inbox: Path) -> None:
    (inbox / ".claimed" / FIRST).mkdir(parents=True)

    assert "fetch has its file" in (await look(server, inbox, FIRST)).in_words(FIRST)


async def test_what_lies_in_a_file_that_fetch_has_is_with_it_however_deep(server: LocalServer, inbox: Path) -> None:
    (inbox / ".claimed" / FIRST).mkdir(parents=True)
    deep = f"{FIRST}#2#1"

    found = await look(server, inbox, deep, f"{SECOND}#1")
    assert found.in_words(deep).startswith("what it lies in is not ended: fetch has its file")
    assert found.in_words(f"{SECOND}#1") == NOWHERE


async def test_without_a_stream_that_is_said_instead_of_nowhere(server: LocalServer, inbox: Path) -> None:
    client = await server.connect("operator")
    await client.jetstream().delete_stream("EXTRACT")
    await client.close()

    assert "the stream EXTRACT is not there" in (await look(server, inbox, FIRST)).in_words(FIRST)


def test_without_a_server_fetch_is_still_asked(home: Path, inbox: Path) -> None:
    (inbox / ".claimed" / FIRST).mkdir(parents=True)
    found: Any = whereabouts.without_server(House(), inbox, [FIRST, SECOND], "no nats-server")

    assert "fetch has its file" in found.in_words(FIRST)
    assert "no nats-server" in found.in_words(SECOND)


def test_an_entry_of_a_feed_that_is_not_said_is_with_fetch(home: Path, inbox: Path) -> None:
    url = f"sqlite:///{home / 'fetch.db'}"
    lay_tables(url, "fetch")
    engine = create_engine(url)
    with Session(engine) as session:
        session.add(Unsaid(input_id=FIRST, feed_id=1, url="https://journal.example/a", claims="[]"))
        session.commit()
    engine.dispose()
    found: Any = whereabouts.without_server(House(), inbox, [FIRST], "no nats-server")

    assert "what feeds brought: https://journal.example/a" in found.in_words(FIRST)
