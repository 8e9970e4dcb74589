"""A system that lives on a disk whose power can fail: home, inbox and all that is dropped into it."""

import os
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from tests.e2e.running import DROPPED_MODE
from tests.injuries.disk import Disk
from tests.injuries.system import Injured


class Powered(Injured):
    """What is dropped is on the disk for sure: what its owner has not kept is not ours to lose."""

    def __init__(self, folder: Path, atlas: Path | None = None, *, home: str = "home", **settings: str) -> None:
        (folder / "disk").mkdir(parents=True, exist_ok=True)
        self._is_laid = False
        with ExitStack() as begun:
            self.disk = Disk(folder / "disk")
            begun.callback(self.disk.close)
            self.disk.mount()
            super().__init__(folder / "disk", atlas, home=home, **settings)
            self.beneath = begun.pop_all()

    def start(self) -> Self:
        """Start it; the first time, what that has made is written back."""
        super().start()
        if not self._is_laid:
            self.disk.keep()
            self._is_laid = True
        return self

    def cut(self) -> None:
        """The power fails, and comes back; nothing runs."""
        assert self._up is not None
        self.disk.cut(self.family())
        self._up.wait()

    def drop(self, name: str | bytes, data: bytes) -> Path:
        """Write a file and be sure of it, and of its name."""
        draft, target = self.draft(), self.inbox / os.fsdecode(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), DROPPED_MODE)
            os.fsync(file.fileno())
        draft.rename(target)
        for folder in (target.parent, self.inbox, self.folder):
            _keep(folder)
        return target


def _keep(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)
