"""A TCP proxy between services and server that can cut, swallow, delay and trickle, for one of them or for all."""

import asyncio
import json
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

LOOPBACK = "127.0.0.1"
CHUNK = 1 << 16
TICK_SECONDS = 0.02
EVERYBODY = ""


@dataclass(frozen=True)
class Line:
    """How a connection behaves."""

    delay_seconds: float = 0.0  # each way
    bytes_a_second: float = 0.0  # 0: as fast as it goes
    swallows: bool = False  # nothing arrives, and the connection stays
    refuses: bool = False  # there is no connection


GOOD = Line()


class Proxy:
    """Runs in a thread of its own; whose connection it is, is read off the NATS client's first line."""

    def __init__(self, target_port: int) -> None:
        self._target_port = target_port
        self._lines: dict[str, Line] = {EVERYBODY: GOOD}
        self._links: set[_Link] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)
        self._server: asyncio.Server | None = None
        self.port = 0

    def line_of(self, user: str) -> Line:
        """How the connections of a user behave."""
        return self._lines.get(user, self._lines[EVERYBODY])

    def make(self, line: Line, *users: str) -> None:
        """From now on the lines of these users, or of everybody, are like this one."""
        self._await(self._set(line, users or (EVERYBODY,)))

    def heal(self) -> None:
        """Everything is as it was."""
        self._await(self._heal())

    def users(self) -> set[str]:
        """Who is connected now."""
        return {link.user for link in set(self._links) if link.user}

    def start(self) -> Self:
        """Listen, on a port that was free."""
        self._thread.start()
        self._await(self._open())
        return self

    def stop(self) -> None:
        """End every connection, and listen no more."""
        self._await(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, _k: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None) -> None:
        self.stop()

    async def _open(self) -> None:
        self._server = await asyncio.start_server(self._serve, LOOPBACK, 0)
        self.port = int(self._server.sockets[0].getsockname()[1])

    async def _close(self) -> None:
        if self._server is not None:
            self._server.close()
        for link in list(self._links):
            link.abort()
        await asyncio.wait_for(asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()})), 60)

    async def _set(self, line: Line, users: tuple[str, ...]) -> None:
        self._lines |= dict.fromkeys(users, line)
        for link in list(self._links):
            if self.line_of(link.user).refuses:
                link.abort()

    async def _heal(self) -> None:
        self._lines = {EVERYBODY: GOOD}
        for link in list(self._links):
            if link.swallowed:  # what a network lost, TCP would send again: a proxy cannot, so the connection ends
                link.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            from_server, to_server = await asyncio.open_connection(LOOPBACK, self._target_port)
        except OSError:
            writer.transport.abort()
            return
        link = _Link(self, writer, to_server)
        self._links.add(link)
        try:
            await asyncio.gather(link.carry(reader, to_server, first=True), link.carry(from_server, writer))
        except OSError:
            pass  # one side is gone, and so is the other
        finally:
            link.abort()
            self._links.discard(link)

    def _await(self, work: Coroutine[Any, Any, None]) -> None:
        future: Future[None] = asyncio.run_coroutine_threadsafe(work, self._loop)
        future.result(timeout=90)


class _Link:
    """One client's connection."""

    def __init__(self, proxy: Proxy, *writers: asyncio.StreamWriter) -> None:
        self._proxy, self._writers = proxy, writers
        self.user = EVERYBODY
        self.swallowed = False

    def abort(self) -> None:
        """End both sides at once."""
        for writer in self._writers:
            writer.transport.abort()

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, first: bool = False) -> None:
        """Hand on what comes, as the line allows."""
        while chunk := await reader.read(CHUNK):
            if first:
                self.user, first = _user(chunk), False
            line = self._proxy.line_of(self.user)
            if line.refuses:
                break
            if line.swallows:
                self.swallowed = True
                continue
            await self._pass(line, writer, chunk)
        self.abort()

    async def _pass(self, line: Line, writer: asyncio.StreamWriter, chunk: bytes) -> None:
        if line.delay_seconds:
            await asyncio.sleep(line.delay_seconds)
        step = max(1, int(line.bytes_a_second * TICK_SECONDS)) if line.bytes_a_second else len(chunk)
        for at in range(0, len(chunk), step):
            writer.write(chunk[at : at + step])
            await writer.drain()
            if line.bytes_a_second:
                await asyncio.sleep(TICK_SECONDS)


def _user(first: bytes) -> str:
    """Who a NATS client says that it is: `CONNECT {"user": …}`."""
    word, _, rest = first.partition(b" ")
    if word == b"CONNECT":
        with suppress(ValueError):
            return str(json.loads(rest.partition(b"\r\n")[0]).get("user", EVERYBODY))
    return EVERYBODY
