"""A ZIP archive: its files in the order of its directory; where that is missing or damaged, as they lie.

Several that are glued together are one behind the other.
"""

import stat
import zipfile
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO, cast

from contracts.outcomes import RejectReason
from services.fetch.core.document import BadMember, Member, Rejected, Source
from services.fetch.core.names import is_litter
from services.fetch.core.packing import CHUNK_BYTES, FAULTS
from services.fetch.formats import zip_methods
from services.fetch.formats.glued import archives
from services.fetch.formats.zip_remains import SIGNATURE, remains

UTF8_NAME, ENCRYPTED = 0x800, 0x1  # of the general purpose flags (APPNOTE 4.4.4)
# These unpack all that they are given at once: 4 KB of bzip2 may be 80 MB.
UNBOUNDED = (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
SMALL_CHUNK_BYTES = 4096
NAME_AT = 30  # in the header before a file


def read(source: Source) -> Iterator[Member | BadMember] | Rejected:
    """The files of the archive."""
    if source.cut:
        return remains(source.open(), source.size(), source.cut)
    try:
        found = archives(source.open)
        if not all(_is_in_place(archive) for archive in found):
            return remains(source.open(), source.size(), "it tells places at which nothing begins")
    except NotImplementedError as error:
        return Rejected(RejectReason.UNSUPPORTED, f"the ZIP archive is of a kind that is not read: {error}")
    except FAULTS as error:
        return remains(source.open(), source.size(), str(error) or type(error).__name__)
    return chain.from_iterable(map(_members, found))


def _is_in_place(archive: zipfile.ZipFile) -> bool:
    """Whether each file begins where the directory says, and most are called so: else the files know better."""
    strange, infos, file = 0, archive.infolist(), cast("BinaryIO", archive.fp)
    for info in infos:
        file.seek(info.header_offset)
        head = file.read(NAME_AT + len(info.orig_filename.encode("utf-8", "replace")))
        named = int.from_bytes(head[NAME_AT - 4 : NAME_AT - 2], "little")
        name = head[NAME_AT : NAME_AT + named]
        if not head.startswith(SIGNATURE):
            return False
        strange += info.orig_filename not in (_decoded(name, "utf-8"), _decoded(name, "cp437"))
    return 2 * strange <= len(infos)


def _decoded(name: bytes, encoding: str) -> str:
    return name.decode(encoding, "replace")


def _members(archive: zipfile.ZipFile) -> Iterator[Member | BadMember]:
    for info in archive.infolist():
        path = _path(info)
        if not info.is_dir() and not is_litter(path):
            yield _member(archive, info, path)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str) -> Member | BadMember:
    if info.flag_bits & ENCRYPTED:
        return BadMember(path, Rejected(RejectReason.ENCRYPTED, "it is encrypted: give it in without a password"))
    if stat.S_ISLNK(info.external_attr >> 16):
        return BadMember(path, Rejected(RejectReason.NOT_A_FILE, "it is a symbolic link"))
    return Member(path, _chunks(archive, info), apart=True)


def _chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    if zip_methods.is_known(info.compress_type):
        yield from zip_methods.unpacked(cast("BinaryIO", archive.fp), info)
        return
    size = SMALL_CHUNK_BYTES if info.compress_type in UNBOUNDED else CHUNK_BYTES
    with archive.open(info) as file:
        while chunk := file.read(size):
            yield chunk


def _path(info: zipfile.ZipInfo) -> str:
    """As the standard has it; what is UTF-8 without saying so (macOS, most of Unix) as that."""
    if info.flag_bits & UTF8_NAME:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename
