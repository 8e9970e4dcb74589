"""Fetch's own way in, for commands that send an input's bytes again: with fetch's rights, on a way of their own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from services.chassis.metrics import Measures
from services.chassis.publisher import Publisher
from services.chassis.raw import Raw
from services.chassis.settings import House
from services.chassis.shell import Shell
from services.cli import bus
from services.fetch.handler import open_intake
from services.fetch.intake import Intake
from services.fetch.settings import FetchSettings

USER = "fetch"  # this is fetch's work


@asynccontextmanager
async def opened(house: House, server: str, password: str | None, *, way: str) -> AsyncIterator[tuple[Intake, Raw]]:
    """An intake and the originals; `way` is the suffix of all ids, or a stream that remembers ids would drop them."""
    async with bus.connected(server, USER if password else None, password, inbox=f"_SVC.{USER}") as client:
        publisher = Publisher(client)
        shell = Shell(USER, client, publisher, Measures(USER), asyncio.Event(), way=way)
        raw = Raw(client, publisher, fresh_seconds=house.raw_fresh_seconds)
        try:
            async with open_intake(FetchSettings(house=house), shell.say, raw, shell.count) as intake:
                yield intake, raw
        finally:
            await publisher.close()
