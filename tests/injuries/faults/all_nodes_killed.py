"""kill -9 of all three servers in the same moment; each comes back with what it had on its disk."""

import signal

from tests.injuries.cluster import Clustered
from tests.injuries.fault import Fault, Scene
from tests.injuries.moments import a_moment


def injure(scene: Scene) -> None:
    """Kill them, and start them again."""
    scene.cluster.make_whole()
    a_moment(scene.chance)
    for node in scene.cluster.nodes.values():
        node.send(signal.SIGKILL)
    for node in scene.cluster.nodes.values():
        node.end()
        node.start()
    scene.struck()


FAULT = Fault("all_nodes_killed", injure, times=2, kind=Clustered)
