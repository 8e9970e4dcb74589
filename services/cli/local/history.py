"""What the streams still hold: read without consumers, so that nothing in them is moved by looking."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError

from contracts.topology import ARTICLES, DEAD
from services.chassis.raw import BEHIND_SECONDS
from services.cli import bus
from services.cli.errors import Told
from services.cli.local.manifest import Mark

AT_ONCE = 4096  # for each question the server counts what is left
AT_ONCE_BYTES = 16 << 20  # two of the largest messages
ANSWER_SECONDS = 10.0
SERVERS_OWN = {
    "Nats-Sequence",
    "Nats-Time-Stamp",
    "Nats-Subject",
    "Nats-Stream",
    "Nats-Num-Pending",
    "Nats-Last-Sequence",
}
STORE = "STORE"  # the queue of what the ledger is made of
BLIND = timedelta(days=1)  # that a queue may have waited, where nobody could be asked
MARGIN = timedelta(minutes=1)  # by which clocks may differ, and announcements be older than what is known of them


@dataclass(frozen=True, slots=True)
class Held:
    """One message in a stream."""

    sequence: int
    at: datetime
    subject: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Position:
    """How far the streams have come that tell of ends, and since when the store may have something to hear yet."""

    marks: Mapping[str, Mark]
    unheard_since: datetime


@dataclass(frozen=True)
class Streams:
    """The streams of both accounts."""

    services: Client
    public: Client

    def client(self, stream: str) -> Client:
        """The connection that may read this stream."""
        return self.public if stream == ARTICLES.name else self.services


@asynccontextmanager
async def opened(server: str, credentials: Mapping[str, str]) -> AsyncIterator[Streams]:
    """Both accounts, with the right to read everything; raises Told where there is no server."""
    operator, publisher = credentials.get("operator"), credentials.get("publisher")
    async with (
        bus.connected(server, "operator" if operator else None, operator) as services,
        bus.connected(server, "publisher" if publisher else None, publisher) as public,
    ):
        yield Streams(services, public)


async def position(server: str, credentials: Mapping[str, str], now: datetime) -> Position:
    """Where the streams are now; where the server does not say, nothing but the time is known, and that not well."""
    try:
        async with opened(server, credentials) as streams:
            return Position(
                {ARTICLES.name: await _mark(streams, ARTICLES.name), DEAD.name: await _heard(streams, DEAD.name)},
                await oldest(streams, STORE) or now,
            )
    except (Told, NatsError, OSError, TimeoutError):
        return Position({}, now - BLIND)


async def begin(streams: Streams, stream: str, mark: Mark | None, at: datetime) -> tuple[int, int]:
    """The sequence from which a stream tells what came since `mark`, or since `at`; and how much of it is gone.

    A little is read twice: what was said shortly before a backup need not be known there as said. A stream that is
    another one than that of the mark is read from its beginning.
    """
    info = await streams.client(stream).jetstream(timeout=ANSWER_SECONDS).stream_info(stream)
    if mark is not None and (info.created != mark.created or info.state.last_seq < mark.last_sequence):
        return 1, 0
    first = await _first_since(streams, stream, at - MARGIN)
    if mark is None:
        return first or info.state.last_seq + 1, 0
    return min(first or mark.last_sequence + 1, mark.last_sequence + 1), max(
        0, info.state.first_seq - mark.last_sequence - 1
    )


async def held(streams: Streams, stream: str, sequence: int, *, subject: str = ">") -> AsyncIterator[list[Held]]:
    """All messages of a stream from `sequence` on, or those on a subject, in order, some at a time.

    The leader says how far it goes: of a cluster's servers one answers that may be a moment behind, and its end is not
    believed at once.
    """
    client = streams.client(stream)
    state = (await client.jetstream(timeout=ANSWER_SECONDS).stream_info(stream)).state
    left = state.messages if sequence <= state.first_seq else state.last_seq + 1 - sequence
    delays = iter(BEHIND_SECONDS)
    while left > 0:
        if some := await get(client, stream, {"seq": sequence, "batch": AT_ONCE, "next_by_subj": subject}):
            yield some
            sequence, left, delays = some[-1].sequence + 1, left - len(some), iter(BEHIND_SECONDS)
        elif (delay := next(delays, None)) is not None:
            await asyncio.sleep(delay)
        else:
            return  # the rest was removed


async def _mark(streams: Streams, stream: str) -> Mark:
    info = await streams.client(stream).jetstream(timeout=ANSWER_SECONDS).stream_info(stream)
    if info.created is None:
        raise NatsError(f"the server does not say how old {stream} is")
    return Mark(created=info.created, last_sequence=info.state.last_seq)


async def _heard(streams: Streams, stream: str) -> Mark:
    """The mark behind the last message that the store has certainly heard: what lies there unheard it learns later."""
    info = await streams.client(stream).jetstream(timeout=ANSWER_SECONDS).consumer_info(stream, STORE.lower())
    floor = info.ack_floor.stream_seq if info.ack_floor is not None else 0
    return (await _mark(streams, stream)).model_copy(update={"last_sequence": floor})


async def oldest(streams: Streams, stream: str) -> datetime | None:
    """When the oldest message of a stream came; None where it is empty."""
    asked = f"$JS.API.STREAM.INFO.{stream}"  # nats-py's own question leaves out when the first message came
    info = json.loads((await streams.client(stream).request(asked, timeout=ANSWER_SECONDS)).data)
    if "state" not in info:
        raise NatsError(f"{stream}: {info.get('error')}")
    first = info["state"]["first_ts"]
    return moment(first) if info["state"]["messages"] else None


async def _first_since(streams: Streams, stream: str, at: datetime) -> int | None:
    found = await get(streams.client(stream), stream, {"start_time": at.isoformat(), "batch": 1})
    return found[0].sequence if found else None


async def get(
    client: Client, stream: str, what: Mapping[str, object], *, seconds: float = ANSWER_SECONDS
) -> list[Held]:
    """What one direct get in a batch answers (ADR-31); the server says when it has no more, or none at all.

    Raises NatsError where it says something else, as one does that has not found its streams yet, and TimeoutError.
    """
    inbox, got = client.new_inbox(), list[Held]()
    subscription = await client.subscribe(inbox, pending_bytes_limit=-1)
    try:
        asked = {"next_by_subj": ">", "max_bytes": AT_ONCE_BYTES, **what}
        await client.publish(f"$JS.API.DIRECT.GET.{stream}", json.dumps(asked).encode(), reply=inbox)
        while (message := _read(await subscription.next_msg(seconds))) is not None:
            got.append(message)
        return got
    finally:
        await subscription.unsubscribe()


def _read(message: Msg) -> Held | None:
    """The message; None where the server says that this was all."""
    headers = message.headers or {}
    if "Nats-Sequence" not in headers:  # a message may have a Status of its own; what is no message has no sequence
        status = headers.get("Status")
        if status in {"204", "404"}:
            return None
        raise NatsError(f"{headers.get('Description', '')} ({status})")
    own = {name: value for name, value in headers.items() if name not in SERVERS_OWN}
    at = moment(headers["Nats-Time-Stamp"])
    return Held(int(headers["Nats-Sequence"]), at, headers["Nats-Subject"], own, message.data)


def moment(stamp: str) -> datetime:
    """The server's time as nats-py makes it of a delivery's: what a stranger wrote into DEAD is named by it.

    The server writes nanoseconds, without the noughts at their end; and it matters that they are divided by a float.
    """
    nanoseconds = int(datetime.fromisoformat(f"{stamp[:19]}+00:00").timestamp()) * 10**9
    nanoseconds += int(stamp[20:].rstrip("Z").ljust(9, "0"))
    return datetime.fromtimestamp(nanoseconds / 1e9, UTC)
