"""The databases of dedup and store are moved away and come back; and what SQLite keeps beside them is deleted."""

from pathlib import Path

from tests.injuries.fault import Fault, Scene
from tests.injuries.moments import some_seconds
from tests.injuries.outage import Outage, survive

REMEMBERING = ("dedup", "store")
BESIDE = ("-wal", "-shm")
TIMES = 3


def injure(scene: Scene) -> None:
    """Move them, and move them back; then take what belongs to them away in the middle of the work, time and again."""
    home = scene.system.home
    elsewhere = home / "elsewhere"
    elsewhere.mkdir(mode=0o700, exist_ok=True)

    def begin() -> None:
        for name in REMEMBERING:
            (home / f"{name}.db").rename(elsewhere / f"{name}.db")

    def end() -> None:
        for name in REMEMBERING:
            (elsewhere / f"{name}.db").rename(home / f"{name}.db")

    survive(scene, Outage(begin, end, REMEMBERING, "is gone: put it back", noticed_seconds=8.0))
    for _ in range(TIMES):
        some_seconds(scene.chance, 0.5, 2.0)
        for name in REMEMBERING:
            for end_of_name in BESIDE:
                _take_away(home / f"{name}.db{end_of_name}")
        scene.struck()


def _take_away(path: Path) -> None:
    path.unlink(missing_ok=True)


FAULT = Fault("database_away", injure)
