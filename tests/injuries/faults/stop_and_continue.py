"""SIGSTOP and SIGCONT of each service, of its child and of `up`: it stands still, and knows nothing of it after."""

import signal

from tests.e2e.running import until
from tests.injuries.fault import Fault, Scene
from tests.injuries.moments import a_moment, some_seconds

LONGER_THAN_ACK_WAIT = (4.0, 6.0)


def injure(scene: Scene) -> None:
    """Stop each for longer than the server waits for an acknowledgement, so that others get what it holds."""
    system = scene.system
    until(lambda: len(system.victims()) == 10, seconds=60, what="everything runs")
    for name, victim in [*system.victims().items(), ("up", system.family()[0])]:
        if name == "nats-server":  # it has a fault of its own
            continue
        a_moment(scene.chance)
        victim.send_signal(signal.SIGSTOP)
        some_seconds(scene.chance, *LONGER_THAN_ACK_WAIT)
        victim.send_signal(signal.SIGCONT)
        scene.struck()


FAULT = Fault("stop_and_continue", injure)
