"""What only the server and the kernel know, asked every few seconds: queues, pauses, fill of streams, memory."""

import asyncio
import itertools
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Protocol

import psutil
from nats.aio.client import Client

from services.chassis.asking import moment, told
from services.chassis.metrics import Measures
from services.chassis.pauses import pause_of

EVERY_SECONDS = 5.0
MEMORY_EVERY = 3  # looks: the kernel goes through every page of the children for it
FILL_WATCHER = "store"  # the one service that may look at all streams, because it makes room in RAW
WATCHED = {
    **{name: f"$JS.API.STREAM.INFO.{name}" for name in ("FETCH", "LANGUAGE", "DEDUP", "EXTRACT", "STORE", "DEAD")},
    "RAW": "$JS.API.STREAM.INFO.OBJ_RAW",
    "ARTICLES": "public.stream_info.ARTICLES",  # imported from the other account under this name
}


class Consumer(Protocol):
    """A durable that somebody here hears."""

    stream: str
    durable: str
    paused: str | None  # in words, since the last look


async def watch(client: Client, measures: Measures, service: str, consumers: Sequence[Consumer]) -> None:
    """Keep the gauges true for as long as the service runs."""
    for look in itertools.count():
        await _queues(client, measures, consumers)
        if service == FILL_WATCHER:
            await _fill(client, measures, WATCHED.items())
        if look % MEMORY_EVERY == 0:
            measures.child_memory_bytes.set(await asyncio.to_thread(_children_bytes))
        await asyncio.sleep(EVERY_SECONDS)


async def _queues(client: Client, measures: Measures, consumers: Sequence[Consumer]) -> None:
    pending, oldest = 0, 0.0
    for consumer in consumers:
        info = await told(client, f"$JS.API.CONSUMER.INFO.{consumer.stream}.{consumer.durable}")
        if "num_pending" not in info:  # no answer: what was measured last stands
            return
        pending += info["num_pending"]
        consumer.paused = pause_of(info)
        if consumer.stream == service_queue(consumer):
            state = (await told(client, f"$JS.API.STREAM.INFO.{consumer.stream}")).get("state", {})
            if state.get("messages"):
                oldest = max(oldest, _age_seconds(state["first_ts"]))
    measures.pending.set(pending)
    measures.oldest_waiting_seconds.set(oldest)


def service_queue(consumer: Consumer) -> str:
    """The work queue that bears its hearer's name; DEAD keeps what was heard, so its first message tells nothing."""
    return consumer.durable.upper()


async def _fill(client: Client, measures: Measures, streams: Iterable[tuple[str, str]]) -> None:
    for name, subject in streams:
        info = await told(client, subject)
        if "state" in info:
            measures.fill(name, info["state"]["bytes"], info["config"]["max_bytes"])


def _age_seconds(timestamp: str) -> float:
    return max(0.0, (datetime.now(UTC) - moment(timestamp)).total_seconds())


def _children_bytes() -> int:
    total = 0
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            total += child.memory_full_info().pss  # they share their models: these count once
    return total
