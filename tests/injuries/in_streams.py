"""What is in the streams, read by a plain NATS client and held against what is kept of it."""

import asyncio
import base64
import hashlib
import json
import re
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import nats
from nats.aio.client import Client
from nats.errors import TimeoutError as NatsTimeout
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy
from nats.js.errors import NotFoundError

from contracts.article_duplicated import ArticleDuplicated
from contracts.article_enriched import ArticleEnriched
from contracts.dead_letter import DeadLetter
from contracts.identity import message_id, way_of
from contracts.topology import SERVICES, STREAMS
from services.chassis.letters import seal
from services.chassis.streams import consumer_config, raw_config, starts_config, stream_config
from services.store.announcements import Announcement
from tests.injuries.differences import NOTHING, Difference, moment, rows_differ, shown, words_differ
from tests.injuries.in_store import InStore, whole_of
from tests.injuries.seen import Event

RAW = "OBJ_RAW"
FETCH_SECONDS = 60.0  # on a busy machine
PATIENT_SECONDS = 30.0  # of an acknowledgement: a setting, and not compared
SOME_BYTES = 1 << 30  # of which the shares are made: how much a stream may hold is the operator's business
NOBODY: Mapping[str, str] = {}
ENRICHED = "articles.enriched."
ANEW = {"traceparent", "ce-time"}  # headers that every letter has of its own
TRACE = re.compile(r"00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")
LAID = ("subjects", "retention", "discard", "max_age", "duplicate_window", "storage")  # what no operator changes
HEARD = ("ack_policy", "max_deliver", "max_ack_pending")


@dataclass(frozen=True)
class Message:
    """One message as it lies in its stream."""

    subject: str
    headers: dict[str, str]
    data: bytes


@dataclass
class Streams:
    """What all streams hold, and what of them is not as it was laid."""

    articles: list[Message] = field(default_factory=list)
    dead: list[Message] = field(default_factory=list)
    originals: dict[str, bytes] = field(default_factory=dict)  # the name of each in RAW, and the bytes that are there
    queues: dict[str, int] = field(default_factory=dict)  # messages that are left, or in somebody's hands
    differences: list[Difference] = field(default_factory=list)  # what RAW tells of an original and is not so
    broken: list[str] = field(default_factory=list)


async def read(url: str, credentials: Mapping[str, str]) -> Streams:
    """Everything, the public stream without credentials."""
    found = Streams()
    async with _client(url) as reader:
        found.articles = [message async for message in _every(reader, found, "ARTICLES", "articles.>")]
    async with _client(url, "operator", credentials) as operator, _client(url, "publisher", credentials) as publisher:
        found.dead = [message async for message in _every(operator, found, "DEAD")]
        await _read_originals(operator, found)
        await _read_queues(operator, publisher, found)
    for user, password in credentials.items():
        if not await _is_let_in(url.split(","), user, password):
            found.broken.append(f"credentials.json: the server does not let {user} in")
    return found


async def _is_let_in(servers: Sequence[str], user: str, password: str) -> bool:
    """Asked by hand, of the first server that is there: nats-py leaves a socket behind when it is refused."""
    reader, writer = await _connected(servers)
    try:
        told = {"user": user, "pass": password, "verbose": False, "pedantic": False}
        writer.write(f"CONNECT {json.dumps(told)}\r\nPING\r\n".encode())
        return [await reader.readline() for _ in range(2)][1] == b"PONG\r\n"
    finally:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


async def _connected(servers: Sequence[str]) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    *others, last = map(urlsplit, servers)
    for server in others:
        with suppress(ConnectionRefusedError):  # it is one of three that was killed
            return await asyncio.open_connection(server.hostname, server.port)
    return await asyncio.open_connection(last.hostname, last.port)


async def _read_originals(operator: Client, found: Streams) -> None:
    """What RAW holds (ADR-20): of each object the chunks that its meta names."""
    chunks: dict[str, list[bytes]] = {}
    metas: dict[str, Mapping[str, Any]] = {}
    async for message in _every(operator, found, RAW):
        kind, name = message.subject.split(".")[2:4]
        if kind == "C":
            chunks.setdefault(name, []).append(message.data)
        elif not json.loads(message.data).get("deleted"):
            metas[base64.urlsafe_b64decode(name).decode()] = json.loads(message.data)
    for name, meta in metas.items():
        parts = chunks.get(meta["nuid"], [])
        body = found.originals[name] = b"".join(parts)
        digest = base64.urlsafe_b64encode(hashlib.sha256(body).digest()).decode()
        told = {"name": name, "size": len(body), "chunks": len(parts), "digest": f"SHA-256={digest}"}
        found.differences += rows_differ("RAW", name, {key: meta.get(key) for key in told}, told)


async def _read_queues(operator: Client, publisher: Client, found: Streams) -> None:
    wanted = [stream_config(stream, SOME_BYTES) for stream in STREAMS] + [raw_config(SOME_BYTES), starts_config()]
    accounts = {stream.name: stream.account for stream in STREAMS}
    for config in wanted:
        name = str(config.name)
        client = publisher if accounts.get(name) == "PUBLIC" else operator
        try:
            told = (await client.jetstream(timeout=FETCH_SECONDS).stream_info(name)).config
            found.broken += _drift(f"the stream {name}", told, config, LAID)
        except NotFoundError:
            found.broken.append(f"the stream {name} is gone")
    for stream, durable in [*((service.upper(), service) for service in SERVICES), ("DEAD", "store")]:
        try:
            heard = await operator.jetstream(timeout=FETCH_SECONDS).consumer_info(stream, durable)
        except NotFoundError:
            found.broken.append(f"the durable {durable} of {stream} is gone")
        else:
            found.queues[stream] = heard.num_pending + (heard.num_ack_pending or 0)
            laid = consumer_config(durable, PATIENT_SECONDS)
            found.broken += _drift(f"the durable {durable} of {stream}", heard.config, laid, HEARD)


def _drift(what: str, found: object, wanted: object, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        one, other = getattr(found, name), getattr(wanted, name)
        if other is not None and one != other:
            yield f"{what} has {name} {one}, not {other}"


@asynccontextmanager
async def _client(url: str, user: str | None = None, credentials: Mapping[str, str] = NOBODY) -> AsyncIterator[Client]:
    password = credentials[user] if user else None
    servers = url.split(",")
    patience: dict[str, Any] = {"allow_reconnect": False, "connect_timeout": FETCH_SECONDS}
    client = await nats.connect(servers, user=user, password=password, error_cb=_pass, **patience)
    try:
        yield client
    finally:
        await client.close()


async def _pass(_: Exception) -> None:
    """It is raised as well."""


async def _every(client: Client, found: Streams, stream: str, subject: str = ">") -> AsyncIterator[Message]:
    """Every message of a stream, as far as the server can read them; none where there is no such stream."""
    js = client.jetstream(timeout=FETCH_SECONDS)
    try:
        left = (await js.stream_info(stream)).state.messages
    except NotFoundError:
        return
    config = ConsumerConfig(ack_policy=AckPolicy.NONE, deliver_policy=DeliverPolicy.ALL, inactive_threshold=30)
    reader = await js.pull_subscribe(subject, stream=stream, config=config)
    while left > 0:
        try:
            messages = await reader.fetch(min(256, left), timeout=FETCH_SECONDS)
        except NatsTimeout:  # so it is where a block of its file is spoiled
            found.broken.append(f"the stream {stream}: {left} messages that it should hold do not come")
            return
        left -= len(messages)
        for message in messages:
            yield Message(message.subject, dict(message.headers or {}), message.data)


def _event(message: Message, body: Announcement) -> Event:
    return Event(
        message.headers.get("ce-id", NOTHING),
        body.article_id,
        body.document.source_uri,
        body.document.sha256,
        *(_text(body), None) if isinstance(body, ArticleEnriched) else (None, body.duplication.of),
    )


def _text(article: ArticleEnriched) -> str:
    return hashlib.sha256(article.document.text.encode()).hexdigest()


def announced(streams: Streams, store: InStore) -> Iterator[Event | Difference]:
    """Every announcement, and where it is not what is kept, or its subject and headers not those that it gives."""
    said = {message.headers.get("ce-id") for message in streams.articles}
    for who, number, way in store.enriched():
        if message_id(who, ArticleEnriched.name(), way) not in said:
            yield Difference("ARTICLES", who, f"enrichment {number}", NOTHING, f"announced, on the way {shown(way)}")
    check = partial(_announced, store)
    for message in streams.articles:
        yield from store.answers.once("announced", check, message.subject, message.headers, message.data)


def _announced(store: InStore, subject: str, headers: dict[str, str], data: bytes) -> Iterator[Event | Difference]:
    message = Message(subject, headers, data)
    body = _body(message)
    if body is None:
        yield Difference("ARTICLES", headers.get("ce-id", NOTHING), "it", shown(data), "JSON of ours")
        return
    yield _event(message, body)
    who, told = body.input_id, store.told(body)
    if told is None:
        yield Difference("ARTICLES", who, "it", "announced", "anything that is kept")
    elif told.encode() != data and (whole := whole_of(type(body), told)) is not None:
        yield from words_differ("ARTICLES", who, json.loads(data), json.loads(whole.model_dump_json()))
    yield from _envelope(message, body)


def _envelope(message: Message, body: Announcement) -> Iterator[Difference]:
    who = body.input_id
    letter = seal(body, service="store", way=way_of(message.headers.get("ce-id", "")))
    if message.subject != letter.subject:
        yield Difference("ARTICLES", who, "subject", message.subject, letter.subject)
    for name, value in letter.headers.items():
        found = message.headers.get(name, NOTHING)
        if name not in ANEW and found != value:
            yield Difference("ARTICLES", who, name, shown(found), shown(value))
    trace = TRACE.fullmatch(message.headers.get("traceparent", ""))
    if trace is None or trace[1] != who[:36].replace("-", ""):
        found = message.headers.get("traceparent", NOTHING)
        yield Difference("ARTICLES", who, "traceparent", shown(found), "its input's own")
    if moment(message.headers.get("ce-time")) is None:
        yield Difference("ARTICLES", who, "ce-time", shown(message.headers.get("ce-time", NOTHING)), "a moment")


def _body(message: Message) -> Announcement | None:
    kind = ArticleEnriched if message.subject.startswith(ENRICHED) else ArticleDuplicated
    found: Announcement | None = whole_of(kind, message.data)
    return found


def graves(streams: Streams) -> dict[str, tuple[DeadLetter, bytes] | None]:
    """What is buried, by its id: the facts and the body; nothing where they cannot be read."""
    found: dict[str, tuple[DeadLetter, bytes] | None] = {}
    for message in streams.dead:
        identifier = message.headers.get("Nats-Msg-Id", "")
        try:
            letter = DeadLetter.from_headers(message.headers)
        except (KeyError, ValueError):
            found[identifier] = None
        else:
            found[identifier] = (letter, message.data) if message.subject == letter.address else None
    return found
