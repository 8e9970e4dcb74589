import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from services.chassis.testing import free_port
from services.cli.local import probes


@asynccontextmanager
async def answering(answer: bytes) -> AsyncIterator[int]:
    greeting: list[asyncio.Task[None]] = []

    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        writer.write_eof()
        await reader.read()
        writer.close()
        await writer.wait_closed()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        greeting.append(asyncio.create_task(greet(reader, writer)))

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]
        await asyncio.gather(*greeting)


def http(port: int) -> probes.Probe:
    return probes.http("127.0.0.1", port, "/readyz")


def nats(port: int) -> probes.Probe:
    return probes.nats("127.0.0.1", port)


@pytest.mark.parametrize(
    ("probe", "answer", "reason"),
    [
        (http, b"HTTP/1.0 200 OK\r\n\r\n{}", None),
        (http, b"HTTP/1.1 503 Service Unavailable\r\n\r\nthe database is away", "the database is away"),
        (http, b'HTTP/1.1 503 No\r\n\r\n{"ready": false, "reasons": ["no disk", "no NATS"]}', "no disk; no NATS"),
        (http, b"HTTP/1.1 500 Oh\r\n\r\n", "HTTP 500"),
        (http, b"HTTP/1.1 500 Oh\r\n\r\n" + b"[" * 200_000, "[[["),
        (http, b"INFO {}\r\n", "no answer on port"),
        (nats, b"INFO {}\r\n", None),
        (nats, b"HTTP/1.1 400\r\n", "does not speak NATS"),
    ],
)
async def test_an_answer_is_judged(probe: Callable[[int], probes.Probe], answer: bytes, reason: str | None) -> None:
    async with answering(answer) as port:
        said = await probe(port)()
    assert said is None if reason is None else reason in (said or "")


@pytest.mark.parametrize("probe", [http, nats])
async def test_nobody_there_is_a_reason(probe: Callable[[int], probes.Probe]) -> None:
    assert "no answer" in (await probe(free_port())() or "")
