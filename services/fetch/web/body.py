"""Reading an answer's body as it comes, its coding undone, and never more of it than is wanted."""

import zlib
from collections.abc import AsyncIterator

from contracts.outcomes import RejectReason
from services.fetch.core.web.answer import Refused

CODINGS = "gzip, deflate"  # what can be undone a piece at a time, to a limit
PLAIN = {"", "identity"}
GZIP = {"gzip", "x-gzip"}
GZIP_BITS, ZLIB_BITS, RAW_BITS = 31, 15, -15
GZIP_MARK = b"\x1f\x8b"
MAX_RATIO = 200  # of what comes out to what came in
ALWAYS_BYTES = 1 << 20  # may come out of whatever came in


class Inflater:
    """Undoes one coding."""

    def __init__(self, coding: str) -> None:
        self._bits = GZIP_BITS if coding in GZIP else ZLIB_BITS
        self._inner = zlib.decompressobj(self._bits)
        self._begun = False

    def feed(self, chunk: bytes, room: int) -> bytes:
        """What comes out of it, at most `room` bytes (the rest is lost); raises zlib.error where nothing does."""
        out = b""
        while chunk and len(out) < room:
            if self._inner.eof:
                if self._bits != GZIP_BITS or not chunk.startswith(GZIP_MARK):  # what is behind the end is no matter
                    break
                self._inner = zlib.decompressobj(self._bits)  # gzip may have several members
            out += self._inflated(chunk, room - len(out))
            chunk = self._inner.unused_data
        return out

    @property
    def is_done(self) -> bool:
        """Whether the end was seen, or nothing at all."""
        return self._inner.eof or not self._begun

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


async def read_body(chunks: AsyncIterator[bytes], coding: str, *, max_bytes: int, cut: bool = False) -> bytes | Refused:
    """The body, or why it is not wanted; with `cut` its first `max_bytes`."""
    coding = coding.strip().lower()
    if coding not in {*PLAIN, *GZIP, "deflate"}:
        return Refused(RejectReason.UNREADABLE, f"the page is coded as {coding[:40]}, which was not asked for")
    inflater = Inflater(coding) if coding not in PLAIN else None
    body, came = bytearray(), 0
    async for chunk in chunks:
        came += len(chunk)
        limit = max_bytes if inflater is None else min(max_bytes, max(ALWAYS_BYTES, MAX_RATIO * came))
        try:
            body += inflater.feed(chunk, limit + 1 - len(body)) if inflater is not None else chunk
        except zlib.error as error:
            return Refused(RejectReason.UNREADABLE, f"the page is no {coding}: {error}")
        if len(body) > limit:
            return bytes(body[:max_bytes]) if cut else _too_much(limit, max_bytes, came)
    if inflater is not None and not inflater.is_done:
        return Refused(RejectReason.UNREADABLE, f"the page ends in the middle of its {coding}", passing=True)
    return bytes(body)


def _too_much(limit: int, max_bytes: int, came: int) -> Refused:
    if limit < max_bytes:
        return Refused(RejectReason.BOMB, f"{came} bytes unpack to more than {MAX_RATIO} times as many")
    return too_large(None, max_bytes)


def too_large(size: int | None, max_bytes: int) -> Refused:
    """The page has more bytes than it may; `size` if that is known."""
    told = f"the page has {size} bytes" if size is not None else "the page goes on"
    detail = f"{told}, more than the {max_bytes} of WIREROOM_FETCH_MAX_PAGE_BYTES"
    return Refused(RejectReason.TOO_LARGE, detail)
