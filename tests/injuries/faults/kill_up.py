"""kill -9 of `up` itself: nothing it started lives on, and a second `up` at once does not fight what is dying."""

from tests.e2e.running import still_there, until
from tests.injuries.fault import Fault, Scene
from tests.injuries.moments import a_moment


def injure(scene: Scene) -> None:
    """Kill it and start another in the same moment."""
    a_moment(scene.chance)
    up, *others = scene.system.family()
    up.kill()
    scene.struck()
    scene.system.abandon()
    scene.system.start()
    until(lambda: not still_there(others), seconds=60, what="what the killed `up` had started ends with it")


FAULT = Fault("kill_up", injure, times=2, short=1)
