"""A server is taken out of service in order: it hands its leaderships over, and asks its clients to go elsewhere."""

import signal

from tests.injuries.cluster import Clustered
from tests.injuries.fault import Fault, Scene
from tests.injuries.moments import a_moment


def injure(scene: Scene) -> None:
    """Make a server a lame duck, and wait until it has ended."""
    scene.cluster.make_whole()
    a_moment(scene.chance)
    node = scene.cluster.await_leader("STORE")
    node.end(signal.SIGUSR2, seconds=60)
    scene.struck()


FAULT = Fault("node_lame_duck", injure, kind=Clustered)
