"""A system whose Python processes are told another time of day; their monotonic clocks and the server's are true."""

import os
import shutil
import struct
import subprocess
from pathlib import Path

from tests.injuries.system import Injured

SOURCE = Path(__file__).with_name("clock.c")
COMPILERS = ("cc", "gcc", "clang")


def compiler() -> str | None:
    """A C compiler, where there is one."""
    return next(filter(None, map(shutil.which, COMPILERS)), None)


def missing() -> str | None:
    """Why no other time can be told on this machine; None where it can."""
    return None if compiler() else "there is no C compiler to build the other clock with"


class Faked(Injured):
    """The time of day can be set: for services and `up`, not for nats-server, which asks the kernel itself."""

    def __init__(self, folder: Path, atlas: Path | None = None, *, home: str = "home", **settings: str) -> None:
        super().__init__(folder, atlas, home=home, **settings)
        self._offset, library = folder / "offset", folder / "clock.so"
        self._offset.write_bytes(struct.pack("q", 0))
        command = (str(compiler()), "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE))
        subprocess.run(command, check=True, capture_output=True)
        self.environment |= {"LD_PRELOAD": str(library), "WALL_OFFSET": str(self._offset)}

    def set_clock(self, seconds: int) -> None:
        """Every process takes it from now on to be so much later, or earlier, than it is."""
        handle = os.open(self._offset, os.O_WRONLY)
        os.pwrite(handle, struct.pack("q", seconds), 0)  # where the processes look
        os.close(handle)
