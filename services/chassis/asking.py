"""Asking the server: what was asked on a connection that is lost is given up with it, and asked again on the next.

Else each answer that cannot come any more would be waited for to the end of its time, also when the next connection
stands long since.
"""

import asyncio
import json
import time
from contextlib import suppress
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import ConnectionClosedError
from nats.errors import Error as NatsError

TOLD_SECONDS = 2.0
LOOK_SECONDS = 0.25  # for the connection: nats-py has no event for it

_LOOKING: WeakKeyDictionary[Client, asyncio.Task[None]] = WeakKeyDictionary()


class ConnectionLost(NatsError):
    """The connection on which it was asked is gone, and the answer with it."""

    def __str__(self) -> str:
        return "the connection was lost before the answer came"


def give_up_with_the_connection(client: Client) -> None:
    """From now on a request raises ConnectionLost as soon as its connection is lost."""
    told = client._disconnected_cb  # noqa: SLF001 - there is no call for it once there is a client

    async def on_loss() -> None:
        for answer in list(client._resp_map.values()):  # noqa: SLF001 - nats-py lets them wait
            if not answer.done():
                answer.set_exception(ConnectionLost())
                answer.exception()  # who could not even ask does not look any more
        if told is not None:
            await told()

    client._disconnected_cb = on_loss  # noqa: SLF001 - the same


async def ask(
    client: Client, subject: str, body: bytes = b"", *, timeout_seconds: float, headers: dict[str, str] | None = None
) -> Msg:
    """The server's answer. Its time runs while there is a connection, and one that is away is waited for.

    Raises TimeoutError or nats errors. It may have been asked twice.
    """
    while True:
        await connected(client)
        connection = _number(client)
        try:
            return await client.request(subject, body, timeout=timeout_seconds, headers=headers)
        except (NatsError, TimeoutError):
            if _stands(client, connection):
                raise


async def told(
    client: Client, subject: str, question: dict[str, Any] | None = None, *, timeout_seconds: float = TOLD_SECONDS
) -> dict[str, Any]:
    """What JetStream says in JSON; empty where it says nothing in time, for whoever asks so can do without."""
    body = b"" if question is None else json.dumps(question).encode()
    with suppress(NatsError, TimeoutError, ValueError, RecursionError):
        answer: object = json.loads((await client.request(subject, body, timeout=timeout_seconds)).data)
        return answer if isinstance(answer, dict) else {}
    return {}


def moment(timestamp: str) -> datetime:
    """What the server says of a time, to the second: it writes nanoseconds and a Z, which Python does not read."""
    return datetime.fromisoformat(timestamp[:19] + "+00:00")


async def next_of(client: Client, subscription: Subscription, *, timeout_seconds: float) -> Msg:
    """The next message of a subscription; raises TimeoutError where none comes, ConnectionLost where none can."""
    connection = _number(client)
    async with asyncio.timeout(timeout_seconds):
        while _stands(client, connection):
            try:
                return await subscription.next_msg(LOOK_SECONDS)
            except TimeoutError:
                continue
    raise ConnectionLost


async def connected(client: Client) -> None:
    """Return when there is a connection; raises ConnectionClosedError where there will be none."""
    while not client.is_connected:
        if client.is_closed:
            raise ConnectionClosedError
        await _change(client)


async def rest(client: Client, seconds: float) -> None:
    """So long; without a connection until there is one, and not longer: then it is known when to try again."""
    connection, until = _number(client), time.monotonic() + seconds
    while _stands(client, connection) and (left := until - time.monotonic()) > 0:  # noqa: ASYNC110 - the same
        await asyncio.sleep(min(left, LOOK_SECONDS))
    while not client.is_connected:
        await (asyncio.sleep(LOOK_SECONDS) if client.is_closed else _change(client))


async def _change(client: Client) -> None:
    """Return when it is connected or closed; one looks for all who wait, who may be a hundred for ten minutes."""
    looking = _LOOKING.get(client)
    if looking is None or looking.done():  # to wait for one that is over would not let anything else run
        looking = _LOOKING[client] = asyncio.create_task(_look(client))
    await asyncio.shield(looking)  # who waits no longer takes it from nobody else


async def _look(client: Client) -> None:
    while not client.is_connected and not client.is_closed:  # noqa: ASYNC110 - nats-py has no event for it
        await asyncio.sleep(LOOK_SECONDS)


def _number(client: Client) -> int:
    return client.stats["reconnects"]


def _stands(client: Client, connection: int) -> bool:
    """Whether the connection of this number still is the one we have."""
    return client.is_connected and _number(client) == connection
