"""A file without a name for what is too large for memory: it is gone when its last holder is, however that ends.

Another process of ours reads and writes it by its place in /proc (proc(5), /proc/pid/fd).
"""

import io
import os
import tempfile
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from services.fetch.core.cut import cut_short
from services.fetch.core.document import Source
from services.fetch.core.members import About

BUFFER_BYTES = 1 << 16
IN_MEMORY_BYTES = 8 << 20  # what is larger is an archive, as a rule, and is read from a disk


@dataclass(frozen=True)
class Slice:
    """Some bytes of a file."""

    path: str
    start: int
    length: int


class Spool:
    """Such a file, open for reading and writing until it is closed or nobody holds it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
            self._fd = os.dup(file.fileno())
        self._close = weakref.finalize(self, os.close, self._fd)

    @property
    def path(self) -> str:
        """Where every process of ours finds it."""
        return f"/proc/{os.getpid()}/fd/{self._fd}"

    def write(self, chunk: bytes) -> None:
        """Put `chunk` behind what was written."""
        view = memoryview(chunk)
        while view:
            view = view[os.write(self._fd, view) :]

    def read(self, start: int, length: int) -> bytes:
        """The bytes there; fewer at its end."""
        return os.pread(self._fd, length, start)

    def all(self) -> "Stretch":
        """All that was written."""
        return Stretch(self, 0, os.fstat(self._fd).st_size)

    def clear(self) -> None:
        """As if nothing had been written."""
        os.ftruncate(self._fd, 0)

    def close(self) -> None:
        """Give it up."""
        self._close()


class Gathered:
    """What comes piece by piece: in memory while that is little, else in a spool in `folder`, if there is one."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self.clear()

    def clear(self) -> None:
        """As if nothing had come."""
        self._chunks: list[bytes] = []
        self._size = 0
        self._spool: Spool | None = None

    def write(self, chunk: bytes) -> None:
        """Put `chunk` behind what has come."""
        self._size += len(chunk)
        if self._spool is None and self._folder is not None and self._size > IN_MEMORY_BYTES:
            self._spool = Spool(self._folder)
            for before in self._chunks:
                self._spool.write(before)
            self._chunks = []
        if self._spool is None:
            self._chunks.append(chunk)
        else:
            self._spool.write(chunk)

    def all(self) -> "bytes | Stretch":
        """All that has come."""
        return b"".join(self._chunks) if self._spool is None else self._spool.all()


class Stretch:
    """Some bytes of a spool, that are read when they are asked for."""

    def __init__(self, spool: Spool, start: int, length: int) -> None:
        self._spool, self._start, self._length = spool, start, length

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, part: slice) -> bytes:
        start, stop, _ = part.indices(self._length)
        return self._spool.read(self._start + start, max(0, stop - start))

    def as_slice(self) -> Slice:
        """For another process."""
        return Slice(self._spool.path, self._start, self._length)


class SlicedSource(Source):
    """A Source whose bytes lie in a file: read from `open()` they never lie in memory as a whole."""

    _slice: Slice

    def __init__(self, bytes_: Slice, about: About) -> None:
        vars(self).update(vars(about), _slice=bytes_)  # it is frozen from now on

    @property
    def data(self) -> bytes:
        """All of the bytes, for a reader that wants them at once."""
        with self._whole() as file:
            return file.read()

    def open(self) -> BinaryIO:
        """The bytes as a file, from their beginning."""
        return cut_short(self._whole(), self.cut)

    def _whole(self) -> BinaryIO:
        return cast("BinaryIO", io.BufferedReader(_Window(self._slice), BUFFER_BYTES))

    def size(self) -> int:
        """How many bytes there are."""
        return self._slice.length


class _Window(io.RawIOBase):
    """A slice of a file as a file of its own."""

    def __init__(self, bytes_: Slice) -> None:
        self._bytes, self._at = bytes_, 0
        self._file = open(bytes_.path, "rb", buffering=0)  # noqa: PTH123, SIM115 - closed with us

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._bytes.length}[whence]
        if base + offset < 0:
            raise ValueError("before the beginning")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override] # Buffer is of 3.12
        left = max(0, self._bytes.length - self._at)
        got = os.pread(self._file.fileno(), min(left, len(buffer)), self._bytes.start + self._at)
        buffer[: len(got)] = got
        self._at += len(got)
        return len(got)

    def close(self) -> None:
        self._file.close()
        super().close()
