"""The server is there and does nothing (SIGSTOP): connections stay open, and nothing is answered."""

import signal
from functools import partial

from contracts.topology import SERVICES
from tests.injuries.apart import Apart, apart
from tests.injuries.fault import Fault, Scene
from tests.injuries.outage import Outage, survive


def injure(scene: Scene) -> None:
    """Stop it, and let it go on. First its silence is told, and when it is left, that there is no connection."""
    server = apart(scene.system).server
    stop, go_on = partial(server.send, signal.SIGSTOP), partial(server.send, signal.SIGCONT)
    survive(scene, Outage(stop, go_on, SERVICES, "NATS", besides=[server.process], noticed_seconds=15.0))


FAULT = Fault("server_stopped", injure, kind=Apart)
