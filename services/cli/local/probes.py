"""Asking a process on this machine whether it lives and whether it is ready."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from services.chassis.whose import HEADER

# None where all is well, else the reason why not.
Probe = Callable[[], Awaitable[str | None]]

TIMEOUT_SECONDS = 3.0
MAX_ANSWER_BYTES = 4 << 20
MAX_REASON_CHARACTERS = 300


class AnotherHomes(OSError):
    """What answers is another system's: it was given the same ports."""

    def __init__(self, port: int) -> None:
        super().__init__(
            f"a service of another home answers on port {port}: its `wireroom up` has the ports of this one"
        )


async def get(host: str, port: int, path: str, *, home: str | None = None) -> tuple[int, str]:
    """The status and body of an HTTP answer; raises OSError or TimeoutError where there is none.

    Where `home` is given and the answer is another one's, that is AnotherHomes; what does not say is believed.
    By hand, because an HTTP client would read proxies out of the environment, and takes longer to import than to ask.
    """
    async with asyncio.timeout(TIMEOUT_SECONDS):
        reader, writer = await asyncio.open_connection(host, port)
        try:
            writer.write(f"GET {path} HTTP/1.0\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
            answer = await _read_all(reader)
        finally:
            await _close(writer)
    head, _, body = answer.partition(b"\r\n\r\n")
    words = head.split(None, 2)
    if len(words) < 2 or not words[1].isdigit():
        raise OSError(f"{host}:{port} does not speak HTTP")
    if home is not None and (whose := _header(head, HEADER)) is not None and whose != home:
        raise AnotherHomes(port)
    return int(words[1]), body.decode(errors="replace")


def _header(head: bytes, name: str) -> str | None:
    for line in head.decode("latin-1").split("\r\n")[1:]:
        found, _, value = line.partition(":")
        if found.strip().lower() == name.lower():
            return value.strip()
    return None


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(OSError):  # the other side may have been quicker, and less polite
        await writer.wait_closed()


async def _read_all(reader: asyncio.StreamReader) -> bytes:
    answer = bytearray()
    while (chunk := await reader.read(1 << 16)) and len(answer) < MAX_ANSWER_BYTES:
        answer += chunk
    return bytes(answer)


def http(host: str, port: int, path: str) -> Probe:
    """A probe that is content with 200; the reason is what the answer says."""

    async def ask() -> str | None:
        try:
            status, body = await get(host, port, path)
        except (OSError, TimeoutError) as error:
            return f"no answer on port {port} ({type(error).__name__})"
        return None if status == 200 else reasons(body) or f"HTTP {status}"

    return ask


def said(body: str) -> dict[str, Any]:
    """What a service says in JSON; nothing where it does not, or what answers is none of ours."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def reasons(body: str) -> str:
    """Why a service says no: its reasons, or what it says as it stands, shortened."""
    why = said(body).get("reasons")
    return "; ".join(map(str, why if isinstance(why, list) else [body.strip()]))[:MAX_REASON_CHARACTERS]


def nats(host: str, port: int) -> Probe:
    """A probe that is content when the server introduces itself."""

    async def ask() -> str | None:
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                reader, writer = await asyncio.open_connection(host, port)
                try:
                    greeting = await reader.readline()
                finally:
                    await _close(writer)
        except (OSError, TimeoutError, ValueError) as error:
            return f"no answer on port {port} ({type(error).__name__})"
        return None if greeting.startswith(b"INFO ") else f"port {port} does not speak NATS"

    return ask
