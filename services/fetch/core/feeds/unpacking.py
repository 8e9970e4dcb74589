"""Feeds as they come over the wire: gzip undone, and whatever encoding they are in turned into UTF-8."""

import re
import zlib

from services.fetch.core.charsets import codec_of
from services.fetch.core.decoding import decode
from services.fetch.core.feeds.entry import NotAFeed
from services.fetch.core.html import declared_encoding

GZIP = b"\x1f\x8b"
MAX_UNPACKED_BYTES = 64 << 20  # a sitemap's own limit is 50 MB
EBCDIC = b"\x4c\x6f\xa7\x94"  # how XML begins there; nothing in it can be read as ASCII
REFERENCE = re.compile("&#([xX][0-9a-fA-F]{1,100}|[0-9]{1,100});?")
MOST_CODE = 0x110000
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


def in_utf8(data: bytes, charset: str | None) -> bytes | None:
    """The document in UTF-8, declaring no encoding; None where that is left to the parser.

    What it declares itself goes before the `charset` that its server tells, and both are checked against the bytes.
    """
    if data.startswith(EBCDIC):
        return None
    declared = declared_encoding(data) or (codec_of(charset) if charset is not None else None)
    text = DECLARED.sub(r"\1", decode(data, declared).text, count=1)
    return REFERENCE.sub(_possible, text).encode("utf-8", "replace")


def _possible(reference: re.Match[str]) -> str:
    """The reference, or one to U+FFFD for a character that there is not: parsers give up there, or make nonsense."""
    digits = reference[1]
    code = int(digits[1:], 16) if digits[:1] in "xX" else int(digits)
    return reference[0] if code < MOST_CODE and not 0xD800 <= code < 0xE000 else "&#xFFFD;"
