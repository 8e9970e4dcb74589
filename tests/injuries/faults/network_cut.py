"""The network between services and server is cut: for one after the other, for all, and once in silence for 30 s."""

import time

from contracts.topology import SERVICES
from tests.e2e.running import until
from tests.injuries.apart import Apart, apart
from tests.injuries.fault import Fault, Scene
from tests.injuries.outage import why_not_ready
from tests.injuries.proxy import Line

CUT_SECONDS = 3.0
SILENT_SECONDS = 30.0
RESUMED_SECONDS = 5.0


def injure(scene: Scene) -> None:
    """Cut, heal, and time how soon all are ready again."""
    for service in scene.chance.sample(SERVICES, len(SERVICES)):
        _cut(scene, Line(refuses=True), CUT_SECONDS, service)
    _cut(scene, Line(refuses=True), CUT_SECONDS)
    _cut(scene, Line(swallows=True), SILENT_SECONDS)


def _cut(scene: Scene, line: Line, seconds: float, *services: str) -> None:
    proxy = apart(scene.system).proxy
    proxy.make(line, *services)
    time.sleep(seconds)
    scene.events += 1
    proxy.heal()
    begun, last = time.monotonic(), ""

    def whole() -> bool:
        nonlocal last
        last = why_not_ready(scene.system) or last
        return scene.system.is_whole()

    until(whole, seconds=60, what="all ready again")
    took = time.monotonic() - begun
    what = f"{', '.join(services) or 'all'} {'unheard' if line.swallows else 'cut off'} for {seconds:g} s"
    scene.note(f"{what}: all ready {took:.1f} s after")
    scene.hold(took < RESUMED_SECONDS, f"{what}: all ready only {took:.1f} s after; at last {last}")


FAULT = Fault("network_cut", injure, kind=Apart)
