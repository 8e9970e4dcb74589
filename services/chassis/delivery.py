"""One delivery of one message, and what the server says about it."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Self

from nats.aio.msg import Msg

from contracts.identity import way_of


@dataclass(slots=True, eq=False)
class Delivery:
    """A message in our hands: everything but its body is read off the acknowledgement subject and the headers."""

    message: Msg
    stream: str
    sequence: int
    number: int  # this is its how-manieth delivery, neighbours' crashes and orderly stops included
    stored_at: float  # when the message came onto its stream, seconds since the epoch
    signed: float = field(default_factory=time.monotonic)  # when the server last had a sign of life
    began: float | None = None  # when the handler took it up, until the handler is done
    alone: bool = False  # it may be the one that kills: its start is on record
    lone_starts: int | None = None  # before this one, without an end; None until STARTS has said
    ended: bool = False  # acknowledged or given back, and counted

    @classmethod
    def of(cls, message: Msg) -> Self:
        """The delivery that `message` is; `$JS.ACK.[domain.account.]stream.consumer.number.sequence.other.time.…`."""
        tokens = message.reply.split(".")
        first = 2 if len(tokens) == 9 else 4
        return cls(message, tokens[first], int(tokens[first + 3]), int(tokens[first + 2]), int(tokens[first + 5]) / 1e9)

    @property
    def key(self) -> tuple[str, int, float]:
        """What message this is, whenever it comes: a stream that was deleted and laid again counts from 1 again."""
        return self.stream, self.sequence, self.stored_at

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

    @property
    def heard_at(self) -> datetime:
        """When the message came onto its stream."""
        return datetime.fromtimestamp(self.stored_at, UTC)

    def age_seconds(self) -> float | None:
        """Seconds since the input was received: the time is in its UUIDv7 (RFC 9562, 48 bits of milliseconds)."""
        identifier = self.message_id
        try:
            received = int(identifier[:8] + identifier[9:13], 16) / 1000
        except ValueError:
            return None
        return max(0.0, time.time() - received)
