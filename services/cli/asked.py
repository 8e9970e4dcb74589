"""The system that a command asks about."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

from nats.aio.client import Client

from services.chassis.settings import House
from services.cli import bus
from services.cli.local.home import Addresses


@dataclass(frozen=True)
class Asked:
    """The system that is asked about, and the passwords of its server."""

    settings: House
    where: Addresses
    server: str
    credentials: Mapping[str, str]

    @property
    def inbox(self) -> Path:
        """The watched folder."""
        return Path(self.where.inbox)

    @property
    def is_here(self) -> bool:
        """Whether the services run on this machine, if they run."""
        return self.settings.nats_url is None or self.where.pid > 0

    def connected(self) -> AbstractAsyncContextManager[Client]:
        """A connection as operator; raises Told where there is no server."""
        return bus.connected(self.server, "operator", self.credentials.get("operator"))
