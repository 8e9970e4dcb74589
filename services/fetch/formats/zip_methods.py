"""Ways of packing a file in a ZIP archive that Python's own reader does not know: Deflate64, Zstandard, XZ and PPMd."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

import inflate64
import pyppmd

from services.fetch.core.packing import CHUNK_BYTES, chunks_of, unpacking
from services.fetch.formats.glued import part

HEADER_BYTES, LENGTHS_AT = 30, 26  # of the header before a file (APPNOTE 4.3.7)
ENDS_IN_THE_MIDDLE = "it ends in the middle"
DEFLATE64_INPUT_BYTES = 256  # of which it makes 260 KB at most: it cannot be asked for less
PPMD_INPUT_BYTES = 16 << 10


def is_known(method: int) -> bool:
    """Whether a file packed so is read here."""
    return method in METHODS


def unpacked(file: BinaryIO, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a file in the archive `file`; raises one of `packing.FAULTS` where they are not all of it."""
    file.seek(info.header_offset + LENGTHS_AT)
    named, more = (int.from_bytes(file.read(2), "little") for _ in range(2))
    begins = info.header_offset + HEADER_BYTES + named + more
    size = checksum = 0
    for chunk in METHODS[info.compress_type](part(file, begins, begins + info.compress_size), info.file_size):
        size, checksum = size + len(chunk), zlib.crc32(chunk, checksum)
        yield chunk
    if (size, checksum) != (info.file_size, info.CRC):
        raise zipfile.BadZipFile("its size or checksum is not that of its bytes")


def _deflate64(packed: BinaryIO, size: int) -> Iterator[bytes]:
    unpacker = inflate64.Inflater()
    while size > 0:
        piece = packed.read(DEFLATE64_INPUT_BYTES)
        chunk = unpacker.inflate(piece)
        if not piece and not chunk:
            raise EOFError(ENDS_IN_THE_MIDDLE)
        size -= len(chunk)
        yield chunk


def _ppmd(packed: BinaryIO, size: int) -> Iterator[bytes]:
    """Variant I: its order, memory and method of restoration stand in its first two bytes (APPNOTE 5.10)."""
    told = int.from_bytes(packed.read(2), "little")
    order, megabytes, restoring = (told & 0xF) + 1, (told >> 4 & 0xFF) + 1, told >> 12
    unpacker = pyppmd.Ppmd8Decoder(order, megabytes << 20, restoring)
    is_over = False
    while size > 0:
        piece = packed.read(PPMD_INPUT_BYTES) if unpacker.needs_input else b""
        if unpacker.needs_input and not piece:
            if is_over:
                raise EOFError(ENDS_IN_THE_MIDDLE)
            is_over, piece = True, b"\0"  # its coder looks one byte ahead
        chunk = unpacker.decode(piece, min(size, CHUNK_BYTES))
        if not chunk and not unpacker.needs_input:
            raise EOFError(ENDS_IN_THE_MIDDLE)
        size -= len(chunk)
        yield chunk


def _stream(media_type: str) -> Callable[[BinaryIO, int], Iterator[bytes]]:
    return lambda packed, _: chunks_of(unpacking(media_type, packed))


METHODS: dict[int, Callable[[BinaryIO, int], Iterator[bytes]]] = {
    9: _deflate64,
    93: _stream("application/zstd"),
    95: _stream("application/x-xz"),
    98: _ppmd,
}
