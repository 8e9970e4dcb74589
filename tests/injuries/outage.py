"""Something is away for a while, under watch: what that may cost, and how soon all goes on."""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import psutil

from contracts.outcomes import State
from contracts.topology import SERVICES
from tests.e2e.running import until
from tests.injuries.fault import Scene
from tests.injuries.sampler import Sampler
from tests.injuries.system import Injured

SECONDS = float(os.environ.get("OUTAGE_SECONDS", "20"))  # the ten minutes: OUTAGE_SECONDS=600
MOST_GROWTH_MEBIBYTES = 50
MOST_CPU_PERCENT = 2.0
RESUMED_SECONDS = 5.0
GIVEN = 20  # files that come in meanwhile


@dataclass(frozen=True)
class Outage:
    """What goes away and comes back, and whose readiness must be red meanwhile, and why."""

    begin: Callable[[], object]
    end: Callable[[], object]
    red: tuple[str, ...]
    reason: str  # in the words of /readyz
    besides: Iterable[psutil.Process] = ()
    noticed_seconds: float = 4.0  # until it is noticed, and what was in work has ended


def survive(scene: Scene, outage: Outage) -> None:
    """Let it happen, and hold the system to what was promised of outages."""
    system = scene.system
    scene.workload.pause()
    before, begun = _dead(scene), time.monotonic()
    try:
        outage.begin()
        scene.workload.give_many(GIVEN)
        time.sleep(outage.noticed_seconds)
        with Sampler(system, besides=outage.besides) as sampler:
            time.sleep(max(10.0, SECONDS - outage.noticed_seconds))
            sampler.look()
        _hold_to_bounds(scene, outage, sampler)
    finally:
        outage.end()
    scene.struck()
    ended = system.ended_inputs()  # what ended before it could be read again proves nothing
    scene.workload.give_many(1)
    away, begun = time.monotonic() - begun, time.monotonic()
    until(system.is_whole, seconds=60, what="all ready again")
    ready = time.monotonic() - begun
    until(lambda: system.ended_inputs() > ended, seconds=60, what="inputs end again")
    resumed = time.monotonic() - begun
    scene.note(f"away {away:.0f} s: all ready after {ready:.1f} s, the next input has ended after {resumed:.1f} s")
    scene.hold(resumed < RESUMED_SECONDS, f"it took {resumed:.1f} s until it went on")
    scene.hold(_dead(scene) == before, "an outage made dead letters")
    scene.workload.start()


def why_not_ready(system: Injured) -> str:
    """What the services say now that they wait for."""
    told = {service: system.get(service, "/readyz") for service in SERVICES}
    return "; ".join(f"{service}: {body.strip()}" for service, (status, body) in told.items() if status != 200)


def _hold_to_bounds(scene: Scene, outage: Outage, sampler: Sampler) -> None:
    for process in sampler.processes:
        scene.note(process.told())
        scene.hold(process.grew_mebibytes < MOST_GROWTH_MEBIBYTES, f"{process.told()}: too much memory")
        scene.hold(process.cpu_percent < MOST_CPU_PERCENT, f"{process.told()}: too much CPU")
    live, ready = sampler.pages.statuses("/livez"), sampler.pages.statuses("/readyz")
    for service in SERVICES:
        scene.hold(live[service] == {200}, f"{service}: /livez said {live[service]}")
    for service in outage.red:
        told = sampler.pages.reasons.get(service, Counter())
        scene.hold(ready[service] == {503}, f"{service}: /readyz said {ready[service]}")
        scene.hold(any(outage.reason in reason for reason in told), f"{service}: /readyz gave as reasons {dict(told)}")


def _dead(scene: Scene) -> int:
    return scene.system.counts().get(State.DEAD, 0)
