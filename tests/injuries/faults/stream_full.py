"""EXTRACT may hold 400 KB, and store is slow: it is never fuller, nothing is lost, and nobody gives up."""

import signal
import time

from tests.e2e.running import until
from tests.injuries.fault import Fault, Scene
from tests.injuries.operating import held, limit

LIMIT_BYTES = 400_000
FILES = 400
STOPPED_SECONDS, GOING_SECONDS = 0.4, 0.1  # how store becomes slow


def injure(scene: Scene) -> None:
    """Limit it and STORE, give in far more than fits, and let store have a fifth of its time."""
    system = scene.system
    streams = ("EXTRACT", "STORE")
    before = {name: limit(system, name, LIMIT_BYTES) for name in streams}
    taken = sum(system.counts().values())
    scene.workload.give_many(FILES)
    store, most, full = system.processes()["store"], dict.fromkeys(streams, 0), 0
    last = time.monotonic() + 60
    while sum(system.counts().values()) < taken + FILES and time.monotonic() < last:
        store.send_signal(signal.SIGSTOP)
        time.sleep(STOPPED_SECONDS)
        store.send_signal(signal.SIGCONT)
        time.sleep(GOING_SECONDS)
        for name, (_, size) in held(system, *streams).items():
            most[name] = max(most[name], size)
        full += any(
            "maximum bytes exceeded" in system.get(name, "/readyz")[1] for name in ("fetch", "dedup", "extract")
        )
    for name in streams:
        scene.hold(most[name] <= LIMIT_BYTES, f"{name} held {most[name]} bytes")
    scene.struck()
    scene.hold(full > 0, f"nothing was ever full: {most}")
    scene.note(f"the most they held: {most}; somebody waited for room at {full} looks")
    until(system.is_whole, seconds=60, what="all ready again")
    for name, bytes_before in before.items():
        limit(system, name, bytes_before)


FAULT = Fault("stream_full", injure)
