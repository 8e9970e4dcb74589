"""Whatever bytes a reader is given, it comes to an end with a word: a document, members, a rejection, a parser's fault.

Short here; `WIREROOM_FUZZ_SECONDS=600` plays with each reader for so long.
"""

import gzip
import logging
import os
import time
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from importlib import import_module
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.fetch.core.document import BadMember, Member, Parts, ReadDocument, Rejected, Source
from services.fetch.core.reading import PARSER_FAULTS
from tests.services.fetch.formats.writing import (
    docx,
    epub,
    msg,
    msg_properties,
    odt,
    pdf,
    pdf_of,
    word_paragraph,
    zipped,
)

SECONDS = float(os.environ.get("WIREROOM_FUZZ_SECONDS", "0"))
MOST_MEMBERS, MOST_BYTES = 200, 4 << 20
ENCRYPTED = 1  # of a ZIP's flags

MAIL = EmailMessage()
MAIL["Subject"], MAIL["From"] = "L'été à Évreux", "Ann Bee <ann@example.org>"
MAIL.set_content("Le convoi est entré.\n" * 3)
MAIL.add_alternative("<table><tr><td>a</td><td>b</td></tr></table><ul><li>c</li></ul>", subtype="html")
LETTER = MAIL.as_bytes()
MAIL.add_attachment(b"PK\x03\x04", maintype="application", subtype="zip", filename="a.zip")
MAIL.add_attachment(EmailMessage())
MAILBOX = b"From a@b Mon Jan 15 10:30:00 2018\n" + LETTER + b"\n\nFrom - Mon Jan 15 10:30:00 2018\n" + MAIL.as_bytes()
SAVED = (
    b"Snapshot-Content-Location: https://a.example/\nContent-Type: multipart/related; boundary=b; start=<p>\n\n--b\n"
    b"Content-Type: text/html; charset=utf-8\nContent-ID: <p>\nContent-Transfer-Encoding: quoted-printable\n\n"
    b"<html lang=3Dfr><title>a</title><p>Le convoi est entr=C3=A9.</p></html>\n--b--\n"
)
RECORD = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\nWARC-Date: 2018-01-15T10:30:00Z\r\n"
    b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
)
ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
    b"%x\r\n%s\r\n0\r\n\r\n"
)
PAGE = gzip.compress(b"<html><p>Le convoi</p></html>")
CRAWL = 2 * (RECORD % (len(ANSWER % (len(PAGE), PAGE)), ANSWER % (len(PAGE), PAGE)))
FEED = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "b">]><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/'
    b'modules/content/"><channel><title>J</title><item><title>a</title><link>http://a.example/1</link><category>x'
    b"</category><content:encoded><![CDATA[<p>Le convoi</p>]]></content:encoded></item></channel></rss>"
)
ATOM = (
    b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">a</title><link href="/1"/><author>'
    b'<name>A</name></author><updated>2018-01-15</updated><content type="xhtml"><div>b</div></content></entry></feed>'
)
JSON_FEED = (
    b'{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [{"id": "1", "url": "http://a.example/1",'
    b' "content_html": "<p>a</p>", "content_text": "b", "authors": [{"name": "A"}], "tags": ["x"], "language": "fr"}]}'
)
RTF = (
    rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset204 A;}}{\info{\title a}}\f0 Le \u233?\'e9{\field{\*\fldinst"
    rb'{HYPERLINK "http://a.example"}}{\fldrslt{b}}}\cell\row{\pict\bin3 abc}'
    rb"a\chftn{\footnote\pard {\super\chftn} b}{\v c}\deleted d\plain\par"
    rb"{\shp{\*\shpinst{\shptxt e\par}}{\shprslt{\*\do{\dptxbxtext e}}}}\par}"
)
CELLS = f"<w:tr><w:tc>{word_paragraph('a')}</w:tc><w:tc>{word_paragraph('b')}</w:tc></w:tr>"
HIDDEN = "<w:p><w:r><w:rPr><w:rStyle w:val='A'/><w:vanish/></w:rPr><w:t>a</w:t></w:r></w:p>"
WORD = docx(word_paragraph("T", "Heading1") + HIDDEN + f"<w:tbl>{CELLS}</w:tbl>", core="<dc:title>T</dc:title>")
TEXT = odt(
    "<text:h>T</text:h><text:list><text:list-item><text:p>a<text:s text:c='3'/></text:p></text:list-item></text:list>"
)
BOOK = epub(
    {"a.xhtml": "<p>a</p>", "b.xhtml": "<p>b</p>"}, meta="<dc:title>T</dc:title>", nav="<a href='text/a.xhtml'>A</a>"
)
OUTLOOK = msg(
    {
        **msg_properties({0x37: "a", 0x1000: "b", 0xC1A: "c"}),
        **msg_properties({0x3707: "d"}, header_bytes=8, place="__attach_version1.0_#0/"),
    }
)
SAMPLES: dict[str, list[bytes]] = {
    "eml": [LETTER, MAIL.as_bytes()],
    "mbox": [MAILBOX],
    "mhtml": [SAVED],
    "msg": [OUTLOOK],
    "pdf": [
        pdf([["#Titre", "Le gouverne-", "ment parle."], ["b"]], info=b"/Title(T)/CreationDate(D:20180115)"),
        pdf_of(
            *((50 + 260 * (at % 2), 700 - 7 * (at - at % 2), "le convoi est entré dans la ville") for at in range(14))
        ),
    ],
    "docx": [WORD],
    "odt": [TEXT],
    "epub": [BOOK],
    "rtf": [RTF],
    "warc": [CRAWL, gzip.compress(CRAWL)],
    "feed": [FEED, ATOM, JSON_FEED],
}
# What leads a parser astray.
TOKENS = [
    *(
        b"\n\n",
        b"\r\n",
        b"\x00",
        b"\xff\xff\xff\xff",
        b"--b\n",
        b"--b--\n",
        b"From a\nSubject: b\n\n",
        b"99999999999999999999",
    ),
    *(
        b"Content-Type: multipart/mixed; boundary=b\n\n",
        b"Content-Type: message/rfc822\n\n",
        b"=?utf-8?b?",
        b"?=",
        b"-1",
    ),
    *(
        b"<!DOCTYPE a [<!ENTITY a '&a;'>]>",
        b"&a;",
        b"&#xffffffff;",
        b"]]>",
        b"<![CDATA[",
        b"<!--",
        b"<a" * 300,
        b"{" * 300,
    ),
    *(
        b"\\u-1?",
        b"\\bin99999999 ",
        b"\\'",
        b"WARC/1.0\r\n",
        b"Content-Length: -5\r\n",
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"[" * 300,
    ),
    *(
        b"endobj",
        b"/Kids[2 0 R]",
        b"/Count 1000000",
        b"\xed\xa0\x80",
        b"\xe2\x80\xa8",
        b"null",
        b"1e999",
        b"<</Parent 1 0 R",
    ),
]


@st.composite
def damaged(draw: st.DrawFn, samples: list[bytes]) -> bytes:
    """A sample to which something was done; in a ZIP, to one of its parts, or to the ZIP."""
    data = draw(st.sampled_from(samples))
    if not data.startswith(b"PK") or not zipfile.is_zipfile(BytesIO(data)) or draw(st.booleans()):
        return _damaged(draw, data)
    parts = dict(_parts(data))
    if not parts:
        return _damaged(draw, data)
    name = draw(st.sampled_from(sorted(parts)))
    return zipped({**parts, name: _damaged(draw, parts[name])})


def _damaged(draw: st.DrawFn, data: bytes) -> bytes:
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        end = min(len(data), at + draw(st.integers(0, 40)))
        there = draw(
            st.one_of(
                st.just(b""),
                st.sampled_from(TOKENS),
                st.binary(max_size=8),
                st.just(data[at:end] * 3),
                st.just(data[end:]),
            )
        )
        data = data[:at] + there + data[end:]
    return data


def _parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for info in archive.infolist():
            if not info.flag_bits & ENCRYPTED:
                yield info.filename, archive.read(info)


def comes_to_an_end(reader: str, data: bytes) -> None:
    try:
        found = import_module(f"services.fetch.formats.{reader}").read(Source(data, f"a.{reader}"))
    except PARSER_FAULTS:
        return
    if isinstance(found, ReadDocument):
        found.text.encode()  # no half characters
        assert all(claim.value.encode() for claim in found.claims)
        return
    if isinstance(found, Rejected):
        assert found.detail
        return
    assert not isinstance(found, Parts)
    _drain(iter(found))


def _drain(members: Iterator[Member | BadMember]) -> None:
    """As whoever unpacks does: a member's fault is its own, and a limit is a limit."""
    for _ in range(MOST_MEMBERS):
        try:
            member = next(members, None)
        except PARSER_FAULTS:
            return
        if member is None:
            return
        assert member.path
        if isinstance(member, Member):
            size = 0
            try:
                for chunk in member.chunks:
                    size += len(chunk)
                    if size > MOST_BYTES:
                        break
            except PARSER_FAULTS:
                continue


@pytest.mark.filterwarnings("ignore")
@pytest.mark.timeout(2 * SECONDS + 120)
@pytest.mark.parametrize("reader", SAMPLES)
def test_a_reader_comes_to_an_end_whatever_it_is_given(reader: str) -> None:
    logging.disable(logging.ERROR)

    @settings(
        max_examples=100 if SECONDS else 20, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(damaged(SAMPLES[reader]))
    def plays(data: bytes) -> None:
        comes_to_an_end(reader, data)

    until, runs = time.monotonic() + SECONDS, 0
    while not runs or time.monotonic() < until:
        plays()
        runs += 1
    logging.disable(logging.NOTSET)
    if SECONDS:
        print(f"{reader}: {runs * 100} examples")
