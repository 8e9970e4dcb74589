"""kill -9 of the child processes that read documents, while they read."""

from tests.e2e.running import until
from tests.injuries.fault import Fault, Scene
from tests.injuries.moments import a_moment
from tests.injuries.system import CHILD, READERS


def injure(scene: Scene) -> None:
    """Kill a child of each service that has some, and wait for its successor."""
    for name in (service + CHILD for service in READERS):
        until(lambda name=name: name in scene.system.victims(), seconds=30, what=f"a {name}")  # type: ignore[misc]
        a_moment(scene.chance)
        scene.events += scene.system.hit(name)


FAULT = Fault("kill_child", injure, times=5, short=True)
