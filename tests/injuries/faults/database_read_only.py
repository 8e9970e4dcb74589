"""The databases of dedup and store take no writes: `chattr +i`, which takes root and a file system that obeys it."""

import subprocess
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

from tests.injuries.fault import Fault, Scene
from tests.injuries.outage import Outage, survive

REMEMBERING = ("dedup", "store")
WRITTEN = ("", "-wal")  # what they share in memory is no file to be written


def injure(scene: Scene) -> None:
    """Protect what is open, and let go of it again."""
    files = [scene.system.home / f"{name}.db{end}" for name in REMEMBERING for end in WRITTEN]
    try:
        survive(
            scene,
            Outage(
                lambda: _protect(files, "+i"),
                lambda: _protect(files, "-i"),
                REMEMBERING,
                "database is away",
                noticed_seconds=8.0,
            ),
        )
    finally:
        with suppress(subprocess.CalledProcessError):
            _protect(files, "-i")


@cache
def missing() -> str | None:
    """Why it cannot be done on this machine."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "written")
        with path.open("wb", buffering=0) as file:
            try:
                _protect([path], "+i")
            except (OSError, subprocess.CalledProcessError):
                return "chattr +i is not permitted here: run it as root"
            try:
                file.write(b"1")
            except PermissionError:
                return None
            finally:
                _protect([path], "-i")
    return "the file system writes what is immutable, once it is open"


def _protect(files: Iterable[Path], how: str) -> None:
    subprocess.run(["chattr", how, *map(str, files)], check=True, capture_output=True)


FAULT = Fault("database_read_only", injure, missing=missing)
