"""kill -9 of the server that leads a stream, which the others notice after some seconds; then it comes back."""

import time

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
    begun = time.monotonic()
    scene.cluster.await_leader(stream, other_than=victim)
    led = time.monotonic() - begun
    scene.system.await_ready()
    scene.note(f"{stream}: led again after {led:.1f} s, all services ready after {time.monotonic() - begun:.1f} s")
    victim.start()
    scene.cluster.wait_until_healthy()


FAULT = Fault("leader_killed", injure, times=4, kind=Clustered)
