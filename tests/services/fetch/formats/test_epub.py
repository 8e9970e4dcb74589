"""A book or an issue of a magazine holds its chapters, in the order in which they are read."""

import zipfile
from io import BytesIO

import pytest

from contracts.outcomes import RejectReason
from services.fetch.core.document import BadMember
from services.fetch.formats.epub import read
from tests.services.fetch.formats.writing import claims, container, epub, everything, members, rejected, source, zipped

CHAPTERS = {"b.xhtml": "<p>Premier</p>", "a è.xhtml": "<p>Second</p>"}
NAV = '<li><a href="text/b.xhtml">Le convoi</a></li><li><a href="text/b.xhtml#2">Plus bas</a></li>'
META = (
    "<dc:title>La Revue, janvier 2018</dc:title><dc:creator>Ann Bee</dc:creator><dc:publisher>La Revue</dc:publisher>"
    "<dc:language>fr</dc:language><dc:date>2018-01-15</dc:date>"
)


def test_chapters_come_in_reading_order_with_their_titles_and_the_books_claims() -> None:
    (first, page), (second, _) = members(read(source(epub(CHAPTERS, meta=META, nav=NAV))))
    assert (first.path, first.media_type, page) == ("OEBPS/text/b.xhtml", "application/xhtml+xml", b"<p>Premier</p>")
    assert second.path == "OEBPS/text/a è.xhtml"
    of_book = {
        ("publication", "La Revue, janvier 2018"),
        ("author", "Ann Bee"),
        ("publisher", "La Revue"),
        ("language", "fr"),
        ("published", "2018-01-15"),
    }
    assert claims(first) == {("title", "Le convoi"), *of_book}
    assert claims(second) == of_book


@pytest.mark.parametrize(
    "meta",
    [
        '<dc:date>2026-11-27T09:34:33Z</dc:date><meta property="dcterms:modified">2026-11-27T09:34:33Z</meta>',
        '<dc:date id="epub-date-1">2026-11-27T09:34:33Z</dc:date>',
    ],
)
def test_the_moment_at_which_a_program_made_it_is_no_day_of_publication(meta: str) -> None:
    [(first, _), _] = members(read(source(epub(CHAPTERS, meta=meta))))
    assert claims(first) == {("modified", "2026-11-27T09:34:33Z")}


def test_a_moment_of_publication_is_one_whenever_the_file_was_changed() -> None:
    meta = '<dc:date>2018-01-15T06:00:00Z</dc:date><meta property="dcterms:modified">2018-01-16T09:34:33Z</meta>'
    [(first, _), _] = members(read(source(epub(CHAPTERS, meta=meta))))
    assert claims(first) == {("published", "2018-01-15T06:00:00Z")}


def test_an_older_table_of_contents_gives_the_titles_too() -> None:
    book = epub(CHAPTERS)
    opf = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>'
    ncx = (
        '<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd"><ncx><navMap>'
        "<navPoint><navLabel><text>Le convoi</text></navLabel><content src='text/b.xhtml'/></navPoint></navMap></ncx>"
    )
    with zipfile.ZipFile(BytesIO(book)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["OEBPS/book.opf"] = parts["OEBPS/book.opf"].replace(b"</manifest>", opf.encode())
    found = members(read(source(zipped({**parts, "OEBPS/toc.ncx": ncx}))))
    assert ("title", "Le convoi") in claims(found[0][0])


def test_a_chapter_that_is_missing_or_locked_harms_no_other() -> None:
    rights = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData><EncryptionMethod '
        'Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/><CipherData><CipherReference '
        'URI="OEBPS/text/b.xhtml"/></CipherData></EncryptedData></encryption>'
    )
    book = epub({**CHAPTERS, "c.xhtml": "<p>Dernier</p>"}, more={"META-INF/encryption.xml": rights})
    assert everything(read(source(book))) == [
        "OEBPS/text/b.xhtml: encrypted",
        "OEBPS/text/a è.xhtml",
        "OEBPS/text/c.xhtml",
    ]


def test_fonts_that_are_made_unreadable_lock_nobody_out() -> None:
    rights = (
        '<encryption><EncryptedData><EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/><CipherData>'
        '<CipherReference URI="OEBPS/text/b.xhtml"/></CipherData></EncryptedData></encryption>'
    )
    assert len(members(read(source(epub(CHAPTERS, more={"META-INF/encryption.xml": rights}))))) == 2


def test_paths_that_lead_out_of_the_book_lead_nowhere() -> None:
    opf = (
        "<package><manifest><item id='a' href='../../../../etc/passwd' media-type='text/html'/></manifest>"
        "<spine><itemref idref='a'/></spine></package>"
    )
    [found] = container(read(source(epub(CHAPTERS, more={"OEBPS/book.opf": opf}))))
    assert isinstance(found, BadMember)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"META-INF/container.xml": "<container/>"}, RejectReason.UNREADABLE),
        ({"META-INF/container.xml": "<container"}, RejectReason.UNREADABLE),
        ({"OEBPS/book.opf": "<package/>"}, RejectReason.NO_TEXT),
        ({"OEBPS/book.opf": '<!DOCTYPE a [<!ENTITY a "b">]><package>&a;</package>'}, RejectReason.UNREADABLE),
        ({"OEBPS/book.opf": "<a>" + " " * 9_000_000 + "</a>"}, RejectReason.BOMB),
    ],
)
def test_a_book_that_does_not_say_what_is_in_it_is_rejected(more: dict[str, str], reason: RejectReason) -> None:
    assert rejected(read(source(epub(CHAPTERS, more=more)))) is reason
