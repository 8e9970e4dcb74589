"""SIGTERM of each service in turn, ten times over: a release that is rolled out again and again."""

import signal
from contextlib import suppress
from pathlib import Path

from contracts.topology import SERVICES
from tests.e2e.running import until
from tests.injuries.fault import Fault, Scene

ROUNDS = 10


def injure(scene: Scene) -> None:
    """Ask each to end, and go on with the next as soon as its successor could be asked to."""
    before = scene.system.said().count("killed by")
    for _ in range(ROUNDS):
        for service in SERVICES:
            scene.system.end(service, signal.SIGTERM)
            until(lambda name=service: _listens(scene, name), seconds=60, what=f"another {service}")  # type: ignore[misc]
            scene.struck()
    unasked = [line for line in scene.system.said().splitlines() if "killed by" in line][before:]
    scene.hold(not unasked, f"SIGTERM was not enough: {unasked}")


def _listens(scene: Scene, service: str) -> bool:
    """Whether it runs and catches SIGTERM: a Python that is still starting dies of it as of any other signal."""
    process = scene.system.processes().get(service)
    with suppress(OSError):  # it has ended meanwhile
        status = Path(f"/proc/{process.pid}/status").read_text() if process else ""
        caught = next((line.split()[1] for line in status.splitlines() if line.startswith("SigCgt")), "0")
        return bool(int(caught, 16) >> (signal.SIGTERM - 1) & 1)
    return False


FAULT = Fault("rolling_restart", injure)
