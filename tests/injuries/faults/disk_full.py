"""The disk of the home is full, streams and databases with it: a tmpfs (as root), filled up by a file of the test's."""

from tests.injuries.cramped import Cramped, cramped, missing
from tests.injuries.fault import Fault, Scene
from tests.injuries.moments import some_seconds
from tests.injuries.outage import Outage, survive

TIMES = 6


def injure(scene: Scene) -> None:
    """Fill it up and make room again: once for long, and then time and again in the middle of the work."""
    disk = cramped(scene.system).disk
    survive(scene, Outage(disk.fill, disk.make_room, ("fetch",), "no acknowledgement", noticed_seconds=12.0))
    for _ in range(TIMES):
        some_seconds(scene.chance, 1.0, 4.0)
        disk.fill()
        some_seconds(scene.chance, 0.2, 3.0)
        disk.make_room()
        scene.struck()
    scene.note(f"{scene.system.said().count('will be well after a new start')} times the server was started again")


FAULT = Fault("disk_full", injure, kind=Cramped, missing=missing)
