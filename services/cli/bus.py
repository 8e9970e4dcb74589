"""The NATS server as the command line meets it: one connection, and the public stream followed without a gap."""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy
from nats.js.errors import APIError, NotFoundError

from contracts.topology import ARTICLES
from services.chassis.cancelling import end
from services.chassis.connection import bare, close, harden
from services.cli.errors import Told

CONNECT_SECONDS = 3.0
ENTRY_SECONDS = 20.0  # in which a server that is there has to let us in
REFUSED = "authorization violation"  # in the server's words
RECONNECT_SECONDS = 0.5
BATCH = 256  # articles asked for at once
EXPIRES_SECONDS = 30
HEARTBEAT_SECONDS = 2
SILENCE_SECONDS = 3.0 * HEARTBEAT_SECONDS  # then the consumer is gone, or the server
FORGOTTEN_SECONDS = 30.0  # an abandoned consumer is removed by the server
AGAIN_SECONDS = 0.5
TOO_MANY_CONSUMERS = 10026  # the server's code
NANOSECONDS = 1_000_000_000

Say = Callable[[str], None]


class NoServer(Told):
    """Nobody takes a connection; where an `up` runs, another one is no help."""

    def __init__(self, server: str) -> None:
        self.missing = f"no nats-server at {bare(server)}"
        super().__init__(f"{self.missing}: start one with `wireroom up`; where that runs, `wireroom status` says more")


@asynccontextmanager
async def connected(
    server: str, user: str | None = None, password: str | None = None, *, inbox: str = "_INBOX", say: Say | None = None
) -> AsyncIterator[Client]:
    """A connection that comes back by itself once it stood; raises Told where no server is, or none lets us in."""
    await _reachable(server)

    async def on_loss() -> None:
        if say:
            say(f"lost the nats-server at {bare(server)}; waiting for it")

    client = Client()
    try:
        await _enter(
            client,
            server,
            user=user,
            password=password,
            inbox_prefix=inbox.encode(),
            connect_timeout=CONNECT_SECONDS,
            max_reconnect_attempts=-1,
            reconnect_time_wait=RECONNECT_SECONDS,
            disconnected_cb=on_loss,
        )
        yield harden(client)
    finally:
        say = None
        await close(client)


async def _enter(client: Client, server: str, *, user: str | None, **options: Any) -> None:
    """Connect; raises Told where every server refuses us, or none lets us in: nats-py itself would try for ever."""
    servers = server.split(",")
    refusals, entered = 0, False

    async def on_error(error: Exception) -> None:
        nonlocal refusals
        refusals += REFUSED in str(error).lower()
        if refusals >= len(servers) and not entered:  # later what cannot be done is raised where it is asked for
            raise Told(
                f"the nats-server at {bare(server)} refuses {user or 'a connection without a user'}: see that it has "
                "the password that credentials.json in WIREROOM_HOME, or the server's URL, has"
            )

    connecting = asyncio.ensure_future(client.connect(servers, user=user, error_cb=on_error, **options))
    try:
        await asyncio.wait({connecting}, timeout=ENTRY_SECONDS)
        if not connecting.done():
            patience = f"{ENTRY_SECONDS:g} s"
            raise Told(f"the nats-server at {bare(server)} lets nobody in for {patience}: see how it is, and try again")
        await connecting
        entered = True
    finally:
        await end([connecting], grace_seconds=AGAIN_SECONDS)


async def follow(client: Client, subject: str, since: datetime | None) -> AsyncIterator[bytes]:
    """The public stream's messages on `subject` from `since` (or from now) on, in order, without end and without a gap.

    After a restart of the server it goes on behind the last message that it gave out.
    """
    js, arrived, last = client.jetstream(timeout=CONNECT_SECONDS), asyncio.Queue[Msg](), None
    inbox = client.new_inbox()

    async def on_message(message: Msg) -> None:
        arrived.put_nowait(message)

    await client.subscribe(inbox, cb=on_message, pending_bytes_limit=-1, pending_msgs_limit=-1)
    while True:
        try:
            found = await js.add_consumer(ARTICLES.name, _consumer(subject, since, last))
        except (NatsError, TimeoutError) as error:
            if last is None and isinstance(error, NotFoundError):
                raise Told(f"there is no stream {ARTICLES.name} on this server: `wireroom up` lays it") from error
            if isinstance(error, APIError) and error.err_code == TOO_MANY_CONSUMERS:
                raise Told(
                    f"the stream {ARTICLES.name} has as many readers as it may: let others end, "
                    "or delete consumers that nobody uses"
                ) from error
            await asyncio.sleep(AGAIN_SECONDS)
            continue
        if last is None and since is None and found.delivered is not None:
            last = found.delivered.stream_seq
        async for message in _pull(client, found.name, inbox, arrived):
            sequence = message.metadata.sequence.stream
            if last is None or sequence > last:
                last = sequence
                yield message.data
        await asyncio.sleep(AGAIN_SECONDS)


async def _pull(client: Client, consumer: str, inbox: str, arrived: asyncio.Queue[Msg]) -> AsyncIterator[Msg]:
    """What the consumer has, until it is silent or gone."""
    request = {
        "batch": BATCH,
        "expires": EXPIRES_SECONDS * NANOSECONDS,
        "idle_heartbeat": int(HEARTBEAT_SECONDS * NANOSECONDS),
    }
    asked = 0
    while True:
        if asked == 0:
            asked = BATCH
            await client.publish(
                f"$JS.API.CONSUMER.MSG.NEXT.{ARTICLES.name}.{consumer}", json.dumps(request).encode(), reply=inbox
            )
        try:
            async with asyncio.timeout(SILENCE_SECONDS):
                message = await arrived.get()
        except TimeoutError:
            return
        status = (message.headers or {}).get("Status")
        if status is None:
            asked -= 1
            yield message
        elif status == "408":  # the request is over, nothing came
            asked = 0
        elif status != "100":  # no heartbeat: the consumer is gone
            return


def _consumer(subject: str, since: datetime | None, last: int | None) -> ConsumerConfig:
    """A consumer of our own that begins behind `last`, else at `since`, else now."""
    begin = ConsumerConfig(
        name=f"tail-{uuid.uuid4().hex}",
        filter_subject=subject,
        ack_policy=AckPolicy.NONE,
        inactive_threshold=FORGOTTEN_SECONDS,
        mem_storage=False,
        num_replicas=1,
    )
    if last is not None:
        return begin.evolve(deliver_policy=DeliverPolicy.BY_START_SEQUENCE, opt_start_seq=last + 1)
    if since is not None:
        return begin.evolve(deliver_policy=DeliverPolicy.BY_START_TIME, opt_start_time=since)
    return begin.evolve(deliver_policy=DeliverPolicy.NEW)


async def _reachable(server: str) -> None:
    """Return when one of the servers takes a connection; raises Told where none does."""
    for one in server.split(","):
        url = urlsplit(one if "//" in one else f"nats://{one}")
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(CONNECT_SECONDS):
                _, writer = await asyncio.open_connection(url.hostname or "127.0.0.1", url.port or 4222)
            writer.close()
            return
    raise NoServer(server)
