"""Burial: the original bytes into DEAD with the facts in headers, acknowledged, and only then the original acked."""

import hashlib
from contextlib import suppress
from datetime import UTC, datetime

from contracts.dead_letter import DeadLetter
from contracts.outcomes import DeadReason, Unfit
from contracts.topology import DEAD
from services.chassis.delivery import Delivery
from services.chassis.letters import Letter
from services.chassis.publisher import Publisher

ROOM_CHARACTERS = 400  # of a detail, so that what was not kept can be told after it


async def bury(
    publisher: Publisher, delivery: Delivery, *, service: str, reason: DeadReason, detail: str, attempts: int
) -> None:
    """Return once DEAD has acknowledged the dead letter; waits as long as DEAD is full or away, raises Refused.

    Only what a stranger published can be too large for its own grave: then what does not fit is told, not kept.
    """
    letter = DeadLetter(
        service=service,
        reason=reason,
        detail=detail,
        attempts=attempts,
        buried_at=datetime.now(UTC),
        first_heard_at=delivery.heard_at,
        subject=delivery.message.subject,
        stream=delivery.stream,
        sequence=delivery.sequence,
        headers=delivery.headers,
    )
    body = delivery.message.data
    bodiless = _without_body(letter, body)
    for facts, kept in ((letter, body), (_without_headers(letter), body), (bodiless, b"")):
        with suppress(Unfit):
            await publisher.publish(_sealed(facts, kept))
            return
    await publisher.publish(_sealed(_without_headers(bodiless), b""))


def _without_headers(letter: DeadLetter) -> DeadLetter:
    """The facts with that header alone that names the message, if it does."""
    size = sum(len(name) + len(value) for name, value in letter.headers.items())
    identifier = letter.original_id()
    return letter.model_copy(
        update={
            "detail": f"{letter.detail[:ROOM_CHARACTERS]} (its headers, {size} characters, were too many to be kept)",
            "headers": {} if identifier is None else {"Nats-Msg-Id": identifier},
        }
    )


def _without_body(letter: DeadLetter, body: bytes) -> DeadLetter:
    found = f"{len(body)} bytes, sha256 {hashlib.sha256(body).hexdigest()}, too large to be kept; {letter.detail}"
    return letter.model_copy(update={"detail": found, "body_kept": False})


def _sealed(letter: DeadLetter, body: bytes) -> Letter:
    headers = {"Nats-Msg-Id": letter.message_id(), "Nats-Expected-Stream": DEAD.name, **letter.to_headers()}
    return Letter(DEAD.name, letter.address, body, headers)
