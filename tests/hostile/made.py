"""One hostile file: what it is called in a report, the name it comes under, and its bytes or how they go on and on."""

from dataclasses import dataclass
from pathlib import Path

from services.fetch.spool import Spool, Stretch


@dataclass(frozen=True)
class Made:
    """A file that means harm; where `times` is not 0, `again` follows `data` so often."""

    family: str
    called: str
    name: str
    data: bytes
    again: bytes = b""
    times: int = 0

    def original(self, folder: Path) -> bytes | Stretch:
        """Its bytes; a large one lies in a spool in `folder`."""
        if not self.times:
            return self.data
        spool = Spool(folder)
        spool.write(self.data)
        for _ in range(self.times):
            spool.write(self.again)
        return spool.all()
