"""kill -9 of each service, at a moment that the seed chose."""

from contracts.topology import SERVICES
from tests.injuries.fault import Fault, Scene
from tests.injuries.moments import a_moment


def injure(scene: Scene) -> None:
    """Kill one service after the other; the next when the last is back."""
    for service in scene.chance.sample(SERVICES, len(SERVICES)):
        a_moment(scene.chance)
        scene.system.replace(service)
        scene.events += 1


FAULT = Fault("kill_service", injure, times=2, short=True)
