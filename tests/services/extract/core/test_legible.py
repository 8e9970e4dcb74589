"""A text is read in a plainer form, and the answer stands in its own words at its own offsets."""

import unicodedata

import pytest

from contracts.extraction import Entity, EntityType, Extraction, Quotation, Title
from contracts.language import Language, LanguageSpan
from contracts.value import Mention
from services.extract.core.legible import Legible, unwrapped


@pytest.mark.parametrize(
    ("original", "legible"),
    [
        ("déjà vu", "déjà vu"),
        (unicodedata.normalize("NFD", "déjà vu à Téhéran"), "déjà vu à Téhéran"),
        (unicodedata.normalize("NFD", "Hồ Chí Minh, Τρίπολη, Йемен, أحمد"), "Hồ Chí Minh, Τρίπολη, Йемен, أحمد"),
        ("une\r\nautre\r\n", "une\nautre\n"),
        ("le prési\u00addent", "le président"),
        ("pays\u00a0:\u202f« oui\u00a0»", "pays : « oui »"),
        ("2\u00a0122 morts en 2015", "2\u00a0122 morts en 2015"),
        ("a\u0300\u0301 \u0301", "à\u0301 \u0301"),
        ("a" + "\u0301\u0316" * 20, "á" + "\u0316" * 15 + "\u0301" * 14 + "\u0301\u0316" * 5),  # sorted no further
        ("un emoji \u200d\ufeff", "un emoji \u200d\ufeff"),
    ],
)
def test_what_only_looks_different_is_written_in_one_way(original: str, legible: str) -> None:
    assert Legible(original).text == legible


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_word_is_found_again_in_the_original(form: str, line_end: str) -> None:
    plain = "Été à Alep\nLe président\u00a0syrien\nÀ Idlib, « l’opéra\u00adtion »."
    original = unicodedata.normalize(form, plain).replace("\n", line_end)  # type: ignore[arg-type]
    page = Legible(original)
    words = [(at, at + len(word)) for word in page.text.split() for at in [page.text.index(word)]]
    read = Extraction(
        title=Title(text=page.text[0:10], start=0, end=10),
        entities=(
            Entity(
                name="syrien",
                type=EntityType.OTHER,
                mentions=tuple(Mention(start=a, end=b, surface=page.text[a:b]) for a, b in words),
            ),
        ),
        quotations=(Quotation(start=0, end=3, text="Été", kind="scare", speaker="Été", direct=False),),
    )
    restored = page.restored(read, page.text)
    assert [m.surface for m in restored.entities[0].mentions] == original.split()
    assert all(original[m.start : m.end] == m.surface for m in restored.entities[0].mentions)
    assert restored.title is not None
    assert restored.title.text == unicodedata.normalize(form, "Été à Alep")  # type: ignore[arg-type]
    assert restored.quotations[0].text == unicodedata.normalize(form, "Été")  # type: ignore[arg-type]
    assert restored.quotations[0].speaker == "Été"


def test_passages_in_other_languages_move_along() -> None:
    original = unicodedata.normalize("NFD", "Été : The end of été")
    start, end = original.index("The"), original.index("end") + 3
    language = Language(
        tag="fr", script="Latn", confidence=1.0, spans=(LanguageSpan(start=start, end=end, tag="en", confidence=1.0),)
    )
    page = Legible(original)
    (span,) = page.heard(language).spans
    assert page.text[span.start : span.end] == "The end"


def test_lines_of_a_paragraph_are_joined_and_paragraphs_are_not() -> None:
    line = "Les bombardiers de la coalition ont frappé plusieurs positions au nord"
    text = f"{line}\n{line}\n{line}\n{line}, dit-on.\n\nDeux camps ont été détruits."
    assert unwrapped(text) == f"{line} {line} {line} {line}, dit-on.\n\nDeux camps ont été détruits."
    assert unwrapped("Un titre\n\nUne phrase.") == "Un titre\n\nUne phrase."
