"""Headings that a format marks as such tell articles apart, and stand in no text with their marks."""

import pytest

from services.fetch.core.document import Parts, Read, ReadDocument, Source
from services.fetch.core.reading import read
from tests.services.fetch.formats.writing import OFFICE, RELATIONS, WORD, docx, odt, word_paragraph

# Two parties of one town, about the same: by their words alone they could be one article with two sections.
ITEMS = [
    (
        "Streit im Rat",
        "Der Rat der Stadt Ulm stritt am Montag über das Bad. Die Grünen wollen das Bad in Ulm erhalten.",
    ),
    ("Klage gegen Ulm", "Ein Verein aus Ulm klagt gegen die Stadt. Er will, dass der Rat das Bad erhält und bezahlt."),
    (
        "Wahl im Herbst",
        "Die Stadt wählt im Herbst einen neuen Rat. In Ulm treten sechs Listen an, zwei mehr als zuvor.",
    ),
]


def in_word(name: str) -> bytes:
    style = f'<w:style w:type="paragraph" w:styleId="x"><w:name w:val="{name}"/></w:style>'
    related = f'<Relationship Id="r1" Type="{OFFICE}/styles" Target="styles.xml"/>'
    more: dict[str, bytes | str] = {
        "word/styles.xml": f'<w:styles xmlns:w="{WORD}">{style}</w:styles>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">{related}</Relationships>',
    }
    return docx("".join(word_paragraph(title, "x") + word_paragraph(prose) for title, prose in ITEMS), more=more)


def in_opendocument(heading: str) -> bytes:
    return odt("".join(f"{heading.format(title)}<text:p>{prose}</text:p>" for title, prose in ITEMS))


def in_rich_text(heading: str) -> bytes:
    body = "".join(rf"\pard {heading} {title}\par \pard\plain {prose}\par " for title, prose in ITEMS)
    return (r"{\rtf1\ansi\ansicpg1252 {\stylesheet{\s1\outlinelevel0 heading 1;}}" + body + "}").encode("cp1252")


def in_markdown(mark: str) -> bytes:
    return "\n\n".join(f"{mark}{title}\n\n{prose}" for title, prose in ITEMS).encode()


MARKED = [
    ("a.docx", in_word("heading 1")),
    ("a.docx", in_word("Überschrift 1")),
    ("a.docx", in_word("Заголовок 1")),
    ("a.odt", in_opendocument('<text:h text:outline-level="1">{}</text:h>')),
    ("a.odt", in_opendocument('<text:p text:style-name="Überschrift_20_1">{}</text:p>')),
    ("a.rtf", in_rich_text(r"\s1\outlinelevel0")),
    ("a.md", in_markdown("# ")),
]
UNMARKED = [
    ("a.docx", in_word("Normal")),
    ("a.odt", in_opendocument("<text:p>{}</text:p>")),
    ("a.rtf", in_rich_text(r"\outlinelevel9")),
]


def read_of(name: str, data: bytes) -> Read:
    return read(Source(data, name), max_text_bytes=100_000)


@pytest.mark.parametrize(("name", "data"), MARKED)
def test_articles_are_told_apart_by_headings_that_are_marked_as_such(name: str, data: bytes) -> None:
    found = read_of(name, data)
    assert isinstance(found, Parts)
    assert [part.text.split("\n")[0] for part in found.documents] == [title for title, _ in ITEMS]
    assert not any("\ufdd1" in part.text or part.headings for part in found.documents)


@pytest.mark.parametrize(("name", "data"), UNMARKED)
def test_without_marks_it_is_not_clear_and_they_stay_together(name: str, data: bytes) -> None:
    assert not isinstance(read_of(name, data), Parts)


def test_headings_of_a_lower_level_part_no_article() -> None:
    whole = b"# Ulm\n\nIn der Stadt Ulm wird um das Bad gestritten, um den Rat und um die Wahl.\n\n"
    assert not isinstance(read_of("a.md", whole + in_markdown("## ")), Parts)


def test_a_heading_without_words_leaves_no_line() -> None:
    written = rb"{\rtf1 \pard\outlinelevel0\par\par \pard Un texte.\par \pard\outlinelevel1\par}"
    found = read_of("a.rtf", written)
    assert isinstance(found, ReadDocument)
    assert (found.text.strip(), found.headings) == ("Un texte.", ())
