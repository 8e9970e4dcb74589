"""A system whose nats-server is not its own: the test may end it, stop it, or put a bad line before it."""

from contextlib import ExitStack
from pathlib import Path

from tests.injuries.proxy import LOOPBACK, Proxy
from tests.injuries.server import Server
from tests.injuries.system import Injured


class Apart(Injured):
    """Its services reach the server through a proxy; the test itself asks it directly."""

    def __init__(self, folder: Path, atlas: Path | None = None, *, home: str = "home", **settings: str) -> None:
        super().__init__(folder, atlas, home=home, **settings)
        with ExitStack() as begun:
            self.server = begun.enter_context(Server(self.home))
            self.proxy = Proxy(self.server.port).start()
            begun.callback(self.proxy.stop)
            self.port, self.url = self.server.port, self.server.url
            self.environment["WIREROOM_NATS_URL"] = f"nats://{LOOPBACK}:{self.proxy.port}"
            self.beneath = begun.pop_all()


def apart(system: Injured) -> Apart:
    """The system, for a fault that asked for this kind."""
    assert isinstance(system, Apart)
    return system
