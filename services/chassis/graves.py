"""Burial: the original bytes into DEAD with the facts in headers, acknowledged, and only then the original acked."""

from datetime import UTC, datetime, timedelta
from time import monotonic

from contracts.dead_letter import DeadLetter
from contracts.outcomes import DeadReason
from contracts.topology import DEAD
from services.chassis.delivery import Delivery
from services.chassis.letters import Letter
from services.chassis.publisher import Publisher


async def bury(
    publisher: Publisher, delivery: Delivery, *, service: str, reason: DeadReason, detail: str, attempts: int
) -> DeadLetter:
    """The dead letter, once DEAD has acknowledged it; waits as long as DEAD is full or away."""
    now = datetime.now(UTC)
    letter = DeadLetter(
        service=service,
        reason=reason,
        detail=detail,
        attempts=attempts,
        buried_at=now,
        first_heard_at=now - timedelta(seconds=monotonic() - delivery.heard),
        subject=delivery.message.subject,
        stream=delivery.stream,
        sequence=delivery.sequence,
        headers=delivery.headers,
    )
    headers = {"Nats-Msg-Id": letter.message_id(), "Nats-Expected-Stream": DEAD.name, **letter.to_headers()}
    await publisher.publish(Letter(DEAD.name, letter.address, delivery.message.data, headers))
    return letter
