"""An operator deletes the durables of all services, one after the other: `up` lays them again."""

import time

from contracts.topology import SERVICES
from tests.e2e.running import until
from tests.injuries.fault import Fault, Scene
from tests.injuries.moments import a_moment
from tests.injuries.operating import act, is_laid

RESUMED_SECONDS = 10.0


def injure(scene: Scene) -> None:
    """Delete, and wait until it is there again and heard."""
    for service in scene.chance.sample(SERVICES, len(SERVICES)):
        a_moment(scene.chance)
        act(scene.system, lambda js, service=service: js.delete_consumer(service.upper(), service))  # type: ignore[misc]
        begun = time.monotonic()
        until(lambda service=service: is_laid(scene.system, service), seconds=60, what=f"{service} laid again")  # type: ignore[misc]
        laid = time.monotonic()
        until(scene.system.is_whole, seconds=60, what="all ready again")
        took = time.monotonic() - laid
        scene.events += 1
        scene.note(f"{service}: laid again after {laid - begun:.1f} s, all ready {took:.1f} s later")
        scene.hold(took < RESUMED_SECONDS, f"{service}: all ready only {took:.1f} s after it was laid again")


FAULT = Fault("consumer_deleted", injure)
