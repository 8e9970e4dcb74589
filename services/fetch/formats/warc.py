"""Archives of a crawl (WARC, ARC): each page, text, feed and PDF that a site answered with is a member, by its address.

Requests, notes of repetition, redirects, errors, pictures, styles and scripts are no documents and are passed over.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import BufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from contracts.outcomes import RejectReason
from services.fetch.core.charsets import codec_of
from services.fetch.core.claims import claim
from services.fetch.core.document import BadMember, Member, Read, Rejected, Source
from services.fetch.core.packing import packed_as, unpacking
from services.fetch.formats import codings
from services.fetch.formats.refused import said

ANSWERS = ("response", "resource", "conversion")
DOCUMENTS = re.compile(
    r"text/(?:html|plain|markdown|xml|rtf)|message/rfc822|multipart/related|application/(?:xhtml\+xml|pdf|xml|rtf|msword|"
    r"epub\+zip|[\w.-]+\+xml|feed\+json|vnd\.oasis\.opendocument\.text|vnd\.openxmlformats-officedocument\.wordprocessingml"
    r"\.document)"
)
NO_DOCUMENTS = ("application/opensearchdescription+xml", "application/soap+xml", "application/atomcat+xml")
SIDE_FILES = re.compile(r"[^?#]*/(?:robots|ads|app-ads|humans|security)\.txt\Z", re.IGNORECASE)
CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
SCHEMES = ("http://", "https://", "ftp://")
RECORD = (b"WARC/", b"http://", b"https://", b"filedesc://")  # how a record of one kind or the other begins
LINE_BYTES = 64 << 10
MAX_ADDRESS_CHARACTERS = 2000


def read(source: Source) -> Read:
    """The documents, in the order in which they were kept; a damaged record harms no other."""
    file = source.open()
    packed = packed_as(file)
    return _documents(unpacking(packed, file) if packed is not None else file)


def _documents(file: BinaryIO) -> Iterator[Member | BadMember]:
    records: _Records | None = _Records(file)
    number = 0
    while records is not None:
        number += 1
        try:
            record = next(records, None)
        except ArchiveLoadFailed as error:
            words = f"the record is damaged: {str(error)[:200]}"
            yield BadMember(f"record-{number}", Rejected(RejectReason.UNREADABLE, words))
            records = _after(records)
            continue
        if record is None:
            return
        if (document := _document(record, number)) is not None:
            yield document


class _Lines(BufferedReader):  # type: ignore[misc] # warcio has no types
    """A reader whose lines have an end: the library asks for whole ones, and one may be all of the file."""

    def readline(self, length: int | None = None) -> bytes:
        return bytes(super().readline(min(length or LINE_BYTES, LINE_BYTES)))


class _Records(ArchiveIterator):  # type: ignore[misc] # the same
    """The library's, without what it writes on the screen about records that are longer than they say."""

    INC_RECORD = ""

    def __init__(self, file: Any) -> None:
        super().__init__(file, arc2warc=True)
        self.reader = _Lines(self.fh, block_size=LINE_BYTES)


def _after(records: "_Records") -> "_Records | None":
    """The records from the next line on that begins one; None where none does."""
    while line := records.reader.readline(LINE_BYTES):
        if line.startswith(RECORD):
            return _Records(_Resumed(line, records.reader))
    return None


class _Resumed:
    """A file that goes on where another reader stopped."""

    def __init__(self, line: bytes, rest: Any) -> None:
        self._line, self._rest = BytesIO(line), rest

    def read(self, size: int) -> bytes:
        """At most `size` bytes; none at the end."""
        return self._line.read(size) or bytes(self._rest.read(size))


def _document(record: ArcWarcRecord, number: int) -> Member | BadMember | None:
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    answer = record.http_headers
    told = (answer.get_header("Content-Type") if answer is not None else record.content_type) or ""
    media_type = told.partition(";")[0].strip().lower()
    if record.rec_type not in ANSWERS or not _is_document(url, media_type):
        return None
    if answer is not None and answer.get_statuscode() != "200":
        return None
    path = url if len(url) <= MAX_ADDRESS_CHARACTERS else f"record-{number}"
    body = _body(record)
    if body is None:
        coding = answer.get_header("Content-Encoding")[:100]
        return BadMember(path, Rejected(RejectReason.UNSUPPORTED, f"its content coding {coding} is not known here"))
    label = CHARSET.search(told)
    address = claim("url", url, "warc")
    kept = claim("retrieved", record.rec_headers.get_header("WARC-Date"), "warc")
    charset = codec_of(label[1]) if label is not None else None
    return Member(path, body, media_type or None, charset, address.value if address else None, said([kept, address]))


def _is_document(url: str, media_type: str) -> bool:
    """Whether a site gave it, as something that people read; crawlers keep notes of their own under other schemes."""
    if not url.lower().startswith(SCHEMES) or SIDE_FILES.match(url) or media_type in NO_DOCUMENTS:
        return False
    return not media_type or DOCUMENTS.fullmatch(media_type) is not None


def _body(record: ArcWarcRecord) -> Iterator[bytes] | None:
    """The document as the site meant it; None where its coding is not known."""
    answer = record.http_headers
    if answer is None:
        return codings.pieces(record.raw_stream)
    chunked = "chunked" in (answer.get_header("Transfer-Encoding") or "").lower()
    body = codings.unchunked(record.raw_stream) if chunked else codings.pieces(record.raw_stream)
    return codings.decoded(body, answer.get_header("Content-Encoding") or "")
