"""The server dies and stays away: ten minutes with OUTAGE_SECONDS=600, else a moment. Connections are refused."""

from contracts.topology import SERVICES
from tests.injuries.apart import Apart, apart
from tests.injuries.fault import Fault, Scene
from tests.injuries.outage import Outage, survive


def injure(scene: Scene) -> None:
    """kill -9, and a start on the same store."""
    server = apart(scene.system).server
    survive(scene, Outage(server.kill, server.start, SERVICES, "not connected to NATS"))


FAULT = Fault("server_away", injure, kind=Apart)
