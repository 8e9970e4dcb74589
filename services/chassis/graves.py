"""Burial: the original bytes into DEAD with the facts in headers, acknowledged, and only then the original acked."""

import hashlib
from datetime import UTC, datetime

from contracts.dead_letter import DeadLetter
from contracts.outcomes import DeadReason, Unfit
from contracts.topology import DEAD
from services.chassis.delivery import Delivery
from services.chassis.letters import Letter
from services.chassis.publisher import Publisher, Refused


async def bury(
    publisher: Publisher, delivery: Delivery, *, service: str, reason: DeadReason, detail: str, attempts: int
) -> None:
    """Return once DEAD has acknowledged the dead letter; waits as long as DEAD is full or away.

    Only what a stranger published can be too large for its own grave: then its size and hash lie there in its place.
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
    try:
        await publisher.publish(_sealed(letter, body))
    except (Unfit, Refused) as error:
        found = f"{len(body)} bytes, sha256 {hashlib.sha256(body).hexdigest()}, not kept: {error}; {detail}"
        await publisher.publish(_sealed(letter.model_copy(update={"detail": found, "headers": {}}), b""))


def _sealed(letter: DeadLetter, body: bytes) -> Letter:
    headers = {"Nats-Msg-Id": letter.message_id(), "Nats-Expected-Stream": DEAD.name, **letter.to_headers()}
    return Letter(DEAD.name, letter.address, body, headers)
