"""20,000 files at once, most of them copies, so that reading and judging are what they cost."""

from tests.e2e.running import until
from tests.injuries.fault import Fault, Scene

FILES = 20_000
COPIES = 0.95
SECONDS = 900.0


def injure(scene: Scene) -> None:
    """Drop them as fast as they can be written, and wait until the last is taken."""
    scene.workload.pause()
    before = sum(scene.system.counts().values())
    scene.workload.give_many(FILES, copies=COPIES)
    scene.struck()
    most = max(one.memory_info().rss for one in scene.system.family())
    until(lambda: sum(scene.system.counts().values()) >= before + FILES, seconds=SECONDS, what="all are taken")
    after = max(one.memory_info().rss for one in scene.system.family())
    scene.note(f"the largest process had {most >> 20} MB when they lay there, {after >> 20} MB when they were taken")


FAULT = Fault("many_files", injure, long=True)
