import asyncio
import json
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import nats
import pytest
import pytest_asyncio
from faststream.nats import NatsBroker
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from structlog.testing import capture_logs

from services.chassis.accounts import render
from services.chassis.asking import ConnectionLost
from services.chassis.broker import Line, broker_for
from services.chassis.connection import close, harden, nameless
from services.chassis.pulse import answers
from services.chassis.settings import House, ServiceSettings
from services.chassis.testing import TEST_BUDGET_BYTES, LocalServer, until

pytestmark = [
    pytest.mark.nats,
    # nats-py 2.16 leaves the socket of a try that was refused to the garbage collector
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning"),
]


class Connected:
    """A service's connection to a server whose passwords change."""

    def __init__(self, server: LocalServer) -> None:
        self.server, self.line, self.closed = server, Line(), asyncio.Event()
        house = House(home=server.home, nats_port=server.port)
        self.broker: NatsBroker = broker_for("language", ServiceSettings(house=house), self.line, self._on_closed)

    async def _on_closed(self) -> None:
        self.closed.set()

    def change(self, *, told: bool) -> None:
        """Give language another password on the server; `told` says whether the home folder knows it."""
        self.server.credentials["language"] += "x"
        text = render(
            self.server.credentials,
            host="127.0.0.1",
            port=self.server.port,
            store_dir=str(self.server.home / "nats"),
            budget_bytes=TEST_BUDGET_BYTES,
        )
        (self.server.home / "nats.conf").write_text(text)
        if told:
            self.tell(self.server.credentials)

    def tell(self, credentials: object) -> None:
        (self.server.home / "credentials.json").write_text(json.dumps(credentials))


@pytest_asyncio.fixture
async def connected(tmp_path: Path) -> AsyncIterator[Connected]:
    async with LocalServer(tmp_path) as server:
        made = Connected(server)
        yield made
        with suppress(NatsError, TimeoutError, TypeError):
            await made.broker.stop()


async def test_a_password_that_changed_while_the_server_was_away_is_read_anew(connected: Connected) -> None:
    client = await connected.broker.connect()
    await connected.server.stop()
    connected.change(told=False)
    await connected.server.start()

    await until(lambda: "Authorization Violation" in connected.line.not_connected())
    assert not client.is_connected
    connected.tell(connected.server.credentials)
    with capture_logs() as logs:
        await until(lambda: client.is_connected)
        await until(lambda: {"event": "connected again", "log_level": "info"} in logs)


async def test_a_wrong_password_at_the_start_is_said_and_waited_out(connected: Connected) -> None:
    known = connected.server.credentials
    connected.tell({**known, "language": "wrong"})
    connecting = asyncio.create_task(connected.broker.connect())

    await until(lambda: "Authorization Violation" in connected.line.not_connected())
    connected.tell(known)
    assert (await asyncio.wait_for(connecting, 60)).is_connected


async def test_one_whom_the_server_throws_out_learns_that_it_is_closed_for_good(connected: Connected) -> None:
    client = await connected.broker.connect()
    connected.change(told=True)
    connected.server.send_signal(signal.SIGHUP)

    await asyncio.wait_for(connected.closed.wait(), 60)
    assert "authorization" in str(client.last_error).lower()


@pytest.mark.parametrize("credentials", [{}, {"store": "x"}])
async def test_without_a_password_for_the_home_folders_server_it_waits_and_says_so(
    connected: Connected, credentials: dict[str, str]
) -> None:
    known = connected.server.credentials
    connected.tell(credentials)
    connecting = asyncio.create_task(connected.broker.connect())

    await until(lambda: "has no password for language" in connected.line.not_connected())
    (connected.server.home / "credentials.json").write_text('{"langu')
    await until(lambda: "is no JSON" in connected.line.not_connected())
    connected.tell(known)
    assert (await asyncio.wait_for(connecting, 60)).is_connected


async def test_a_server_whose_name_nobody_knows_yet_is_waited_for_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_up, known = socket.getaddrinfo, asyncio.Event()

    def resolver(host: str, *rest: Any, **more: Any) -> Any:
        if host == "news" and not known.is_set():
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return look_up("127.0.0.1" if host == "news" else host, *rest, **more)

    async with LocalServer(tmp_path) as server:
        monkeypatch.setattr(socket, "getaddrinfo", resolver)
        house = House(home=server.home, nats_url=f"nats://news:{server.port}")
        line = Line(house.servers())
        connecting = asyncio.create_task(broker_for("language", ServiceSettings(house=house), line).connect())

        await until(lambda: line.not_connected() == "not connected to NATS: no such name is known here (news)")
        known.set()
        client = await asyncio.wait_for(connecting, 60)
        assert client.is_connected
        await close(client)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (socket.gaierror(socket.EAI_NONAME, "no"), "no such name is known here (news or paper)"),
        (socket.gaierror(socket.EAI_NODATA, "no"), "no such name is known here (news or paper)"),
        (
            socket.gaierror(socket.EAI_AGAIN, "Try again"),
            "the address of news or paper cannot be looked up (try again)",
        ),
        (ConnectionRefusedError(111, "refused"), None),
    ],
)
def test_a_name_that_leads_nowhere_is_told_with_what_kept_it(error: OSError, told: str | None) -> None:
    assert nameless(error, ["nats://u:p@paper:4222", "news"]) == told


def test_a_server_elsewhere_needs_no_password_of_ours(tmp_path: Path) -> None:
    house = House(home=tmp_path, nats_url="nats://a:4222, nats://b:4222")
    broker = broker_for("language", ServiceSettings(house=house), Line())

    assert broker._connection_kwargs["servers"] == ["nats://a:4222", "nats://b:4222"]
    assert broker._connection_kwargs.get("password") is None


def test_user_and_password_in_the_address_go_before_the_home_folders(tmp_path: Path) -> None:
    (tmp_path / "credentials.json").write_text('{"language": "secret"}')
    house = House(home=tmp_path, nats_url="nats://me:mine@a:4222")

    assert broker_for("language", ServiceSettings(house=house), Line())._connection_kwargs.get("password") is None


async def test_a_ping_stands_behind_what_was_said_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with LocalServer(tmp_path) as server:
        client, written = await server.connect("language"), list[bytes]()
        writer: asyncio.StreamWriter = client._transport._io_writer  # type: ignore[union-attr]
        write = writer.transport.write

        def noted(data: bytes) -> None:
            written.append(data)
            write(data)

        monkeypatch.setattr(writer.transport, "write", noted)
        monkeypatch.setattr(writer.transport, "writelines", lambda lines: noted(b"".join(lines)))
        await client.subscribe("_SVC.language.x")
        await client.flush(60)

    said = b"".join(written)
    assert said.index(b"SUB _SVC.language.x") < said.index(b"PING")


class Slow:
    """As much of a server as a client needs to connect; the second time it goes on when told, up to a third ping."""

    def __init__(self) -> None:
        self.connections = self.ended = 0
        self.read: list[bytes] = []  # on the second connection
        self.go_on, self.over = asyncio.Event(), asyncio.Event()

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        stops = {1: self.go_on, 3: self.over} if self.connections == 2 else {}  # the first ping is part of connecting
        writer.write(b'INFO {"max_payload": 1048576}\r\n')
        pings = 0
        with suppress(OSError):
            while line := await reader.readline():
                if stops:
                    self.read.append(line)
                if line == b"PING\r\n":
                    pings += 1
                    writer.write(b"PONG\r\n")
                    if (stop := stops.get(pings)) is not None:
                        await stop.wait()
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
        self.ended += 1


async def test_what_a_lost_connection_left_unanswered_answers_nobody_on_the_next_one() -> None:
    slow = Slow()
    server = await asyncio.start_server(slow, "127.0.0.1", 0)
    client = harden(await nats.connect(f"nats://127.0.0.1:{server.sockets[0].getsockname()[1]}", reconnect_time_wait=0))
    old: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
    with pytest.MonkeyPatch.context() as stuck:  # its flusher has not come to it when the connection is lost
        stuck.setattr(client, "_flush_pending", no_flush)
        await client._send_ping(old)
    await client.force_reconnect()
    await until(lambda: slow.connections == 2 and client.is_connected)

    await client.publish("said", b"x")
    pong: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
    await client._send_ping(pong)
    slow.go_on.set()
    await asyncio.wait_for(pong, 60)
    assert b"PUB said  1\r\n" in slow.read  # and not only what the connection before was to be asked
    with pytest.raises(ConnectionLost):
        await old
    slow.over.set()
    await close(client)
    await until(lambda: slow.ended == slow.connections)
    server.close()
    await server.wait_closed()


async def no_flush(*_: object, **__: object) -> None: ...


async def test_a_ping_without_a_connection_is_lost_and_no_answer() -> None:
    client = harden(Client())
    pong: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
    await client._send_ping(pong)

    with pytest.raises(ConnectionLost):
        await pong
    assert not await answers(client, 60)


async def test_a_client_that_is_closed_in_the_moment_of_a_refusal_stops_trying(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trying = asyncio.Event()

    async def refused_when_cancelled(*_: object, **__: object) -> None:  # what wait_for makes of it before Python 3.12
        first = not trying.is_set()
        trying.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            raise (ConnectionRefusedError if first else asyncio.CancelledError) from None

    async with LocalServer(tmp_path) as server:
        client = await server.connect("language")
        monkeypatch.setattr(client._transport, "connect", refused_when_cancelled)
        await server.stop()
        await trying.wait()
        reconnecting = client._reconnection_task

        await close(client)

        assert reconnecting is not None
        await until(reconnecting.done)


async def test_a_client_that_is_thrown_out_with_something_left_to_write_says_that_it_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = asyncio.Event()

    async def closed() -> None:
        said.set()

    async def reset(*_: object, **__: object) -> None:
        raise ConnectionResetError

    async with LocalServer(tmp_path) as server:
        client = await server.connect("language")
        client._closed_cb = closed
        monkeypatch.setattr(client, "_flush_pending", no_flush)
        monkeypatch.setattr(client._transport, "drain", reset)
        await client.publish("_SVC.language.left", b"unwritten")

        await client._process_err("'Authorization Violation'")

        await asyncio.wait_for(said.wait(), 60)
        assert client.is_closed


async def test_a_client_whose_closing_fails_leaves_no_task_that_waits_for_messages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def reset(*_: object, **__: object) -> None:
        raise ConnectionResetError

    async def nothing(_: Msg) -> None: ...

    async with LocalServer(tmp_path) as server:
        client = await server.connect("operator")
        waiting = (await client.subscribe("articles.>", cb=nothing))._wait_for_msgs_task
        monkeypatch.setattr(client, "_flush_pending", reset)

        await close(client)

        assert waiting is not None
        await until(waiting.done)
        assert client._transport is not None
        client._transport.close()


async def test_what_keeps_us_from_the_server_is_logged_once_an_outage_and_that_it_is_over() -> None:
    line = Line()
    with capture_logs() as logs:
        for _ in range(2):
            await line.on_loss()
            for number in range(6):
                await line.on_error(ConnectionRefusedError(111, f"Connect call failed: server {number % 2}"))
            await line.on_return()
        await line.on_error(NatsError("nats: permissions violation"))

    refused = ["[Errno 111] Connect call failed: server 0", "[Errno 111] Connect call failed: server 1"]
    outage = [*[("nats", words) for words in refused], ("connected again", None)]
    assert [(entry["event"], entry.get("error")) for entry in logs] == [*outage * 2, ("nats", "permissions violation")]
