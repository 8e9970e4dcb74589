"""One file, compressed: gzip, bzip2, xz or zstd."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from contracts.outcomes import RejectReason
from services.fetch.core.document import Member, Rejected, Source
from services.fetch.core.packing import chunks_of, packed_as, unpacking

SUFFIXES = frozenset({".gz", ".bz2", ".xz", ".lzma", ".zst"})


def read(source: Source) -> Iterator[Member] | Rejected:
    """What is in it, under its own name without the ending."""
    file = source.open()
    packed = packed_as(file)
    if packed is None:  # only its name says so
        return Rejected(RejectReason.UNREADABLE, "it is not compressed in the way that its name says")
    return iter((Member(_inner(source.name), chunks_of(unpacking(packed, file))),))


def _inner(name: str) -> str:
    path = PurePosixPath(name)
    return path.stem if path.suffix.lower() in SUFFIXES else path.name or "content"
