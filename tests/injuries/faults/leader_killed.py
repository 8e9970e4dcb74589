"""kill -9 of the server that leads a stream, which the others notice after some seconds; then it comes back."""

import time

from tests.injuries.cluster import Clustered
from tests.injuries.fault import Fault, Scene
from tests.injuries.moments import a_moment

STREAMS = ("LANGUAGE", "DEDUP", "EXTRACT", "STORE", "ARTICLES", "OBJ_RAW")


def injure(scene: Scene) -> None:
    """Kill who leads one of the streams, and wait until another does; the killed one is back before the next."""
    scene.cluster.make_whole()
    stream = scene.chance.choice(STREAMS)
    a_moment(scene.chance)
    victim = scene.cluster.await_leader(stream)
    victim.end()
    scene.struck()
    begun = time.monotonic()
    scene.cluster.await_leader(stream, other_than=victim)
    scene.note(f"{stream} is led again after {time.monotonic() - begun:.1f} s")


FAULT = Fault("leader_killed", injure, times=4, kind=Clustered)
