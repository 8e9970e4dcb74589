"""Documents that kill, fill or hold the child process that reads them; all the others go their way meanwhile."""

import time

from contracts.outcomes import State
from tests.e2e.running import until
from tests.injuries.fault import Fault, Scene
from tests.injuries.neighbours import hold_neighbours, now

CALM_SECONDS = 30.0
SECONDS = 400.0  # five tries of each, and a child to load after each
DEEDS = ("segfault", "memory", "loop")


def injure(scene: Scene) -> None:
    """Let it run in peace for a while, then with a document of each kind for either reader; compare the others."""
    begun = now()
    passed = time.monotonic() + CALM_SECONDS
    until(lambda: time.monotonic() > passed, seconds=2 * CALM_SECONDS, what="a calm while")
    poisoned = now()
    given, armed = [], scene.system.arm("extract", "buried", "kill")
    for deed in DEEDS:
        for service, state, reason in (("extract", State.DEAD, "timeout"), ("fetch", State.REJECTED, "unreadable")):
            text = f"{scene.workload.article()}[[{service} {deed}]]\n"
            given.append(scene.workload.give(f"poison-{service}-{deed}.txt", text.encode(), state, reason))
            scene.events += 1
    passed = time.monotonic() + CALM_SECONDS
    until(
        lambda: (
            time.monotonic() > passed
            and all(
                one.state is not State.IN_PROGRESS for each in given for one in scene.system.inputs(each.source_uri)
            )
        ),
        seconds=SECONDS,
        what="each has ended",
    )
    scene.hold(not armed.exists(), "nobody was killed between a burial and its acknowledgement")
    hold_neighbours(scene, begun, poisoned, now())


FAULT = Fault(
    "poison_child",
    injure,
    settings={
        "WIREROOM_INJURIES_BACKOFF": "1 2 4 8",
        "WIREROOM_EXTRACT_READING_TIMEOUT_SECONDS": "5",
        "WIREROOM_EXTRACT_CHILD_MEMORY_BYTES": str(1536 << 20),
        "WIREROOM_FETCH_READER_TIMEOUT_SECONDS": "5",
    },
)
