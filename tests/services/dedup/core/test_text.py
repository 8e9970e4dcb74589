import sys
import unicodedata

import pytest

from services.dedup.core.fingerprints import digest
from services.dedup.core.text import MOST_MARKS, fold, stream_safe


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("« Rien », dit-il.", '"Rien", dit-il.'),
        ("« Rien », dit-il.", "“Rien”, dit-il."),
        ("l’armée", "l'armée"),
        ("Moscou : trois morts", "Moscou : trois morts"),
        ("trois\n\n morts\t à Alep", "trois morts à Alep"),
        ("le cœur de l’Œuvre", "le coeur de l'oeuvre"),
        ("les ﬁls du ﬂeuve", "les fils du fleuve"),
        ("2016–2018 — bilan", "2016-2018 - bilan"),
        ("la suite -- demain", "la suite – demain"),
        ("et puis…", "et puis..."),
        ("À LA UNE", "à la une"),
        ("Straße", "STRASSE"),
        ("gouverne\u00adment", "gouvernement"),
        ("\ufeffDamas", "Damas"),
        ("محمد", "محـــمد"),
        ("ＴＯＫＹＯ", "tokyo"),
        ("e\u0301lections", "élections"),
    ],
)
def test_typography_and_white_space_make_no_difference(one: str, other: str) -> None:
    assert digest(fold(one)) == digest(fold(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("trois morts", "quatre morts"),
        (
            "Il a dit non.",
            "Il a dit : « non ».",
        ),
        ("des villes", "dès villes"),
        ("plus 3", "plus 4"),
        ("1,5 million", "15 million"),
    ],
)
def test_an_edit_makes_a_difference(one: str, other: str) -> None:
    assert digest(fold(one)) != digest(fold(other))


@pytest.mark.parametrize("text", ["", " \n\u00a0", "\u200b"])
def test_nothing_has_no_digest(text: str) -> None:
    assert digest(fold(text)) == b""


def test_broken_unicode_is_folded_like_any_other() -> None:
    assert digest(fold("a\ud800b")) == digest(fold("A \ud800 B"))


@pytest.mark.parametrize(
    "marks",
    [
        "\u0301\u0316",
        "\u0344",  # decomposes into two
        "\u0f73",  # of no combining class itself, unlike its decomposition
        "\uff9e",  # the same by compatibility alone
        "\U0001e8d0",
    ],
)
def test_of_marks_without_end_only_the_first_reach_normalisation(marks: str) -> None:
    endless = f"a{marks * 500}b{marks * 500}"
    first = (marks * MOST_MARKS)[:MOST_MARKS]

    assert stream_safe(endless) == f"a{first}b{first}"
    assert digest(fold(endless)) == digest(fold(f"a{first}b{first}"))


def test_a_text_that_begins_with_marks_has_no_more_of_them_either() -> None:
    assert len(stream_safe("\u0301" * 500)) == MOST_MARKS


@pytest.mark.parametrize("text", ["", "plain", "\ud800é", "a" + "\u0301" * MOST_MARKS, "e\u0301" * 500])
def test_no_more_marks_than_a_letter_may_have_stay_as_they_are(text: str) -> None:
    assert stream_safe(text) == text


def test_every_character_that_normalisation_sorts_is_known_to_be_a_mark() -> None:
    decomposed = ((chr(code), unicodedata.normalize("NFKD", chr(code))) for code in range(sys.maxunicode + 1))
    sorted_ones = [character for character, parts in decomposed if unicodedata.combining(parts[0])]

    assert all(len(stream_safe(one * (MOST_MARKS + 1))) == MOST_MARKS for one in sorted_ones)
