"""Bytes that are packed, unpacked piece by piece: gzip, bzip2, xz and zstd, with bounded memory whatever they say."""

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

import zstandard

CHUNK_BYTES = 256 * 1024
XZ_MEMORY_BYTES = 256 << 20  # what a file may ask of its reader: its dictionary is as large as it says
ZSTD_WINDOW_BYTES = 128 << 20

# What unpackers raise on bytes that are not what they should be.
FAULTS = (
    OSError,
    EOFError,
    ValueError,
    LookupError,
    ArithmeticError,
    AttributeError,
    AssertionError,
    RuntimeError,
    TypeError,
    struct.error,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    tarfile.TarError,
    zstandard.ZstdError,
)


PACKED = (
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
)


def packed_as(file: BinaryIO) -> str | None:
    """The media type of what packs the bytes of `file`, which stays at its beginning; None where nothing does."""
    head = file.read(8)
    file.seek(0)
    return next((media_type for magic, media_type in PACKED if head.startswith(magic)), None)


def unpacking(media_type: str, file: BinaryIO) -> BinaryIO:
    """A file that reads what `file` has packed; raises one of `FAULTS` where that is broken."""
    if media_type == "application/gzip":
        return cast("BinaryIO", gzip.GzipFile(fileobj=file, mode="rb"))
    if media_type == "application/x-bzip2":
        return cast("BinaryIO", bz2.BZ2File(file))
    if media_type == "application/x-xz":
        return cast("BinaryIO", io.BufferedReader(_Xz(file)))
    reader = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW_BYTES)
    return cast("BinaryIO", io.BufferedReader(reader.stream_reader(file, read_across_frames=True)))


def unpacked_head(media_type: str, file: BinaryIO, size: int) -> bytes:
    """The first `size` bytes of what is packed; what there is of them where it is broken."""
    try:
        return unpacking(media_type, file).read(size)
    except FAULTS:
        return b""


def chunks_of(file: BinaryIO) -> Iterator[bytes]:
    """The bytes of `file`, piece by piece."""
    while chunk := file.read(CHUNK_BYTES):
        yield chunk


class _Xz(io.RawIOBase):
    """xz streams one after the other, each within a limit of memory that the library's own file does not have."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._packed, self._decompressor = file, b"", self._new()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        while True:
            if self._decompressor.eof:
                rest = (self._decompressor.unused_data or self._file.read(CHUNK_BYTES)).lstrip(b"\x00")  # padding
                if not rest:
                    return 0
                self._decompressor, self._packed = self._new(), rest
            elif self._decompressor.needs_input and not self._packed:
                self._packed = self._file.read(CHUNK_BYTES)
                if not self._packed:
                    raise EOFError("it ends in the middle")
            got = self._decompressor.decompress(self._packed, len(buffer))
            self._packed = b""
            if got:
                buffer[: len(got)] = got
                return len(got)

    def _new(self) -> lzma.LZMADecompressor:
        return lzma.LZMADecompressor(memlimit=XZ_MEMORY_BYTES)
