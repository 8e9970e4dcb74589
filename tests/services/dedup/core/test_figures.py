"""The same words with other figures or names are another day's news, and no copy."""

import re

import pytest

from contracts.duplication import Duplicate, Duplication
from services.dedup.core import Article, Known, content_of, decide, figures_of, fingerprint, names_of, place_of

WORDS = " ".join(f"mot{first}{second}" for first in "abcd" for second in "abcdefghijklmnopqrst")
FORM = (
    "La Bourse de Paris a terminé le {} mars dans un marché attentif aux banques, et l'indice a clôturé à {} "
    f"points après avoir ouvert à {{}} points dans des volumes réduits. {WORDS}. Le titre a pris {{}} euros.\n"
    "Sur le marché de l'or fin, l'once est montée à {} dollars en fin de journée. Le baril de Brent valait {} dollars "
    "à Londres, un peu moins qu'à New York. Le taux à dix ans de la zone reculait à {} pour cent après l'annonce de la "
    "banque centrale. La monnaie unique s'échangeait à {} dollar, comme beaucoup de courtiers l'avaient prévu."
)
TUESDAY = FORM.format(3, "7.812,40", 7790, "1,20", "2.911", "70,10", "2,71", "1,0621")
THURSDAY = FORM.format(5, "7.655,03", 7741, "2,35", "2.874", "68,35", "2,88", "1,0788")


def article(name: str, text: str, *, source: str = "") -> Article:
    return Article(
        name,
        place_of(source or name, None),
        content_of(name, None),
        fingerprint(text),
        figures=figures_of(text),
        names=names_of(text),
    )


def verdict(heard: Article, before: Article) -> Duplication | Duplicate:
    known = Known()
    known.remember(before)
    return decide(heard, known, [before])


def test_a_form_filled_in_on_another_day_is_an_original_that_tells_what_it_shares() -> None:
    found = verdict(article("b" * 32, THURSDAY), article("a" * 32, TUESDAY))

    assert isinstance(found, Duplication)
    assert (found.verdict, [one.article_id for one in found.shared]) == ("original", ["a" * 32])


@pytest.mark.parametrize(
    "copy",
    [
        TUESDAY.replace("attentif", "inquiet").replace("clôturé", "fini"),  # no figure
        TUESDAY.replace("7790", "7791").replace("1,20", "1,25"),  # a slip, a correction
        TUESDAY.replace("7.812", "7 812").replace("7790", "7 790").replace("2.911", "2911").replace("70,10", "70,1"),
        re.sub(r"mot\w[ek]\b", "autre", THURSDAY.replace("attentif", "inquiet")),  # other words are changed as often
        TUESDAY + " (avec 12 agences, le 3 mars 2026 à 18 h 05)",
        TUESDAY[len(TUESDAY) // 3 :],
    ],
)
def test_a_copy_with_most_of_the_figures_is_one(copy: str) -> None:
    assert isinstance(verdict(article("b" * 32, copy), article("a" * 32, TUESDAY)), Duplicate)


def test_at_one_place_other_figures_are_a_new_version() -> None:
    found = verdict(article("b" * 32, THURSDAY, source="inbox:one"), article("a" * 32, TUESDAY, source="inbox:one"))

    assert (found.verdict, isinstance(found, Duplication) and found.revision_of) == ("revision", "a" * 32)


STAGE = (
    "Le coureur {} a remporté mardi l'étape du tour entre {} et {} devant le peloton qui arrivait au pied du col. Il a "
    "battu au sprint son compagnon {} qui avait attaqué dans la descente après avoir lâché celui de {} à mi-course. "
    f"{WORDS}. Au classement le porteur du maillot reste {{}} avec une avance de deux minutes sur {{}} et de trois sur "
    "{} qui a perdu du temps. Demain les coureurs partent avec {} de la ville de {} le matin et rejoignent "
    "la ville de {} le soir."
)
FIRST_STAGE = STAGE.format(
    "Martin", "Lyon", "Mâcon", "Dubois", "Petit", "Leroy", "Moreau", "Simon", "Robin", "Vienne", "Gap"
)
NEXT_STAGE = STAGE.format(
    "Garnier", "Gap", "Nice", "Faure", "Roux", "Blanc", "Girard", "Andre", "Lucas", "Menton", "Cannes"
)


def test_a_form_filled_in_with_other_names_is_an_original() -> None:
    found = verdict(article("b" * 32, NEXT_STAGE), article("a" * 32, FIRST_STAGE))

    assert isinstance(found, Duplication)


SOBER = "Selon Paul " + " ".join(f"mot{first}{second}" for first in "abcdefgh" for second in "abcdefghijklmnopqrst")


@pytest.mark.parametrize(
    ("new", "is_copy"),
    [
        ("autre", True),
        ("Autre", False),  # a form, filled in with names
        ("autre encore un de plus", False),  # the article says more of its own
    ],
)
def test_words_edited_one_by_one_all_over_a_text_are_a_copys(new: str, is_copy: bool) -> None:
    words = SOBER.split()
    edited = " ".join(
        f"{new}{chr(ord('a') + place // 8)}" if place % 8 == 3 else word for place, word in enumerate(words)
    )

    found = verdict(article("b" * 32, edited), article("a" * 32, SOBER))

    assert isinstance(found, Duplicate) is is_copy
    if isinstance(found, Duplicate):
        assert (found.threshold, found.similarity > 0.78) == (0.78, True)


LETTERS = {
    "Arabic": "ابتثجحخدذرزسشصضطظعغف",
    "Hebrew": "אבגדהוזחטיכלמנסעפצקר",
    "Hindi": "कखगघचछजझटठडढतथदधनपफब",
    "all small": "abcdefghijklmnopqrst",
    "all capitals": "ABCDEFGHIJKLMNOPQRST",
}


@pytest.mark.parametrize("letters", LETTERS.values(), ids=LETTERS)
@pytest.mark.parametrize("each", [7, 8, 9])
def test_where_no_capitals_tell_names_a_form_filled_in_anew_is_an_original(letters: str, each: int) -> None:
    form = [f"{first}{second}{first}" for first in letters[:11] for second in letters]
    other = [f"{word}{letters[0]}" if place % each == 3 else word for place, word in enumerate(form)]

    assert isinstance(verdict(article("b" * 32, " ".join(other)), article("a" * 32, " ".join(form))), Duplication)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        # What opens a sentence may be any word.
        ("Il voit Paris, puis Saint-Denis. Le soir, à 8 h, l'Est.", [8, 20, 26, 44, 51]),
        ("IL VOIT PARIS", []),
        ("Il va", []),
        ("", []),
    ],
)
def test_names_are_capitals_within_a_sentence_and_digits(text: str, places: list[int]) -> None:
    found = names_of(text)

    assert [int.from_bytes(found[at : at + 4], "little") for at in range(0, len(found), 4)] == places


def test_digits_are_found_where_they_stand_in_the_scripts_of_news() -> None:
    places = figures_of("é 1, ٢ ۳")

    assert [int.from_bytes(places[at : at + 4], "little") for at in range(0, len(places), 4)] == [2, 5, 7]
