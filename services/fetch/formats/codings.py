"""What HTTP did to a body on its way, undone piece by piece: chunks, gzip, deflate, Brotli, zstd."""

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, cast

import brotli

from services.fetch.core.unpacking_file import STREAMS, Broken, UnpackingFile
from services.fetch.core.web.headers import NO_CODING

CUT = "the page's coding ends in the middle"
PIECE_BYTES = 64 << 10
CHUNK_SIZE = re.compile(rb"\s*([0-9A-Fa-f]{1,12})\s*(?:;[^\r\n]*)?\r?\n\Z")
CHUNK_LINE_BYTES = 256
Read = Callable[[int], bytes]
Pieces = Iterable[bytes]


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """The bytes of `file` as they are."""
    while piece := file.read(PIECE_BYTES):
        yield piece


def unchunked(file: BinaryIO) -> Iterator[bytes]:
    """The bytes without the marks of their chunks; as they are from where there are none."""
    is_in_chunks = False
    while line := file.readline(CHUNK_LINE_BYTES):
        size = CHUNK_SIZE.match(line)
        if size is None:  # it was taken off when the page was kept, or is cut off here
            yield line
            yield from pieces(file)
            return
        left, is_in_chunks = int(size[1], 16), True
        if not left:
            return
        while left and (piece := file.read(min(left, PIECE_BYTES))):
            left -= len(piece)
            yield piece
        file.readline(3)  # the line end behind a chunk
    if is_in_chunks:
        raise Broken("the page's chunks end before the last of them")


def decoded(body: Pieces, coding: str) -> Iterator[bytes] | None:
    """The body with its content coding (or several, divided by commas) undone; None where one is unknown.

    What does not begin as its coding does was decoded when it was kept. What breaks off or is broken gives what it had,
    and raises one of `services.fetch.core.packing.FAULTS`.
    """
    undone: Pieces = body
    for name in reversed([each.strip().lower() for each in coding.split(",")]):
        if name in NO_CODING:
            continue
        decoder = DECODERS.get(name.removeprefix("x-"))
        if decoder is None:
            return None
        undone = decoder(undone)
    return iter(undone)


def _unzipped(body: Pieces) -> Iterator[bytes]:
    """With gzip's header, with zlib's, or bare: servers mean any of them by any name."""
    decompressor = None
    for piece in body:
        if decompressor is None:
            if (bits := _window_bits(piece)) is None:
                yield piece
                yield from body
                return
            decompressor = zlib.decompressobj(bits)
        waiting = piece
        while waiting or decompressor.unconsumed_tail:
            yield decompressor.decompress(decompressor.unconsumed_tail or waiting, PIECE_BYTES)
            waiting = b""
            if decompressor.eof:  # what follows is of no member of a page
                return
    if decompressor is not None:
        raise Broken(CUT)


def _window_bits(head: bytes) -> int | None:
    if head.startswith(b"\x1f\x8b"):
        return 16 + zlib.MAX_WBITS
    for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            zlib.decompressobj(bits).decompress(head[:512], 512)
        except zlib.error:
            continue
        return bits
    return None


def _unbrotlied(body: Pieces) -> Iterator[bytes]:
    decompressor, said = brotli.Decompressor(), False
    for piece in body:
        waiting = piece
        while True:
            try:
                got = decompressor.process(waiting, output_buffer_limit=PIECE_BYTES)
            except brotli.error as error:
                if said:
                    raise ValueError(f"its Brotli coding is broken: {error}") from error
                yield piece
                yield from body
                return
            said, waiting = said or bool(got), b""
            if got:
                yield got
            if decompressor.is_finished():
                return
            if decompressor.can_accept_more_data():
                break
    if said:
        raise Broken(CUT)


def _unzstd(body: Pieces) -> Iterator[bytes]:
    source = iter(body)
    head = next(source, b"")
    if not head.startswith(b"\x28\xb5\x2f\xfd"):
        yield head
        yield from source
        return
    unpacked = UnpackingFile(cast("BinaryIO", _File(head, source)), STREAMS["application/zstd"])
    yield from pieces(cast("BinaryIO", unpacked))


class _File:
    """What a decompressor reads from: pieces, one behind the other."""

    def __init__(self, head: bytes, rest: Iterator[bytes]) -> None:
        self._waiting, self._rest = head, rest

    def read(self, size: int = PIECE_BYTES) -> bytes:
        """At most `size` bytes; none at the end."""
        while not self._waiting:
            following = next(self._rest, None)
            if following is None:
                return b""
            self._waiting = following
        got, self._waiting = self._waiting[:size], self._waiting[size:]
        return got


DECODERS: dict[str, Callable[[Pieces], Iterator[bytes]]] = {
    "gzip": _unzipped,
    "deflate": _unzipped,
    "br": _unbrotlied,
    "zstd": _unzstd,
}
