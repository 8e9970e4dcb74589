"""Archives of a crawl (WARC, ARC): each page, text, feed and PDF that a site answered with is a member, by its address.

Requests, notes of repetition, redirects, errors, pictures, styles and scripts are no documents and are passed over.
"""

import re
from collections.abc import Iterator

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders

from contracts.outcomes import RejectReason
from services.fetch.core.charsets import codec_of
from services.fetch.core.claims import claim
from services.fetch.core.document import BadMember, Member, Read, Rejected, Source
from services.fetch.formats import codings
from services.fetch.formats.crawl import BLOCK_BYTES, RECORD_FAULTS, Crawl, Whole
from services.fetch.formats.refused import said

ANSWERS = ("response", "resource", "conversion")
DOCUMENTS = re.compile(
    r"text/(?:html|plain|markdown|xml|rtf)|message/rfc822|multipart/related|application/(?:xhtml\+xml|pdf|xml|rtf|msword|"
    r"epub\+zip|[\w.-]+\+xml|feed\+json|vnd\.oasis\.opendocument\.text|vnd\.openxmlformats-officedocument\.wordprocessingml"
    r"\.document)"
)
NO_DOCUMENTS = ("application/opensearchdescription+xml", "application/soap+xml", "application/atomcat+xml")
STATUS = re.compile("[1-9][0-9]{2}")
SIDE_FILES = re.compile(r"[^?#]*/(?:robots|ads|app-ads|humans|security)\.txt\Z", re.IGNORECASE)
CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
SCHEMES = ("http://", "https://", "ftp://")
MAX_ADDRESS_CHARACTERS = 2000


def read(source: Source) -> Read:
    """The documents, in the order in which they were kept; a damaged record harms no other."""
    return _documents(Crawl(source))


def _documents(crawl: Crawl) -> Iterator[Member | BadMember]:
    number, is_told = 0, False
    while True:
        number += 1
        whole = None
        try:
            record = crawl.record()
            if record is None:
                return
            whole = record.raw_stream
            if (document := _document(record, number)) is not None:
                yield document
                is_told = True  # by whoever took it, to its end; who went past it counts the same inputs
            crawl.skip()
            if not whole.is_bad:
                is_told = False
                continue
        except RECORD_FAULTS as error:
            if not is_told:
                yield BadMember(f"record-{number}", _damaged(error))
            is_told = True
        if not crawl.find():
            return


def _damaged(error: BaseException) -> Rejected:
    return Rejected(RejectReason.UNREADABLE, f"the record is damaged: {str(error)[:200] or type(error).__name__}")


def _document(record: ArcWarcRecord, number: int) -> Member | BadMember | None:
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    answer = record.http_headers
    if record.rec_type in ANSWERS and record.length and (why := _damage_of_its_head(url, answer)):
        return BadMember(f"record-{number}", Rejected(RejectReason.UNREADABLE, f"the record is damaged: {why}"))
    told = (answer.get_header("Content-Type") if answer is not None else record.content_type) or ""
    media_type = told.partition(";")[0].strip().lower()
    if record.rec_type not in ANSWERS or not _is_document(url, media_type):
        return None
    if answer is not None and answer.get_statuscode() != "200":
        return None
    path = url if len(url) <= MAX_ADDRESS_CHARACTERS else f"record-{number}"
    if why := record.rec_headers.get_header("WARC-Truncated"):
        return BadMember(path, Rejected(RejectReason.UNREADABLE, f"the crawler broke it off, and says why: {why[:40]}"))
    body = _body(record)
    if body is None:
        coding = answer.get_header("Content-Encoding")[:100]
        return BadMember(path, Rejected(RejectReason.UNSUPPORTED, f"its content coding {coding} is not known here"))
    label = CHARSET.search(told)
    address = claim("url", url, "warc")
    kept = claim("retrieved", record.rec_headers.get_header("WARC-Date"), "warc")
    charset = codec_of(label[1]) if label is not None else None
    return Member(
        path,
        _to_the_end(body, record.raw_stream),
        media_type or None,
        charset,
        address.value if address else None,
        said([kept, address]),
    )


def _damage_of_its_head(url: str, answer: StatusAndHeaders | None) -> str | None:
    """What keeps us from knowing whether it is a document."""
    if not ADDRESS.match(url):
        return "it does not tell its address"
    if answer is not None and not STATUS.fullmatch(answer.get_statuscode() or ""):
        return "its answer has no status"
    return None


def _to_the_end(body: Iterator[bytes], record: Whole) -> Iterator[bytes]:
    """The document, and then what its coding has left of the record: it may say at its end that it is damaged."""
    yield from body
    while record.read(BLOCK_BYTES):
        pass


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
