"""Feeds as they come over the wire: gzip undone, and encodings of two and four bytes turned into UTF-8."""

import codecs
import re
import zlib

from services.fetch.core.feeds.entry import NotAFeed

GZIP = b"\x1f\x8b"
MAX_UNPACKED_BYTES = 64 << 20  # a sitemap's own limit is 50 MB
# Longest first: some begin like shorter ones.
WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00<\x00", "utf-16-be"),
    (b"<\x00", "utf-16-le"),
)
DECLARED = re.compile(r"(\s*<\?xml[^>]{0,100}?)\s+encoding\s*=\s*[\"'][\w.:-]{1,40}[\"']")


def unpacked(data: bytes) -> bytes | NotAFeed:
    """The bytes in a gzip file, as sitemaps come; others as they are."""
    if not data.startswith(GZIP):
        return data
    unpacking = zlib.decompressobj(wbits=31)
    try:
        found = unpacking.decompress(data, MAX_UNPACKED_BYTES)
    except zlib.error as error:
        return NotAFeed(f"it is a damaged gzip file ({error})")
    if unpacking.unconsumed_tail:
        return NotAFeed(f"it has more than {MAX_UNPACKED_BYTES} bytes when unpacked")
    return found


def narrowed(data: bytes) -> bytes | None:
    """What is in a wide encoding as UTF-8 that declares nothing: not all parsers know those. None for what is not."""
    for mark, codec in WIDE:
        if data.startswith(mark):
            text = data.decode(codec, "replace")
            return DECLARED.sub(r"\1", text, count=1).encode("utf-8", "replace")
    return None
