"""A page that a browser saved is the page, from where it was saved."""

import pytest

from contracts.outcomes import RejectReason
from services.fetch.core.unpacking_file import Broken
from services.fetch.formats.mhtml import read
from tests.services.fetch.formats.writing import claims, document, rejected, source

PROSE = "".join(f"<p>Le convoi numéro {n} est entré dans la ville assiégée avec des vivres.</p>" for n in range(6))


def saved(*, start: str = "", page_head: str = "", location: str = "https://journal.example/article") -> bytes:
    return (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://journal.example/article\r\n"
        "Subject: =?utf-8?q?Un_titre_=C3=A0_l=27accent?=\r\n"
        "Date: Mon, 15 Jan 2018 10:30:00 +0000\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related; type="text/html"; boundary="b"{start}\r\n\r\n'
        "--b\r\nContent-Type: text/html\r\nContent-Location: https://ads.example/frame\r\n\r\n<p>Publicité</p>\r\n"
        "--b\r\nContent-Type: text/html; charset=windows-1252\r\nContent-ID: <page>\r\n"
        f"Content-Location: {location}\r\n\r\n"
        f"<html><head>{page_head}</head><body><article>{PROSE}</article></body></html>\r\n"
        "--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n"
    ).encode("cp1252")


def test_the_page_itself_is_read_with_its_address() -> None:
    page = document(read(source(saved())))
    assert "Le convoi numéro 3 est entré" in page.text
    assert "Publicité" not in page.text
    assert page.media_type == "multipart/related"
    assert page.url == "https://journal.example/article"
    assert {
        ("title", "Un titre à l'accent"),
        ("url", "https://journal.example/article"),
        ("retrieved", "Mon, 15 Jan 2018 10:30:00 +0000"),
    } <= claims(page)


def test_a_page_that_is_cut_off_passes_for_no_whole_and_pictures_behind_it_are_no_part_of_it() -> None:
    data = saved()
    behind = data.index(b"iVBORw0KGgo=")
    assert "Le convoi numéro 3" in document(read(source(data[:behind]))).text
    with pytest.raises(Broken, match="it was cut short"):
        read(source(data[: data.index(b"</article>")]))


def test_the_day_of_saving_is_no_day_of_publication() -> None:
    assert "published" not in {field for field, _ in claims(document(read(source(saved()))))}


def test_the_start_that_the_file_names_is_the_page() -> None:
    data = saved(start='; start="<page>"', location="cid:page").replace(b"Snapshot-Content-Location", b"X-Nothing")
    assert "Le convoi numéro 3" in document(read(source(data))).text


def test_a_canonical_address_stands_before_the_one_it_was_saved_from() -> None:
    page = document(read(source(saved(page_head='<link rel="canonical" href="https://journal.example/1">'))))
    assert page.url == "https://journal.example/1"


def test_a_saved_page_without_a_page_has_no_text() -> None:
    data = b"Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: image/png\n\nx\n--b--\n"
    assert rejected(read(source(data))) is RejectReason.NO_TEXT
