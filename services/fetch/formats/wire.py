"""Agency wire in its oldest forms: IPTC 7901 and ANPA 1312, dispatches between control characters."""

import re
from collections.abc import Iterator
from itertools import chain, islice, pairwise

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
    starts = list(islice(_starts(source.data), 2))
    if not starts:
        return Rejected(RejectReason.UNREADABLE, "no dispatch begins in it: a heading and a text are missing")
    if len(starts) > 1:
        return _members(source.data)
    decoded = decode(source.data[starts[0] :], told_codec(source.charset))
    return anpa.document(decoded) if anpa.is_one(decoded.text) else iptc7901.document(decoded)


def _starts(data: bytes) -> Iterator[int]:
    """Where a dispatch begins; one after the other, for a file may be nothing but beginnings."""
    for found in DISPATCH.finditer(data):
        if STX in data[found.start() : found.start() + HEAD_BYTES]:
            yield found.start()


def _members(data: bytes) -> Iterator[Member]:
    for number, (start, end) in enumerate(pairwise(chain(_starts(data), [len(data)])), 1):
        yield Member(f"dispatch-{number}.txt", [data[start:end]])
