"""A second `up` on the same HOME: it is refused with a word, and the first goes on as if nothing had been."""

from tests.injuries.fault import Fault, Scene


def injure(scene: Scene) -> None:
    """Start it, and hold it to its refusal."""
    told = scene.system.wireroom("up")
    assert told.returncode == 1, f"the second `up` ended with {told.returncode}"
    assert "another `up`" in told.stderr, told.stderr
    scene.struck()


FAULT = Fault("two_ups", injure, times=2)
