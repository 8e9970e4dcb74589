"""SIGTERM of each service in turn, ten times over: a release that is rolled out again and again."""

import signal

from contracts.topology import SERVICES
from tests.e2e.running import until
from tests.injuries.fault import Fault, Scene

ROUNDS = 10


def injure(scene: Scene) -> None:
    """Ask each to end, and go on with the next as soon as its successor has been started."""
    before = scene.system.said().count("killed by")
    for _ in range(ROUNDS):
        for service in SERVICES:
            scene.system.end(service, signal.SIGTERM)
            until(lambda name=service: name in scene.system.processes(), seconds=60, what=f"another {service}")  # type: ignore[misc]
            scene.struck()
    unasked = [line for line in scene.system.said().splitlines() if "killed by" in line][before:]
    scene.hold(not unasked, f"SIGTERM was not enough: {unasked}")


FAULT = Fault("rolling_restart", injure)
