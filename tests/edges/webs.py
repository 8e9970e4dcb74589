"""A web server of our own on loopback: it counts who comes, and answers each path as it is told, well or badly."""

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import h2.config
import h2.connection
import h2.events
import pytest

from contracts.outcomes import RejectReason
from services.fetch.core.web.answer import Answer, Refused
from services.fetch.settings import FetchSettings
from services.fetch.web.client import Web
from services.fetch.web.resolver import Resolve

HOST = "127.0.0.1"
Lie = Callable[[asyncio.StreamWriter], Awaitable[None]]


def said(body: bytes | str = b"", status: str = "200 OK", **headers: object) -> bytes:
    """An answer as it goes over the wire; underscores in the names of headers stand for hyphens."""
    data = body.encode() if isinstance(body, str) else body
    told = {"Content-Length": len(data), "Connection": "close"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items() if value is not None)
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + data


@dataclass
class Site:
    """What was asked of the server, and what it answers; a path that it does not know is 404, robots.txt among them."""

    port: int = 0
    hosts: tuple[str, ...] = (HOST,)
    connections: int = 0
    heard: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    answers: dict[str, bytes | Lie | list[bytes]] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    greeting: bytes = b""  # before anything was asked
    there: set[asyncio.StreamWriter] = field(default_factory=set)
    at_work: set[asyncio.Task[Any]] = field(default_factory=set)

    @property
    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [path for path, _ in self.heard if path != "/robots.txt"]

    def url(self, path: str = "/", host: str = HOST) -> str:
        """Where a path of it is."""
        return f"http{'s' if self.tls else ''}://{host}:{self.port}{path}"

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Site"]:
        """Listening on `hosts`; several need a `port` of their own to share."""
        server = await asyncio.start_server(self._met, self.hosts, self.port, ssl=self.tls)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            for writer in self.there:
                with suppress(AttributeError):  # as Python 3.11 says of one that closed when it had written the rest
                    writer.transport.abort()
            await asyncio.gather(*self.at_work, return_exceptions=True)

    async def _met(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.there.add(writer)
        if (task := asyncio.current_task()) is not None:
            self.at_work.add(task)
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            writer.write(self.greeting)
            chosen = writer.get_extra_info("ssl_object")
            if chosen is not None and chosen.selected_alpn_protocol() == "h2":
                await self._second(reader, writer)
            else:
                await self._first(reader, writer)
        writer.close()

    async def _first(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        path = head[0].split(" ")[1]
        self.heard.append(
            (path, {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])})
        )
        answer = self._answer(path)
        if isinstance(answer, bytes):
            writer.write(answer)
            await writer.drain()
        else:
            await answer(writer)

    def _answer(self, path: str) -> bytes | Lie:
        answer = self.answers.get(path, said(status="404 Not Found"))
        if isinstance(answer, list):
            return answer.pop(0) if len(answer) > 1 else answer[0]
        return answer

    async def _second(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """HTTP/2, as far as one request needs it: the status and body of the HTTP/1.1 answer."""
        connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        connection.initiate_connection()
        writer.write(connection.data_to_send())
        while data := await reader.read(65536):
            for event in connection.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    self._answer_second(connection, event)
            writer.write(connection.data_to_send())
            await writer.drain()

    def _answer_second(self, connection: h2.connection.H2Connection, event: Any) -> None:
        asked = {name.decode(): value.decode() for name, value in event.headers}
        self.heard.append((asked[":path"], asked))
        answer = self._answer(asked[":path"])
        assert isinstance(answer, bytes)
        head, _, body = answer.partition(b"\r\n\r\n")
        status = head.split(b" ")[1].decode()
        connection.send_headers(event.stream_id, [(":status", status), ("content-type", "text/html; charset=utf-8")])
        connection.send_data(event.stream_id, body, end_stream=True)


def web(site: Site, *, resolve: Resolve | None = None, **settings: Any) -> Web:
    """The web, with the site allowed and nobody waited for."""
    told: dict[str, Any] = {"allow_hosts": HOST, "allow_ports": str(site.port), "host_gap_seconds": 0.0}
    return Web(FetchSettings(**told | settings), resolve=resolve)


def time_for(reason: RejectReason) -> float:
    """How many seconds a page may take: few where that is what it is about, and else enough for a slow machine."""
    return 1.0 if reason is RejectReason.TIMED_OUT else 60.0


def certificate(folder: Path, name: str) -> Path:
    """A certificate and its key in one file, good for `name`, signed by itself."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed: it makes the certificate")
    key, pem = folder / "key.pem", folder / "certificate.pem"
    kind = "IP" if name[0].isdigit() else "DNS"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-keyout", str(key), "-out", str(pem), "-days", "2", "-subj", f"/CN={name}"),
            *("-addext", f"subjectAltName={kind}:{name}"),
        ],
        check=True,
        capture_output=True,
    )
    both = folder / "both.pem"
    both.write_bytes(key.read_bytes() + pem.read_bytes())
    return both


def secure(pem: Path, *protocols: str) -> ssl.SSLContext:
    """A server's side of TLS, that speaks `protocols`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    context.set_alpn_protocols(list(protocols))
    return context


def why(answer: Answer) -> RejectReason:
    """Why there is no page."""
    assert isinstance(answer, Refused)
    return answer.reason
