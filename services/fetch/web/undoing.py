"""Codings of a body, undone a piece at a time and to a limit: those that we ask for, and those that come unasked."""

import zlib
from typing import Protocol

import brotli

from services.fetch.core.unpacking_file import STREAM_FAULTS, STREAMS

GZIP = {"gzip", "x-gzip"}
GZIP_BITS, ZLIB_BITS, RAW_BITS = 31, 15, -15
GZIP_MARK = b"\x1f\x8b"
FRAME_MARK_BYTES = 4
MOST_FRAMES = 256  # each costs 20 µs, and one may be of eight bytes and bring none
STEP_BYTES = 16 << 10  # what is behind a member's end is copied for each of them
FAULTS = (*STREAM_FAULTS, brotli.error)


class Undoing(Protocol):
    """One coding that is undone."""

    def feed(self, chunk: bytes, room: int) -> bytes:
        """What comes out of it, at most `room` bytes (the rest is lost); raises one of `FAULTS` where nothing does."""

    @property
    def is_done(self) -> bool:
        """Whether the end was seen, or nothing at all."""


def undoing(coding: str) -> Undoing | None:
    """What undoes this coding; None where nobody knows it."""
    if coding in GZIP or coding == "deflate":
        return _Inflating(coding)
    if coding == "br":
        return _Brotli()
    return _Zstd() if coding == "zstd" else None


class _Inflating:
    """gzip of any number of members, and what is called deflate: zlib's or bare."""

    def __init__(self, coding: str) -> None:
        self._bits = GZIP_BITS if coding in GZIP else ZLIB_BITS
        self._inner = zlib.decompressobj(self._bits)
        self._begun = False
        self._kept = b""  # too little to tell what begins with it

    def feed(self, chunk: bytes, room: int) -> bytes:
        out = bytearray()
        for at in range(0, len(chunk), STEP_BYTES):
            self._step(chunk[at : at + STEP_BYTES], out, room)
        return bytes(out)

    def _step(self, chunk: bytes, out: bytearray, room: int) -> None:
        chunk, self._kept = self._kept + chunk, b""
        while chunk and len(out) < room:
            if (self._inner.eof or not self._begun) and len(chunk) < len(GZIP_MARK):
                self._kept = chunk
                break
            if self._inner.eof:
                if self._bits != GZIP_BITS or not chunk.startswith(GZIP_MARK):  # what is behind the end is no matter
                    break
                self._inner = zlib.decompressobj(self._bits)
            out += self._inflated(chunk, room - len(out))
            chunk = self._inner.unused_data

    @property
    def is_done(self) -> bool:
        return self._inner.eof or not (self._begun or self._kept)

    def _inflated(self, chunk: bytes, room: int) -> bytes:
        try:
            out = self._inner.decompress(chunk, room)
        except zlib.error:
            if self._begun or self._bits != ZLIB_BITS:
                raise
            self._inner = zlib.decompressobj(RAW_BITS)  # "deflate" is said of both
            out = self._inner.decompress(chunk, room)
        self._begun = True
        return out


class _Brotli:
    def __init__(self) -> None:
        self._inner, self._begun = brotli.Decompressor(), False

    def feed(self, chunk: bytes, room: int) -> bytes:
        out, self._begun = b"", self._begun or bool(chunk)
        while len(out) < room and not self._inner.is_finished():
            got = self._inner.process(chunk, output_buffer_limit=room - len(out))
            out, chunk = out + got, b""
            if not got and self._inner.can_accept_more_data():
                break
        return out

    @property
    def is_done(self) -> bool:
        return self._inner.is_finished() or not self._begun


class _Zstd:
    """Frames one after the other, also those that are to be skipped."""

    def __init__(self) -> None:
        self._frame, self._new = STREAMS["application/zstd"]
        self._inner, self._begun = self._new(), False
        self._frames = 1
        self._kept = b""  # too little to tell what begins with it

    def feed(self, chunk: bytes, room: int) -> bytes:
        out, self._begun = bytearray(), self._begun or bool(chunk)
        for at in range(0, len(chunk), STEP_BYTES):
            self._step(chunk[at : at + STEP_BYTES], out, room)
        return bytes(out)

    def _step(self, chunk: bytes, out: bytearray, room: int) -> None:
        chunk, self._kept = self._kept + chunk, b""
        while len(out) < room and (chunk or not self._inner.needs_input):
            if self._inner.eof:
                if len(chunk) < FRAME_MARK_BYTES:
                    self._kept = chunk
                    break
                if not self._frame.match(chunk):  # what is behind the end is no matter
                    break
                self._begin()
            out += self._inner.decompress(chunk, room - len(out))
            chunk = self._inner.unused_data if self._inner.eof else b""

    def _begin(self) -> None:
        self._frames += 1
        if self._frames > MOST_FRAMES:
            raise ValueError(f"more than {MOST_FRAMES} frames of zstd")
        self._inner = self._new()

    @property
    def is_done(self) -> bool:
        return self._inner.eof or not self._begun
