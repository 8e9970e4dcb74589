"""What the store does beside listening: it shows its counts, and makes good what a crash left unannounced."""

import asyncio
from contextlib import suppress
from datetime import datetime
from typing import Protocol

from prometheus_client import CollectorRegistry, Gauge

from contracts.outcomes import State, Unfit
from services.chassis.letters import Letter, seal
from services.chassis.logs import logger
from services.chassis.publisher import Refused
from services.chassis.unavailable import Unavailable
from services.store.announcements import FIRST_KEY, Announcement
from services.store.database import Store

AGAIN_SECONDS = 2.0


class Wire(Protocol):
    """The chassis's publisher, as far as it is needed here."""

    async def publish(self, letter: Letter) -> object:
        """Wait for the acknowledgement."""


async def export_counts(store: Store, registry: CollectorRegistry, *, every_seconds: float) -> None:
    """Keep `wireroom_inputs{state}` true while the service runs; when the database is away, it stands still."""
    inputs = Gauge("wireroom_inputs", "Inputs in the ledger by state.", ["state"], registry=registry)
    for state in State:
        inputs.labels(state)
    while True:
        with suppress(Unavailable):
            for state, number in (await store.counts()).items():
                inputs.labels(state).set(number)
        await asyncio.sleep(every_seconds)


async def settle(store: Store, *, every_seconds: float) -> None:
    """Write down what was announced, for as long as the service runs: also on an idle system nothing is said twice."""
    while True:
        await asyncio.sleep(every_seconds)
        with suppress(Unavailable):
            await store.settle()


async def announce_again(store: Store, wire: Wire, *, before: datetime, wait_seconds: float, at_once: int) -> None:
    """Say again what was stored `before` and is not known to have been said, under the same ids.

    First it waits until the queue has delivered again what the last process had in its hands: nearly all of it is that.
    """
    await asyncio.sleep(wait_seconds)
    after, more = FIRST_KEY, True
    while more:
        try:
            rows = await store.unannounced(before=before, after=after, limit=at_once)
        except Unavailable:
            await asyncio.sleep(AGAIN_SECONDS)
            continue
        await asyncio.gather(*(_say(store, wire, said, way) for _, said, way in rows if said))
        store.outdated(key for key, said, _ in rows if said is None)
        more = len(rows) == at_once
        after = rows[-1][0] if rows else after


async def _say(store: Store, wire: Wire, announcement: Announcement, way: str) -> None:
    try:
        await wire.publish(seal(announcement, service="store", way=way))
    except (Unfit, Refused) as error:
        # Its message was buried for the same reason, where people see it; the row stays for the next start.
        logger().error("not announced", input_id=announcement.input_id, error=str(error))
    else:
        store.announced([announcement])
