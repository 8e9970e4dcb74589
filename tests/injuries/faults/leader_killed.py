"""kill -9 of the server that leads a stream, which the others notice after some seconds; then it comes back."""

from tests.injuries.cluster import Clustered
from tests.injuries.fault import Fault, Scene
from tests.injuries.moments import a_moment

STREAMS = ("LANGUAGE", "DEDUP", "EXTRACT", "STORE", "ARTICLES", "OBJ_RAW")


def injure(scene: Scene) -> None:
    """Kill who leads one of the streams, wait until another does, and start it again."""
    stream = scene.chance.choice(STREAMS)
    a_moment(scene.chance)
    victim = scene.cluster.await_leader(stream)
    victim.end()
    scene.cluster.await_leader(stream, other_than=victim)
    victim.start()
    scene.cluster.wait_until_healthy()


FAULT = Fault("leader_killed", injure, times=4, kind=Clustered)
