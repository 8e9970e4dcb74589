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
        self._heard = time.monotonic()

    def troubles(self) -> list[Trouble]:
        """The server's silence, if it is one."""
        silent = time.monotonic() - self._heard
        if silent < QUIET_SECONDS or not self._client.is_connected:
            return []
        return [Trouble("NATS", Why.NO_WORD, f"no answer from NATS for {silent:.0f} s")]

    async def run(self) -> None:
        """Feel it, until cancelled."""
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            if not self._client.is_connected or await self._answers():
                self._heard = time.monotonic()
            elif time.monotonic() - self._heard > SILENT_SECONDS:
                logger().warning("nats", error="no answer: making a new connection")
                await self._leave()
                self._heard = time.monotonic()  # the next connection's silence is its own

    async def _answers(self) -> bool:
        """Whether an answer came, or anything else: on a slow line the answer stands behind what was asked for."""
        before = self._arrived()
        try:
            await self._client.flush(ANSWER_SECONDS)
        except (NatsError, OSError):
            return self._arrived() != before
        return True

    def _arrived(self) -> tuple[int, int]:
        return self._client.stats["in_bytes"], len(self._client._ps.buf)  # noqa: SLF001 - half a message is a sign too

    async def _leave(self) -> None:
        """End the connection at once: closing it in order would wait until the silent side has read the rest."""
        writer = getattr(self._client._transport, "_io_writer", None)  # noqa: SLF001 - there is no other way to it
        if writer is not None:
            writer.transport.abort()
        else:
            await self._client.force_reconnect()
