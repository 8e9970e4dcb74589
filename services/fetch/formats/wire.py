"""Agency wire in its oldest forms: IPTC 7901 and ANPA 1312, dispatches between control characters."""

import re
from collections.abc import Iterator

from contracts.outcomes import RejectReason
from services.fetch.core.charsets import told_codec
from services.fetch.core.decoding import decode
from services.fetch.core.document import Member, Read, Rejected, Source
from services.fetch.formats import anpa, iptc7901

STX = b"\x02"
HEAD_BYTES = 400
DISPATCH = re.compile(rb"(?:\x16\x16)?\x01")


def read(source: Source) -> Read:
    """The dispatch, or the dispatches where the file holds several."""
    starts = [found.start() for found in DISPATCH.finditer(source.data)]
    starts = [at for at in starts if STX in source.data[at : at + HEAD_BYTES]]
    if not starts:
        return Rejected(RejectReason.UNREADABLE, "no dispatch begins in it: a heading and a text are missing")
    if len(starts) > 1:
        return _members(source.data, starts)
    decoded = decode(source.data[starts[0] :], told_codec(source.charset))
    return anpa.document(decoded) if anpa.is_one(decoded.text) else iptc7901.document(decoded)


def _members(data: bytes, starts: list[int]) -> Iterator[Member]:
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(data)], strict=True), 1):
        yield Member(f"dispatch-{number}.txt", [data[start:end]])
