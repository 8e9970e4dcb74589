"""A continuous pull: credit in messages and bytes, pulled again after heartbeats fail, errors and reconnects."""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error as NatsError

EXPIRES_SECONDS = 30.0
HEARTBEAT_SECONDS = 5.0
TICK_SECONDS = 0.25
LONGEST_DELAY_SECONDS = 5.0
LEAST_BYTES = 9 << 20  # a credit smaller than the largest message (max_payload 8 MB) could wait for ever


@dataclass(slots=True)
class _Credit:
    messages: int
    bytes: int


class Pull:
    """Asks one durable consumer for as much as `room` allows, for as long as it is open.

    Statuses name their request by its reply subject; messages count against the oldest, as the server serves them.
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
        self._delay = 0.0
        self._subscription: Subscription | None = None
        self._watch: asyncio.Task[None] | None = None
        self._inbox = ""
        self._last_sign = 0.0
        self.error: str | None = None

    async def open(self) -> None:
        """Subscribe and ask for the first messages."""
        self._inbox = self._client.new_inbox()
        # Limits off: what may arrive is bounded by the credit we give.
        self._subscription = await self._client.subscribe(
            self._inbox + ".*", cb=self._on_message, pending_msgs_limit=-1, pending_bytes_limit=-1
        )
        self._last_sign = time.monotonic()
        await self.ask()
        self._watch = asyncio.create_task(self._watchdog(), name="watch the pull")

    async def close(self) -> None:
        """Ask no more; what was already on the wire is still taken in."""
        if self._watch is not None:
            self._watch.cancel()
        if self._subscription is not None and self._client.is_connected:
            await self._subscription.drain()  # type: ignore[no-untyped-call]

    def silent_seconds(self) -> float:
        """How long the server has not said anything about our requests; its heartbeats come every five seconds."""
        return time.monotonic() - self._last_sign

    async def ask(self) -> None:
        """Give credit for what there is room for, in requests that are not too small to be worth it."""
        messages, size = self._room()
        messages -= self._asked
        size -= self._asked_bytes
        if messages <= 0 or (self._asked and messages < self._asked) or size < LEAST_BYTES:
            return
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

    async def _on_message(self, message: Msg) -> None:
        self._last_sign = time.monotonic()
        status = message.headers.get("Status") if message.headers and message.subject.startswith(self._inbox) else None
        if status is None:
            self._count(message)
            self.error = None
            self._delay = 0.0
            self._take(message)
        elif status != "100":  # 100 is the heartbeat
            self._end(message.subject)
            self._heed(status, (message.headers or {}).get("Description", ""))
        if not self._delay:
            await self.ask()

    def _count(self, message: Msg) -> None:
        for reply, credit in self._credits.items():
            size = (
                len(message.data) + len(message.subject) + len(message.reply)
            )  # the server counts headers too: see _heed
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
        self.error = f"{status} {description or 'the consumer does not answer'}"
        self._delay = min(LONGEST_DELAY_SECONDS, max(TICK_SECONDS, self._delay * 2))

    async def _again(self) -> None:
        """Forget all requests (the server has) and ask anew."""
        self._credits.clear()
        self._asked = self._asked_bytes = 0
        await self.ask()

    async def _watchdog(self) -> None:
        reconnects = self._client.stats["reconnects"]
        while True:
            await asyncio.sleep(self._delay or TICK_SECONDS)
            if not self._client.is_connected:
                continue
            try:
                if self._client.stats["reconnects"] != reconnects:  # the server forgot our requests
                    reconnects = self._client.stats["reconnects"]
                    await self._again()
                elif self._delay or (self._credits and self.silent_seconds() > 2.5 * HEARTBEAT_SECONDS):
                    if not self._delay:
                        self.error = "no heartbeat from the consumer"
                        self._delay = TICK_SECONDS
                    await self._again()
                else:
                    await self.ask()
            except NatsError as error:  # disconnected between two lines: the next tick sees it
                self.error = str(error)
