"""Removing from a queue what was acknowledged and is still there: a full disk kept the server from doing so itself.

Seen on nats-server 2.15.1: the consumer's floor is past such a message, so that nobody is ever given it again, and it
takes room in the queue for good.
"""

import asyncio
import json
from typing import Any

from nats.aio.client import Client

from contracts.topology import SERVICES

ANSWER_SECONDS = 2.0


async def sweep(client: Client) -> dict[str, int]:
    """Remove what lies behind the floor of its only consumer; how many messages that were, by queue.

    Raises NatsError, TimeoutError or ValueError where the server gives no answer that helps.
    """
    swept = await asyncio.gather(*(_sweep(client, service) for service in SERVICES))
    return {service.upper(): number for service, number in zip(SERVICES, swept, strict=True) if number}


async def _sweep(client: Client, service: str) -> int:
    queue = service.upper()
    # The floor first: it only rises, so whatever lies behind it is acknowledged.
    floor = (await _ask(client, f"$JS.API.CONSUMER.INFO.{queue}.{service}")).get("ack_floor", {}).get("stream_seq", 0)
    state = (await _ask(client, f"$JS.API.STREAM.INFO.{queue}")).get("state", {})
    if not floor or not state.get("messages") or state["first_seq"] > floor:
        return 0
    return int((await _ask(client, f"$JS.API.STREAM.PURGE.{queue}", {"seq": floor + 1})).get("purged", 0))


async def _ask(client: Client, subject: str, question: dict[str, Any] | None = None) -> dict[str, Any]:
    body = json.dumps(question).encode() if question else b""
    answer: dict[str, Any] = json.loads((await client.request(subject, body, timeout=ANSWER_SECONDS)).data)
    return answer
