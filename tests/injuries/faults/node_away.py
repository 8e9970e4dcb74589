"""A server that says nothing for a while, without a word of farewell: stopped, as behind a cut cable."""

import signal

from tests.injuries.cluster import Clustered
from tests.injuries.fault import Fault, Scene
from tests.injuries.moments import some_seconds

AWAY_SECONDS = (12.0, 20.0)  # longer than an election


def injure(scene: Scene) -> None:
    """Stop one server, and let it go on as if nothing had happened."""
    scene.cluster.make_whole()
    node = scene.chance.choice(list(scene.cluster.nodes.values()))
    node.send(signal.SIGSTOP)
    some_seconds(scene.chance, *AWAY_SECONDS)
    node.send(signal.SIGCONT)
    scene.struck()


FAULT = Fault("node_away", injure, times=3, kind=Clustered)
