"""The time of day jumps, days ahead and hours back, while articles pass. (The server's clock cannot be set: open.)"""

from prometheus_client.parser import text_string_to_metric_families

from contracts.outcomes import State
from contracts.topology import SERVICES
from tests.e2e.running import until
from tests.injuries.faked import Faked, missing
from tests.injuries.fault import Fault, Scene

HOUR, DAY = 3600, 24 * 3600
JUMPS = (3 * DAY, -5 * HOUR, 400 * DAY, 0)
ENDS = 15  # inputs that end under each time
# What may well be below zero: a difference, or the far past.
SIGNED = ("_created", "process_start_time_seconds")


def injure(scene: Scene) -> None:
    """Jump, and let inputs end under each time; no age may be negative meanwhile, and nothing be buried."""
    system = scene.system
    assert isinstance(system, Faked)
    scene.special.clocks_jump = True
    scene.workload.pause()  # so that it is these inputs that end under each time
    for offset in JUMPS:
        ended = _ended(scene)
        system.set_clock(offset)
        scene.struck()
        scene.workload.give_many(ENDS, copies=0.2)
        until(lambda ended=ended: _ended(scene) >= ended + ENDS, seconds=90, what=f"inputs end at {offset:+} s")  # type: ignore[misc]
        negative = [line for service in SERVICES for line in _negative(system.get(service, "/metrics")[1])]
        scene.hold(not negative, f"below zero at {offset:+} s: {', '.join(negative)}")
        status = system.wireroom("status", "--json")
        scene.hold(status.returncode == 0, f"status at {offset:+} s: {status.stderr[-200:]}")
    scene.workload.start()
    scene.hold(State.DEAD not in system.counts(), f"buried: {system.counts()}")


def _ended(scene: Scene) -> int:
    return sum(number for state, number in scene.system.counts().items() if state is not State.IN_PROGRESS)


def _negative(page: str) -> list[str]:
    return [
        f"{sample.name} {sample.value}"
        for family in text_string_to_metric_families(page)
        for sample in family.samples
        if sample.value < 0 and not sample.name.endswith(SIGNED)
    ]


FAULT = Fault("clock_jump", injure, settings={"WIREROOM_LOG_LEVEL": "info"}, kind=Faked, missing=missing)
