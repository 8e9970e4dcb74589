"""Laying again, while the system runs, what went away: streams that an operator deleted or a server forgot."""

import asyncio
import json
from collections.abc import Awaitable, Callable

from nats.aio.client import Client
from nats.errors import Error as NatsError

from contracts.topology import ARTICLES, DEAD, RAW_BUCKET, ROUTES, SERVICES, STARTS_BUCKET, STREAMS
from services.chassis.permissions import PUBLIC_INFO
from services.cli import bus
from services.cli.errors import Told

LOOK_SECONDS = 2.0
ANSWER_SECONDS = 2.0
NOT_THERE = {10014, 10059}  # consumer, stream not found

Say = Callable[[str], None]


async def keep_laid(server: str, operator: str | None, lay: Callable[[], Awaitable[object]], say: Say) -> None:
    """Look every few seconds for as long as the system runs; a server that is away is none that forgot."""
    while True:
        try:
            async with bus.connected(server, "operator" if operator else None, operator) as client:
                while True:
                    if gone := await missing(client):
                        await lay()
                        say(
                            f"streams     not there: {', '.join(gone)}; laid again. "
                            "Whether something was lost with it: `wireroom status --check`"
                        )
                    await asyncio.sleep(LOOK_SECONDS)
        except (Told, NatsError, OSError, TimeoutError):
            await asyncio.sleep(LOOK_SECONDS)


async def missing(client: Client) -> list[str]:
    """What the server says that it does not have; what it does not answer about is not missing."""
    named = questions()
    answers = await asyncio.gather(*(_is_missing(client, subject) for subject in named.values()))
    return [name for name, gone in zip(named, answers, strict=True) if gone]


def questions() -> dict[str, str]:
    """What there must be, and the subject on which it is asked for."""
    names = [stream.name for stream in STREAMS if stream.account == "WIREROOM"]
    streams = {name: name for name in names} | {RAW_BUCKET: f"OBJ_{RAW_BUCKET}", STARTS_BUCKET: f"KV_{STARTS_BUCKET}"}
    asked = {name: f"$JS.API.STREAM.INFO.{stream}" for name, stream in streams.items()} | {ARTICLES.name: PUBLIC_INFO}
    heard = {route.stream: route.heard_by for route in ROUTES if route.heard_by in SERVICES} | {DEAD.name: "store"}
    return asked | {f"{name}/{who}": f"$JS.API.CONSUMER.INFO.{name}.{who}" for name, who in heard.items()}


async def _is_missing(client: Client, subject: str) -> bool:
    try:
        answer = json.loads((await client.request(subject, timeout=ANSWER_SECONDS)).data)
    except (NatsError, TimeoutError, ValueError):
        return False
    return answer.get("error", {}).get("err_code") in NOT_THERE
