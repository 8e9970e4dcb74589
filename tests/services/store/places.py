"""A store, and a small RAW that it keeps room in."""

import hashlib
import os
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from nats.aio.client import Client
from prometheus_client import CollectorRegistry

from contracts.outcomes import State
from services.chassis.publisher import Publisher
from services.chassis.raw import NoSuchOriginal, Raw
from services.store import core
from services.store.database import Store, now
from services.store.reading import open_reading
from services.store.room import Room
from tests.services.store import sayings as say

RAW_BYTES = 1_000_000
ORIGINAL_BYTES = 60_000


def later() -> datetime:
    """A clock by which everything in RAW is old."""
    return now() + timedelta(hours=3)


class Place:
    """A store, and the RAW that it keeps room in."""

    def __init__(self, url: str, store: Store, client: Client, publisher: Publisher) -> None:
        self.url, self.store, self.client, self.publisher = url, store, client, publisher
        self.raw = Raw(client, publisher, fresh_seconds=0)
        self.originals: dict[int, bytes] = {}

    async def put(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            data = self.originals[number] = number.to_bytes(4, "big") + os.urandom(ORIGINAL_BYTES)
            await self.raw.put(data, named(data))

    async def come_in(self, numbers: Iterable[int], *, end: State = State.STORED, like: int | None = None) -> None:
        """Inputs in the ledger, each with its original or with that of the input `like`."""
        entries = []
        for number in numbers:
            sha256 = named(self.originals[number if like is None else like])
            heard = say.received(number).model_copy(update={"sha256": sha256})
            entries += [core.received(heard), core.Entry(say.input_id(number), end)]
        await self.store.record(entries)

    def room(self, originals: Raw | None = None, **options: object) -> Room:
        chosen = {"fresh_seconds": 3600.0, "clock": later, **options}
        return Room(self.store, originals or self.raw, self.client, CollectorRegistry(), **chosen)  # type: ignore[arg-type]

    async def kept(self) -> set[int]:
        found = set()
        for number, data in self.originals.items():
            try:
                assert await self.raw.get(named(data)) == data
            except NoSuchOriginal:
                continue
            found.add(number)
        return found

    def told(self, numbers: Iterable[int]) -> set[int]:
        """The inputs of which the ledger says that their originals are gone."""
        with open_reading(self.url) as reading:
            ledger = {number: reading.inputs_of(say.input_id(number)) for number in numbers}
        return {number for number, [one] in ledger.items() if one.original_removed_at is not None}


def warnings(logs: Iterable[Mapping[str, object]]) -> list[object]:
    return [line["why"] for line in logs if line["log_level"] == "warning"]


def named(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class Both(Raw):
    """Removes as store, puts and gets as fetch."""

    def __init__(self, store: Client, fetch: Raw) -> None:
        super().__init__(store, Publisher(store), fresh_seconds=0)
        self.put, self.get = fetch.put, fetch.get  # type: ignore[method-assign]
