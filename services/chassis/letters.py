"""From a message to what goes on the wire: subject, stream, body and headers."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime

from contracts.identity import message_id
from contracts.message import Message
from contracts.topology import ROUTE_OF

FRAME_BYTES = 256  # the header's own line, and what marks a letter as one of a batch


@dataclass(frozen=True, slots=True)
class Letter:
    """One message as it is published: all that a retry needs to be the same again."""

    stream: str
    subject: str
    body: bytes
    headers: dict[str, str]

    def size(self) -> int:
        """Bytes on the wire, a little generously: what a limit is held against."""
        headers = sum(len(name) + len(value) + 4 for name, value in self.headers.items())
        return len(self.body) + headers + len(self.subject) + FRAME_BYTES


def seal(message: Message, *, service: str, way: str = "", traceparent: str | None = None) -> Letter:
    """The letter that says `message`: the same ids on every try, so that the stream knows a repetition."""
    name = message.name()
    identifier = message_id(message.input_id, name, way)
    stream = ROUTE_OF[type(message)].stream
    return Letter(
        stream,
        message.address(),
        message.__pydantic_serializer__.to_json(message),
        {
            "Nats-Msg-Id": identifier,
            "Nats-Expected-Stream": stream,
            "content-type": message.content_type,
            "traceparent": child_of(traceparent, message.input_id),
            "ce-specversion": "1.0",
            "ce-id": identifier,
            "ce-type": f"wireroom.{name}",
            "ce-source": f"wireroom/{service}",
            "ce-time": datetime.now(UTC).isoformat(),
        },
    )


def child_of(traceparent: str | None, input_id: str) -> str:
    """A W3C trace context one step on; an input without one gets a trace named after itself."""
    span = f"{random.getrandbits(64):016x}"
    if traceparent is not None and traceparent.count("-") == 3:
        version, trace, _, flags = traceparent.split("-")
        return f"{version}-{trace}-{span}-{flags}"
    return f"00-{input_id[:36].replace('-', '')}-{span}-01"
