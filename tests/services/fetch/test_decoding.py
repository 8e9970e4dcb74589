"""Bytes become the text that was written, whatever encoding it was written in."""

from typing import Any

import pytest

import services.fetch.formats.text as text_format
from contracts.outcomes import RejectReason
from services.fetch.core import ReadDocument, Rejected
from services.fetch.core.charsets import BY_LABEL, codec_of
from services.fetch.core.decoding import decode
from services.fetch.core.document import Source
from services.fetch.core.reading import read

FRENCH = "Le président a reçu, dès l’aube, les blessés de l’hôpital : « C’est la guerre », a-t-il déclaré à Noël."
FEW_ACCENTS = (
    "Il est né.",
    "Une école du quartier a rouvert hier matin dans la vieille ville.",
    "Le maire ne viendra pas ; il sera à Paris lundi, dit son bureau.",
    "Déjà vu à Noël",
)


def text_of(data: bytes, name: str = "a.txt", *, max_text_bytes: int = 1_000_000) -> ReadDocument:
    document = read(Source(data, name), max_text_bytes=max_text_bytes)
    assert isinstance(document, ReadDocument)
    return document


def reason_of(data: bytes, name: str = "a.txt", *, max_text_bytes: int = 1_000_000) -> RejectReason:
    rejected = read(Source(data, name), max_text_bytes=max_text_bytes)
    assert isinstance(rejected, Rejected)
    return rejected.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
def test_a_french_text_comes_out_as_it_was_written(encoding: str) -> None:
    document = text_of(FRENCH.encode(encoding))
    assert (document.text, document.encoding, document.lossy) == (FRENCH, encoding, 0)


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "iso8859-15"])
@pytest.mark.parametrize("text", FEW_ACCENTS)
def test_a_text_with_few_accents_keeps_them(text: str, encoding: str) -> None:
    assert text_of(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Сегодня в столице прошли переговоры о мире, сообщает агентство.", "cp1251"),
        ("Сегодня в столице прошли переговоры о мире, сообщает агентство.", "koi8_r"),
        ("Prezydent oświadczył dziś, że żołnierze wrócą do kraju jeszcze w tym miesiącu.", "cp1250"),
        ("Prezydent oświadczył dziś, że żołnierze wrócą do kraju jeszcze w tym miesiącu.", "iso8859-2"),
        ("Vláda dnes řekla, že příští týden začnou další jednání o míru a pomoci.", "cp1250"),
        ("قال الرئيس اليوم إن المفاوضات مستمرة في العاصمة بين الطرفين.", "cp1256"),
        ("Der Bürgermeister eröffnete die Straße am Größten Platz für die Gäste.", "cp1252"),
        ("El niño volvió a la región después de la guerra; mañana habrá más.", "cp1252"),
    ],
)
def test_other_languages_are_read_in_their_own_encodings(text: str, encoding: str) -> None:
    assert text_of(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"\xff\xfe\x00\x00", "utf-32-le"),
        (b"\x00\x00\xfe\xff", "utf-32-be"),
    ],
)
def test_a_byte_order_mark_is_believed_and_not_part_of_the_text(mark: bytes, encoding: str) -> None:
    document = text_of(mark + FRENCH.encode(encoding))
    assert (document.text, document.encoding) == (FRENCH, encoding)


def test_line_ends_and_everything_else_stay_as_they_are() -> None:
    text = " \ta\r\nb\rc\n\n\ufeffd\x0c\u200b e \n"
    assert text_of(text.encode()).text == text


@pytest.mark.parametrize(
    ("data", "text", "lossy"),
    [
        ("déjà été".encode() + b"\xc3", "déjà été\ufffd", 1),
        ("un \ufffd d'origine, né été".encode() + b"\xff", "un \ufffd d'origine, né été\ufffd", 1),
        (b"\xff\xfe" + "été".encode("utf-16-le") + b"\x41", "été\ufffd", 1),
        (b"\xff\xfea\x00\x00\xd8b\x00", "a\ufffdb", 1),
        ("tout va bien, déjà".encode(), "tout va bien, déjà", 0),
    ],
)
def test_what_cannot_be_decoded_is_counted_and_fails_nothing(data: bytes, text: str, lossy: int) -> None:
    document = text_of(data)
    assert (document.text, document.lossy) == (text, lossy)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", RejectReason.EMPTY),
        (b" \r\n\t\n", RejectReason.NO_TEXT),
        (b"\xef\xbb\xbf", RejectReason.NO_TEXT),
        (b"2018 - 12,5 % !", RejectReason.NO_TEXT),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", RejectReason.UNREADABLE),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, RejectReason.UNSUPPORTED),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", RejectReason.UNSUPPORTED),
        (bytes(range(256)) * 20, RejectReason.NOT_TEXT),
        (b"\x00" * 500, RejectReason.NOT_TEXT),
        (b"some words\x00\x00\x00\x00\x01\x02\x03" * 20, RejectReason.NOT_TEXT),
    ],
)
def test_what_is_no_text_is_rejected_with_its_reason(data: bytes, reason: RejectReason) -> None:
    assert reason_of(data) is reason


def test_the_limit_is_on_the_text_as_utf8_not_on_the_file() -> None:
    assert reason_of("é".encode() * 51, max_text_bytes=100) is RejectReason.TOO_LARGE
    assert reason_of("é".encode("cp1252") * 51, max_text_bytes=100) is RejectReason.TOO_LARGE
    assert len(text_of("é".encode() * 50, max_text_bytes=100).text) == 50


@pytest.mark.parametrize("text", ["BZhang and ID3 are words", "MZ is a code", "ftyp", "x\x02y " + "z " * 100])
def test_a_text_that_begins_like_something_else_is_a_text(text: str) -> None:
    assert text_of(text.encode()).text == text


NO_CHARSETS = (
    "undefined",
    "unicode_escape",
    "raw_unicode_escape",
    "idna",
    "punycode",
    "rot13",
    "base64",
    "utf_7",
    "mbcs",
)


@pytest.mark.parametrize("charset", NO_CHARSETS)
def test_a_codec_that_is_no_charset_of_the_web_is_not_asked(charset: str) -> None:
    page = f'<html><head><meta charset="{charset}"></head><body><p>C:\\new, un déjà vu à Noël.</p></body></html>'
    document = text_of(page.encode("cp1252"), "a.html")
    assert (document.text, document.encoding) == ("C:\\new, un déjà vu à Noël.", "cp1252")


@pytest.mark.parametrize("label", sorted(BY_LABEL))
def test_every_label_of_the_standard_has_a_codec_that_decodes(label: str) -> None:
    assert b"plain text".decode(codec_of(label.upper()) or "") == "plain text"


def test_whatever_reading_raises_is_said_of_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    def raising(*_: object) -> None:
        raise UnicodeError("no such thing")

    monkeypatch.setattr(text_format, "decode", raising)
    rejected = read(Source(b"Un texte.", "a.txt"), max_text_bytes=100)
    assert isinstance(rejected, Rejected)
    assert (rejected.reason, rejected.detail) == (RejectReason.UNREADABLE, "reading it failed: UnicodeError")


class Counted(bytes):
    """Bytes that count how often they are gone through."""

    searches = 0

    def find(self, *arguments: Any) -> int:
        self.searches += 1
        return super().find(*arguments)


@pytest.mark.parametrize("opened", [b"\x1b$B", b"\x1b$@"])
def test_turns_to_seven_bit_letters_without_a_way_back_are_searched_once_each(opened: bytes) -> None:
    data = Counted(opened * 50_000)
    decode(data)
    assert data.searches == 5


@pytest.mark.parametrize(
    ("text", "encoding"), [("東京で会議が開かれた。", "iso2022_jp"), ("東京のﾆｭｰｽです。", "iso2022_jp_ext")]
)
def test_japanese_of_the_mail_is_read(text: str, encoding: str) -> None:
    document = text_of(text.encode(encoding))
    assert (document.text, document.encoding) == (text, encoding)
