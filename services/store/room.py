"""Room in RAW: when it is nearly full, the originals of ended inputs go, oldest first, and the ledger says so."""

import asyncio
import math
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, Protocol

from nats.aio.client import Client
from prometheus_client import CollectorRegistry, Counter

from services.chassis import gauges
from services.chassis.logs import logger
from services.chassis.raw import STREAM
from services.chassis.unavailable import Unavailable
from services.store.core import room
from services.store.core.room import Known
from services.store.database import Store, now

QUEUE = "STORE"  # what is heard here, and may tell of an input that needs an original
INPUTS_AT_ONCE = 500
LOOK_SHARE = 0.05  # of our time goes into looking through a ledger in which nothing may go
FIRST = ""  # before all input ids


class Originals(Protocol):
    """RAW, as far as it is needed here."""

    async def remove(self, sha256: str, *, stored_before: datetime) -> int | None:
        """The bytes that were removed; None where it is too young."""


class Room:
    """Goes through the ledger in the order of arrival, and begins anew when it has come to its end."""

    def __init__(
        self,
        store: Store,
        originals: Originals,
        client: Client,
        registry: CollectorRegistry,
        *,
        fresh_seconds: float,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._store, self._originals, self._client = store, originals, client
        self._fresh_seconds, self._clock = fresh_seconds, clock
        self._after = FIRST
        self._said = False
        self._names: set[str] = set()  # of what was removed, until all inputs that had it are told of
        self._removed = Counter(
            "wireroom_originals_removed", "Originals removed from RAW to make room.", registry=registry
        )

    async def keep(self, *, every_seconds: float) -> None:
        """Make room whenever there is too little of it, for as long as the service runs."""
        while True:
            began, made = time.monotonic(), True
            with suppress(Unavailable):  # at the next look
                made = await self.make()
                await self.tell_all()
            took = time.monotonic() - began
            await asyncio.sleep(every_seconds if made else max(every_seconds, took / LOOK_SHARE))

    async def make(self) -> bool:
        """Remove what has to go; False where the whole ledger holds too little that may."""
        from_the_first = self._after == FIRST
        while (left := await self._excess()) > 0:
            if not await self._is_up_to_date():
                return True
            ended = await self._go_on(left)
            if ended and from_the_first:
                self._say_once()
                return False
            from_the_first |= ended
        self._said = False
        return True

    def _say_once(self) -> None:
        if not self._said:
            why = "what is left is too young, or its inputs are in progress or dead"
            logger().warning("RAW stays nearly full", why=why)
        self._said = True

    async def tell_all(self) -> None:
        """Tell of every input of the same bytes that its original is gone: few have any, and no index finds them."""
        after = FIRST
        while self._names:
            inputs = await self._store.originals(after=after, limit=INPUTS_AT_ONCE)
            named = {name: group for name, group in room.ended(inputs).items() if name in self._names}
            await self._remove(named, math.inf)  # who came after the removal has put it again, and that is too young
            if len(inputs) < INPUTS_AT_ONCE:
                self._names.clear()
                return
            after = inputs[-1].input_id

    async def _go_on(self, wanted_bytes: int) -> bool:
        """Remove originals of the next inputs until so many bytes are free; whether the ledger ended with them."""
        inputs = await self._store.originals(after=self._after, limit=INPUTS_AT_ONCE)
        if not await self._remove(room.ended(inputs), wanted_bytes):
            return False  # the rest of them is for the next time
        ended = len(inputs) < INPUTS_AT_ONCE
        self._after = FIRST if ended else inputs[-1].input_id
        return ended

    async def _remove(self, ended: Mapping[str, Sequence[Known]], wanted_bytes: float) -> bool:
        """Remove what may go and tell the ledger; False where so many bytes were free before the last was looked at."""
        if not ended:
            return True
        needs = await self._store.needs()
        before = room.stored_before(self._clock(), self._fresh_seconds, needs.unnamed_since)
        gone: list[str] = []
        freed = removed = 0
        try:
            for name in (one for one in ended if one not in needs.names):
                if freed >= wanted_bytes:
                    return False
                size = await self._originals.remove(name, stored_before=before)
                if size is not None:
                    # Nothing may be left: removed before a crash could be told of, or grown too old.
                    gone += [one.input_id for one in ended[name]]
                    freed, removed = freed + size, removed + bool(size)
                    self._names.add(name)
        finally:
            self._removed.inc(removed)
            if gone:
                await self._store.originals_removed(gone, self._clock())
            if removed:
                logger().info("made room in RAW", originals=removed, bytes=freed)
        return True

    async def _excess(self) -> int:
        info = await self._info(STREAM)
        return room.excess(info["state"]["bytes"], info["config"]["max_bytes"])

    async def _is_up_to_date(self) -> bool:
        state = (await self._info(QUEUE))["state"]
        oldest = gauges.moment(state["first_ts"]) if state["messages"] else None
        return room.is_up_to_date(oldest, self._clock(), self._fresh_seconds)

    async def _info(self, stream: str) -> dict[str, Any]:
        info = await gauges.ask(self._client, f"$JS.API.STREAM.INFO.{stream}")
        if "state" not in info:
            raise Unavailable("NATS", f"no word about {stream}")
        return info
