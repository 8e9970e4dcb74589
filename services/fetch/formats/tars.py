"""A tar archive, as it is or compressed: its files in the order in which they lie, read in one go."""

import tarfile
from collections.abc import Iterator
from typing import BinaryIO

from contracts.outcomes import RejectReason
from services.fetch.core.document import BadMember, Member, Rejected, Source
from services.fetch.core.names import is_litter
from services.fetch.core.packing import CHUNK_BYTES, FAULTS, chunks_of, packed_as, unpacking

CHUNKS_BEHIND = 4
KINDS = (
    (tarfile.TarInfo.issym, "it is a symbolic link"),
    (tarfile.TarInfo.islnk, "it is a link to another member"),
    (tarfile.TarInfo.isfifo, "it is a pipe, not a file"),
    (tarfile.TarInfo.isdev, "it is a device, not a file"),
)


def read(source: Source) -> Iterator[Member | BadMember] | Rejected:
    """The files of the archive."""
    file = source.open()
    if (packed := packed_as(file)) is not None:
        file = unpacking(packed, file)
    try:
        archive = tarfile.open(fileobj=file, mode="r|", bufsize=1 << 18)  # noqa: SIM115 - the members are read later
    except FAULTS as error:
        return Rejected(RejectReason.UNREADABLE, f"the tar archive is damaged: {error}")
    return _members(archive, file)


def _members(archive: tarfile.TarFile, file: BinaryIO) -> Iterator[Member | BadMember]:
    with file, archive:
        for info in archive:
            vars(archive)["members"].clear()  # it would remember them all
            if info.isdir() or is_litter(info.name):
                continue
            if (told := next((words for is_kind, words in KINDS if is_kind(info)), None)) is not None:
                yield BadMember(info.name, Rejected(RejectReason.NOT_A_FILE, told))
            elif (content := archive.extractfile(info)) is not None:
                yield Member(info.name, chunks_of(content))
        for _ in range(CHUNKS_BEHIND):  # what is packed says at its very end whether it is whole
            if not file.read(CHUNK_BYTES):
                return
