"""A system whose home lies on a small disk of its own, which the test can fill."""

from pathlib import Path

from tests.injuries.system import Injured
from tests.mounts import Disk, may_not_mount, mount, unmount

DISK_BYTES = 768 << 20
FOLDER = "disk"

missing = may_not_mount


class Cramped(Injured):
    """Everything but the inbox is on the small disk: the server's streams, the databases and the logs."""

    def __init__(self, folder: Path, atlas: Path | None = None, *, home: str = "home", **settings: str) -> None:
        self.disk = Disk(mount(folder / FOLDER, DISK_BYTES))
        super().__init__(folder, atlas, home=f"{FOLDER}/{home}", **settings)

    def abandon(self) -> None:
        """End whatever is left of it, and the disk with it."""
        super().abandon()
        unmount(self.disk.folder)


def cramped(system: Injured) -> Cramped:
    """The system, for a fault that asked for this kind."""
    assert isinstance(system, Cramped)
    return system
