"""The power fails: all processes die, and what was not fsynced is gone, in one moment (scenario 17 of the bus)."""

from tests.injuries.disk import missing
from tests.injuries.fault import Fault, Scene
from tests.injuries.moments import a_moment
from tests.injuries.powered import Powered

FILES = 40  # on their way when it happens


def injure(scene: Scene) -> None:
    """Cut the power while files are on their way, and start again on what is left."""
    assert isinstance(scene.system, Powered)
    scene.workload.pause()  # what is half dropped is nobody's
    scene.workload.give_many(FILES, copies=0.1)
    a_moment(scene.chance)
    scene.system.cut()
    scene.struck()
    scene.system.start()
    scene.workload.start()
    scene.note(f"power_cut: {scene.system.disk.fsyncs()} fsyncs so far")


FAULT = Fault(
    "power_cut",
    injure,
    times=3,
    settings={"WIREROOM_DISK_BUDGET_BYTES": str(512 << 20)},
    kind=Powered,
    missing=missing,
)
