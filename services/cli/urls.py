"""URLs that a person names: fetch is asked for them over the bus, as any program may ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from contracts.url_requested import UrlRequested
from services.chassis.settings import House
from services.cli.speaking import speaking
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
    async with speaking(settings, USER, name=NAME) as shell:
        requests = [
            UrlRequested(input_id=mint(), url=url, requested_at=datetime.now(UTC), requested_by=NAME) for url in urls
        ]
        await shell.say(*requests)
    return [AskedFor(shown(request.url), request.input_id) for request in requests]
