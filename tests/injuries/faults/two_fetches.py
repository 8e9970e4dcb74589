"""A second fetch on the same inbox: they share the files, and nobody takes what the other holds."""

import subprocess
import sys

from tests.e2e.running import until
from tests.injuries.fault import Fault, Scene

TOGETHER = 60  # files that come in while both run


def injure(scene: Scene) -> None:
    """Run it beside the first for a while, then kill it while it holds claims."""
    system = scene.system
    second = subprocess.Popen(
        [sys.executable, "-m", "services.fetch"],
        env=system.environment | {"WIREROOM_FETCH_METRICS_PORT": "0"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        known = sum(system.counts().values())
        scene.workload.give_many(TOGETHER)
        until(lambda: sum(system.counts().values()) >= known + TOGETHER, seconds=60, what="files are taken by two")
        scene.workload.give_many(TOGETHER)
    finally:
        second.kill()
        second.wait()


FAULT = Fault("two_fetches", injure, times=2)
