"""Each server in turn loses its disk, and comes back with nothing: in the end no disk of the beginning is left."""

from tests.injuries.cluster import Clustered
from tests.injuries.fault import Fault, Scene
from tests.injuries.moments import a_moment


def injure(scene: Scene) -> None:
    """Kill a server, remove its store, start it, and wait until it has everything again."""
    scene.cluster.make_whole()
    for node in scene.cluster.nodes.values():
        a_moment(scene.chance)
        node.end()
        node.wipe()
        node.start()
        scene.cluster.wait_until_healthy()
        scene.struck()


FAULT = Fault("node_comes_back_empty", injure, kind=Clustered)
