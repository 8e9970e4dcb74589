"""The in-memory double: a router's handlers run through FastStream's test broker. Proves wiring, never redelivery."""

from collections.abc import Sequence
from typing import Any

from faststream.nats import NatsBroker, NatsRouter, TestNatsBroker
from nats.aio.msg import Msg

from contracts.message import Message
from services.chassis.hear import EARS, Answer
from services.chassis.letters import seal


async def ask(router: NatsRouter, *messages: Message) -> list[Answer]:
    """What the router's handlers answer to `messages`, one answer each; a batch handler hears its messages together."""
    broker = NatsBroker()
    broker.include_router(router)
    ears = {EARS[subscriber].subject: subscriber for subscriber in broker.subscribers if subscriber in EARS}
    answers: list[Answer] = []
    async with TestNatsBroker(broker):
        for subscriber, group in _by_ear(ears, messages):
            raws = [_raw(message) for message in group]
            if EARS[subscriber].batch:
                answers += (await subscriber.process_message(raws)).body
            else:
                answers += [(await subscriber.process_message(raw)).body for raw in raws]
    return answers


def _by_ear(ears: dict[str, Any], messages: Sequence[Message]) -> list[tuple[Any, list[Message]]]:
    groups: list[tuple[Any, list[Message]]] = []
    for message in messages:
        ear = ears[message.subject]
        if groups and groups[-1][0] is ear:
            groups[-1][1].append(message)
        else:
            groups.append((ear, [message]))
    return groups


def _raw(message: Message) -> Msg:
    letter = seal(message, service="test")
    return Msg(_client=None, subject=letter.subject, reply="", data=letter.body, headers=letter.headers)  # type: ignore[arg-type]
