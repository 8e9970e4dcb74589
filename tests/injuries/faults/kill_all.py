"""kill -9 of everything but `up` in the same moment."""

from contextlib import suppress

import psutil

from tests.e2e.running import until
from tests.injuries.fault import Fault, Scene
from tests.injuries.moments import a_moment


def injure(scene: Scene) -> None:
    """Kill the server, the services and their children, and wait until others have taken their places."""
    a_moment(scene.chance)
    _, *others = scene.system.family()
    for victim in others:
        with suppress(psutil.NoSuchProcess):
            victim.kill()
            scene.events += 1
    gone = {victim.pid for victim in others}
    until(
        lambda: scene.system.is_whole() and not gone & {one.pid for one in scene.system.processes().values()},
        seconds=60,
        what="all started again",
    )


FAULT = Fault("kill_all", injure, times=2)
