"""One delivery of one message, and what the server says about it."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Self
from uuid import UUID

from nats.aio.msg import Msg

from contracts.identity import input_id_of, way_of


@dataclass(slots=True, eq=False)
class Delivery:
    """A message in our hands: everything but its body is read off the acknowledgement subject and the headers."""

    message: Msg
    stream: str
    sequence: int
    number: int  # this is its how-manieth delivery, neighbours' crashes and orderly stops included
    heard: float = field(default_factory=time.monotonic)
    signed: float = field(default_factory=time.monotonic)  # when the server last had a sign of life
    began: float | None = None  # when the handler took it up

    @classmethod
    def of(cls, message: Msg) -> Self:
        """The delivery that `message` is; `$JS.ACK.[domain.account.]stream.consumer.number.sequence.…`."""
        tokens = message.reply.split(".")
        first = 2 if len(tokens) == 9 else 4
        return cls(message, tokens[first], int(tokens[first + 3]), int(tokens[first + 2]))

    @property
    def size(self) -> int:
        """Bytes of the body."""
        return len(self.message.data)

    @property
    def headers(self) -> dict[str, str]:
        """The headers, or none."""
        return self.message.headers or {}

    @property
    def message_id(self) -> str:
        """The `Nats-Msg-Id`, or nothing where a stranger published."""
        return self.headers.get("Nats-Msg-Id", "")

    @property
    def way(self) -> str:
        """The suffix of a replay or requeue."""
        return way_of(self.message_id)

    def age_seconds(self) -> float | None:
        """Seconds since the input was received: the time is in its UUIDv7 (RFC 9562, 48 bits of milliseconds)."""
        try:
            identifier = UUID(input_id_of(self.message_id)[:36])
        except ValueError:
            return None
        received = datetime.fromtimestamp((identifier.int >> 80) / 1000, UTC)
        return max(0.0, (datetime.now(UTC) - received).total_seconds())
