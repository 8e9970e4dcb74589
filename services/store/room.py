"""Room in RAW: when it is nearly full, the originals of ended inputs go, oldest first, and the ledger says so."""

import asyncio
import math
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from nats.aio.client import Client
from prometheus_client import CollectorRegistry, Counter

from services.chassis import asking, faults, pieces
from services.chassis.logs import logger
from services.chassis.raw import STREAM
from services.chassis.unavailable import Unavailable
from services.store.core import removal
from services.store.core.removal import Fill, Known
from services.store.database import Store, now

QUEUE = "STORE"  # what is heard here, and may tell of an input that needs an original
INPUTS_AT_ONCE = 500
NAMES_AT_ONCE = 50_000  # 8 MB
LOOK_SHARE = 0.05  # of our time goes into looking through a ledger in which nothing may go
FIRST = ""  # before all input ids


class Removes(pieces.Reads, Protocol):
    """What removes originals: RAW."""

    async def remove(self, sha256: str, *, stored_before: datetime) -> int | None:
        """The bytes that were removed; None where it is too young."""


class Room:
    """Goes through the ledger in the order of arrival, and begins anew when it has come to its end."""

    def __init__(
        self,
        store: Store,
        originals: Removes,
        client: Client,
        registry: CollectorRegistry,
        *,
        fresh_seconds: float,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._store, self._originals, self._client = store, originals, client
        self._fresh_seconds, self._clock = fresh_seconds, clock
        self._after = FIRST
        self._why: str | None = None  # no room is made, as we said last
        self._largest = removal.LARGE_BYTES
        self._swept_seconds, self._next_sweep = 0.0, -math.inf  # of the last look; by the clock of `time.monotonic`
        self._names: set[str] = set()  # of what was removed, until all inputs that had it are told of
        self._removed = Counter(
            "wireroom_originals_removed", "Originals removed from RAW to make room.", registry=registry
        )

    async def keep(self, *, every_seconds: float) -> None:
        """Make room whenever there is too little of it, for as long as the service runs."""
        while True:
            began, made, self._swept_seconds = time.monotonic(), True, 0.0
            try:
                made = await self.make()
                await self.tell_all()
            except Unavailable as error:  # at the next look
                self._say(str(error))
            took = time.monotonic() - began - self._swept_seconds  # that has a pace of its own
            await asyncio.sleep(every_seconds if made else max(every_seconds, took / LOOK_SHARE))

    async def make(self) -> bool:
        """Above the high-water mark, remove down to the low one; False where the whole ledger holds too little."""
        fill = await self._fill()
        if not fill.is_high:
            self._say(None)
            return True
        whole, ended = self._after == FIRST, False
        while fill.excess > 0 and not (whole and ended):
            if not await self._is_up_to_date():
                self._say("the ledger has not heard yet what was said long ago")
                return True
            whole |= ended
            ended = await self._go_on(fill.excess)
            fill = await self._fill()
        if fill.is_high and await self._remove_pieces():
            fill = await self._fill()
        self._say("what is left is too young, or its inputs are in progress or dead" if fill.is_high else None)
        return not fill.is_high

    async def _remove_pieces(self) -> int:
        """Of how many puts that never came to their end the pieces were removed: no row of the ledger knows them.

        Seldom, for that takes minutes where there are many originals, and what ends meanwhile may make room sooner.
        """
        began = time.monotonic()
        if began < self._next_sweep:
            return 0
        before = self._clock() - timedelta(seconds=2 * self._fresh_seconds)
        try:
            removed = await pieces.remove_unnamed(self._client, self._originals, stored_before=before)
        finally:
            self._swept_seconds = time.monotonic() - began
            self._next_sweep = time.monotonic() + self._swept_seconds / LOOK_SHARE
        if removed:
            logger().info("made room in RAW", pieces_of=removed)
        return removed

    def _say(self, why: str | None) -> None:
        """Tell why no room is made, when that begins and when it is something else."""
        if why is not None and why != self._why:
            logger().warning("no room is made in RAW", why=why)
        self._why = why

    async def tell_all(self) -> None:
        """Tell of every input of the same bytes that its original is gone: few have any, and no index finds them."""
        after = FIRST
        while self._names:
            inputs = await self._store.originals(after=after, limit=INPUTS_AT_ONCE)
            named = {name: group for name, group in removal.ended(inputs).items() if name in self._names}
            await self._remove(named, math.inf)  # who came after the removal has put it again, and that is too young
            if len(inputs) < INPUTS_AT_ONCE:
                self._names.clear()
                return
            after = inputs[-1].input_id

    async def _go_on(self, wanted_bytes: int) -> bool:
        """Remove originals of the next inputs until so many bytes are free; whether the ledger ended with them."""
        if len(self._names) >= NAMES_AT_ONCE:
            await self.tell_all()
        inputs = await self._store.originals(after=self._after, limit=INPUTS_AT_ONCE)
        if not await self._remove(removal.ended(inputs), wanted_bytes):
            return False  # the rest of them is for the next time
        ended = len(inputs) < INPUTS_AT_ONCE
        self._after = FIRST if ended else inputs[-1].input_id
        return ended

    async def _remove(self, ended: Mapping[str, Sequence[Known]], wanted_bytes: float) -> bool:
        """Remove what may go and tell the ledger; False where so many bytes were free before the last was looked at."""
        if not ended:
            return True
        needs = await self._store.needs()
        before = removal.stored_before(self._clock(), self._fresh_seconds, needs.unnamed_since)
        left = [name for name in ended if name not in needs.names]
        freed: dict[str, int] = {}
        try:
            while left and (wanted := wanted_bytes - sum(freed.values())) > 0:
                number = removal.at_once(wanted, self._largest)
                few, left = left[:number], left[number:]
                await self._remove_few(few, before, freed)
        finally:
            await self._tell(freed, ended)
        return not left

    async def _remove_few(self, names: Sequence[str], before: datetime, freed: dict[str, int]) -> None:
        """Side by side; one that fails does not keep the others from being told of."""
        removing = (self._originals.remove(name, stored_before=before) for name in names)
        sizes = await asyncio.gather(*removing, return_exceptions=True)
        freed |= {name: size for name, size in zip(names, sizes, strict=True) if isinstance(size, int)}
        self._largest = max(self._largest, *freed.values(), 0)
        faults.point("original_removed")
        for failed in sizes:
            if isinstance(failed, BaseException):
                raise failed

    async def _tell(self, freed: Mapping[str, int], ended: Mapping[str, Sequence[Known]]) -> None:
        """Say of which inputs the original is gone. Nothing may be left: removed before a crash, or grown too old."""
        removed = sum(size > 0 for size in freed.values())
        self._removed.inc(removed)
        self._names.update(freed)
        if freed:
            gone = [one.input_id for name in freed for one in ended[name]]
            await self._store.originals_removed(gone, self._clock())
        if removed:
            logger().info("made room in RAW", originals=removed, bytes=sum(freed.values()))

    async def _fill(self) -> Fill:
        info = await self._info(STREAM)
        return Fill(info["state"]["bytes"], info["config"]["max_bytes"])

    async def _is_up_to_date(self) -> bool:
        state = (await self._info(QUEUE))["state"]
        oldest = asking.moment(state["first_ts"]) if state["messages"] else None
        return removal.is_up_to_date(oldest, self._clock(), self._fresh_seconds)

    async def _info(self, stream: str) -> dict[str, Any]:
        info = await asking.told(self._client, f"$JS.API.STREAM.INFO.{stream}")
        if "state" not in info:
            raise Unavailable("NATS", f"no word about {stream}")
        return info
