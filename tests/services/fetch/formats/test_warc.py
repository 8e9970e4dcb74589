"""The archive of a crawl gives what people would have read, whatever HTTP did to it."""

import gzip
import tracemalloc
import zlib
from io import BytesIO

import brotli
import pytest
import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from services.fetch.core.document import BadMember, Member
from services.fetch.core.packing import FAULTS
from services.fetch.formats import codings
from services.fetch.formats.warc import read
from tests.services.fetch.formats.writing import claims, container, everything, members, source

# The library's writer leaves its temporary files to the collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")

PAGE = "<html><body><p>Le convoi est entré.</p></body></html>".encode()
URL = "https://journal.example/a"
HTML = ("Content-Type", "text/html; charset=windows-1251")
DATE = {"WARC-Date": "2018-01-15T10:30:00Z"}


class Crawl:
    def __init__(self, *, packed: bool = False) -> None:
        self.file = BytesIO()
        self._writer = WARCWriter(self.file, gzip=packed)

    def keep(
        self,
        body: bytes,
        *headers: tuple[str, str],
        url: str = URL,
        kind: str = "response",
        status: str = "200 OK",
        told: str | None = None,
    ) -> None:
        answer = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1") if kind == "response" else None
        record = self._writer.create_warc_record(
            url, kind, BytesIO(body), http_headers=answer, warc_headers_dict=dict(DATE), warc_content_type=told or ""
        )
        self._writer.write_record(record)

    def data(self) -> bytes:
        return self.file.getvalue()


def crawled(body: bytes, *headers: tuple[str, str]) -> bytes:
    crawl = Crawl()
    crawl.keep(body, *headers)
    return crawl.data()


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress])
def test_a_page_is_a_member_with_its_address_and_when_it_was_retrieved(pack: object) -> None:
    [(member, data)] = members(read(source(pack(crawled(PAGE, HTML)))))  # type: ignore[operator]
    assert data == PAGE
    assert (member.path, member.url, member.media_type, member.charset) == (URL, URL, "text/html", "cp1251")
    assert claims(member) == {("url", URL), ("retrieved", "2018-01-15T10:30:00Z")}


def test_an_archive_packed_record_by_record_is_read_to_its_end() -> None:
    crawl = Crawl(packed=True)
    for number in range(5):
        crawl.keep(PAGE, HTML, url=f"{URL}/{number}")
    assert everything(read(source(crawl.data()))) == [f"{URL}/{number}" for number in range(5)]


def test_what_nobody_reads_is_passed_over() -> None:
    crawl = Crawl()
    crawl.keep(b"GET / HTTP/1.1\r\n\r\n", kind="request", told="application/http; msgtype=request")
    crawl.keep(b"a: b", kind="metadata", told="text/plain")
    crawl.keep(b"notes", kind="resource", url="metadata://crawler/log", told="text/plain")
    crawl.keep(b"", HTML, status="301 Moved", url=f"{URL}/moved")
    crawl.keep(PAGE, HTML, status="404 Not Found", url=f"{URL}/gone")
    crawl.keep(b"\x89PNG", ("Content-Type", "image/png"), url=f"{URL}.png")
    crawl.keep(b"a{}", ("Content-Type", "text/css"), url=f"{URL}.css")
    crawl.keep(b"User-agent: *", ("Content-Type", "text/plain"), url="https://journal.example/robots.txt")
    assert everything(read(source(crawl.data()))) == []


def test_texts_feeds_pdfs_and_what_was_made_of_pages_are_members() -> None:
    crawl = Crawl()
    for number, kind in enumerate(("text/plain", "application/rss+xml", "application/pdf", "application/xhtml+xml")):
        crawl.keep(b"x", ("Content-Type", kind), url=f"{URL}/{number}")
    crawl.keep(b"Le texte", kind="conversion", url=f"{URL}/4", told="text/plain")
    crawl.keep(PAGE, kind="resource", url=f"{URL}/5", told="text/html")
    assert everything(read(source(crawl.data()))) == [f"{URL}/{number}" for number in range(6)]


def test_what_stands_between_records_and_is_none_harms_no_neighbour() -> None:
    data = crawled(PAGE, HTML) + b"what is this?\r\n\r\nand that\r\n" + crawled(PAGE, HTML)
    found = everything(read(source(data)))
    assert found[0] == found[-1] == URL


def test_a_line_without_end_is_no_record_and_is_never_held() -> None:
    endless = b"WARC/1.0\r\nWARC-Type: " + b"a" * 30_000_000
    tracemalloc.start()
    found = everything(read(source(crawled(PAGE, HTML) + endless)))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found[0] == URL
    assert most < 2 * len(endless)  # which lies there once, as the file


def chunked(data: bytes) -> bytes:
    pieces = [data[at : at + 17] for at in range(0, len(data), 17)]
    return b"".join(b"%x;ext=1\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


ENCODED = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
    "identity": bytes,
    "utf-8": bytes,
    "": bytes,
}


@pytest.mark.parametrize("coding", ENCODED)
@pytest.mark.parametrize("in_chunks", [True, False])
def test_codings_of_the_way_are_undone(coding: str, *, in_chunks: bool) -> None:
    body = ENCODED[coding](PAGE)
    headers = [HTML, ("Content-Encoding", coding)]
    if in_chunks:
        body, headers = chunked(body), [*headers, ("Transfer-Encoding", "chunked")]
    [(_, data)] = members(read(source(crawled(body, *headers))))
    assert data == PAGE


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_page_that_was_decoded_when_it_was_kept_is_read_as_it_is(coding: str) -> None:
    headers = (HTML, ("Content-Encoding", coding), ("Transfer-Encoding", "chunked"))
    [(_, data)] = members(read(source(crawled(PAGE, *headers))))
    assert data == PAGE


def test_bare_deflate_and_several_codings_are_undone() -> None:
    bare = zlib.compressobj(wbits=-15)
    assert b"".join(codings.decoded([bare.compress(PAGE) + bare.flush()], "deflate") or ()) == PAGE
    assert b"".join(codings.decoded([gzip.compress(brotli.compress(PAGE))], "br, gzip") or ()) == PAGE


def test_an_unknown_coding_is_said() -> None:
    [found] = container(read(source(crawled(PAGE, HTML, ("Content-Encoding", "sdch")))))
    assert isinstance(found, BadMember)
    assert "sdch" in found.rejected.detail


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_bomb_comes_piece_by_piece(coding: str) -> None:
    bomb = ENCODED[coding](b"\0" * 8_000_000)
    [member] = container(read(source(crawled(bomb, HTML, ("Content-Encoding", coding)))))
    assert isinstance(member, Member)
    for number, piece in enumerate(member.chunks):
        assert len(piece) <= 1 << 20
        if number == 20:
            break


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_broken_coding_ends_as_one_of_the_faults_that_unpackers_raise(coding: str) -> None:
    whole = ENCODED[coding](bytes(range(256)) * 1000)
    broken = whole[: len(whole) // 2] + b"\xff" * 50 + whole[len(whole) // 2 + 50 :]
    try:
        read_back = b"".join(codings.decoded([broken], coding) or ())
    except FAULTS:
        return
    assert read_back != bytes(range(256)) * 1000
