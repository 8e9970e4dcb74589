import pytest

from services.dedup.core.fingerprints import digest
from services.dedup.core.text import fold


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
