"""Documents that are ZIP files of XML (docx, odt, epub): opened within limits, whatever their directory says."""

import zipfile
from collections.abc import Iterator

from lxml import etree

from contracts.outcomes import RejectReason
from services.fetch.core.document import Source
from services.fetch.core.packing import FAULTS
from services.fetch.formats.refused import Refused
from services.fetch.formats.xml import Element, part_root

MAX_MEMBERS = 20_000
MAX_MEMBER_BYTES = 64 << 20  # of XML; pictures are not read
MAX_RATIO = 200  # unpacked to packed, where it is worth asking
PIECE_BYTES = 64 << 10
FREE_BYTES = 1 << 20


class Package:
    """A document in parts."""

    def __init__(self, source: Source, called: str) -> None:
        self.called = called
        try:
            self.archive = zipfile.ZipFile(source.open())
        except FAULTS as error:
            raise Refused(RejectReason.UNREADABLE, f"{called} is a damaged ZIP file: {error}") from error
        self._parts = {info.filename: info for info in self.archive.infolist()}
        if len(self._parts) > MAX_MEMBERS:
            raise Refused(RejectReason.TOO_LARGE, f"{called} has {len(self._parts)} parts, more than {MAX_MEMBERS}")

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def names(self) -> list[str]:
        """The names of the parts."""
        return list(self._parts)

    def check(self, name: str) -> None:
        """Raise Refused where the part is encrypted, or would grow too large or out of all proportion."""
        info = self._parts.get(name)
        if info is None:
            raise Refused(RejectReason.UNREADABLE, f"{self.called} lacks its part {name}")
        if info.flag_bits & 1:
            raise Refused(RejectReason.ENCRYPTED, f"{self.called} is encrypted: drop it without its password")
        if info.file_size > MAX_MEMBER_BYTES:
            words = f"its part {name} has {info.file_size} bytes, more than {MAX_MEMBER_BYTES}"
            raise Refused(RejectReason.TOO_LARGE, words)
        if info.file_size > max(FREE_BYTES, MAX_RATIO * info.compress_size):
            words = f"its part {name} grows from {info.compress_size} to {info.file_size} bytes"
            raise Refused(RejectReason.BOMB, words)

    def data(self, name: str) -> bytes:
        """The bytes of a part; raises Refused."""
        self.check(name)
        try:
            with self.archive.open(name) as file:
                return file.read(MAX_MEMBER_BYTES)
        except FAULTS as error:
            raise Refused(RejectReason.UNREADABLE, f"its part {name} is damaged: {error}") from error

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, piece by piece; raises one of `FAULTS` where it is damaged."""
        with self.archive.open(name) as file:
            while piece := file.read(PIECE_BYTES):
                yield piece

    def xml(self, name: str) -> Element:
        """The root element of a part; raises Refused."""
        return part_root(self.data(name), f"its part {name}")

    def about(self, name: str) -> Iterator[Element]:
        """The elements of a part that tells of the document; none where it is missing or damaged: the text is not."""
        try:
            root = self.xml(name) if name in self else None
        except Refused:
            root = None
        return iter(()) if root is None else root.iter(etree.Element)
