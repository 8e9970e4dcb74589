"""A slow line to the server: 100 ms each way, then a trickle of 20 KB a second, for one after the other and for all."""

import time

from contracts.topology import SERVICES
from tests.injuries.apart import Apart, apart
from tests.injuries.fault import Fault, Scene
from tests.injuries.proxy import Line

SECONDS = 4.0
FAR = Line(delay_seconds=0.1)
TRICKLE = Line(bytes_a_second=20_000)


def injure(scene: Scene) -> None:
    """Make the line slow for a while, and good again."""
    proxy = apart(scene.system).proxy
    for line in (FAR, TRICKLE):
        for services in ((), *((service,) for service in scene.chance.sample(SERVICES, len(SERVICES)))):
            proxy.make(line, *services)
            time.sleep(SECONDS)
            scene.struck()
            proxy.heal()


FAULT = Fault("slow_link", injure, kind=Apart)
