"""Backup and restore under load, and kill -9 in the middle of it: what came to be since the backup is caught up."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.e2e.running import until
from tests.e2e.typist import WIREROOM
from tests.injuries.fault import Fault, Scene
from tests.injuries.moments import a_moment

SINCE = 25  # inputs that come in between a backup and its restore
SECONDS = 90.0
UP, CATCH_UP = "bin", "local"  # the folders of the programs that come to the points


def injure(scene: Scene) -> None:
    """One backup, and restores of it: with `up` killed at each of its steps, with catching up and the server killed."""
    system = scene.system
    file = system.folder / "one.backup"
    told = system.wireroom("backup", str(file), "--force")
    assert told.returncode == 0, told.stderr
    _restored(scene, file, lambda: _kill_up(scene, "database_replaced"))
    _restored(scene, file, lambda: _kill_up_and_catching_up(scene))
    _restored(scene, file, lambda: _kill_server(scene), patient=True)


def _restored(scene: Scene, file: Path, hurt: Callable[[], None], *, patient: bool = False) -> None:
    """Let some come in, restore, hurt, and see that it came to its end; `patient` where `restore` waits for it."""
    system = scene.system
    system.await_ready(SECONDS)
    known = sum(system.counts().values())
    until(lambda: sum(system.counts().values()) >= known + SINCE, seconds=SECONDS, what="inputs since the backup")
    before = set(system.home.glob("replaced-*/account.json"))
    restore = subprocess.Popen(
        [WIREROOM, "restore", str(file), "--yes"],
        env=system.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        hurt()
        scene.struck()
        until(
            lambda: len(set(system.home.glob("replaced-*/account.json")) - before) == 1,
            seconds=SECONDS,
            what=lambda: f"the restore comes to its end; `up` said: {system.said()[-1500:]}",
        )
        said, _ = restore.communicate(timeout=SECONDS)
    finally:
        restore.kill()
        restore.wait()
    [account] = set(system.home.glob("replaced-*/account.json")) - before
    _hold_account(scene, json.loads(account.read_text()))
    if patient:
        scene.hold(restore.returncode == 0, f"restore ended with {restore.returncode}: {said[-500:]}")
    system.await_ready(SECONDS)


def _hold_account(scene: Scene, account: dict[str, Any]) -> None:
    """Nothing is missing in it, and the ledger is not poorer than the backup's."""
    scene.hold(not account["announcements_gone"], f"{account['announcements_gone']} announcements are gone")
    scene.hold(not account["without_trace"], f"nothing is left of {', '.join(account['without_trace'])}")
    before, after = sum(account["ledger_of_backup"].values()), sum(account["ledger"].values())
    scene.hold(after >= before, f"the ledger had {before} inputs in the backup, and has {after}")
    scene.hold(account["announcements"] > 0, "nothing was announced since the backup: nothing was caught up")
    scene.note(
        f"caught up {account['announcements']} announcements, {account['waiting']} inputs were on their way, "
        f"{account['said_again']} were said again, {len(account['given_back'])} files given back"
    )


def _kill_up(scene: Scene, point: str) -> None:
    armed = scene.system.arm(UP, point, "kill")
    until(lambda: not armed.exists(), seconds=SECONDS, what=f"`up` comes to {point}")
    scene.system.abandon()
    scene.system.start()


def _kill_up_and_catching_up(scene: Scene) -> None:
    armed = scene.system.arm(CATCH_UP, "committed", "kill")
    _kill_up(scene, "databases_in_place")
    assert not armed.exists(), "something was caught up"


def _kill_server(scene: Scene) -> None:
    until(lambda: any(scene.system.home.glob("restore/plan.json")), seconds=SECONDS, what="the restore begins")
    until(lambda: "nats-server" in scene.system.processes(), seconds=SECONDS, what="the server runs")
    a_moment(scene.chance)
    scene.system.hit("nats-server")


FAULT = Fault("backup_and_restore", injure)
