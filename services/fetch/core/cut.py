"""A file of which only the beginning came: what was complete before is read, and then it is told that it was cut."""

import io
from typing import BinaryIO, cast

from services.fetch.core.unpacking_file import Broken


def cut_short(file: BinaryIO, why: str) -> BinaryIO:
    """`file`, which raises where its bytes end if there is a `why`: that is not its end."""
    return _CutFile(file, why) if why else file


class _CutFile(io.BufferedReader):
    """Its last bytes come as they are, and what is asked for after them raises."""

    def __init__(self, file: BinaryIO, why: str) -> None:
        super().__init__(cast("io.RawIOBase", file))
        self._why = why

    def read(self, size: int | None = -1) -> bytes:
        if size is None or size < 0:
            raise Broken(self._why)  # not all of it came
        return self._told(super().read(size), size)

    def read1(self, size: int = -1) -> bytes:
        return self._told(super().read1(size), size)

    def readline(self, size: int | None = -1) -> bytes:
        return self._told(super().readline(-1 if size is None else size), 1)

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override] # Buffer is of 3.12
        got = super().readinto(buffer)
        self._told(b"x" * bool(got), len(buffer))
        return got

    def _told(self, got: bytes, size: int) -> bytes:
        if not got and size:
            raise Broken(self._why)
        return got
