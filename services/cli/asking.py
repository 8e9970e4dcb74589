"""URLs that a person names: fetch is asked for them over the bus, as any program may ask."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from contracts.url_requested import UrlRequested
from services.chassis.metrics import Measures
from services.chassis.publisher import Publisher
from services.chassis.settings import House
from services.chassis.shell import Shell
from services.cli import bus
from services.cli.local.home import read_credentials
from services.cli.options import server_of
from services.fetch.core import Rejected
from services.fetch.core.web.urls import shown
from services.fetch.handler import mint

USER = "fetch"  # who may say that a URL is asked for; programs from outside are `requester`
NAME = "cli"


@dataclass(frozen=True)
class AskedFor:
    """A URL that fetch was asked for, as an input of its own."""

    path: str
    input_id: str
    rejected: Rejected | None = None
    skipped: bool = False

    @property
    def source_uri(self) -> str:
        """Its place, as far as it is known by now."""
        return self.path


async def ask_for(settings: House, urls: Iterable[str]) -> list[AskedFor]:
    """Ask for each; they wait in fetch's queue when this returns."""
    password = read_credentials(settings.home).get(USER)
    async with bus.connected(server_of(settings), USER, password, inbox=f"_SVC.{USER}") as client:
        publisher = Publisher(client)
        shell = Shell(NAME, client, publisher, Measures(NAME), asyncio.Event())
        requests = [
            UrlRequested(input_id=mint(), url=url, requested_at=datetime.now(UTC), requested_by=NAME) for url in urls
        ]
        try:
            await shell.say(*requests)
        finally:
            await publisher.close()
    return [AskedFor(shown(request.url), request.input_id) for request in requests]
