"""EXTRACT may hold 400 KB, and store is slow: it is never fuller, nothing is lost, and nobody gives up."""

import signal
import time
from contextlib import suppress

import psutil

from tests.e2e.running import until
from tests.injuries.fault import Fault, Scene
from tests.injuries.operating import held, limit
from tests.injuries.system import Injured

LIMIT_BYTES = 400_000
STREAMS = ("EXTRACT", "STORE")
FILES = 400
FULL_SECONDS = 120.0  # until the first is full, on a slow machine
SLOW_SECONDS = 60.0
STOPPED_SECONDS, GOING_SECONDS = 0.4, 0.1  # how store becomes slow


def injure(scene: Scene) -> None:
    """Limit both, give in far more than fits while store stands still, and then let it have a fifth of its time."""
    system = scene.system
    before = {name: limit(system, name, LIMIT_BYTES) for name in STREAMS}
    most, full = dict.fromkeys(STREAMS, 0), 0

    def is_full() -> bool:
        _signal(system, signal.SIGSTOP)  # stopped for half a minute it is dead to `up`, and another one runs
        if not system.waiting():
            scene.workload.give_many(FILES)
        return _somebody_waits(system)

    try:
        until(is_full, seconds=FULL_SECONDS, what=lambda: f"something is full: {held(system, *STREAMS)}")
    finally:
        _signal(system, signal.SIGCONT)
    last = time.monotonic() + SLOW_SECONDS
    while system.waiting() and time.monotonic() < last:
        _signal(system, signal.SIGSTOP)
        time.sleep(STOPPED_SECONDS)
        _signal(system, signal.SIGCONT)
        time.sleep(GOING_SECONDS)
        for name, (_, size) in held(system, *STREAMS).items():
            most[name] = max(most[name], size)
        full += _somebody_waits(system)
    for name in STREAMS:
        scene.hold(most[name] <= LIMIT_BYTES, f"{name} held {most[name]} bytes")
    scene.struck()
    scene.note(f"the most they held: {most}; somebody waited for room at {full} looks")
    until(system.is_whole, seconds=60, what="all ready again")
    for name, bytes_before in before.items():
        limit(system, name, bytes_before)


def _signal(system: Injured, number: signal.Signals) -> None:
    """To the store that runs now, if one does."""
    if (store := system.processes().get("store")) is not None:
        with suppress(psutil.NoSuchProcess):
            store.send_signal(number)


def _somebody_waits(system: Injured) -> bool:
    return any("maximum bytes exceeded" in system.get(name, "/readyz")[1] for name in ("fetch", "dedup", "extract"))


FAULT = Fault("stream_full", injure)
