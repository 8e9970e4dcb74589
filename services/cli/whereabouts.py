"""Where inputs are that have no end yet: with fetch, in a queue, with a service, among the dead, or nowhere."""

import asyncio
import os
from collections.abc import AsyncIterator, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from nats.aio.client import Client
from nats.errors import Error as NatsError
from sqlalchemy import select
from sqlmodel import col

from contracts.identity import input_id_of
from contracts.topology import DEAD, SERVICES
from services.chassis import beginnings
from services.chassis.asking import told
from services.chassis.pauses import pause_of
from services.chassis.raw import BEHIND_SECONDS
from services.chassis.settings import House
from services.cli import memory
from services.cli.errands import unended
from services.cli.local import history
from services.cli.local.history import Held
from services.fetch.feeds.tables import Unsaid
from services.fetch.folder.inbox import CLAIMED, is_claim
from services.fetch.tables import Taken

MOST_MESSAGES = 20_000  # looked at in one stream, oldest first: what is stuck is old
MOST_BYTES = 256 << 20
AT_ONCE = 200
ANSWER_SECONDS = 5.0
BURIAL = "dead:"
NOWHERE = "no message of it is anywhere"


@dataclass(frozen=True)
class Place:
    """One place where an input is, in words for people and apart."""

    where: str  # claim, memory, queue, service, dead
    words: str
    stream: str | None = None
    message: str | None = None  # its id
    since: datetime | None = None  # when it came there


@dataclass
class Whereabouts:
    """By input, the places where it was found; and of which streams not all was looked at, for they hold too much."""

    places: dict[str, list[Place]] = field(default_factory=dict)
    unseen: list[str] = field(default_factory=list)

    def of(self, input_id: str) -> list[Place]:
        """Where the input is; empty where it is nowhere."""
        return self.places.get(input_id, [])

    def in_words(self, input_id: str) -> str:
        """Where the input is, for people."""
        found = "; ".join(place.words for place in self.of(input_id))
        return found or (f"not seen, and not all was looked at: {', '.join(self.unseen)}" if self.unseen else NOWHERE)

    def note(self, wanted: Collection[str], found: Iterable[tuple[str, Place]]) -> None:
        """Take in the places of those that are wanted."""
        for input_id, place in found:
            if input_id in wanted:
                self.places.setdefault(input_id, []).append(place)


async def look(client: Client, settings: House, inbox: Path, wanted: Collection[str]) -> Whereabouts:
    """Where the wanted inputs are.

    Looked for along their way: what moves on meanwhile is seen further down, for it is said there before it goes here.
    """
    found = _with_fetch(settings, inbox, wanted)
    for service in SERVICES:
        await _look_into(client, found, wanted, service.upper(), service)
    await _look_into(client, found, wanted, DEAD.name, "store")
    return found


def without_server(settings: House, inbox: Path, wanted: Collection[str], why: str) -> Whereabouts:
    """Where the wanted inputs are, as far as that can be told without asking the server."""
    found = _with_fetch(settings, inbox, wanted)
    found.unseen.append(why)
    return found


def _with_fetch(settings: House, inbox: Path, wanted: Collection[str]) -> Whereabouts:
    found = Whereabouts()
    lying = claims(inbox)
    found.note(wanted, _with_members(wanted, lying))
    if (words := beginnings.gone(settings.home, "fetch")) is not None:
        found.unseen.append(f"what fetch has: {words}")
        return found
    asked = [(one.input_id, Place("memory", one.words, since=one.asked_at)) for one in unended(settings)]
    found.note(wanted, _with_members(wanted, [*begun(settings), *entries(settings), *asked]))
    return found


def _with_members(wanted: Collection[str], lying: list[tuple[str, Place]]) -> Iterator[tuple[str, Place]]:
    """What fetch has, and what lies in it, however deep: it may have been received, and its content not said yet."""
    yield from lying
    outermost = dict(lying)
    for input_id in wanted:
        around, is_member, _ = input_id.partition("#")
        if is_member and (place := outermost.get(around)) is not None:
            yield input_id, replace(place, words=f"what it lies in is not ended: {place.words}")


def claims(inbox: Path) -> list[tuple[str, Place]]:
    """The inputs whose files fetch has taken and not put away yet."""
    folder = inbox / CLAIMED
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names are all that is wanted
    except OSError:
        return []
    return [(name, Place("claim", f"fetch has its file: {folder / name}")) for name in names if is_claim(name)]


def begun(settings: House) -> list[tuple[str, Place]]:
    """The inputs that were begun where they lie, by fetch or by `ingest`, and not said to the end."""
    asked = select(col(Taken.input_id), col(Taken.place)).where(col(Taken.said).is_(False))
    return [(input_id, Place("memory", _begun(os.fsdecode(place)))) for input_id, place in memory.rows(settings, asked)]


def entries(settings: House) -> list[tuple[str, Place]]:
    """The entries of feeds that are inputs and not said to the end."""
    asked = select(col(Unsaid.input_id), col(Unsaid.url))
    return [
        (input_id, Place("memory", f"fetch has it among what feeds brought: {url}"))
        for input_id, url in memory.rows(settings, asked)
    ]


def _begun(place: str) -> str:
    scheme, _, path = place.partition(":")
    if scheme == "file":
        return f"`wireroom ingest` began it and was cut off: `wireroom ingest --resume {path}`"
    return f"fetch began to read it where it lies: {path}"


async def _look_into(client: Client, found: Whereabouts, wanted: Collection[str], stream: str, hearer: str) -> None:
    consumer = await told(client, f"$JS.API.CONSUMER.INFO.{stream}.{hearer}", timeout_seconds=ANSWER_SECONDS)
    info = await told(client, f"$JS.API.STREAM.INFO.{stream}", timeout_seconds=ANSWER_SECONDS)
    if (state := info.get("state")) is None:
        found.unseen.append(f"the stream {stream} is not there, or does not answer")
        return
    delivered = consumer.get("delivered", {}).get("stream_seq", 0)
    # DEAD keeps what was heard: only what is behind the last acknowledgement is news.
    heard = consumer.get("ack_floor", {}).get("stream_seq", 0) if stream == DEAD.name else 0
    first, looked, size = max(heard + 1, state["first_seq"]), 0, 0
    # Of several servers one answers that may be behind the leader, which told the last number.
    patience = BEHIND_SECONDS if info.get("cluster", {}).get("replicas") else ()
    try:
        async for message in messages(client, stream, first=first, last=state["last_seq"], patience=patience):
            found.note(wanted, [_sighting(message, stream, hearer, delivered, pause_of(consumer))])
            looked, size = looked + 1, size + len(message.body)
            if looked >= MOST_MESSAGES or size >= MOST_BYTES:
                found.unseen.append(f"{stream} holds {state['messages']} messages, and {looked} were looked at")
                return
    except (NatsError, TimeoutError):
        found.unseen.append(f"the stream {stream} stopped answering after {looked} messages")


def _sighting(message: Held, stream: str, hearer: str, delivered: int, paused: str | None) -> tuple[str, Place]:
    identifier, sequence, since = message.headers.get("Nats-Msg-Id", ""), message.sequence, message.at
    where = "dead" if stream == DEAD.name else "queue" if sequence > delivered else "service"
    how = {
        "dead": f"it lies in {stream}, and store has not recorded that",
        "queue": f"it waits in {stream}",
        "service": f"{hearer} was given it from {stream} and has not ended it",
    }[where]
    why = f"; {paused}" if paused is not None and where != "service" else ""
    words = f"{how}, since {since:%Y-%m-%d %H:%M:%S}Z (number {sequence}){why}"
    return input_id_of(identifier.removeprefix(BURIAL)), Place(where, words, stream, identifier, since)


async def messages(
    client: Client, stream: str, *, first: int, last: int, patience: Iterable[float] = ()
) -> AsyncIterator[Held]:
    """What a stream holds between two numbers, by direct gets: no consumer is made, and nothing is taken out.

    A server that has nothing more is believed only after it was asked again after each delay of `patience`.
    """
    delays = iter(patience)
    while first <= last:
        some = await history.get(client, stream, {"seq": first, "batch": AT_ONCE}, seconds=ANSWER_SECONDS)
        for message in some:
            yield message
        if some:
            first = some[-1].sequence + 1
        elif (delay := next(delays, None)) is not None:
            await asyncio.sleep(delay)
        else:
            return  # nothing is left
