"""SIGTERM of each service in turn, ten times over: a release that is rolled out again and again."""

import signal

from contracts.topology import SERVICES
from tests.injuries.fault import Fault, Scene

ROUNDS = 10


def injure(scene: Scene) -> None:
    """Ask each to end, and go on with the next as soon as its successor runs."""
    for _ in range(ROUNDS):
        for service in SERVICES:
            scene.system.replace(service, signal.SIGTERM)
            scene.events += 1


FAULT = Fault("rolling_restart", injure)
