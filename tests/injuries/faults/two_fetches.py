"""A second fetch on the same inbox: they share the files, and nobody takes what the other holds."""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from tests.e2e.running import leashed, until
from tests.injuries.fault import Fault, Scene

TOGETHER = 60  # files that come in while both run
SECONDS = 60.0


def injure(scene: Scene) -> None:
    """Run it beside the first until each was seen with claims of its own, then kill it while it holds some."""
    system = scene.system
    second = leashed(
        [sys.executable, "-m", "services.fetch"],
        env=system.environment | {"WIREROOM_FETCH_METRICS_PORT": "0"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until(lambda: bool(_claims(second.pid)), seconds=SECONDS, what="the second takes files too")
        known, first = sum(system.counts().values()), system.processes()["fetch"]
        scene.workload.give_many(TOGETHER)
        until(lambda: bool(_claims(first.pid)), seconds=SECONDS, what="the first goes on taking files")
        until(lambda: sum(system.counts().values()) >= known + TOGETHER, seconds=SECONDS, what="files are taken by two")
        assert second.poll() is None, f"the second ended by itself with {second.returncode}"
        scene.workload.give_many(TOGETHER)
        held: set[str] = set()

        def is_at_work() -> bool:
            held.update(_claims(second.pid))
            return bool(held)

        until(is_at_work, seconds=SECONDS, what="the second holds claims")
        second.kill()
        scene.struck()
        scene.note(f"killed with {len(held)} claims in its hands")
    finally:
        second.kill()
        second.wait()


def _claims(pid: int) -> set[str]:
    """The inputs that a process has in its hands: their folders are open in it."""
    found = set()
    with suppress(FileNotFoundError):
        for handle in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(FileNotFoundError):
                target = handle.readlink()
                found |= {target.name} if target.parent.name == ".claimed" else set()
    return found


FAULT = Fault("two_fetches", injure, times=2)
