"""kill -9 between every two steps: at each fault point that stands in the code of each service, one after the other."""

from tests.e2e.running import until
from tests.injuries.fault import Fault, Scene
from tests.injuries.points import points

SECONDS = 45.0


def injure(scene: Scene) -> None:
    """Arm one point, wait until a process has come to it and was killed, and go on with the next."""
    unreached = []
    for service, point in points():
        armed = scene.system.arm(service, point, "kill")
        try:
            until(lambda armed=armed: not armed.exists(), seconds=SECONDS, what=f"{service} comes to {point}")  # type: ignore[misc]
        except AssertionError:
            unreached.append(f"{service}.{point}")
            armed.unlink(missing_ok=True)
            continue
        scene.events += 1
        scene.system.await_ready()
    if unreached:
        scene.note(f"never reached: {', '.join(unreached)}")


FAULT = Fault("fault_points", injure)
