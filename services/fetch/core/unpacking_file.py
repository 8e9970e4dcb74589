"""A file that reads what another one has packed: what lies before the damage is read, and then the damage is told."""

import bz2
import io
import lzma
import re
import zlib
from collections.abc import Callable
from typing import BinaryIO, Protocol

import zstandard

from services.fetch.core.binary import PACKED

INPUT_BYTES = 16 << 10
STEP_BYTES = 8 << 10  # a library that finds a fault keeps what it had by then: so much is lost at most
XZ_MEMORY_BYTES = 256 << 20  # what a file may ask of its reader: its dictionary is as large as it says
ZSTD_WINDOW_BYTES = 128 << 20
ZSTD_INPUT_BYTES = 64  # four may be 128 KB, and there is no other limit
MAGIC_BYTES = 8
SEARCH_BYTES = 1 << 20
HEAD_BYTES = 128 << 10  # of a stream, by which it is told: a block of zstd may have so many
SEEN_BYTES = 64
MOST_TRIES = 20_000  # of up to a millisecond each
STREAM_FAULTS = (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, zstandard.ZstdError)


class Broken(ValueError):
    """What is packed breaks off here; whatever came before has been read."""


class Followed(Broken):
    """What is packed is whole, and something else follows it."""


class Stream(Protocol):
    """One packed stream, as the standard library's decompressors are."""

    @property
    def eof(self) -> bool:
        """Whether it has come to its end."""

    @property
    def needs_input(self) -> bool:
        """Whether it can go on only with more of what is packed."""

    @property
    def unused_data(self) -> bytes:
        """What was given to it and lies behind its end."""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """At most so many bytes more."""


class UnpackingFile(io.RawIOBase):
    """Streams one after the other; a read gives all that was unpacked before a fault, and only the next one raises it.

    So a read may give less than was asked for.
    """

    def __init__(self, file: BinaryIO, kind: "tuple[re.Pattern[bytes], Callable[[], Stream]]") -> None:
        self._file, (self._magic, self._new) = file, kind
        self._stream, self._packed = self._new(), b""
        self.fault: Exception | None = None
        self.began = 0  # the stream that is read, in what is packed
        self._came = 0

    def readable(self) -> bool:
        """It is for nothing else."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override] # Buffer is of 3.12
        """Fill the buffer, or what of it can be filled."""
        if self.fault is not None:
            raise self.fault
        got = 0
        try:
            while got < len(buffer) and (piece := self._piece(len(buffer) - got)):
                buffer[got : got + len(piece)] = piece
                got += len(piece)
        except STREAM_FAULTS as error:
            self.fault = error
            if not got:
                raise
        return got

    def _piece(self, size: int) -> bytes:
        """Some bytes more; none at the end."""
        while True:
            if self._stream.eof and not self._follows():
                return b""
            ended = False
            if self._stream.needs_input and not self._packed:
                self._packed = self._read(INPUT_BYTES)
                ended = not self._packed
            got, self._packed = self._stream.decompress(self._packed, size), b""
            if got:
                return got
            if ended and not self._stream.eof:
                raise Broken("it ends in the middle")

    def _follows(self) -> bool:
        """Go on to the next stream, over zeros that pad; whether there is one."""
        rest = self._stream.unused_data.lstrip(b"\x00")
        while not rest:
            read = self._read(INPUT_BYTES)
            if not read:
                return False
            rest = read.lstrip(b"\x00")
        if len(rest) < MAGIC_BYTES:
            rest += self._read(MAGIC_BYTES)
        self.began = self._came - len(rest)
        if not self._magic.match(rest):
            raise Followed("something else follows what is packed")
        self._stream, self._packed = self._new(), rest
        return True

    def _read(self, size: int) -> bytes:
        read = self._file.read(size)
        self._came += len(read)
        return read


class _Gzip:
    """zlib's, which loses what it had when it finds a fault: it then goes the last steps again, byte by byte."""

    def __init__(self) -> None:
        self._object = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
        self._fault: zlib.error | None = None

    @property
    def eof(self) -> bool:
        return self._object.eof

    @property
    def needs_input(self) -> bool:
        return self._fault is None and not self._object.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._object.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        if self._fault is not None:
            raise self._fault
        packed, before = self._object.unconsumed_tail + data, self._object.copy()
        try:
            return self._object.decompress(packed, max_length)
        except zlib.error as error:
            self._fault, self._object = error, before
        found = bytearray()
        try:
            for byte in packed:
                found += before.decompress(bytes((byte,)))
        except zlib.error:
            pass
        if not found:
            raise self._fault
        return bytes(found[:max_length])


class _InSteps:
    """One of the others of the standard library, which cannot go back: so its steps are small."""

    def __init__(self, decompressor: "bz2.BZ2Decompressor | lzma.LZMADecompressor") -> None:
        self._object = decompressor

    @property
    def eof(self) -> bool:
        return self._object.eof

    @property
    def needs_input(self) -> bool:
        return self._object.needs_input

    @property
    def unused_data(self) -> bytes:
        return self._object.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._object.decompress(data, min(max_length, STEP_BYTES))


class _Zstd:
    """zstd's, which gives all that comes of its input: so it is given little at once."""

    def __init__(self) -> None:
        self._object = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW_BYTES).decompressobj()
        self._packed = io.BytesIO()
        self._found, self._more = io.BytesIO(), False

    @property
    def eof(self) -> bool:
        return self._object.eof and not self._more

    @property
    def needs_input(self) -> bool:
        return not self._more and self._packed.tell() == len(self._packed.getbuffer())

    @property
    def unused_data(self) -> bytes:
        return self._object.unused_data + self._packed.getbuffer()[self._packed.tell() :]

    def decompress(self, data: bytes, max_length: int) -> bytes:
        if data:
            self._packed = io.BytesIO(data)
        if not self._more and (packed := self._packed.read(ZSTD_INPUT_BYTES)):
            self._found = io.BytesIO(self._object.decompress(packed))
        got = self._found.read(max_length)
        self._more = self._found.tell() < len(self._found.getbuffer())
        return got


STREAMS: dict[str, tuple[re.Pattern[bytes], Callable[[], Stream]]] = {
    "application/gzip": (re.compile(rb"\x1f\x8b\x08"), _Gzip),
    "application/x-bzip2": (re.compile(rb"BZh"), lambda: _InSteps(bz2.BZ2Decompressor())),
    "application/x-xz": (  # which of the two it is the library tells itself
        re.compile(b"|".join(map(re.escape, PACKED["application/x-xz"]))),
        lambda: _InSteps(lzma.LZMADecompressor(memlimit=XZ_MEMORY_BYTES)),
    ),
    # Frames that are to be skipped lie between others.
    "application/zstd": (re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"), _Zstd),
}


def next_stream(file: BinaryIO, start: int, media_type: str, opening: re.Pattern[bytes]) -> int | None:
    """Where in `file` the next stream begins, from `start` on, that is packed so and opens so; None where none does."""
    magic, new = STREAMS[media_type]
    file.seek(start)
    window, at, tries = b"", start, 0
    while read := file.read(SEARCH_BYTES):
        window += read
        for found in magic.finditer(window, 0, len(window) - 1):
            begins = found.start()
            if len(window) - begins < HEAD_BYTES and len(read) == SEARCH_BYTES:
                break  # it is looked at with what follows
            tries += 1
            if tries > MOST_TRIES:
                return None
            if opening.match(_head(new(), window, begins)):
                return at + begins
        kept = window[-HEAD_BYTES:]
        window, at = kept, at + len(window) - len(kept)
    return None


def _head(stream: Stream, window: bytes, at: int) -> bytes:
    """How what is packed there begins; nothing where it is damaged."""
    try:
        for start in range(at, min(at + HEAD_BYTES, len(window)), STEP_BYTES):
            found = stream.decompress(window[start : start + STEP_BYTES], SEEN_BYTES)
            while not found and not stream.eof and not stream.needs_input:
                found = stream.decompress(b"", SEEN_BYTES)
            if found or stream.eof:
                return found
    except STREAM_FAULTS:
        pass
    return b""
