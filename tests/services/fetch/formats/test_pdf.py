"""A PDF gives its text layer as prose; what has none is told so."""

import pytest

from contracts.outcomes import RejectReason
from services.fetch.core.document import Rejected
from services.fetch.formats.lines import unwrapped
from services.fetch.formats.pdf import read
from services.fetch.formats.set_line import Line
from tests.services.fetch.formats.writing import claims, document, pdf, rejected, source

COLUMN = [
    "Le convoi est entré dans la ville assiégée avec des vivres pour",
    "dix mille habitants, a déclaré le porte-parole du gouverne-",
    "ment lors d'une conférence de presse.",
    "Il repartira demain.",
]


def test_pages_are_read_one_after_the_other_as_paragraphs() -> None:
    found = document(read(source(pdf([["#Un convoi entre enfin dans la ville", *COLUMN], ["Page deux."]]))))
    assert found.text == (
        "Un convoi entre enfin dans la ville\n"
        "Le convoi est entré dans la ville assiégée avec des vivres pour dix mille habitants, a déclaré le "
        "porte-parole du gouvernement lors d'une conférence de presse.\n"
        "Il repartira demain.\n\nPage deux."
    )
    assert found.media_type == "application/pdf"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["Le gouverne-", "ment parle."], "Le gouvernement parle."),
        (["Le porte-", "parole et un autre porte-parole."], "Le porte-parole et un autre porte-parole."),
        (["Un Anglo-", "Saxon."], "Un Anglo-Saxon."),
        (["De 2018-", "2019."], "De 2018-\n2019."),
        (["Titre court", "Autre ligne"], "Titre court\nAutre ligne"),
    ],
)
def test_words_that_were_divided_at_the_end_of_a_line_are_whole(lines: list[str], text: str) -> None:
    assert document(read(source(pdf([lines])))).text == text


def test_a_word_without_end_is_looked_through_once() -> None:
    assert unwrapped([[Line("字" * 300_000)]]) == "字" * 300_000


@pytest.mark.parametrize(
    ("following", "together"),
    [
        (Line("continue ici.", 50, 700, 12), True),
        (Line("continue ici.", 50, 700, 20), False),
        (Line("continue ici.", 50, 660, 12), False),
        (Line("continue ici.", 80, 700, 12), False),
        (Line("en haut de l'autre colonne.", 300, 760, 12), True),
        (Line("- un point de la liste", 50, 700, 12), False),
    ],
)
def test_a_line_goes_on_in_one_of_its_size_close_below_it(following: Line, *, together: bool) -> None:
    text = unwrapped([[Line("Une ligne pleine de prose qui", 50, 714, 12), following]])
    assert ("\n" not in text) is together


def test_properties_are_claims_unless_a_program_put_them_there() -> None:
    info = b"/Title(Un convoi)/Author(Ann Bee; Administrator)/CreationDate(D:20180115103000+01'00')/ModDate(D:2018)"
    assert claims(document(read(source(pdf([["Texte"]], info=info))))) == {
        ("title", "Un convoi"),
        ("author", "Ann Bee"),
        ("created", "2018-01-15T10:30:00+01:00"),
    }
    for title in (
        b"Microsoft Word - article.doc",
        b"C:\\\\a\\\\b.indd",
        b"untitled",
        b"article.docx",
        b"\\(anonymous\\)",
        b"\\(untitled\\)",
    ):
        assert claims(document(read(source(pdf([["Texte"]], info=b"/Title(%s)" % title))))) == set()
    nobody = b"/Title(Anonymous letters reach the mayor)/Author(\\(anonymous\\))"
    assert claims(document(read(source(pdf([["Texte"]], info=nobody))))) == {
        ("title", "Anonymous letters reach the mayor")
    }


def test_a_scan_is_told_that_it_has_no_text_layer() -> None:
    found = read(source(pdf([[], []])))
    assert rejected(found) is RejectReason.NO_TEXT
    assert "2 pages have no text layer" in found.detail  # type: ignore[union-attr]


def test_pages_that_are_not_there_are_counted_and_harm_no_other() -> None:
    found = document(read(source(pdf([["Texte"]], count=3))))
    assert found.text == "Texte"
    assert claims(found) == {("unread_pages", "2")}


@pytest.mark.parametrize("count", [20_001, 1_000_000])
def test_no_number_of_pages_is_believed(count: int) -> None:
    assert rejected(read(source(pdf([["Texte"]], count=count)))) is RejectReason.TOO_LARGE


def test_what_is_damaged_is_unreadable() -> None:
    whole = pdf([["Texte"]])
    assert rejected(read(source(whole[:200]))) is RejectReason.UNREADABLE
    assert rejected(read(source(b"%PDF-1.4\n" + b"\x00" * 1000))) is RejectReason.UNREADABLE


@pytest.mark.parametrize(
    "info", [b"/Title<FEFFD800>/Author(Ann Bee)", b"/Title(A/Author(Ann Bee))", b"/Title 3 0 R/CreationDate(D:9)"]
)
def test_damaged_properties_cost_no_word(info: bytes) -> None:
    assert document(read(source(pdf([["Le texte."]], info=info)))).text == "Le texte."


def test_a_page_that_is_looked_at_from_the_side_is_read_from_its_first_line_on() -> None:
    upright = pdf([COLUMN])
    turned = upright.replace(b"/MediaBox[0 0 600 800]", b"/Rotate 90/MediaBox[0 0 600 800]")
    assert document(read(source(turned))).text == document(read(source(upright))).text


@pytest.mark.parametrize(
    ("locked", "words"),
    [
        (b"/Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4" % (b"00" * 32, b"00" * 32), "needs a password"),
        (b"/Filter/Adobe.PubSec/V 1", "encrypted for certificates"),
    ],
)
def test_a_pdf_that_is_locked_says_so(locked: bytes, words: str) -> None:
    data = pdf([COLUMN]).replace(b"trailer<<", b"trailer<</Encrypt<<%s>>/ID[<00><00>]" % locked)
    found = read(source(data))
    assert isinstance(found, Rejected)
    assert (found.reason, words in found.detail) == (RejectReason.ENCRYPTED, True)
