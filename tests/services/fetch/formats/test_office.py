"""Word, OpenDocument and RTF documents give their text in reading order, with their properties as claims."""

import tracemalloc
from collections.abc import Callable

import pytest

from contracts.outcomes import RejectReason
from services.fetch.core.document import Read, Source
from services.fetch.core.unpacking_file import Broken
from services.fetch.formats import docx as word
from services.fetch.formats import odt as opendocument
from services.fetch.formats import rtf
from tests.services.fetch.formats.writing import WORD, claims, document, docx, odt, rejected, source, word_paragraph

ROW = "".join(f"<w:tc>{word_paragraph(each)}</w:tc>" for each in ("Alep", "12"))
BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'


def test_a_word_document_is_read_in_order_with_headings_lists_and_tables() -> None:
    body = word_paragraph("Un convoi", "Heading1") + word_paragraph("Le convoi est entré.")
    found = document(word.read(source(docx(f"{body}<w:tbl><w:tr>{ROW}</w:tr></w:tbl>{word_paragraph('Fin.')}"))))
    assert found.text == "Un convoi\n\nLe convoi est entré.\n\nAlep | 12\n\nFin."


def test_what_was_deleted_from_a_word_document_is_not_read() -> None:
    body = '<w:p><w:r><w:t>Reste</w:t></w:r><w:del w:author="x"><w:r><w:delText> parti</w:delText></w:r></w:del></w:p>'
    assert document(word.read(source(docx(body)))).text == "Reste"


@pytest.mark.parametrize(
    ("run", "text"),
    [
        ("<w:rPr><w:vanish/></w:rPr>", "Vu fin"),
        ("<w:rPr><w:b/><w:vanish w:val='true'/></w:rPr>", "Vu fin"),
        ("<w:rPr><w:vanish w:val='0'/></w:rPr>", "Vu caché fin"),
        ("<w:rPr><w:rStyle w:val='Secret'/></w:rPr>", "Vu fin"),
        ("<w:rPr><w:rStyle w:val='Secret'/><w:vanish w:val='false'/></w:rPr>", "Vu caché fin"),
        ("<w:rPr><w:rStyle w:val='Plain'/></w:rPr>", "Vu caché fin"),
    ],
)
def test_what_is_hidden_in_a_word_document_is_not_read(run: str, text: str) -> None:
    styles = (
        f"<w:styles xmlns:w='{WORD}'><w:style w:type='character' w:styleId='Secret'><w:rPr><w:vanish/></w:rPr>"
        "</w:style><w:style w:type='character' w:styleId='Plain'><w:rPr><w:b/></w:rPr></w:style></w:styles>"
    )
    body = f"<w:p><w:r><w:t>Vu</w:t></w:r><w:r>{run}<w:t> caché</w:t></w:r><w:r><w:t> fin</w:t></w:r></w:p>"
    assert document(word.read(source(docx(body, more={"word/styles.xml": styles})))).text == text


def test_what_is_hidden_in_what_is_hidden_is_not_read() -> None:
    hidden = "<w:rPr><w:vanish/></w:rPr>"
    box = f"<w:txbxContent><w:p><w:r>{hidden}<w:t>b</w:t></w:r></w:p></w:txbxContent>"
    body = f"<w:p><w:r><w:t>Vu</w:t></w:r><w:r>{hidden}<w:t>a</w:t>{box}</w:r></w:p>"
    assert document(word.read(source(docx(body)))).text == "Vu"


def test_properties_of_a_word_document_are_claims_and_its_dates_are_its_own() -> None:
    core = (
        "<dc:title>Un convoi</dc:title><dc:creator>Ann Bee;Windows User</dc:creator><dc:language>fr-FR</dc:language>"
        "<dcterms:created>2018-01-15T10:30:00Z</dcterms:created>"
    )
    assert claims(document(word.read(source(docx(word_paragraph("a"), core=core))))) == {
        ("title", "Un convoi"),
        ("author", "Ann Bee"),
        ("language", "fr-FR"),
        ("created", "2018-01-15T10:30:00Z"),
    }


def test_an_opendocument_text_is_read_in_order() -> None:
    body = (
        "<text:h>Un convoi</text:h><text:p>Il est<text:s text:c='2'/>entré<text:note><text:note-citation>1"
        "</text:note-citation><text:note-body><text:p>Une note.</text:p></text:note-body></text:note>\n hier.</text:p>"
        "<text:list><text:list-item><text:p>un</text:p></text:list-item><text:list-item><text:p>deux</text:p>"
        "</text:list-item></text:list><table:table><table:table-row><table:table-cell><text:p>Alep</text:p>"
        "</table:table-cell><table:table-cell><text:p>12</text:p></table:table-cell></table:table-row></table:table>"
        "<text:tracked-changes><text:p>parti</text:p></text:tracked-changes>"
    )
    text = document(opendocument.read(source(odt(body)))).text
    assert text == "Un convoi\n\nIl est  entré hier.\n\nUne note.\n\n- un\n- deux\n\nAlep | 12"


def test_properties_of_an_opendocument_text_are_claims() -> None:
    meta = (
        "<dc:title>Un convoi</dc:title><meta:initial-creator>Ann Bee</meta:initial-creator>"
        "<meta:creation-date>2018-01-15T10:30:00</meta:creation-date><dc:language>fr-FR</dc:language>"
    )
    assert claims(document(opendocument.read(source(odt("<text:p>a</text:p>", meta=meta))))) == {
        ("title", "Un convoi"),
        ("author", "Ann Bee"),
        ("created", "2018-01-15T10:30:00"),
        ("language", "fr-FR"),
    }


def test_an_opendocument_text_with_a_password_says_so() -> None:
    manifest = {"META-INF/manifest.xml": "<manifest:encryption-data/>"}
    assert rejected(opendocument.read(source(odt("x", more=manifest)))) is RejectReason.ENCRYPTED


def test_another_opendocument_file_is_told_by_what_it_is() -> None:
    table = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}
    assert rejected(opendocument.read(source(odt("<text:p>a</text:p>", more=table)))) is RejectReason.UNSUPPORTED


SHAPE = (
    r"{\shp{\*\shpinst\shpleft0{\sp{\sn shapeType}{\sv 202}}{\shptxt \pard\plain Un {\i encadr\'e9}.\par }}"
    r"{\shprslt{\*\do\dobxpage{\dptxbxtext\pard Un encadr\'e9.\par }\dpx0}}}"
)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"Le convoi\par est entr\'e9.", "Le convoi\nest entré."),
        (r"\u233?\u-10179?\u-8704?", "é😀"),
        (r"{\*\generator x}{\fonttbl{\f0 Arial;}}Texte", "Texte"),
        (r"Alep\cell 12\cell\row fin", "Alep|12|\nfin"),
        (r"{\pict 89504e47" + "0d" * 200 + r"}Texte", "Texte"),
        (r"{\pict\bin4 {{{{}Texte", "Texte"),
        (r"Il est dans C:\\bin64 pour tous.", r"Il est dans C:\bin64 pour tous."),
        (r"Reste{\rtlch\fcs1 \af0 \deleted\revauthdel1 parti\'e9 \} ici}{\v cache}", "Reste"),
        (r"{\deleted0 Reste}{\v0 ici}{\vertalc l}", "Resteicil"),
        (r"Vu \v cach\'e9\par \u233? {\b aussi}\v0 ici\deleted  parti\plain .", "Vu ici."),
        (
            r"Elle{\super \chftn{\footnote\pard {\super \chftn} Selon {\b lui}.}} vient.\par Fin.",
            "Elle[1] vient.\nFin.\n\n[1]  Selon lui.",
        ),
        (r"Elle{\v {\footnote Rien.}}{\footnote\ftnalt Une note.} vient.", "Elle vient.\n\n[1] Une note."),
        (r"{\f0\fcharset204 A;}{\i " * 3000 + "Texte" + "}" * 3000, "A;" * 3000 + "Texte"),
        (r"Entre \{ et \\.", r"Entre { et \."),
        (f"Avant {SHAPE} la suite.{{\\par}} Fin.", "Avant  la suite.\n\nUn encadr\u00e9.\n\n Fin."),
        (r"{\header " + SHAPE + r"\par}Texte {\b do} fin", "Texte do fin"),
        (r"Texte {\v " + SHAPE + r"}\par Fin.", "Texte\nFin."),
        (r"Texte{\*\do\dobxpage{\dptxbxtext\pard Un encadr\'e9.\par }\dpx0}", "Texte\nUn encadré."),
        ("{" * 50_000 + "Texte" + "}" * 50_000, "Texte"),
        (r'Un {\field{\*\fldinst{HYPERLINK "http://a.example"}}{\fldrslt {lien ici}}}.', "Un lien ici."),
        (r'{\field{\*\fldinst{HYPERLINK "' * 3000 + "}" * 9000 + "Texte", "Texte"),
        (r"{\fonttbl" + r"\f0\fcharset1 " * 3000 + "}Texte", "Texte"),
        (r"{\fonttbl{\f0\fcharset78\fprq2 A;}{\f1\fcharset204{\*\falt x} B;}}\f0 \'82\'a0\f1 \'e9", "あй"),
        (r"\u99999999 ?\u-99999 ?\uc Texte", "\ufffd\ufffdTexte"),
    ],
)
def test_rich_text_gives_its_words(written: str, text: str) -> None:
    found = document(rtf.read(source(b"{\\rtf1\\ansi\\ansicpg1252 " + written.encode() + b"}")))
    assert found.text.strip() == text


@pytest.mark.parametrize("cut", [r"{\rtf1 Une phr", r"{\rtf1 Elle{\footnote Sans fin}", r"{\rtf1 Une {\b phrase\}}"])
def test_rich_text_that_is_cut_off_passes_for_no_whole(cut: str) -> None:
    with pytest.raises(Broken, match="it was cut short"):
        rtf.read(source(cut.encode()))


def test_rich_text_in_another_code_page_and_with_properties() -> None:
    data = rb"{\rtf1\ansi\ansicpg1251{\info{\title \u1055?\u1088?}{\author Ann Bee}{\creatim\yr2018\mo1\dy5}}\'cf\'f0}"
    found = document(rtf.read(source(data)))
    assert (found.text, found.encoding) == ("Пр", "cp1251")
    assert claims(found) == {("title", "Пр"), ("author", "Ann Bee"), ("created", "2018-01-05")}


def test_a_picture_in_rich_text_takes_no_more_memory_than_its_bytes() -> None:
    data = rb"{\rtf1{\pict\pngblip " + (b"89" * 64 + b"\r\n") * 8_000 + b"}Texte}"
    rtf.read(source(data))
    tracemalloc.start()
    try:
        text = document(rtf.read(source(data))).text
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (text, most < 4 * len(data)) == ("Texte", True), most


def test_rich_text_in_a_code_page_that_there_is_not_and_with_a_broken_title_costs_no_word() -> None:
    data = rb"{\rtf1\ansi\ansicpg99999{\info{\title \u99999999 ?}}\'e9t\'e9 \u8217?}"
    found = document(rtf.read(source(data)))
    assert (found.text, found.encoding) == ("été ’", "cp1252")


@pytest.mark.parametrize(
    ("read", "empty"),
    [
        (word.read, docx("")),
        (opendocument.read, odt("")),
        (rtf.read, rb"{\rtf1 }"),
    ],
)
def test_what_has_no_text_says_so(read: Callable[[Source], Read], empty: bytes) -> None:
    assert rejected(read(source(empty))) is RejectReason.NO_TEXT


@pytest.mark.parametrize("attack", [BOMB, OUTSIDE])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_entities_are_never_expanded(attack: str, codec: str) -> None:
    for name in ("word/document.xml", "word/styles.xml"):
        data = docx(word_paragraph("a"), more={name: f"{attack}<a>&b;</a>".encode(codec)})
        assert rejected(word.read(source(data))) is RejectReason.UNREADABLE
    data = odt("<text:p>a</text:p>", more={"content.xml": f"{attack}<a>&b;</a>".encode(codec)})
    assert rejected(opendocument.read(source(data))) is RejectReason.UNREADABLE


@pytest.mark.parametrize(
    "damage",
    [
        f"{BOMB}<a><title>&b;</title></a>",
        f"{OUTSIDE}<a><title>&b;</title></a>",
        "<a><title>A</title>",
        "",
        "<a>" * 3000,
        "<a>" + " " * 9_000_000 + "</a>",
    ],
)
def test_properties_that_cannot_be_read_are_no_claims_and_cost_no_word(damage: str) -> None:
    found = document(word.read(source(docx(word_paragraph("Texte"), more={"docProps/core.xml": damage}))))
    assert (found.text, found.claims) == ("Texte", ())
    found = document(opendocument.read(source(odt("<text:p>Texte</text:p>", more={"meta.xml": damage}))))
    assert (found.text, found.claims) == ("Texte", ())


def test_a_part_that_grows_out_of_all_proportion_is_a_bomb() -> None:
    huge = "<a>" + " " * 9_000_000 + "</a>"
    assert rejected(word.read(source(docx("", more={"word/document.xml": huge})))) is RejectReason.BOMB
    assert rejected(opendocument.read(source(odt("", more={"content.xml": huge})))) is RejectReason.BOMB


@pytest.mark.parametrize(("read", "whole"), [(word.read, docx("a")), (opendocument.read, odt("a"))])
def test_a_package_that_is_cut_off_or_lacks_its_parts_is_unreadable(
    read: Callable[[Source], Read], whole: bytes
) -> None:
    assert rejected(read(source(whole[: len(whole) // 2]))) is RejectReason.UNREADABLE
    assert rejected(
        read(source(whole.replace(b"document.xml", b"documenx.xml").replace(b"content.xml", b"contenx.xml")))
    )


def test_elements_within_elements_without_end_are_refused() -> None:
    deep = "<text:p>" * 5000 + "a" + "</text:p>" * 5000
    assert rejected(opendocument.read(source(odt(deep)))) is RejectReason.UNREADABLE
