"""The disk of the home is full, streams and databases with it: a tmpfs (as root), filled up by a file of the test's."""

from tests.injuries.cramped import Cramped, cramped, missing
from tests.injuries.fault import Fault, Scene
from tests.injuries.outage import Outage, survive


def injure(scene: Scene) -> None:
    """Fill it up, and make room again."""
    disk = cramped(scene.system).disk
    survive(scene, Outage(disk.fill, disk.make_room, ("fetch",), "no acknowledgement", noticed_seconds=12.0))


FAULT = Fault("disk_full", injure, kind=Cramped, missing=missing)
