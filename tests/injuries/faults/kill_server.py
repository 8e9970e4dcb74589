"""kill -9 of nats-server; `up` starts it again on the same store."""

from tests.e2e.running import SERVER
from tests.injuries.fault import Fault, Scene
from tests.injuries.moments import a_moment


def injure(scene: Scene) -> None:
    """Kill it."""
    a_moment(scene.chance)
    scene.system.end(SERVER)
    scene.struck()


FAULT = Fault("kill_server", injure, times=3, short=1)
