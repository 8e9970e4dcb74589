"""A folder on a disk whose power can fail: what was not fsynced is gone, and everything that ran on it is dead."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from ctypes.util import find_library
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Self

import psutil

from tests.e2e.running import still_there, until

ROOT = Path(__file__).parents[2]
SECONDS = 60.0


def missing() -> str | None:
    """Why there can be no such disk on this machine; None where there can."""
    if find_spec("mfusepy") is None:
        return "mfusepy is not installed (`make test` does it)"
    if not (find_library("fuse") or find_library("fuse3")):
        return "libfuse is not installed"
    if not os.access("/dev/fuse", os.R_OK | os.W_OK):
        return "/dev/fuse is not there, or not for us"
    return None if _unmounter() else "fusermount is not installed"


class Disk:
    """A mounted folder; `strict` keeps no name without fsync of its folder (see `disk_nodes`)."""

    def __init__(self, folder: Path, *, strict: bool = False) -> None:
        self.folder = folder.resolve()
        command = [sys.executable, str(Path(__file__).with_name("disk_mount.py")), str(folder)]
        self._process = subprocess.Popen(
            [*command, *(["strict"] if strict else [])],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def mount(self) -> Self:
        """Make it be there."""
        self._tell("mount")
        until(self._is_mounted, seconds=SECONDS, what=f"{self.folder} is mounted")
        return self

    def cut(self, victims: Iterable[psutil.Process]) -> None:
        """The power fails, for the disk and for all `victims` at one moment; the disk is there again afterwards."""
        victims = list(victims)
        self._tell("freeze")
        for victim in victims:
            if victim.is_running():
                victim.send_signal(signal.SIGKILL)
        self._tell("cut")
        until(lambda: not still_there(victims), seconds=SECONDS, what=lambda: f"all dead, but {still_there(victims)}")
        self._unmount()
        self.mount()

    def keep(self) -> None:
        """Everything so far is on the disk, as after some quiet minutes."""
        self._tell("keep")

    def fsyncs(self) -> int:
        """How many there were."""
        return int(self._tell("fsyncs"))

    def close(self) -> None:
        """Unmount it; the folder holds what the disk held."""
        if self._is_mounted():
            self._unmount("-z")  # whoever is still there keeps nobody from going home
        _pipe(self._process.stdin).close()
        self._process.wait(SECONDS)
        _pipe(self._process.stdout).close()

    def _is_mounted(self) -> bool:
        return f" {self.folder} " in Path("/proc/self/mounts").read_text()

    def _unmount(self, *how: str) -> None:
        def unmounted() -> bool:
            subprocess.run([str(_unmounter()), "-u", *how, str(self.folder)], check=False, capture_output=True)
            return not self._is_mounted()

        until(unmounted, seconds=SECONDS, what=f"{self.folder} is unmounted")

    def _tell(self, word: str) -> str:
        _pipe(self._process.stdin).write(f"{word}\n")
        _pipe(self._process.stdin).flush()
        answer = _pipe(self._process.stdout).readline().strip()
        assert answer, f"the disk of {self.folder} is gone"
        return answer


@contextmanager
def disk(folder: Path, *, strict: bool = False) -> Iterator[Disk]:
    """The folder on such a disk, with all that it holds; afterwards it is an ordinary folder again."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Disk(folder, strict=strict)
    try:
        yield made.mount()
    finally:
        made.close()


def _unmounter() -> str | None:
    return shutil.which("fusermount3") or shutil.which("fusermount")


def _pipe(end: IO[str] | None) -> IO[str]:
    assert end is not None
    return end
