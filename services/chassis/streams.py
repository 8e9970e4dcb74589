"""`python -m services.chassis.streams`: lays streams, durables, buckets; looks before it creates, reports drift."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from enum import Enum
from typing import Any

import nats
from nats.errors import Error as NatsError
from nats.errors import NoServersError
from nats.js import JetStreamContext
from nats.js.api import (
    AckPolicy,
    ConsumerConfig,
    DiscardPolicy,
    RetentionPolicy,
    StorageType,
    StreamConfig,
)
from nats.js.errors import APIError, NotFoundError, ServiceUnavailableError

from contracts.topology import (
    ARTICLES,
    DEAD,
    DUPLICATE_WINDOW_SECONDS,
    RAW_BUCKET,
    RAW_MAX_AGE_SECONDS,
    ROUTES,
    SERVICES,
    STARTS_BUCKET,
    STARTS_MAX_BYTES,
    STREAMS,
    Stream,
)
from services.chassis import budget
from services.chassis.connection import bare, nameless
from services.chassis.credentials import read_credentials
from services.chassis.settings import House

MAX_ACK_PENDING = 2048  # eight workers that hold 256 each
PATIENCE_SECONDS = 30.0  # with a server that is starting, or a cluster without a leader
AGAIN_SECONDS = 0.5
NO_SUITABLE_PEERS = 10005  # a server of the cluster has not come yet
SET_BY = "WIREROOM_NATS_URL (or --nats-url) names it, or the port of the embedded one WIREROOM_NATS_PORT"
REFUSED = "authorization violation"  # in the server's words
STARTS_MAX_AGE_SECONDS = 7 * 24 * 3600.0

NO_OTHER_LIMITS: dict[str, Any] = {"max_msgs": -1, "max_msg_size": -1, "max_msgs_per_subject": -1}


class NoServer(ConnectionError):
    """None of the servers takes a connection (yet)."""


def stream_config(stream: Stream, budget_bytes: int, replicas: int = 1) -> StreamConfig:
    """JetStream's configuration of one line of the topology."""
    return StreamConfig(
        name=stream.name,
        subjects=list(stream.subjects),
        retention=RetentionPolicy(stream.retention),
        discard=DiscardPolicy(stream.discard),
        max_bytes=budget.of(stream, budget_bytes),
        **NO_OTHER_LIMITS,
        max_age=stream.max_age_seconds,
        duplicate_window=DUPLICATE_WINDOW_SECONDS,
        storage=StorageType.FILE,
        num_replicas=replicas,
        allow_atomic=True,
        allow_direct=True,
    )


def raw_config(budget_bytes: int, replicas: int = 1) -> StreamConfig:
    """The stream under the object store RAW (ADR-20), with atomic batches allowed."""
    return StreamConfig(
        name=f"OBJ_{RAW_BUCKET}",
        subjects=[f"$O.{RAW_BUCKET}.C.>", f"$O.{RAW_BUCKET}.M.>"],
        discard=DiscardPolicy.NEW,
        max_bytes=budget.raw(budget_bytes),
        **NO_OTHER_LIMITS,
        max_age=RAW_MAX_AGE_SECONDS,
        duplicate_window=DUPLICATE_WINDOW_SECONDS,
        storage=StorageType.FILE,
        num_replicas=replicas,
        allow_rollup_hdrs=True,
        allow_atomic=True,
        allow_direct=True,
    )


def starts_config(replicas: int = 1) -> StreamConfig:
    """The stream under the key-value bucket STARTS (ADR-8); where it is full the oldest counts go: a burial later."""
    return StreamConfig(
        name=f"KV_{STARTS_BUCKET}",
        subjects=[f"$KV.{STARTS_BUCKET}.>"],
        discard=DiscardPolicy.OLD,
        max_msgs_per_subject=1,
        max_bytes=STARTS_MAX_BYTES,
        max_age=STARTS_MAX_AGE_SECONDS,
        duplicate_window=DUPLICATE_WINDOW_SECONDS,
        storage=StorageType.FILE,
        num_replicas=replicas,
        allow_rollup_hdrs=True,
        deny_delete=True,
        allow_direct=True,
    )


def consumer_config(service: str, ack_wait_seconds: float) -> ConsumerConfig:
    """A service's durable. No `backoff` (it would replace ack_wait), no limit of deliveries: the worker buries."""
    return ConsumerConfig(
        durable_name=service,
        ack_policy=AckPolicy.EXPLICIT,
        ack_wait=ack_wait_seconds,
        max_deliver=-1,
        max_ack_pending=MAX_ACK_PENDING,
        max_waiting=128,
    )


async def lay(
    servers: str | list[str],
    credentials: Mapping[str, str],
    *,
    budget_bytes: int,
    ack_wait_seconds: float = 30.0,
    replicas: int = 1,
) -> list[str]:
    """Make what is missing; what is there and differs is left as it is and told, one line each."""
    differs: list[str] = []
    async with _jetstream(servers, credentials, "operator") as js:
        for stream in STREAMS:
            if stream.account == "WIREROOM":
                differs += await _lay_stream(js, stream_config(stream, budget_bytes, replicas))
        differs += await _lay_stream(js, raw_config(budget_bytes, replicas))
        differs += await _lay_stream(js, starts_config(replicas))
        for name, service in hearers().items():
            differs += await _lay_consumer(js, name, consumer_config(service, ack_wait_seconds))
    async with _jetstream(servers, credentials, "publisher") as js:
        differs += await _lay_stream(js, stream_config(ARTICLES, budget_bytes, replicas))
    return differs


def laid(budget_bytes: int, replicas: int = 1) -> list[StreamConfig]:
    """All streams as they are laid."""
    streams = [stream_config(stream, budget_bytes, replicas) for stream in STREAMS]
    return [*streams, raw_config(budget_bytes, replicas), starts_config(replicas)]


def hearers() -> dict[str, str]:
    """By stream, the service that hears it under a durable of its name."""
    return {route.stream: route.heard_by for route in ROUTES if route.heard_by in SERVICES} | {DEAD.name: "store"}


@asynccontextmanager
async def _jetstream(
    servers: str | list[str], credentials: Mapping[str, str], user: str
) -> AsyncIterator[JetStreamContext]:
    told: list[str] = []
    each = servers.split(",") if isinstance(servers, str) else servers

    async def on_error(error: Exception) -> None:  # nats-py's own would print where it came from, once a try
        told.append(nameless(error, each) or _why(error))

    try:
        client = await nats.connect(
            each,
            user=user if user in credentials else None,
            password=credentials.get(user),
            max_reconnect_attempts=3,
            connect_timeout=5,
            error_cb=on_error,
        )
    except NoServersError as error:
        where, why = bare(",".join(each)), told[-1] if told else str(error)
        if REFUSED in why.lower():
            raise ConnectionError(
                f"the nats-server at {where} refuses {user}: see that it has the password that credentials.json in "
                "WIREROOM_HOME, or the server's URL, has"
            ) from error
        raise NoServer(f"no nats-server at {where} ({why}): see that it runs; {SET_BY}") from error
    try:
        yield client.jetstream()
    finally:
        await client.close()


def _why(error: Exception) -> str:
    number = error.errno if isinstance(error, OSError) else None
    return os.strerror(number).lower() if number else str(error).removeprefix("nats: ")


async def _lay_stream(js: JetStreamContext, wanted: StreamConfig) -> list[str]:
    name = wanted.name
    assert name is not None  # noqa: S101 - for the type checker

    async def look() -> list[str]:
        try:
            found = (await js.stream_info(name)).config
        except NotFoundError:
            await js.add_stream(wanted)
            return []
        return drift(name, wanted, found)

    return await _patiently(look)


async def _lay_consumer(js: JetStreamContext, stream: str, wanted: ConsumerConfig) -> list[str]:
    name = wanted.durable_name
    assert name is not None  # noqa: S101 - for the type checker

    async def look() -> list[str]:
        try:
            found = (await js.consumer_info(stream, name)).config
        except NotFoundError:
            await js.add_consumer(stream, wanted)
            return []
        return drift(f"{stream}/{name}", wanted, found)

    return await _patiently(look)


async def _patiently(look: Callable[[], Awaitable[list[str]]]) -> list[str]:
    """What `look` finds, once the server has its streams again and a cluster its leaders; then raises what is left."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return await look()
        except (APIError, TimeoutError) as error:
            if not _passes(error) or time.monotonic() > deadline:
                raise
        await asyncio.sleep(AGAIN_SECONDS)


def _passes(error: APIError | TimeoutError) -> bool:
    """Whether it may be otherwise in a moment."""
    if isinstance(error, (ServiceUnavailableError, TimeoutError)):
        return True
    return error.err_code == NO_SUITABLE_PEERS


def drift(name: str, wanted: StreamConfig | ConsumerConfig, found: StreamConfig | ConsumerConfig) -> list[str]:
    """What differs between what we would have made and what is there."""
    different = []
    for field, value in vars(wanted).items():
        there = getattr(found, field, None)
        if value is not None and there != value and not (not value and not there):
            different.append(f"{name}: {field} is {_plain(there)!r}, not {_plain(value)!r}")
    return different


def _plain(value: object) -> object:
    return value.value if isinstance(value, Enum) else value


def main() -> None:
    """Lay everything on the server of the settings."""
    house = House()
    try:
        house.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        budget_bytes = budget.keep_budget(house.home, house.disk_budget_bytes)
        differs = asyncio.run(
            lay(
                house.servers(),
                read_credentials(house.home),
                budget_bytes=budget_bytes,
                ack_wait_seconds=house.ack_wait_seconds,
                replicas=house.nats_replicas,
            )
        )
    except (OSError, NatsError, TimeoutError) as error:
        where = "" if isinstance(error, ConnectionError) else f"{bare(house.server())}: "
        sys.exit(f"streams: {where}{error or type(error).__name__}")
    for line in differs:
        sys.stdout.write(f"drift: {line}\n")


if __name__ == "__main__":
    main()
