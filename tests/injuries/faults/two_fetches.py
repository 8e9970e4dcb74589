"""A second fetch on the same inbox: they share the files, and nobody takes what the other holds."""

import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from tests.e2e.running import leashed, until
from tests.injuries.fault import Fault, Scene

AT = "original_kept"  # with claims in its hands
TOGETHER = 60  # files that come in while both run
SECONDS = 60.0


def injure(scene: Scene) -> None:
    """Run it beside the first until both stand still with claims of their own; then kill it while it holds some."""
    system = scene.system
    with tempfile.TemporaryDirectory(dir=system.folder) as apart:
        armed = Path(apart, f"fetch.{AT}")
        armed.write_text("stop")
        second = leashed(
            [sys.executable, "-m", "services.fetch"],
            env=system.environment | {"WIREROOM_FETCH_METRICS_PORT": "0", "WIREROOM_INJURIES": apart},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _until_it_stops(scene, armed, "the second takes files too")
            theirs = _claims(second.pid)
            first = system.processes()["fetch"]
            try:
                _until_it_stops(scene, system.arm("fetch", AT, "stop"), "the first goes on taking files")
                ours = _claims(first.pid)
            finally:
                first.send_signal(signal.SIGCONT)
            scene.hold(bool(ours and theirs), f"one held nothing: {len(ours)} and {len(theirs)} claims")
            scene.hold(not ours & theirs, f"both held {sorted(ours & theirs)}")
            assert second.poll() is None, f"the second ended by itself with {second.returncode}"
        finally:
            second.kill()
            second.wait()
        scene.struck()
        scene.note(f"killed with {len(theirs)} claims in its hands, beside {len(ours)} of the first")


def _until_it_stops(scene: Scene, armed: Path, what: str) -> None:
    """Wait until a process has come to where it stops; something to take comes as often as all is taken."""

    def stopped() -> bool:
        if not armed.exists():
            return True
        if not scene.system.waiting():
            scene.workload.give_many(TOGETHER)
        return False

    until(stopped, seconds=SECONDS, what=what)


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
