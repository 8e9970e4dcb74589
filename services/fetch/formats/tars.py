"""A tar archive, as it is or compressed: its files in the order in which they lie, read in one go.

Where a header is damaged, reading goes on at the next one that checks.
"""

import tarfile
from collections.abc import Iterator
from typing import BinaryIO, Self, cast

from contracts.outcomes import RejectReason
from services.fetch.core.document import BadMember, Member, Rejected, Source
from services.fetch.core.names import is_litter
from services.fetch.core.packing import CHUNK_BYTES, FAULTS, chunks_of, packed_as, unpacking
from services.fetch.core.unpacking_file import Broken

CUT = "it ends in the middle"
BLOCK_BYTES = 16 << 10  # the library copies what it has left of one with every header
MOST_ZEROS = 2048  # blocks behind the end: more are no padding
SEARCHED_BYTES = 256 << 20  # for a header that checks, which takes some seconds
KINDS = (
    (tarfile.TarInfo.issym, "it is a symbolic link"),
    (tarfile.TarInfo.islnk, "it is a link to another member"),
    (tarfile.TarInfo.isfifo, "it is a pipe, not a file"),
    (tarfile.TarInfo.isdev, "it is a device, not a file"),
)


def read(source: Source) -> Iterator[Member | BadMember] | Rejected:
    """The files of the archive."""
    file = source.open()
    packed = packed_as(file)
    held = _Held(unpacking(packed, file) if packed is not None else file)
    try:
        archive = _Archive.open(fileobj=cast("BinaryIO", held), mode="r|", bufsize=BLOCK_BYTES)
    except FAULTS as error:
        why = held.fault or f"no header of a file is found in it ({error})"
        return Rejected(RejectReason.UNREADABLE, f"the tar archive is damaged: {why}")
    return _members(archive, held)


def _members(archive: "_Archive", held: "_Held") -> Iterator[Member | BadMember]:
    with archive:
        for info in _infos(archive, held):
            vars(archive)["members"].clear()  # it would remember them all
            yield from _damage(archive)
            if info.isdir() or is_litter(info.name):
                continue
            if (told := next((words for is_kind, words in KINDS if is_kind(info)), None)) is not None:
                yield BadMember(info.name, Rejected(RejectReason.NOT_A_FILE, told))
            else:
                # Of the holes of a sparse file nothing lies there, however long they are.
                yield Member(info.name, _chunks(archive, info, held), apart=info.issparse())
        held.tell()
        yield from _damage(archive)
        if not archive.has_ended:
            raise Broken("it ends without the mark of its end: what may have followed is missing")


def _infos(archive: "_Archive", held: "_Held") -> Iterator[tarfile.TarInfo]:
    try:
        yield from archive
    except tarfile.ReadError as error:  # a file is longer than what is left
        held.tell()
        raise Broken(CUT) from error


def _damage(archive: "_Archive") -> Iterator[BadMember]:
    """What lay before the file that was found last, and could not be read."""
    if archive.damage is not None:
        (at, words), archive.damage = archive.damage, None
        yield BadMember(f"(damaged at byte {at})", Rejected(RejectReason.UNREADABLE, words))


def _chunks(archive: "_Archive", info: tarfile.TarInfo, held: "_Held") -> Iterator[bytes]:
    """The bytes of the file; if it is cut, those that there are."""
    if info.issparse():
        content = archive.extractfile(info)
        yield from chunks_of(content) if content is not None else ()
        return
    left = info.size
    while left:
        chunk = archive.source.read(min(left, CHUNK_BYTES))
        if not chunk:
            held.tell()
            raise Broken(CUT)
        left -= len(chunk)
        yield chunk


class _Held:
    """A file that ends where it is damaged: what was read before would be lost to whoever it raises at."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.fault: Exception | None = None

    def read(self, size: int) -> bytes:
        """At most `size` bytes; none at the end."""
        try:
            return self._file.read(size) if self.fault is None else b""
        except FAULTS as error:
            self.fault = error
            return b""

    def tell(self) -> None:
        """Raise what is wrong with it, if it was read up to there."""
        if self.fault is not None:
            raise self.fault


class _Header(tarfile.TarInfo):
    """A header that checks: what is none is passed over."""

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> Self:
        """The next one; the library's own errors at the end."""
        if not isinstance(archive, _Archive) or archive.is_in_header:  # it belongs to a long name, and to nothing else
            return super().fromtarfile(archive)
        began = archive.source.tell()
        while True:
            at, archive.is_in_header = archive.source.tell(), True
            try:
                found = super().fromtarfile(archive)
                if found.size < 0:
                    raise tarfile.InvalidHeaderError("it tells a size below nothing")  # type: ignore[attr-defined]
            except tarfile.EOFHeaderError:  # type: ignore[attr-defined]
                archive.zeros += 1
                if archive.zeros > MOST_ZEROS:
                    raise
            except tarfile.EmptyHeaderError:  # type: ignore[attr-defined]
                raise
            except FAULTS as error:
                archive.is_damaged(at, error)
                if at - began > SEARCHED_BYTES:
                    raise
            else:
                archive.zeros = 0
                return found
            finally:
                archive.is_in_header = False


class _Archive(tarfile.TarFile):
    """The library's, with what is found out on the way from one header to the next."""

    tarinfo = _Header
    is_in_header = False
    zeros = 0  # blocks, one behind the other
    damage: tuple[int, str] | None = None

    @property
    def source(self) -> BinaryIO:
        """The bytes, unpacked."""
        return cast("BinaryIO", self.fileobj)

    @property
    def has_ended(self) -> bool:
        """Whether it has the mark of its end, as far as it was read."""
        return self.zeros > 0

    def is_damaged(self, at: int, error: Exception) -> None:
        """No header stands there."""
        if self.damage is None:
            words = f"something else stands behind its end ({error})" if self.zeros else f"a header is damaged: {error}"
            self.damage = at, f"{words}; what lies from there to the next header is lost"
