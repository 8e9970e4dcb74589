"""The system that a command asks about."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

from nats.aio.client import Client

from services.chassis.settings import House
from services.chassis.whose import home_id
from services.cli import bus
from services.cli.local import probes
from services.cli.local.home import Addresses
from services.cli.promises import is_loopback


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
    def home(self) -> str | None:
        """What its services say of whose they are, where `up` runs them: in containers each has a home of its own.

        Their ports may be this machine's all the same.
        """
        return home_id(self.settings.home) if self.is_here and is_loopback(self.where.metrics_host) else None

    async def get(self, service: str, path: str) -> tuple[int, str]:
        """What one of its services answers; raises OSError or TimeoutError where it does not, or it is another's."""
        return await probes.get(self.where.metrics_host, self.where.metrics_ports[service], path, home=self.home)

    @property
    def is_here(self) -> bool:
        """Whether the services run on this machine, if they run."""
        return self.settings.nats_url is None or self.where.pid > 0

    def connected(self) -> AbstractAsyncContextManager[Client]:
        """A connection as operator; raises Told where there is no server."""
        return bus.connected(self.server, "operator", self.credentials.get("operator"))
