"""Disks that a test can fill or protect: a tmpfs, or a folder mounted over itself. Both need the right to mount."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from io import FileIO
from pathlib import Path


@cache
def may_not_mount() -> str | None:
    """Why nothing can be mounted here; None where it can."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            _mount("-t", "tmpfs", "-o", "size=64k", "none", folder)
        except (OSError, subprocess.CalledProcessError) as error:
            told = error.stderr.strip() if isinstance(error, subprocess.CalledProcessError) else str(error)
            return f"mounting is not permitted here ({told}): run it as root"
        unmount(Path(folder))
    return None


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator["Disk"]:
    """A disk of `size` bytes at `folder`, in memory."""
    try:
        yield Disk(mount(folder, size))
    finally:
        unmount(folder)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nothing that is opened under `folder` from now on can be written; what is open stays as it is."""
    _mount("--bind", str(folder), str(folder))
    try:
        _mount("-o", "remount,ro,bind", str(folder))
        yield
    finally:
        unmount(folder)


class Disk:
    """A small disk, and what fills it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / ".ballast"

    def free_bytes(self) -> int:
        """What is left on it."""
        found = os.statvfs(self.folder)
        return found.f_bavail * found.f_frsize

    def fill(self, *, but: int = 0) -> None:
        """Leave no more than `but` bytes free."""
        with FileIO(self._ballast, "a") as ballast, suppress(OSError):  # others may be quicker
            while (left := self.free_bytes() - but) > 0:
                ballast.write(bytes(min(left, 1 << 20)))

    def make_room(self) -> None:
        """As it was before."""
        self._ballast.unlink(missing_ok=True)


def mount(folder: Path, size: int) -> Path:
    """Make `folder` a disk of `size` bytes in memory."""
    folder.mkdir(parents=True, exist_ok=True)
    _mount("-t", "tmpfs", "-o", f"size={size}", "none", str(folder))
    return folder


def unmount(folder: Path) -> None:
    """Take it away, as soon as nobody uses it any more; nothing where it is none."""
    subprocess.run(["umount", "--lazy", str(folder)], check=False, capture_output=True)


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True, text=True)
