"""Archives that were glued together: a ZIP's directory, which stands at its end, tells the last of them alone."""

import io
import zipfile
from collections.abc import Callable
from typing import BinaryIO, cast

from services.fetch.core.unpacking_file import Broken
from services.fetch.formats.zip_remains import SIGNATURE

MOST_ARCHIVES = 1000


def archives(opened: Callable[[], BinaryIO]) -> list[zipfile.ZipFile]:
    """All that are in a file, in the order in which they lie; raises one of `FAULTS` where one of them is damaged."""
    file = opened()
    found = [zipfile.ZipFile(file)]
    while 0 < (begins := _begins(found[0])) <= found[0].start_dir and _is_archive(opened()):
        if len(found) == MOST_ARCHIVES:
            raise Broken(f"more than {MOST_ARCHIVES} archives are glued together")
        found.insert(0, zipfile.ZipFile(part(opened(), 0, begins)))
    return found


def _begins(archive: zipfile.ZipFile) -> int:
    return min((info.header_offset for info in archive.infolist()), default=archive.start_dir)


def _is_archive(file: BinaryIO) -> bool:
    """Whether what stands there is one, and no program that unpacks what follows."""
    with file:
        return file.read(len(SIGNATURE)) == SIGNATURE


def part(file: BinaryIO, start: int, end: int) -> BinaryIO:
    """What lies in a file from `start` to `end`, as a file of its own."""
    return cast("BinaryIO", _Part(file, start, end - start))


class _Part(io.RawIOBase):
    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        self._file, self._start, self._size, self._at = file, start, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + (0, self._at, self._size)[whence]
        if self._at < 0:
            raise ValueError("a place before the beginning")
        return self._at

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override] # Buffer is of 3.12
        self._file.seek(self._start + self._at)
        read = self._file.read(max(0, min(len(buffer), self._size - self._at)))
        buffer[: len(read)] = read
        self._at += len(read)
        return len(read)
