"""Whether the server still answers: a connection may stay open long after nobody is at its other end."""

import asyncio
import time

from nats.aio.client import Client
from nats.errors import Error as NatsError

from services.chassis.logs import logger
from services.chassis.waits import Trouble, Why

EVERY_SECONDS = 3
ANSWER_SECONDS = 5
QUIET_SECONDS = 1.5 + EVERY_SECONDS + ANSWER_SECONDS  # from here on it is told
SILENT_SECONDS = 1.5 * QUIET_SECONDS  # from here on the connection is given up


class Pulse:
    """Asks the server for a sign every few seconds, and makes a new connection where there is none.

    nats-py does the same, after a minute at the soonest, and would take a slow line for a dead one.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._heard, self._on = time.monotonic(), self._connection()

    def troubles(self) -> list[Trouble]:
        """The server's silence, if it is one."""
        silent = self._silent_seconds()
        if silent < QUIET_SECONDS or not self._client.is_connected:
            return []
        return [Trouble("NATS", Why.NO_WORD, f"no answer from NATS for {silent:.0f} s")]

    def _connection(self) -> int:
        return self._client.stats["reconnects"]

    def _silent_seconds(self) -> float:
        """How long nothing came on the connection that we have; what the one before owed us, it takes with it."""
        return time.monotonic() - self._heard if self._on == self._connection() else 0.0

    def _hear(self) -> None:
        self._heard, self._on = time.monotonic(), self._connection()

    async def run(self) -> None:
        """Feel it, until cancelled."""
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            if not self._client.is_connected or self._on != self._connection() or await self._answers():
                self._hear()
            elif self._silent_seconds() > SILENT_SECONDS:
                logger().warning("nats", error="no answer: making a new connection")
                await self._leave()
                self._hear()  # the next connection's silence is its own

    async def _answers(self) -> bool:
        """Whether an answer came, or anything else: on a slow line the answer stands behind what was asked for."""
        before = self._arrived()
        answered = await answers(self._client, ANSWER_SECONDS)
        return _reads(self._client) and (answered or self._arrived() != before)

    def _arrived(self) -> tuple[int, int]:
        return self._client.stats["in_bytes"], len(self._client._ps.buf)  # noqa: SLF001 - half a message is a sign too

    async def _leave(self) -> None:
        """End the connection at once: closing it in order would wait until the silent side has read the rest."""
        writer = getattr(self._client._transport, "_io_writer", None)  # noqa: SLF001 - there is no other way to it
        if writer is not None:
            writer.transport.abort()
        await self._client.force_reconnect()  # where nothing reads, nothing would see that end


async def answers(client: Client, seconds: float) -> bool:
    """Whether the server has answered in time, and so has read what was said before.

    nats-py's `flush` cancels what it waited for in vain; an answer that comes after all then ends nats-py's reading,
    and the client is connected and deaf from there on.
    """
    pong: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
    try:
        async with asyncio.timeout(seconds):  # where much is to be written, it stands behind that
            await client._send_ping(pong)  # noqa: SLF001 - see above
    except (NatsError, OSError, RuntimeError, AttributeError):  # there is no connection, or not any more
        return False
    await asyncio.wait({pong}, timeout=seconds)
    return pong.done() and pong.exception() is None  # else the connection was lost


def _reads(client: Client) -> bool:
    reading = client._reading_task  # noqa: SLF001 - nats-py tells nobody when it fell over what it read
    return reading is not None and not reading.done()
