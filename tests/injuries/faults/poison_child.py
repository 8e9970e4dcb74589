"""Documents that kill, fill or hold the child process that reads them; all the others go their way meanwhile."""

import time

from contracts.outcomes import State
from tests.e2e.running import until
from tests.injuries.fault import Fault, Scene
from tests.injuries.neighbours import CALM_SECONDS, calm, hold_neighbours, now
from tests.injuries.workload import Given

LOOK_SECONDS = 1.0  # at the ledger: asked all the time, it would take a core from those who are timed
SECONDS = 400.0  # five tries of each, and a child to load after each
DEEDS = ("segfault", "memory", "loop")
ENDS = {"extract": (State.DEAD, "timeout"), "fetch": (State.REJECTED, "unreadable")}


def injure(scene: Scene) -> None:
    """Let it run in peace for a while, then with a document of each kind for either reader; compare the others.

    One more is buried at the end, and extract killed before that is acknowledged: nobody is buried twice.
    """
    begun = calm(scene)
    poisoned = now()
    given = [_poison(scene, service, deed) for deed in DEEDS for service in ENDS]
    _wait_for(scene, given)
    hold_neighbours(scene, begun, poisoned, now())
    armed = scene.system.arm("extract", "buried", "kill")
    last = _poison(scene, "extract", "segfault", "last")
    until(lambda: _all_ended(scene, [last]) and not armed.exists(), seconds=SECONDS, what="the last one is buried")


def _poison(scene: Scene, service: str, deed: str, name: str = "") -> Given:
    text = f"{scene.workload.article()}[[{service} {deed}]]\n"
    scene.events += 1
    return scene.workload.give(f"poison-{service}-{deed}{name}.txt", text.encode(), *ENDS[service])


def _all_ended(scene: Scene, given: list[Given]) -> bool:
    found = [one for each in given for one in scene.system.inputs(each.source_uri)]
    return len(found) >= len(given) and all(one.state is not State.IN_PROGRESS for one in found)


def _wait_for(scene: Scene, given: list[Given]) -> None:
    """They have ended, and a calm while has passed."""
    look_at = time.monotonic() + CALM_SECONDS

    def so() -> bool:
        nonlocal look_at
        if time.monotonic() < look_at:
            return False
        look_at = time.monotonic() + LOOK_SECONDS
        return _all_ended(scene, given)

    until(so, seconds=SECONDS, what="each has ended")


FAULT = Fault(
    "poison_child",
    injure,
    alone=True,
    settings={
        "WIREROOM_INJURIES_BACKOFF": "0.5 1 2 4",
        "WIREROOM_EXTRACT_READING_TIMEOUT_SECONDS": "3",
        "WIREROOM_EXTRACT_CHILD_MEMORY_BYTES": str(1536 << 20),
        "WIREROOM_FETCH_READER_TIMEOUT_SECONDS": "3",
    },
)
