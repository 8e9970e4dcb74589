"""kill -9 of the child processes that read documents, while they read, and of the servers they are forked from."""

from tests.e2e.running import until
from tests.injuries.fault import Fault, Scene
from tests.injuries.moments import a_moment
from tests.injuries.system import CHILD, CHILDREN, READERS

KINDS = (CHILD, CHILDREN)


def injure(scene: Scene) -> None:
    """Kill a child of the next service that has some, or what forks them."""
    name = READERS[scene.events % len(READERS)] + KINDS[scene.events // len(READERS) % len(KINDS)]
    until(lambda: name in scene.system.victims(), seconds=60, what=f"a {name}")
    a_moment(scene.chance)
    if scene.system.hit(name):
        scene.struck()


FAULT = Fault("kill_child", injure, times=12, short=4)
