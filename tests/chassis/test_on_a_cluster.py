"""Three real nats-servers that keep everything together: what a service meets when one of them is lost."""

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import nats
import pytest
import pytest_asyncio
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError

from contracts.topology import ARTICLES
from services.chassis.accounts import new_credentials
from services.chassis.letters import Letter
from services.chassis.publisher import Publisher
from services.chassis.pull import Pull
from services.chassis.raw import NoSuchOriginal, Raw
from services.chassis.streams import lay
from services.chassis.testing import TEST_BUDGET_BYTES, until
from tests.injuries.cluster import REPLICAS, Cluster

pytestmark = [pytest.mark.nats, pytest.mark.slow]

LETTERS = 8_000
FEW = 40
SECONDS = 60.0


class Laid:
    """The servers with everything laid on them, and connections of the services' users."""

    def __init__(self, folder: Path) -> None:
        self.credentials = new_credentials()
        self.servers = Cluster(folder, self.credentials)
        self._clients: list[Client] = []

    async def lay(self, replicas: int = REPLICAS) -> list[str]:
        return await lay(
            self.servers.url.split(","), self.credentials, budget_bytes=TEST_BUDGET_BYTES, replicas=replicas
        )

    async def connect(self, user: str) -> Client:
        client = await nats.connect(
            self.servers.url.split(","),
            user=user,
            password=self.credentials[user],
            inbox_prefix=f"_SVC.{user}".encode() if user != "publisher" else b"_INBOX",
            max_reconnect_attempts=-1,
            reconnect_time_wait=0.1,
            error_cb=_ignore,
        )
        self._clients.append(client)
        return client

    async def close(self) -> None:
        for client in self._clients:
            with suppress(NatsError, OSError, TypeError):
                await client.close()
        await asyncio.to_thread(self.servers.stop)


async def _ignore(_error: Exception) -> None:
    """Tests look at effects; nats-py would print."""


@pytest_asyncio.fixture
async def laid(tmp_path: Path) -> AsyncIterator[Laid]:
    made = Laid(tmp_path)
    try:
        await asyncio.gather(asyncio.to_thread(made.servers.start), made.lay())  # before they have found each other
        yield made
    finally:
        await made.close()


def a_letter(stream: str, subject: str, number: int) -> Letter:
    headers = {"Nats-Msg-Id": f"{stream}-{number}", "Nats-Expected-Stream": stream}
    return Letter(stream, subject, f"{number}".encode() * 200, headers)


class Ear:
    """Hears, acknowledges, and knows under which sequences of the stream each letter came."""

    def __init__(self) -> None:
        self.heard: dict[str, set[int]] = {}
        self._acknowledging: set[asyncio.Task[None]] = set()

    def room(self) -> tuple[int, int]:
        return 256, 64 << 20

    def take(self, message: Msg) -> None:
        places = self.heard.setdefault((message.headers or {})["Nats-Msg-Id"], set())
        places.add(message.metadata.sequence.stream)
        task = asyncio.create_task(message.ack())
        self._acknowledging.add(task)
        task.add_done_callback(self._acknowledging.discard)


async def test_a_leader_is_killed_while_much_is_said_and_all_is_kept_once_and_heard(laid: Laid) -> None:
    assert await laid.lay() == []  # laid twice is no change
    assert "LANGUAGE: num_replicas is 3, not 1" in await laid.lay(replicas=1)
    said = [
        ("fetch", [a_letter("LANGUAGE", "wireroom.article.fetched", number) for number in range(LETTERS)]),
        ("store", [a_letter(ARTICLES.name, "articles.enriched.fr.zz", number) for number in range(LETTERS // 4)]),
    ]
    publishers = [(Publisher(await laid.connect(user)), letters) for user, letters in said]
    ear = Ear()
    pull = Pull(await laid.connect("language"), "LANGUAGE", "language", room=ear.room, take=ear.take)
    await pull.open()
    victim = await asyncio.to_thread(laid.servers.await_leader, "LANGUAGE")  # found before: meanwhile all could be said
    saying = asyncio.gather(*(publisher.publish_all(letters) for publisher, letters in publishers))

    await until(lambda: len(ear.heard) > LETTERS // 10, seconds=SECONDS)
    await asyncio.to_thread(victim.end)
    assert not saying.done(), "killed too late to show anything"
    await asyncio.wait_for(saying, SECONDS)
    await asyncio.to_thread(victim.start)
    await asyncio.to_thread(laid.servers.wait_until_healthy)

    await until(lambda: len(ear.heard) == LETTERS, seconds=SECONDS)
    assert [identifier for identifier, places in ear.heard.items() if len(places) > 1] == []
    publisher = await laid.connect("publisher")
    assert (await publisher.jetstream().stream_info(ARTICLES.name)).state.messages == LETTERS // 4
    await pull.close()
    for one, _ in publishers:
        await one.close()


async def test_the_same_letter_said_by_two_at_once_is_acknowledged_to_both_and_kept_once(laid: Laid) -> None:
    both = [Publisher(await laid.connect("fetch")) for _ in range(2)]
    letters = [a_letter("LANGUAGE", "wireroom.article.fetched", number) for number in range(FEW)]

    for letter in letters:
        await asyncio.gather(*(publisher.publish(letter) for publisher in both))
    operator = await laid.connect("operator")
    assert (await operator.jetstream().stream_info("LANGUAGE")).state.messages == len(letters)
    for publisher in both:
        await publisher.close()


async def test_what_was_put_is_read_at_once_whichever_server_answers(laid: Laid) -> None:
    client = await laid.connect("fetch")
    publisher = Publisher(client)
    raw = Raw(client, publisher, fresh_seconds=3600)
    originals = {hashlib.sha256(data).hexdigest(): data for data in (os.urandom(200_000) for _ in range(FEW))}

    for sha256, data in originals.items():
        await raw.put(data, sha256)
        assert await raw.get(sha256) == data
    with pytest.raises(NoSuchOriginal):
        await raw.get("0" * 64)
    await publisher.close()
