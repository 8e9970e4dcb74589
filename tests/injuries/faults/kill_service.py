"""kill -9 of each service, at a moment that the seed chose."""

from contracts.topology import SERVICES
from tests.injuries.fault import Fault, Scene
from tests.injuries.moments import a_moment


def injure(scene: Scene) -> None:
    """Kill the next service."""
    a_moment(scene.chance)
    scene.system.end(SERVICES[scene.events % len(SERVICES)])
    scene.struck()


FAULT = Fault("kill_service", injure, times=2 * len(SERVICES), short=5)
