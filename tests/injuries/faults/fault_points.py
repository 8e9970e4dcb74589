"""kill -9 between every two steps: at each fault point that stands in the code of each service."""

from itertools import groupby

from contracts.outcomes import State
from tests.e2e.running import until
from tests.injuries.fault import Fault, Scene
from tests.injuries.points import points

SECONDS = 450.0
MOST_ON_THEIR_WAY = 300


class Lane:
    """The points of one service, one after the other; the services are killed side by side."""

    def __init__(self, scene: Scene, service: str, names: list[str]) -> None:
        self._scene, self._service, self._names = scene, service, names
        self._armed = scene.system.arm(service, names[0], "kill")

    def is_through(self) -> bool:
        """Whether a process was killed at every point; arms the next one where the last has struck."""
        if self._names and not self._armed.exists():
            self._scene.struck()
            self._names.pop(0)
            if self._names:
                self._armed = self._scene.system.arm(self._service, self._names[0], "kill")
        return not self._names

    def __str__(self) -> str:
        return ", ".join(f"{self._service}.{name}" for name in self._names)


def injure(scene: Scene) -> None:
    """Arm a point of each service, and the next when a process has come to it and was killed there."""
    by_service = groupby(points(), key=lambda one: one[0])
    lanes = [Lane(scene, service, [name for _, name in group]) for service, group in by_service]

    def all_through() -> bool:
        _keep_busy(scene)
        return sum(lane.is_through() for lane in lanes) == len(lanes)  # each is looked at, every time

    until(
        all_through,
        seconds=SECONDS,
        what=lambda: f"all points are reached, still {', '.join(filter(None, map(str, lanes)))}",
    )


def _keep_busy(scene: Scene) -> None:
    """Something is always on its way, and never more than can be finished when the services are left alone."""
    if scene.system.counts().get(State.IN_PROGRESS, 0) > MOST_ON_THEIR_WAY:
        scene.workload.pause()
    else:
        scene.workload.start()


FAULT = Fault("fault_points", injure, long=True)
