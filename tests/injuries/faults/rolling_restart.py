"""SIGTERM of each service in turn, ten times over: a release that is rolled out again and again."""

import signal

from contracts.topology import SERVICES
from tests.injuries.fault import Fault, Scene

ROUNDS = 10


def injure(scene: Scene) -> None:
    """Ask each to end, and go on with the next as soon as its successor has been started."""
    for _ in range(ROUNDS):
        for service in SERVICES:
            scene.system.end(service, signal.SIGTERM)
            scene.struck()


FAULT = Fault("rolling_restart", injure)
