"""Bytes that are packed, unpacked piece by piece: gzip, bzip2, xz and zstd, with bounded memory whatever they say."""

import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, BinaryIO, cast

import zstandard

from services.fetch.core.binary import PACKED
from services.fetch.core.unpacking_file import STREAMS, UnpackingFile

CHUNK_BYTES = 256 * 1024

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


def packed_as(file: BinaryIO) -> str | None:
    """The media type of what packs the bytes of `file`, which stays at its beginning; None where nothing does."""
    head = file.read(8)
    file.seek(0)
    return next((media_type for media_type, magic in PACKED.items() if head.startswith(magic)), None)


def unpacking(media_type: str, file: BinaryIO) -> BinaryIO:
    """A file that reads what `file` has packed: all there is, and then raises one of `FAULTS` where that is broken."""
    return cast("BinaryIO", UnpackingFile(file, STREAMS[media_type]))


def unpacked_head(media_type: str, file: BinaryIO, size: int) -> bytes:
    """The first `size` bytes of what is packed; what there is of them where it is broken."""
    unpacked, head = unpacking(media_type, file), b""
    try:
        while len(head) < size and (more := unpacked.read(size - len(head))):
            head += more
    except FAULTS:
        pass
    return head


def chunks_of(file: IO[bytes]) -> Iterator[bytes]:
    """The bytes of `file`, piece by piece."""
    while chunk := file.read(CHUNK_BYTES):
        yield chunk
