"""Direct gets: many messages of a stream with one question, of whichever of its servers answers first."""

import json
from contextlib import suppress
from typing import NamedTuple

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error as NatsError

from services.chassis import asking
from services.chassis.asking import ConnectionLost
from services.chassis.unavailable import Unavailable

BYTES = 8 << 20  # of messages in memory at once, whatever somebody has put there


class Portion(NamedTuple):
    """How many messages are asked for at once, and how long the next one may take.

    For each question the server counts what is left on the subjects: of many small messages many are asked for.
    """

    messages: int
    seconds: float


async def portion(client: Client, stream: str, subject: str, sequence: int, asked: Portion) -> list[Msg]:
    """The next messages on the subjects from this number on, oldest first; none where there are none.

    Raises Unavailable.
    """
    while True:
        try:
            await asking.connected(client)
            return await _at_once(client, stream, subject, sequence, asked)
        except ConnectionLost:  # what came of it comes again
            continue
        except (NatsError, TimeoutError) as error:
            raise Unavailable(name_of(stream), str(error)) from error


def sequence_of(got: Msg) -> int:
    """The number of a message in its stream."""
    return int((got.headers or {})["Nats-Sequence"])


def name_of(stream: str) -> str:
    """The stream as people know it: an object store without what NATS puts before its name."""
    return stream.removeprefix("OBJ_")


async def _at_once(client: Client, stream: str, subject: str, sequence: int, asked: Portion) -> list[Msg]:
    inbox = client.new_inbox()
    request = {"seq": sequence, "next_by_subj": subject, "batch": asked.messages, "max_bytes": BYTES}
    got: list[Msg] = []
    subscription: Subscription | None = None
    try:
        subscription = await client.subscribe(inbox)
        await client.publish(f"$JS.API.DIRECT.GET.{stream}", json.dumps(request).encode(), reply=inbox)
        while len(got) < asked.messages:
            message = await asking.next_of(client, subscription, timeout_seconds=asked.seconds)
            if (status := (message.headers or {}).get("Status", "")) in {"204", "404"}:  # that was all, or none
                break
            if status:  # as 503, of a server that has not found its streams yet: that is no end
                raise Unavailable(name_of(stream), f"status {status}")
            got.append(message)
    finally:
        with suppress(NatsError):  # it went with the connection
            if subscription is not None:
                await subscription.unsubscribe()
    return got
