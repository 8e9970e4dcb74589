"""The one way a service listens: FastStream's subscriber, set to lose nothing and fed by the chassis's own pull."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from faststream import AckPolicy, StreamMessage
from faststream.nats import JStream, NatsRouter, PullSub
from faststream.nats.message import NatsBatchMessage, NatsMessage
from nats.aio.msg import Msg
from pydantic import ValidationError

from contracts.dead_letter import DeadLetter
from contracts.message import Message
from contracts.outcomes import DeadReason, Unfit
from contracts.topology import DEAD, ROUTE_OF
from services.chassis.buried import facts_of

M = TypeVar("M", bound=Message)
F = TypeVar("F", bound=Callable[..., Awaitable[Any]])

Answer = Message | tuple[Message, ...] | None
Probe = Callable[[], Awaitable[None]]
Said = Callable[[Sequence[Message]], None]


class Undecodable(Exception):
    """Some messages of a batch are not what the contract says; `problems` has them by their place."""

    def __init__(self, problems: dict[int, Unfit]) -> None:
        super().__init__(f"{len(problems)} of the batch")
        self.problems = problems


@dataclass(frozen=True)
class Ear:
    """What the worker must know of a subscriber that FastStream does not."""

    subject: str
    stream: str
    durable: str
    batch: bool
    probe: Probe | None
    said: Said | None
    bury: bool  # a dead letter is never buried again


# FastStream's subscribers have no room for what is ours; the entry goes when the subscriber does.
EARS: WeakKeyDictionary[Any, Ear] = WeakKeyDictionary()


def hear(
    routes: NatsRouter,
    message: type[M],
    *,
    service: str,
    batch: bool = False,
    probe: Probe | None = None,
    said: Said | None = None,
) -> Callable[[F], F]:
    """FastStream's subscriber for `message` on its stream, to decorate a handler with.

    The handler returns what is to be said (`Answer`); with `batch` it takes a list and returns one answer for each.
    `probe` raises Unavailable while what the handler depends on is away; `said` is told what was acknowledged.
    """
    route = ROUTE_OF[message]

    return _subscriber(
        routes,
        Ear(message.subject, route.stream, service, batch, probe, said, bury=True),
        partial(_decode_all if batch else _decode_one, message),
    )


def hear_dead(routes: NatsRouter, *, service: str, probe: Probe | None = None) -> Callable[[F], F]:
    """FastStream's subscriber for dead letters: the handler takes a list of (facts, original bytes)."""

    async def decode(heard: StreamMessage[Any]) -> list[tuple[DeadLetter, bytes]]:
        return [(_facts(raw), raw.data) for raw in heard.raw_message]

    return _subscriber(routes, Ear(DEAD.subjects[0], DEAD.name, service, True, probe, None, bury=False), decode)


async def _decode_one(message: type[M], heard: StreamMessage[Any]) -> M:
    return _decode(message, heard.body)


async def _decode_all(message: type[M], heard: StreamMessage[Any]) -> list[M]:
    messages: list[M] = []
    problems: dict[int, Unfit] = {}
    for index, raw in enumerate(heard.raw_message):
        try:
            messages.append(_decode(message, raw.data))
        except Unfit as error:
            problems[index] = error
    if problems:
        raise Undecodable(problems)
    return messages


def _decode(message: type[M], body: bytes) -> M:
    try:
        return message.model_validate_json(body)
    except ValidationError as error:
        raise Unfit(_brief(error), DeadReason.UNDECODABLE) from error


def _subscriber(
    routes: NatsRouter, ear: Ear, decoder: Callable[[StreamMessage[Any]], Awaitable[Any]]
) -> Callable[[F], F]:
    subscriber: Any = routes.subscriber(
        ear.subject,
        stream=JStream(ear.stream, declare=False),  # declaring rewrites the stream's limits
        durable=ear.durable,
        pull_sub=PullSub(batch=ear.batch),
        no_reply=True,  # else a header would make FastStream answer on any subject
        ack_policy=AckPolicy.MANUAL,  # the worker acks, after the answers are acknowledged
        parser=_parse_all if ear.batch else _parse_one,
        decoder=decoder,
    )
    EARS[subscriber] = ear

    def take(handler: F) -> F:
        subscriber(handler)
        return handler

    return take


async def _parse_one(raw: Msg) -> NatsMessage:
    """FastStream's view of a message, without matching the subject against a pattern that has no variables."""
    headers = raw.headers or {}
    identifier = headers.get("Nats-Msg-Id", raw.reply)
    return NatsMessage(raw, raw.data, headers=headers, correlation_id=identifier, message_id=identifier)


async def _parse_all(raws: list[Msg]) -> NatsBatchMessage:
    return NatsBatchMessage(raws, [raw.data for raw in raws], correlation_id=raws[0].reply, message_id=raws[0].reply)


def _facts(raw: Any) -> DeadLetter:
    where = raw.metadata
    return facts_of(raw.headers or {}, subject=raw.subject, sequence=where.sequence.stream, at=where.timestamp)


def _brief(error: ValidationError) -> str:
    """Where and what, without the document that pydantic would quote."""
    return "; ".join(
        f"{'.'.join(str(part) for part in problem['loc']) or 'body'}: {problem['type']}"
        for problem in error.errors(include_input=False)[:5]
    )
