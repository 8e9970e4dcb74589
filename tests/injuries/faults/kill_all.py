"""kill -9 of everything but `up` in the same moment."""

from contextlib import suppress

import psutil

from tests.e2e.running import until
from tests.injuries.fault import Fault, Scene
from tests.injuries.moments import a_moment


def injure(scene: Scene) -> None:
    """Kill the server, the services and their children, and wait until others have begun to take their places."""
    a_moment(scene.chance)
    _, *others = scene.system.family()
    for victim in others:
        with suppress(psutil.NoSuchProcess):
            victim.kill()
            scene.struck()
    gone = {victim.pid for victim in others}
    until(
        lambda: not gone & {one.pid for one in scene.system.family()}, seconds=60, what="`up` sees that they are gone"
    )


FAULT = Fault("kill_all", injure, times=2)
