"""A ZIP archive whose directory is missing or damaged: its files by the headers that stand before each of them.

The library reads no archive without its directory. These headers say what a ZIP reader must not believe where there is
one; so each file is read by its own bytes, and is whole only if size and checksum are what they should be.
"""

import bz2
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from contracts.outcomes import RejectReason
from services.fetch.core.document import BadMember, Member, Rejected
from services.fetch.core.names import is_litter
from services.fetch.core.packing import CHUNK_BYTES
from services.fetch.core.unpacking_file import Broken

HEADER = struct.Struct("<4s5H3L2H")  # APPNOTE 4.3.7
SIGNATURE, DESCRIPTOR = b"PK\x03\x04", b"PK\x07\x08"
NEXT = re.compile(rb"PK(?:\x03\x04|\x01\x02|\x05\x06|\x06\x06)")
ENCRYPTED, DESCRIBED, UTF8_NAME = 0x1, 0x8, 0x800  # of the general purpose flags
STORED, DEFLATED, BZIPPED = 0, 8, 12
IN_EXTRA = 0xFFFFFFFF
INPUT_BYTES, WINDOW_BYTES = 16 << 10, 1 << 20
READ_AT_LEAST_BYTES = 64 << 20
MOST_READ = 4  # times its own size, for what is damaged is looked through again
CUT = "it ends in the middle"


@dataclass(frozen=True)
class Header:
    """What stands before a file: sizes are None where they stand behind it."""

    path: str
    flags: int
    method: int
    checksum: int
    packed: int | None
    size: int | None
    begins: int  # its bytes
    place: int  # of the header itself


def remains(file: BinaryIO, size: int, why: str) -> Iterator[Member | BadMember]:
    """The files, in the order in which they lie; then it raises `why` the archive was to be read so."""
    archive = _Remains(file, size)
    at = archive.find(0)
    while at is not None:
        header = archive.header(at)
        if header is None:
            at = archive.find(at + len(SIGNATURE))
            continue
        content = _Content(archive, header)
        if not header.path.endswith("/") and not is_litter(header.path):
            yield _member(header, content)
        at = archive.find(content.end())
    raise Broken(f"its directory cannot be read ({why}): what comes before is by the files' own headers")


def _member(header: Header, content: "_Content") -> Member | BadMember:
    if header.flags & ENCRYPTED:
        words = "it is encrypted: give it in without a password"
        return BadMember(header.path, Rejected(RejectReason.ENCRYPTED, words))
    return Member(header.path, content.chunks())


class _Remains:
    """The bytes of the archive, of which so many are read and no more."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self.size = file, size
        self._left = max(READ_AT_LEAST_BYTES, MOST_READ * size)

    def bytes_at(self, at: int, size: int) -> bytes:
        """At most so many bytes from there on; none at the end."""
        self._left -= size
        if self._left < 0:
            raise Broken("so much of it is damaged that the rest is not looked through")
        self._file.seek(at)
        size = min(size, self.size - at)
        return self._file.read(size) if size > 0 else b""

    def find(self, at: int, signature: bytes = SIGNATURE) -> int | None:
        """Where it stands next, from there on: mostly there."""
        if self.bytes_at(at, len(signature)) == signature:
            return at
        while window := self.bytes_at(at, WINDOW_BYTES):
            found = window.find(signature)
            if found >= 0:
                return at + found
            at += max(1, len(window) - len(signature) + 1)
        return None

    def header(self, at: int) -> Header | None:
        """The header there, if it is one."""
        head = self.bytes_at(at, HEADER.size)
        if len(head) < HEADER.size:
            return None
        _, _, flags, method, _, _, checksum, packed, size, named, more = HEADER.unpack(head)
        begins = at + HEADER.size + named + more
        told = self.bytes_at(at + HEADER.size, named + more)
        if not named or len(told) < named + more:
            return None
        packed, size = _sizes(packed, size, told[named:])
        path = _path(told[:named], flags)
        if flags & DESCRIBED and not packed:
            return Header(path, flags, method, checksum, None, None, begins, at)
        return Header(path, flags, method, checksum, packed, size, begins, at)


class _Content:
    """The bytes of one file: read as they are asked for, and as far as they go."""

    def __init__(self, archive: _Remains, header: Header) -> None:
        self._archive, self._header = archive, header
        self._chunks = self._unpacked()
        self._end: int | None = None
        self._length = self._checksum = 0

    def chunks(self) -> Iterator[bytes]:
        """The bytes, of which it is seen at the end that they are all of the file."""
        for chunk in self._chunks:
            self._length += len(chunk)
            self._checksum = zlib.crc32(chunk, self._checksum)
            yield chunk
        self._end = self._seen_end()

    def end(self) -> int:
        """Where the next file is looked for: behind this one, if it is seen where that is."""
        header = self._header
        if self._end is None and header.packed is not None:
            behind = header.begins + header.packed
            if behind <= self._archive.size and NEXT.match(self._archive.bytes_at(behind, len(SIGNATURE))):
                return behind
        elif self._end is None and not header.flags & ENCRYPTED:
            try:
                for _ in self.chunks():  # nobody has read it to its end
                    pass
            except (Broken, OSError, ValueError, NotImplementedError, zlib.error):
                return header.place + len(SIGNATURE)
        return header.place + len(SIGNATURE) if self._end is None else self._end

    def _unpacked(self) -> Iterator[bytes]:
        header = self._header
        if header.method == STORED:
            yield from self._stored()
            return
        if header.method not in (DEFLATED, BZIPPED):
            raise NotImplementedError(f"method {header.method}, in an archive without a directory")
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS) if header.method == DEFLATED else _Bzip2()
        at = header.begins
        until = self._archive.size if header.packed is None else header.begins + header.packed
        while not unpacker.eof:
            packed = unpacker.unconsumed_tail
            if not packed and not (isinstance(unpacker, _Bzip2) and unpacker.has_more):
                packed = self._archive.bytes_at(at, min(INPUT_BYTES, until - at))
                at += len(packed)
                if not packed:
                    raise Broken(CUT)
            if chunk := unpacker.decompress(packed, CHUNK_BYTES):
                yield chunk
        self._end = at - len(unpacker.unused_data) - len(unpacker.unconsumed_tail)

    def _stored(self) -> Iterator[bytes]:
        size = self._header.packed if self._header.packed is not None else self._described()
        at = self._header.begins
        until = at + size
        while at < until:
            chunk = self._archive.bytes_at(at, min(CHUNK_BYTES, until - at))
            if not chunk:
                raise Broken(CUT)
            at += len(chunk)
            yield chunk
        self._end = until

    def _described(self) -> int:
        """How long it is, by what stands behind it."""
        begins = at = self._header.begins
        checksum = 0
        while (found := self._archive.find(at, DESCRIPTOR)) is not None:
            while at < found:
                piece = self._archive.bytes_at(at, min(WINDOW_BYTES, found - at))
                checksum, at = zlib.crc32(piece, checksum), at + len(piece)
            if self._behind(found, found - begins, found - begins, checksum) is not None:
                return found - begins
            piece = self._archive.bytes_at(at, len(DESCRIPTOR))
            checksum, at = zlib.crc32(piece, checksum), at + len(piece)
        raise Broken(f"{CUT}, or nothing says where that is")

    def _seen_end(self) -> int:
        """Where it ends, if it is all there; raises where it is not."""
        header, end = self._header, self._end
        if end is None:
            raise Broken(CUT)
        self._end = None
        if header.packed is None:
            behind = self._behind(end, end - header.begins, self._length, self._checksum)
            if behind is None:
                raise Broken("what stands behind it tells another size or checksum, or is missing")
            return behind
        if (header.packed, header.size) != (end - header.begins, self._length):
            raise Broken("its size is not what its header tells")
        if header.checksum != self._checksum:
            raise Broken("its checksum is not that of its bytes")
        return end

    def _behind(self, at: int, packed: int, size: int, checksum: int) -> int | None:
        """The end of the description there, if it tells this; some leave its signature away."""
        found = self._archive.bytes_at(at, 24)
        for signature in (DESCRIPTOR, b""):
            for sizes in ("<LLL", "<LQQ"):
                limit = 1 << (32 if sizes == "<LLL" else 64)
                told = signature + struct.pack(sizes, checksum, packed % limit, size % limit)
                if found.startswith(told):
                    return at + len(told)
        return None


class _Bzip2:
    """The library's bzip2, called as its zlib is."""

    def __init__(self) -> None:
        self._object = bz2.BZ2Decompressor()
        self._waiting = b""

    @property
    def eof(self) -> bool:
        return self._object.eof

    @property
    def has_more(self) -> bool:
        """Whether something comes out before anything goes in."""
        return not self._object.needs_input and not self._object.eof

    @property
    def unconsumed_tail(self) -> bytes:
        return b""

    @property
    def unused_data(self) -> bytes:
        return self._object.unused_data

    def decompress(self, packed: bytes, size: int) -> bytes:
        return self._object.decompress(packed, size)


def _sizes(packed: int, size: int, more: bytes) -> tuple[int, int]:
    """With what does not fit into the header itself (ZIP64)."""
    while len(more) >= 4 and IN_EXTRA in (packed, size):
        kind, length = struct.unpack_from("<2H", more)
        if kind == 1 and length >= 16 and len(more) >= 20:
            size, packed = struct.unpack_from("<2Q", more, 4)
        more = more[4 + length :]
    return packed, size


def _path(name: bytes, flags: int) -> str:
    """As the archive's directory would have it."""
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode("utf-8" if flags & UTF8_NAME else "cp437", "replace")
