"""The disk of the databases of dedup and store is full (a tmpfs, as root), and that of the streams is not."""

from tests.injuries.cramped import CrampedDatabases, cramped, missing
from tests.injuries.fault import Fault, Scene
from tests.injuries.moments import some_seconds
from tests.injuries.outage import Outage, survive

REMEMBERING = ("dedup", "store")
TIMES = 4


def injure(scene: Scene) -> None:
    """Fill it up and make room again: once for long, and then time and again in the middle of the work."""
    disk = cramped(scene.system).disk
    survive(scene, Outage(disk.fill, disk.make_room, REMEMBERING, "database is away", noticed_seconds=12.0))
    for _ in range(TIMES):
        some_seconds(scene.chance, 1.0, 3.0)
        disk.fill()
        some_seconds(scene.chance, 0.2, 3.0)
        disk.make_room()
        scene.struck()


FAULT = Fault("database_full", injure, kind=CrampedDatabases, missing=missing)
