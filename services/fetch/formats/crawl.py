"""The records of a crawl, one after the other, whatever is damaged among them: each is whole, or it is said to be bad.

The library reads their heads. Where they begin and end is looked after here, for it takes whatever there is.
"""

import hashlib
import re
from base64 import b32encode
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO, Self, cast

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader

from services.fetch.core.document import Source
from services.fetch.core.packing import FAULTS, packed_as
from services.fetch.core.unpacking_file import STREAMS, Broken, UnpackingFile, next_stream

RECORD_FAULTS = (*FAULTS, ArchiveLoadFailed)
# How a record begins: of WARC, and of ARC with its address, machine, time, kind and length.
RECORD = re.compile(rb"WARC/[01]\.\d+[ \t]*\r?\n|(?:https?|ftp|dns|filedesc):\S+ \S+ \d{8,14} \S+ \d+[ \t]*\r?\n")
OPENING = re.compile(rb"WARC/[01]\.|(?:https?|ftp|dns|filedesc):")
# A line of a record's own head, or what goes on with the one before: a name, and no control characters.
HEAD_LINE = re.compile(rb"(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+[ \t]*:|[ \t])[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*")
LENGTH = re.compile(r"\s*\d{1,18}\s*")
CHECKSUM = re.compile("incorrect (?:data|length) check")  # zlib has given all that it is of; others keep the last block
BLOCK_BYTES = LINE_BYTES = 64 << 10
HEAD_BYTES = 1 << 20  # of a record's own header lines; a page's address and cookies have a few thousand
RETURNS = 16  # to what is packed: each may unpack all of the archive again
MOST_AGAIN = 4  # times its size, of an archive that is not packed
ALGORITHMS = frozenset({"md5", "sha1", "sha256", "sha512"})
LOADER = ArcWarcRecordLoader(verify_http=False, arc2warc=True)


@dataclass(frozen=True)
class Place:
    """Where something begins: so many unpacked bytes behind the packed byte that unpacking began with."""

    packed: int
    unpacked: int


class Crawl:
    """An archive, as it is or packed, that stands before a record."""

    def __init__(self, source: Source) -> None:
        self._source = source
        with source.open() as file:
            self._packed = packed_as(file)
        self._block, self._began, self._at, self._returns, self._agreed = BytesIO(), 0, 0, 0, 0
        self._again = MOST_AGAIN * source.size()
        self._whole: Whole | None = None
        self._file, self._unpacking = self._opened(0)

    def record(self) -> ArcWarcRecord | None:
        """The next record, with what it holds and the head of its answer; None at the end."""
        self._whole = None
        while (line := self.readline()) and not line.strip():
            pass
        if not line:
            return None
        record = LOADER.parse_record_stream(_Head(self, line), line, no_record_parse=True)
        told = record.rec_headers.get_header("Content-Length") or ""
        if not LENGTH.fullmatch(told):
            raise Broken(f"it tells a length that there cannot be: {told[:40] or 'none'}")
        if not record.rec_type:
            raise Broken("it does not tell its type")
        digest = Digest.told(record.rec_headers.get_header("WARC-Block-Digest") or "")
        self._whole = record.raw_stream = Whole(self, record.length, Place(self._began, self._at), digest)
        url = record.rec_headers.get_header("WARC-Target-URI")
        if url:
            record.http_headers = LOADER.load_http_headers(record.rec_type, url, self._whole, record.length)
        return record

    def agrees(self, digest: "Digest") -> bool:
        """Whether a record has the digest that it tells, or nobody has: some writers get all of theirs wrong."""
        self._agreed += digest.agrees
        return digest.agrees or not self._agreed

    def skip(self) -> None:
        """To the end of the record; raises where it is not whole."""
        while self._whole is not None and self._whole.read(BLOCK_BYTES):
            pass

    def find(self) -> bool:
        """Go to the next record that begins behind what is wrong; whether there is one."""
        try:
            if self._unpacking is not None and self._unpacking.fault is not None:
                return self._next_member(self._unpacking)
            if self._whole is not None and self._whole.runs_over:
                self._back(self._whole.place)
            while line := self.readline():
                if RECORD.match(line):
                    self.unread(line)
                    return True
        except FAULTS:
            return False
        return False

    def read(self, size: int) -> bytes:
        """At most `size` bytes; none at the end."""
        got = self._block.read(size) or (self._block.read(size) if self._fill() else b"")
        self._at += len(got)
        return got

    def readline(self, size: int = LINE_BYTES) -> bytes:
        """A line, or the first `size` bytes of it; what there is of it before a fault, which is the next one's then."""
        line = self._block.readline(size)
        try:
            while not line.endswith(b"\n") and len(line) < size and self._fill():
                line += self._block.readline(size - len(line))
        except FAULTS:
            if not line:
                raise
        self._at += len(line)
        return line

    def unread(self, line: bytes) -> None:
        """Stand before `line`, which was read."""
        self._block = BytesIO(line + self._block.read())
        self._at -= len(line)

    def _fill(self) -> bool:
        self._block = BytesIO(self._file.read(BLOCK_BYTES))
        return bool(self._block.getbuffer())

    def _opened(self, packed_at: int) -> "tuple[BinaryIO, UnpackingFile | None]":
        """From there on, as if the archive began there."""
        file = self._source.open()
        file.seek(packed_at)
        self._began, self._at, self._block = packed_at, 0, BytesIO()
        if self._packed is None:
            return file, None
        unpacking = UnpackingFile(file, STREAMS[self._packed])
        return cast("BinaryIO", unpacking), unpacking

    def _back(self, place: Place) -> None:
        """To where a record holds something, if it says that this is more than it is: others may lie in it."""
        if self._packed is None:
            self._again -= self._began + self._at - place.packed - place.unpacked
            if self._again >= 0:
                self._file, self._unpacking = self._opened(place.packed + place.unpacked)
            return
        self._returns += 1
        if self._returns > RETURNS:
            return
        self._file, self._unpacking = self._opened(place.packed)
        while self._at < place.unpacked and self.read(min(BLOCK_BYTES, place.unpacked - self._at)):
            pass

    def _next_member(self, broken: UnpackingFile) -> bool:
        """Where each record is packed by itself, the next one that is not damaged."""
        with self._source.open() as file:
            at = next_stream(file, self._began + broken.began + 1, self._packed or "", OPENING)
        if at is None:
            return False
        self._file, self._unpacking = self._opened(at)
        return True


class Whole:
    """What a record holds: it raises where the archive ends before that, or something else stands where it should end.

    It raises once, and has an end then; `runs_over` if it takes what may be another's.
    """

    def __init__(self, crawl: Crawl, size: int, place: Place, digest: "Digest | None") -> None:
        self._crawl, self._left, self.place, self._digest = crawl, size, place, digest
        self._seen_to_end = self.is_bad = self.runs_over = False

    def read(self, size: int) -> bytes:
        """At most `size` bytes; none at the end."""
        return self._checked(self._crawl.read, size)

    def readline(self, size: int = LINE_BYTES) -> bytes:
        """A line, or the first `size` bytes of it."""
        return self._checked(self._crawl.readline, size)

    def _checked(self, read: Any, size: int) -> bytes:
        if self.is_bad or self._seen_to_end:
            return b""
        try:
            if self._left:
                got = bytes(read(min(size, self._left)))
                self._left -= len(got)
                self.runs_over = not got
                if got:
                    if self._digest is not None:
                        self._digest.update(got)
                    return got
                raise Broken("it ends in the middle")
            self._see_its_end()
        except FAULTS:
            self.is_bad = True
            raise
        self._seen_to_end = True
        return b""

    def _see_its_end(self) -> None:
        """Two empty lines stand behind a record of WARC and one behind that of ARC; some write fewer."""
        agrees = self._digest is None or self._crawl.agrees(self._digest)
        for _ in range(2):
            line = self._line_behind()
            if line.strip() and not RECORD.match(line):
                self.runs_over = not agrees or self._digest is None
                raise Broken("it is longer than it says, or damaged: something else stands where it should end")
            if line.strip() or not line:
                self._crawl.unread(line)
                break
        else:
            self._crawl.unread(self._line_behind())
        if not agrees:
            raise Broken("its digest is not that of its bytes")

    def _line_behind(self) -> bytes:
        try:
            return self._crawl.readline()
        except FAULTS as error:  # what follows is damaged, unless it is a sum of what was read
            if CHECKSUM.search(str(error)):
                raise
            return b""


class Digest:
    """What a record tells of its bytes, beside what they are."""

    def __init__(self, algorithm: str, value: str) -> None:
        self._value = value
        self._found = hashlib.new(algorithm, usedforsecurity=False)
        self.update = self._found.update

    @classmethod
    def told(cls, words: str) -> Self | None:
        """As `words` have it; None where they have none that is known."""
        algorithm, _, value = words.strip().partition(":")
        return cls(algorithm.lower(), value.strip()) if algorithm.lower() in ALGORITHMS else None

    @property
    def agrees(self) -> bool:
        """Whether it is theirs, in hex or in base 32."""
        found = self._found.digest()
        return self._value.upper() in (found.hex().upper(), b32encode(found).decode())


class _Head:
    """The lines of a record's own head, of which there is an end; in ARC they have no names."""

    def __init__(self, crawl: Crawl, first: bytes) -> None:
        self._crawl, self._left = crawl, HEAD_BYTES
        self._has_names, self._begins = first.startswith(b"WARC"), True

    def readline(self) -> bytes:
        line = self._crawl.readline()
        self._left -= len(line)
        if self._left < 0:
            raise Broken(f"its head has over {HEAD_BYTES} bytes")
        if self._has_names and self._begins and (words := line.rstrip(b"\r\n")) and not HEAD_LINE.fullmatch(words):
            raise Broken("its head is damaged: a line of it has no name, or control characters")
        self._begins = line.endswith(b"\n")
        return line
