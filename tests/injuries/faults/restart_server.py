"""An orderly end of nats-server, and its start on the same store."""

import signal

from tests.e2e.running import SERVER
from tests.injuries.fault import Fault, Scene
from tests.injuries.moments import a_moment


def injure(scene: Scene) -> None:
    """Ask it to end; `up` starts it again."""
    a_moment(scene.chance)
    scene.system.end(SERVER, signal.SIGTERM)
    scene.struck()


FAULT = Fault("restart_server", injure, times=2)
