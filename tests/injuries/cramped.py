"""Systems of which a part lies on a small disk of its own, which the test can fill."""

from contextlib import ExitStack
from pathlib import Path

from contracts.topology import SERVICES
from services.chassis.migrations import remembers
from tests.injuries.system import Injured
from tests.mounts import Disk, may_not_mount, mount, unmount

DISK_BYTES = 768 << 20
FOLDER = "disk"

missing = may_not_mount


class Cramped(Injured):
    """Everything but the inbox is on the small disk: the server's streams, the databases and the logs."""

    on_disk = f"{FOLDER}/"

    def __init__(self, folder: Path, atlas: Path | None = None, *, home: str = "home", **settings: str) -> None:
        with ExitStack() as begun:
            self.disk = Disk(mount(folder / FOLDER, DISK_BYTES))
            begun.callback(unmount, self.disk.folder)
            super().__init__(folder, atlas, home=self.on_disk + home, **settings)
            self.beneath = begun.pop_all()


class CrampedDatabases(Cramped):
    """The databases alone are on the small disk: links lead there."""

    on_disk = ""

    def __init__(self, folder: Path, atlas: Path | None = None, *, home: str = "home", **settings: str) -> None:
        super().__init__(folder, atlas, home=home, **settings)
        self.home.mkdir(mode=0o700, exist_ok=True)
        for name in filter(remembers, SERVICES):
            (self.home / f"{name}.db").symlink_to(self.disk.folder / f"{name}.db")


def cramped(system: Injured) -> Cramped:
    """The system, for a fault that asked for this kind."""
    assert isinstance(system, Cramped)
    return system
