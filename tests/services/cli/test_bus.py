import asyncio
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from services.chassis.connection import bare
from services.chassis.testing import LocalServer, free_port, until
from services.cli import bus
from services.cli.errors import Told

pytestmark = pytest.mark.nats
LONG_AGO = datetime.now(UTC) - timedelta(hours=1)


async def publish(server: LocalServer, *bodies: bytes, subject: str = "articles.enriched.fr.fr") -> None:
    client = await server.connect("publisher")
    for body in bodies:
        await client.jetstream().publish(subject, body)
    await client.close()


async def take(articles: AsyncIterator[bytes], number: int) -> list[bytes]:
    async with asyncio.timeout(60):
        return [await anext(articles) for _ in range(number)]


async def test_what_was_announced_before_is_read_from_the_stream(server: LocalServer) -> None:
    await publish(server, b"1", b"2")
    async with bus.connected(server.url) as client:
        articles = bus.follow(client, "articles.enriched.*.*", LONG_AGO)
        assert await take(articles, 2) == [b"1", b"2"]
        await publish(server, b"3")
        assert await take(articles, 1) == [b"3"]


async def test_only_the_wanted_language_and_country_come(server: LocalServer) -> None:
    await publish(server, b"other", subject="articles.enriched.en.fr")
    await publish(server, b"wanted", subject="articles.enriched.fr.sy")
    async with bus.connected(server.url) as client:
        assert await take(bus.follow(client, "articles.enriched.fr.sy", LONG_AGO), 1) == [b"wanted"]


async def test_more_than_one_request_holds_comes_whole_and_in_order(
    server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bus, "BATCH", 3)
    bodies = [b"%d" % number for number in range(10)]
    await publish(server, *bodies)
    async with bus.connected(server.url) as client:
        assert await take(bus.follow(client, "articles.>", LONG_AGO), 10) == bodies


async def test_nothing_is_missed_and_nothing_comes_twice_over_a_killed_server(
    server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bus, "HEARTBEAT_SECONDS", 0.2)
    monkeypatch.setattr(bus, "SILENCE_SECONDS", 0.6)
    said: list[str] = []
    await publish(server, b"1")
    async with bus.connected(server.url, say=said.append) as client:
        articles = bus.follow(client, "articles.>", LONG_AGO)
        assert await take(articles, 1) == [b"1"]
        following = asyncio.create_task(take(articles, 2))
        await server.stop(signal.SIGKILL)
        await server.start()
        await publish(server, b"2", b"3")
        assert await following == [b"2", b"3"]
    assert said == [f"lost the nats-server at {server.url}; waiting for it"]


async def test_where_no_server_is_it_says_how_to_start_one() -> None:
    with pytest.raises(Told, match=r"no nats-server at nats://127.0.0.1:\d+: start one with `wireroom up`; where"):
        async with bus.connected(f"nats://somebody:secret@127.0.0.1:{free_port()}"):
            pass


@pytest.mark.parametrize(
    ("server", "shown"),
    [
        ("nats://a:b@host:4222", "nats://host:4222"),
        ("nats://host", "nats://host"),
        ("host:4222", "host:4222"),
        ("a:b@host", "host"),
    ],
)
def test_a_password_in_the_url_is_never_shown(server: str, shown: str) -> None:
    assert bare(server) == shown


async def test_of_several_servers_one_that_answers_will_do(server: LocalServer) -> None:
    nobody = f"nats://me:secret@127.0.0.1:{free_port()}"
    async with bus.connected(f"{nobody},{server.url}") as client:
        assert client.is_connected
    with pytest.raises(Told, match=r"no nats-server at nats://127.0.0.1:\d+,nats://127.0.0.1:\d+: start"):
        async with bus.connected(f"{nobody},{nobody}"):
            pass


async def test_who_is_refused_is_told_whom_the_server_does_not_know(server: LocalServer) -> None:
    for servers in (server.url, f"{server.url},{server.url}"):
        with pytest.raises(Told, match="refuses operator: see that it has the password"):
            async with asyncio.timeout(60), bus.connected(servers, "operator", "wrong"):
                pass


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")  # nats-py's
async def test_who_is_refused_later_comes_back_once_the_server_knows_the_password_again(server: LocalServer) -> None:
    configuration = server.home / "nats.conf"
    known = configuration.read_text()
    async with bus.connected(server.url, "operator", server.credentials["operator"]) as client:
        configuration.write_text(known.replace(server.credentials["operator"], "another"))
        await server.stop()
        await server.start()
        await until(lambda: "uthorization" in str(client.last_error))
        configuration.write_text(known)
        await server.stop()
        await server.start()
        await until(lambda: client.is_connected)


async def test_a_server_that_lets_nobody_in_is_not_waited_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bus, "ENTRY_SECONDS", 0.2)
    taken: list[asyncio.StreamWriter] = []
    silent = await asyncio.start_server(lambda _reader, writer: taken.append(writer), "127.0.0.1", 0)
    port = silent.sockets[0].getsockname()[1]
    with pytest.raises(Told, match=r"lets nobody in for 0\.2 s: see how it is"):
        async with bus.connected(f"nats://127.0.0.1:{port}"):
            pass
    for writer in taken:
        writer.close()
    silent.close()


async def test_who_is_let_in_too_late_is_told_so_although_the_first_word_to_stop_is_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bus, "ENTRY_SECONDS", 0.01)
    monkeypatch.setattr(bus, "AGAIN_SECONDS", 0.01)
    lost = list[bool]()

    async def connect(*_: object, **__: object) -> None:
        while len(lost) < 2:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:  # as Python 3.11's wait_for does with one that comes with a refusal
                lost.append(True)

    async def close(_: object) -> None:
        """A client that never began to connect has nothing to close."""

    monkeypatch.setattr("nats.aio.client.Client.connect", connect)
    monkeypatch.setattr("nats.aio.client.Client.close", close)
    listener = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
    async with listener, asyncio.timeout(60):
        with pytest.raises(Told, match="lets nobody in"):
            async with bus.connected(f"nats://127.0.0.1:{listener.sockets[0].getsockname()[1]}"):
                pass
    assert lost == [True, True]
