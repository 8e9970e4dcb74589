"""Which format a document is of: its content decides, and its name where that does not."""

import gzip
import io
import re
import zipfile
from importlib import import_module
from pathlib import Path

import pytest

from contracts.outcomes import RejectReason
from services.fetch.core import Rejected
from services.fetch.core.document import Source
from services.fetch.core.kinds import KINDS, PLAIN, Kind
from services.fetch.core.sniffing import kind_of
from services.fetch.settings import FetchSettings
from tests.services.fetch.archives import PACKERS, name_of, sevenzipped, tarred, zipped

PAGES = Path(__file__).parents[3] / "docs"
MEMBERS = [("a.txt", b"Un texte.")]
MAIL = (
    b"Return-Path: <a@mail.example>\r\nFrom: A <a@mail.example>\r\nSubject: Objet\r\n"
    b"Date: Mon, 1 Jan 2024 10:00:00 +0100\r\n\r\nBonjour.\r\n"
)
ARTICLE = "Le conseil a voté le budget hier soir, après un long débat.\n"
# Lines of their own, and punch cards: of eighty columns and without any ends.
IN_EBCDIC = [
    *((ARTICLE * 3).encode(page).replace(b"\x25", b"\x15") for page in ("cp037", "cp500", "cp1140", "cp273")),
    ARTICLE.strip().ljust(80).encode("cp500") * 3,
]
PROLOGUES = (
    b'<?xml version="1.0"?><!DOCTYPE nitf [<!ENTITY a "' + b"x" * 3000 + b'">]>',
    b'<?xml version="1.0"?>\n<!-- ' + b"it's > [a] licence " * 4000 + b"-->\n",
    b"<?xml version='1.0'?><!DOCTYPE nitf [" + b"<!-- it's ]> --><!ENTITY a ']>'>" * 60 + b"]>",
    b'<?xml version="1.0"?><!DOCTYPE nitf [<!ENTITY a "' + b"x" * 100_000 + b'">] >',
    b"<!DOCTYPE nitf [<?a ]>?>" + b"<!ENTITY a 'b'>" * 400 + b"]>",
    b"<?xml version='1.0'?>" + b"<?a b?>\n" * 3000,
)


def old_tar() -> bytes:
    """A tar archive from before there were signatures."""
    data = bytearray(tarred(MEMBERS))
    data[257:265] = bytes(8)
    data[148:156] = b"%06o\0 " % sum((*data[:148], *b" " * 8, *data[156:512]))
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (zipped(MEMBERS), "a.txt", "application/zip"),
        (zipped([]), "a", "application/zip"),
        (tarred(MEMBERS), "a.zip", "application/x-tar"),
        (tarred(MEMBERS, "w:gz"), "a", "application/x-tar"),
        (tarred(MEMBERS, "w:xz"), "a.xz", "application/x-tar"),
        (PACKERS["zst"](tarred(MEMBERS)), "a.zst", "application/x-tar"),
        (old_tar(), "a.tar", "application/x-tar"),
        (sevenzipped(MEMBERS), "a", "application/x-7z-compressed"),
        (gzip.compress(b"Un texte."), "a.tar.gz", "application/gzip"),
        (PACKERS["bz2"](b"Un texte."), "a", "application/x-bzip2"),
        (PACKERS["xz"](b"Un texte."), "a", "application/x-xz"),
        (PACKERS["zst"](b"Un texte."), "a", "application/zstd"),
        (ARTICLE.encode(), "a.zip", "text/plain"),
        (ARTICLE.encode("utf-16"), "a.pdf", "text/plain"),
        (ARTICLE.encode("utf-16-le"), "a", "text/plain"),
        (b"BZh\xc3\xa9 est un mot, et PK en est un autre", "a", "text/plain"),
        (b"[AFP] Paris, lundi. Le conseil a vot\xc3\xa9.", "a", "text/plain"),
        (b"From the beginning, 2024 was a year of elections.\n\nAnd so on.", "a", "text/plain"),
        (b"Date: lundi\nTitre: le budget\n\nLe conseil a vot\xc3\xa9 le budget.", "a", "text/plain"),
        (b"<!DOCTYPE html><p>Un texte.", "a.txt", "text/html"),
        (b"\xef\xbb\xbf<html><p>Un texte.", "a", "text/html"),
        ("<html><p>Un texte.".encode("utf-16"), "a", "text/html"),
        (b"<p>Un <b>texte</b>.</p>", "a.html", "text/html"),
        (b"<p>Un <b>texte</b>.</p>", "a.txt", "text/plain"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "a.txt", "application/pdf"),
        (MAIL, "a.txt", "message/rfc822"),
        (b"From a@mail.example Mon Jan  1 10:00:00 2024\n" + MAIL, "a", "application/mbox"),
        (b"WARC/1.1\r\nWARC-Type: warcinfo\r\n\r\n", "a", "application/warc"),
        (gzip.compress(b"WARC/1.1\r\nWARC-Type: warcinfo\r\n\r\n"), "a.gz", "application/warc"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "a.xml", "application/rss+xml"),
        (b"<nitf>\n <head/><body/></nitf>", "a.txt", "application/nitf+xml"),
        (
            b"<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'><itemSet/>",
            "a",
            "application/vnd.iptc.g2.newsitem+xml",
        ),
        (b"<!DOCTYPE NewsML><NewsML><NewsItem/></NewsML>", "a.dat", "application/vnd.iptc.newsml+xml"),
        (b"<REUTERS><TEXT><TITLE>A", "a.xml", "text/sgml"),
        (b"\x16\x16\x01a1234\x1f-----\r\nr a BC-X 01-02 0100\r\n\x02^BC-X<\r\n", "a.txt", "text/vnd.iptc.anpa"),
        (b'{"title": "a"}\n{"title": "b"}\n', "a.json", "application/x-ndjson"),
        (b'[{"title": "a"}]', "a.txt", "application/json"),
        (b"title;text\nA;b\n", "a.csv", "text/csv"),
        (b"title;text\nA;b\n", "a.txt", "text/plain"),
        (b"---\ntitle: A\n---\nText", "a.txt", "text/markdown"),
        ("대통령은 오늘 서울에서".encode("iso2022_kr"), "a", "text/plain"),
        (b"<div><p>Un <b>texte</b>.</p></div>", "a.txt", "text/plain"),
        (b"From Paris to Rome, 2010 to 2024\nAnalysis: prices rose.\n", "a.txt", "text/plain"),
        (b'{"A quotation" in braces} opens it.\n', "a.txt", "text/plain"),
        (zipped([*MEMBERS, ("content.xml", b"<a/>")]), "a.zip", "application/zip"),
    ],
    ids=name_of,
)
def test_content_decides_before_the_name(data: bytes, name: str, media_type: str) -> None:
    kind = kind_of(Source(data, name))

    assert not isinstance(kind, Rejected), kind
    assert kind.media_type == media_type


@pytest.mark.parametrize("before", PROLOGUES, ids=range(len(PROLOGUES)))
@pytest.mark.parametrize(
    ("root", "reader"),
    [
        (b"<nitf><body/></nitf>", "nitf"),
        (b'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"/>', "newsml_g2"),
        (b'<rss version="2.0"><channel/></rss>', "feed"),
        (b"<html><p>Un texte.", "html"),
    ],
    ids=name_of,
)
def test_however_much_stands_before_the_root_it_is_found(before: bytes, root: bytes, reader: str) -> None:
    kinds = [kind_of(Source(data, "a")) for data in (before + root, (before + root).decode().encode("utf-16"))]

    assert [kind.reader if not isinstance(kind, Rejected) else kind for kind in kinds] == [reader, reader]


def test_a_page_may_have_a_long_comment_before_it() -> None:
    kind = kind_of(Source(b"<!--" + b"x" * 9000 + b"-->\n<!DOCTYPE html>\n<p>Un texte.", "a"))

    assert not isinstance(kind, Rejected)
    assert kind.reader == "html"


@pytest.mark.parametrize(
    ("data", "reason", "told"),
    [
        (b"", RejectReason.EMPTY, "no bytes"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), RejectReason.UNSUPPORTED, "a PNG image"),
        *((each, RejectReason.UNSUPPORTED, "a text in EBCDIC") for each in IN_EBCDIC),
        (b"Rar!\x1a\x07\x00" + bytes(40), RejectReason.UNSUPPORTED, "a RAR archive"),
        (b"\x78\x9f\x3e\x22\x01\x00\x01" + bytes(40), RejectReason.UNSUPPORTED, "TNEF, winmail.dat"),
        (b"ID3\x03" + bytes(40), RejectReason.UNSUPPORTED, "an MP3 sound"),
        (b"\x7fELF" + bytes(40), RejectReason.UNSUPPORTED, "a program"),
        (b"\xca\xfe\xba\xbe\x00\x00\x00\x34" + bytes(range(40)), RejectReason.UNSUPPORTED, "Java"),
        (bytes(range(256)) * 4, RejectReason.NOT_TEXT, "control characters"),
        (bytes(4000), RejectReason.NOT_TEXT, "control characters"),
        (b'<?xml version="1.0"?><!--' + b"x" * 9000 + b"<nitf/>", RejectReason.UNSUPPORTED, "no root is found"),
        (b"<!DOCTYPE nitf [<!ENTITY a 'b'><nitf/>", RejectReason.UNSUPPORTED, "no root is found"),
        (b"<!DOCTYPE invoice SYSTEM 'a>b'><invoice>a</invoice>", RejectReason.UNSUPPORTED, "its root is invoice"),
        *(
            (before + b"<invoice>a total of three</invoice>", RejectReason.UNSUPPORTED, "its root is invoice")
            for before in PROLOGUES
        ),
        (
            b'<?xml version="1.0"?>\n<!-- x -->\n<svg:chart xmlns:svg="u"/>',
            RejectReason.UNSUPPORTED,
            "its root is svg:chart",
        ),
        (b"<results>\n  <result>a</result>\n</results>", RejectReason.UNSUPPORTED, "its root is results"),
        (zipped([("[Content_Types].xml", b""), ("xl/workbook.xml", b"")]), RejectReason.UNSUPPORTED, "office document"),
    ],
    ids=name_of,
)
def test_what_is_not_read_is_rejected_by_what_it_is(data: bytes, reason: RejectReason, told: str) -> None:
    kind = kind_of(Source(data, "a"))

    assert isinstance(kind, Rejected)
    assert (kind.reason, told in kind.detail) == (reason, True), kind.detail


@pytest.mark.parametrize(
    "opening",
    [
        *("%PDF-1.4", "%!PS", "GIF89a", "GIF87a", "{\\rtf1", "<REUTERS>", "<rss>", "<feed xmlns='x'>", "<HTML"),
        "From the harbour at 12:30 on 4 November 2026\nNote: this",
        *("WARC/1.0", "BABYL OPTIONS:", '["Not now"]', '["Not now," he said]'),
    ],
)
def test_prose_that_begins_as_a_format_does_is_a_text_where_the_rest_bears_nothing_out(opening: str) -> None:
    prose = f"{opening} is what stood at the head of the list.\n\nNobody in the town could say what it meant.\n"
    assert kind_of(Source(prose.encode(), "a.txt")) == PLAIN


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n", "application/pdf"),
        (b"%PDF-1.7", "application/pdf"),
        (b"{\\rtf1 Un texte.}", "application/rtf"),
        (b"<REUTERS>\n<DATE>26-FEB-1987</DATE>", "text/sgml"),
        (b'<REUTERS TOPICS="YES" LEWISSPLIT="TRAIN">', "text/sgml"),
        (b"<rss>\n<!-- a feed -->", "application/rss+xml"),
        (b'["Not now", "Never"]', "application/json"),
        (b"BABYL OPTIONS: -*- rmail -*-\nVersion: 5\n\x1f\x0c\n0,,\n", "application/mbox"),
    ],
)
def test_what_bears_the_beginning_out_need_not_be_much(data: bytes, media_type: str) -> None:
    kind = kind_of(Source(data, "a.txt"))
    assert isinstance(kind, Kind)
    assert kind.media_type == media_type


def test_what_whoever_brought_it_says_counts_as_a_name() -> None:
    kind = kind_of(Source(b"<p>Un <b>texte</b>.</p>", "entry", media_type="text/html; charset=utf-8"))

    assert not isinstance(kind, Rejected)
    assert kind.media_type == "text/html"


def test_each_line_of_the_table_has_a_reader_and_a_line_in_the_documentation() -> None:
    page = (PAGES / "formats.md").read_text(encoding="utf-8")

    assert [kind.media_type for kind in KINDS if f"`{kind.media_type}`" not in page] == []
    assert [
        kind.reader for kind in KINDS if not callable(import_module(f"services.fetch.formats.{kind.reader}").read)
    ] == []
    assert KINDS[-1] is PLAIN
    assert len({kind.media_type for kind in KINDS}) == len(KINDS)


def test_the_documentation_knows_all_reasons_and_the_limits_as_they_are() -> None:
    page = (PAGES / "formats.md").read_text(encoding="utf-8")
    settings = FetchSettings()
    shown = dict(re.findall(r"\| `WIREROOM_FETCH_(UNPACK_\w+)` \| ([\d,]+(?: [GM]iB)?) \|", page))
    units = {"": 1, "MiB": 1 << 20, "GiB": 1 << 30}
    limits = {
        name.lower(): int(number.replace(",", "")) * units[unit]
        for name, (number, _, unit) in ((name, told.partition(" ")) for name, told in shown.items())
    }

    assert limits == {
        name: getattr(settings, name) for name in FetchSettings.model_fields if name.startswith("unpack_")
    }
    assert [reason for reason in RejectReason if f"`{reason}`" not in page] == []


def test_a_large_archive_is_told_without_being_read() -> None:
    class Counted(io.BytesIO):
        got = 0

        def read(self, size: int | None = -1, /) -> bytes:
            data = super().read(size)
            Counted.got += len(data)
            return data

    class Large(Source):
        def open(self) -> Counted:
            return Counted(self.data)

    data = zipped([("a.bin", bytes(10_000_000)), *MEMBERS], zipfile.ZIP_STORED)
    kind = kind_of(Large(data, "a"))

    assert not isinstance(kind, Rejected)
    assert Counted.got < 100_000


@pytest.mark.parametrize("line", [b"From x" + b"1" * 4000, b"From x " + b"1234 10:00 " * 400, b'{"' + b"a" * 4000])
def test_a_line_without_end_is_looked_through_in_no_time(line: bytes) -> None:
    kind = kind_of(Source(line))

    assert not isinstance(kind, Rejected)
    assert kind.media_type == "text/plain"


ROWS = "id\ttitle\tauthor\ttext\n1\tLe pont\tAnn Bee\tLe pont est ouvert.\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8", "cp1252"])
def test_a_table_that_a_spreadsheet_saved_as_text_is_a_table(encoding: str) -> None:
    kind = kind_of(Source(ROWS.encode(encoding), "a.txt"))

    assert isinstance(kind, Kind)
    assert kind.reader == "table"


@pytest.mark.parametrize(
    "text", ["title\ttext\n", "The title\tthe text\nA\tb\n", "title\tauthor\nA\tb\n", "title text\nA\tb"]
)
def test_words_between_tabs_are_no_table_unless_they_name_a_title_and_a_text(text: str) -> None:
    kind = kind_of(Source(text.encode(), "a.txt"))

    assert isinstance(kind, Kind)
    assert kind.reader == "text"
