"""A server is taken out of service in order: it hands its leaderships over, and asks its clients to go elsewhere."""

import signal

from tests.injuries.cluster import Clustered
from tests.injuries.fault import Fault, Scene
from tests.injuries.moments import a_moment


def injure(scene: Scene) -> None:
    """Make each server a lame duck in turn, wait until it has ended, and start it again."""
    for node in scene.cluster.nodes.values():
        a_moment(scene.chance)
        node.end(signal.SIGUSR2)
        node.start()
        scene.cluster.wait_until_healthy()
        scene.events += 1


FAULT = Fault("node_lame_duck", injure, kind=Clustered)
