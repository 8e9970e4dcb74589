"""A 7z archive: its files in the order in which they are packed, several in one stream as a rule.

Several that are glued together are one behind the other: each tells its own end.
"""

import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

import py7zr
from py7zr.exceptions import ArchiveError, PasswordRequired, UnsupportedCompressionMethodError

from contracts.outcomes import RejectReason
from services.fetch.core.document import BadMember, Member, Rejected, Source
from services.fetch.core.names import is_litter
from services.fetch.core.packing import CHUNK_BYTES, FAULTS, chunks_of
from services.fetch.core.unpacking_file import Broken, Followed
from services.fetch.formats.glued import MOST_ARCHIVES, part

ALL_FAULTS = (*FAULTS, ArchiveError)
ENCRYPTED = Rejected(RejectReason.ENCRYPTED, "the archive is encrypted: give it in without a password")
SPOILT = Rejected(RejectReason.UNREADABLE, "what is packed before it, in the same stream, is damaged")

UNREAD = "it is packed in a way that is not read"


def read(source: Source) -> Iterator[Member | BadMember] | Rejected:
    """The files of the archive."""
    opened = _opened(source.open())
    return opened if isinstance(opened, Rejected) else _all(opened, source)


def _opened(file: BinaryIO) -> Any:
    """The library's archive, or what is wrong with it."""
    try:
        archive = py7zr.SevenZipFile(file, blocksize=CHUNK_BYTES)
    except PasswordRequired:
        return ENCRYPTED
    except ALL_FAULTS as error:
        return Rejected(RejectReason.UNREADABLE, f"the 7z archive is damaged: {error}")
    return ENCRYPTED if archive.needs_password() else archive


def _all(archive: Any, source: Source) -> Iterator[Member | BadMember]:
    """The files of an archive, and of each that follows it."""
    start, size = 0, source.size()
    for _ in range(MOST_ARCHIVES):
        yield from _members(archive)
        told = archive.sig_header
        start = _behind(source, start + archive.afterheader + told.nextheaderofs + told.nextheadersize)
        if start == size:
            return
        archive = _opened(part(source.open(), start, size))
        if archive is ENCRYPTED:
            yield BadMember(f"(archive at byte {start})", ENCRYPTED)
            return
        if isinstance(archive, Rejected):
            raise Followed(f"something else follows an archive that is whole, at byte {start}")
    raise Broken(f"more than {MOST_ARCHIVES} archives are glued together")


def _behind(source: Source, end: int) -> int:
    """Where something begins behind the end of an archive, over zeros that pad; the end of the file where nothing."""
    with source.open() as file:
        file.seek(end)
        for chunk in chunks_of(file):
            if rest := chunk.lstrip(b"\0"):
                return end + len(chunk) - len(rest)
            end += len(chunk)
    return end


def _members(archive: Any) -> Iterator[Member | BadMember]:
    streams: Any = getattr(archive.header, "main_streams", None)
    for file in archive.files:
        if file.emptystream and not file.is_directory and not is_litter(file.filename):
            yield Member(file.filename, ())
    number = 0
    for folder in () if streams is None else streams.unpackinfo.folders:
        first, number = number, number + len(folder.packed_indices)  # BCJ2 packs into four
        start, end = (streams.packinfo.packpositions[at] for at in (first, number))
        yield from _packed_in(archive, folder, archive.afterheader + start, archive.afterheader + end)


def _packed_in(archive: Any, folder: Any, start: int, end: int) -> Iterator[Member | BadMember]:
    """The files of one stream; who does not take one whole has it read past, for the next begins after it."""
    stream = _Stream(archive.fp, end)
    archive.fp.seek(start)
    for file in folder.files or ():
        if stream.spoilt is not None:
            yield BadMember(file.filename, stream.spoilt)
            continue
        chunks = stream.chunks_of(file)
        if file.is_symlink or file.is_junction:
            yield BadMember(file.filename, Rejected(RejectReason.NOT_A_FILE, "it is a symbolic link"))
        elif not is_litter(file.filename):
            yield Member(file.filename, chunks)
        stream.read_past(chunks)


class _Stream:
    """One stream of the archive, which is unpacked from its beginning to its end."""

    def __init__(self, file: Any, end: int) -> None:
        self._file, self._end = file, end
        self.spoilt: Rejected | None = None  # why what is packed behind what came cannot be had

    def chunks_of(self, file: Any) -> Iterator[bytes]:
        """The bytes of the next file."""
        left, checksum = file.uncompressed, 0
        self.spoilt = SPOILT  # until it is seen to be whole
        try:
            decompressor = file.folder.get_decompressor(file.compressed)
        except UnsupportedCompressionMethodError as error:
            told = error.message.partition(". ")[0]  # what its users might do about it is not for ours
            self.spoilt = Rejected(RejectReason.UNSUPPORTED, f"{UNREAD}: {told}")
            raise NotImplementedError(told) from error
        while left > 0:
            before = self._file.tell()
            try:
                chunk = decompressor.decompress(self._file, min(left, CHUNK_BYTES))
            except ALL_FAULTS as error:
                raise ValueError(f"its stream is damaged: {error}") from error
            if not chunk and self._file.tell() == before:
                raise ValueError("its stream ends before its end")
            left -= len(chunk)
            checksum = zlib.crc32(chunk, checksum)
            yield chunk
        self.spoilt = None
        if file.crc32 not in {None, checksum}:
            raise ValueError("its checksum is not that of its bytes")

    def read_past(self, chunks: Iterator[bytes]) -> None:
        """What nobody has taken of a file."""
        try:
            for _ in chunks:
                pass
        except (ValueError, NotImplementedError):
            return
