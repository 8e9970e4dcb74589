"""A document that kills the service itself: five lone starts, and it is buried; all that came with it is stored."""

from contracts.outcomes import State
from tests.e2e.running import until
from tests.injuries.fault import Fault, Scene

NEIGHBOURS = 40
SECONDS = 600.0  # seven starts with a model to load each, and the pauses between them


def injure(scene: Scene) -> None:
    """Drop it among others and nothing after it, and wait until it is given up."""
    scene.workload.pause()
    scene.workload.give_many(NEIGHBOURS // 2)
    text = f"{scene.workload.article()}[[parent]]\n"
    one = scene.workload.give("poison-parent.txt", text.encode(), State.DEAD, "kills_its_worker")
    scene.workload.give_many(NEIGHBOURS // 2)
    before = scene.system.said().count("killed by SIGKILL")
    until(
        lambda: [found.state for found in scene.system.inputs(one.source_uri)] == [State.DEAD],
        seconds=SECONDS,
        what=lambda: f"it is buried: {scene.system.inputs(one.source_uri)}",
    )
    [dead] = scene.system.inputs(one.source_uri)
    scene.events = scene.system.said().count("killed by SIGKILL") - before
    scene.note(f"it killed extract {scene.events} times, and was buried after {dead.attempts} lone starts")


FAULT = Fault("poison_parent", injure)
