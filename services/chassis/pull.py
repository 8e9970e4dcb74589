"""A continuous pull: credit in messages and bytes, pulled again after heartbeats fail, errors and reconnects."""

import asyncio
import json
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error as NatsError

from services.chassis.waits import Why

EXPIRES_SECONDS = 30.0
HEARTBEAT_SECONDS = 5.0
SILENCE_SECONDS = 2.5 * HEARTBEAT_SECONDS
TICK_SECONDS = 0.25
LONGEST_DELAY_SECONDS = 5.0
DRAIN_SECONDS = 1.0
LEAST_BYTES = 9 << 20  # a credit smaller than the largest message (max_payload 8 MB) could wait for ever


@dataclass(slots=True)
class _Credit:
    messages: int
    bytes: int


class Pull:
    """Asks one durable consumer for as much as `room` allows, for as long as it is open.

    Statuses name their request by its reply subject; messages name none, and count against the oldest request.
    """

    def __init__(
        self,
        client: Client,
        stream: str,
        consumer: str,
        *,
        room: Callable[[], tuple[int, int]],
        take: Callable[[Msg], None],
    ) -> None:
        self._client, self._room, self._take = client, room, take
        self._next = f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{consumer}"
        self._credits: dict[str, _Credit] = {}  # by reply subject, oldest first
        self._asked = 0
        self._asked_bytes = 0
        self._asked_so_far = 0
        self._backoff_seconds = 0.0
        self._again_at: float | None = None
        self._subscription: Subscription | None = None
        self._watch: asyncio.Task[None] | None = None
        self._inbox = ""
        self._last_sign = 0.0
        self._closing = False
        self.error: str | None = None
        self.why = Why.NO_WORD  # of the error

    async def open(self) -> asyncio.Task[None]:
        """Subscribe and ask for the first messages; who watches over that from now on, until it is closed."""
        await self._listen()
        await self.ask()
        self._watch = asyncio.create_task(self._watchdog(), name="watch the pull")
        return self._watch

    async def close(self) -> None:
        """Ask no more; what was already on the wire is still taken in."""
        self._closing = True
        if self._watch is not None:
            self._watch.cancel()
        if self._subscription is not None and self._client.is_connected:
            with suppress(NatsError, TimeoutError):
                async with asyncio.timeout(DRAIN_SECONDS):
                    await self._subscription.drain()  # type: ignore[no-untyped-call] # as nats-py has it

    def silent_seconds(self) -> float:
        """How long the server has owed us a sign about a request: a message, a status or a heartbeat."""
        return time.monotonic() - self._last_sign if self._credits else 0.0

    async def ask(self) -> None:
        """Give credit for what there is room for, in requests that are not too small to be worth it."""
        messages, size = self._room()
        messages -= self._asked
        size -= self._asked_bytes
        if self._closing or messages <= 0 or (self._asked and messages < self._asked) or size < LEAST_BYTES:
            return
        if not self._credits:
            self._last_sign = time.monotonic()
        if self._asked == 0 and messages > 1:
            size //= 2  # the other half is for the request that follows before this one is used up
            size = max(size, LEAST_BYTES)
        self._asked_so_far += 1
        reply = f"{self._inbox}.{self._asked_so_far}"
        self._credits[reply] = _Credit(messages, size)
        self._asked += messages
        self._asked_bytes += size
        request = {
            "batch": messages,
            "max_bytes": size,
            "expires": int(EXPIRES_SECONDS * 1e9),
            "idle_heartbeat": int(HEARTBEAT_SECONDS * 1e9),
        }
        await self._client.publish(self._next, json.dumps(request).encode(), reply=reply)

    async def _listen(self) -> None:
        """A fresh inbox: the server drops what was asked under the old one."""
        old, self._inbox = self._subscription, self._client.new_inbox()
        self._credits.clear()
        self._asked = self._asked_bytes = 0
        # Limits off: what may arrive is bounded by the credit we give.
        self._subscription = await self._client.subscribe(
            self._inbox + ".*", cb=self._on_message, pending_msgs_limit=-1, pending_bytes_limit=-1
        )
        if old is not None:
            await old.unsubscribe()

    async def _on_message(self, message: Msg) -> None:
        self._last_sign = time.monotonic()
        status = message.headers.get("Status") if message.headers and message.subject.startswith(self._inbox) else None
        if status is None:
            self._count(message)
            self._recover()
            self._take(message)
        elif status == "100":  # the heartbeat: the consumer is there
            self._recover()
        else:
            self._end(message.subject)
            self._heed(status, (message.headers or {}).get("Description", ""))
        if self._again_at is None:
            await self.ask()

    def _recover(self) -> None:
        self.error = None
        self._backoff_seconds = 0.0
        self._again_at = None

    def _count(self, message: Msg) -> None:
        for reply, credit in self._credits.items():
            size = len(message.data) + len(message.subject) + len(message.reply)  # headers too, but see _heed
            credit.messages -= 1
            spent = min(size, credit.bytes)
            credit.bytes -= spent
            self._asked -= 1
            self._asked_bytes -= spent
            if credit.messages <= 0:
                self._end(reply)
            return

    def _end(self, reply: str) -> None:
        credit = self._credits.pop(reply, None)
        if credit is not None:
            self._asked -= credit.messages
            self._asked_bytes -= credit.bytes

    def _heed(self, status: str, description: str) -> None:
        """404, 408 and a spent byte credit are the ordinary ends of a request; the rest is an error to wait out."""
        if status in {"404", "408"} or description.startswith(("Message Size Exceeds MaxBytes", "Batch Completed")):
            return
        told = description.partition("\n")[0].strip()  # nats-py reads a header after a status without words as words
        self.error = f"{status} {told or 'the consumer does not answer'}"
        gone = status == "503" or told.startswith("Consumer Deleted")
        self.why = Why.NOT_LAID if gone else Why.REFUSED
        self._backoff_seconds = min(LONGEST_DELAY_SECONDS, max(TICK_SECONDS, self._backoff_seconds * 2))
        self._again_at = time.monotonic() + self._backoff_seconds

    async def _watchdog(self) -> None:
        reconnects = self._client.stats["reconnects"]
        while True:
            await asyncio.sleep(TICK_SECONDS)
            if not self._client.is_connected:
                continue
            try:
                if self._client.stats["reconnects"] != reconnects:  # the server may have forgotten our requests
                    reconnects = self._client.stats["reconnects"]
                    self._recover()
                    await self._again()
                elif self._again_at is not None:
                    if time.monotonic() >= self._again_at:
                        self._again_at = None  # what the new request brings decides whether there is another wait
                        await self._again()
                elif self.silent_seconds() > SILENCE_SECONDS:
                    self.error, self.why = "no heartbeat from the consumer", Why.NO_WORD
                    await self._again()
                else:
                    await self.ask()
            except NatsError as error:  # disconnected between two lines: the next tick sees it
                self.error, self.why = str(error), Why.NOT_CONNECTED

    async def _again(self) -> None:
        await self._listen()
        await self.ask()
