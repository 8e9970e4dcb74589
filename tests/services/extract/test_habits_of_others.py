"""How papers of other languages say who speaks and how much money it is: each line is one way."""

import pytest

from contracts.value import Span
from services.extract.core.counting.currencies import money_of
from services.extract.core.counting.quantities import quantities
from services.extract.core.naming.towns import towns
from services.extract.core.words import words
from tests.services.extract.core.speech.test_quotations_told import told

EN = "We will not leave this city before the end of the month"


@pytest.mark.parametrize(
    ("text", "language", "speaker", "cue"),
    [
        ("Paul Durand described reports of a large offer as “premature”.", "en", "Paul Durand", "described"),
        (f"“{EN},” said Capt. Anne Petit of the coast guard.", "en", "Anne Petit", "said"),
        ("A U.N. official in Rome, who gave no name, said it was “a hope”.", "en", "A U.N. official", "said"),
        (
            "«Aquí no se apaga nada —dijo Paul Durand—. Seguirá todo igual que hasta ahora.»",
            "es",
            "Paul Durand",
            "dijo",
        ),
        ("«Per nove ore — ha detto Paul Durand — nessuno ha risposto al telefono.»", "it", "Paul Durand", "ha detto"),
        (
            "Paul Durand se limitó a responder: «Seguimos el asunto con atención.»",
            "es",
            "Paul Durand",
            "se limitó a responder",
        ),
        ("Anne Petit wirft ihm „Untätigkeit“ vor.", "de", "Anne Petit", "wirft"),
        ("Anne Petit betont, die Reise sei „kein Abschied“.", "de", "Anne Petit", "betont"),
        (
            "Anne Petit hatte am Montag in Rom gesagt, sonst würden „viele Häuser schließen“.",
            "de",
            "Anne Petit",
            "hatte am Montag in Rom gesagt",
        ),
        ("Laut einem Sprecher werde die Strecke „rund um die Uhr überwacht“.", "de", "einem Sprecher", "Laut"),
        (
            "Paul Durand ha detto che «i porti restano chiusi» e ha chiesto di «fare presto».",
            "it",
            "Paul Durand",
            "ha chiesto",
        ),
    ],
)
def test_words_are_somebodys_in_each_languages_own_order(text: str, language: str, speaker: str, cue: str) -> None:
    found = told(text, language)[-1]
    assert (found.speaker, found.cue, found.direct) == (speaker, cue, True)


@pytest.mark.parametrize(
    ("text", "language", "country", "value", "unit"),
    [
        ("The dollar trades at LBP 49,000.", "en", None, "49000", "LBP"),
        ("It costs 300 CHF.", "en", None, "300", "CHF"),
        ("They paid N100 million.", "en", None, "100000000", "NGN"),
        ("Between N60m and N80m was paid.", "en", None, "60000000..80000000", "NGN"),
        ("It costs 95,000 Sudanese pounds.", "en", None, "95000", "SDG"),
        ("It costs 1,500 pounds.", "en", "LB", "1500", "LBP"),
        ("She lost 30 pounds.", "en", "US", "30", None),
        ("Le COP 28 réunit 50 États.", "fr", None, "50", None),
        ("Cuesta 120 mil pesos.", "es", "MX", "120000", "MXN"),
        ("Es kostet 40 Millionen Franken.", "de", None, "40000000", "CHF"),
        ("Es sind 35 Zentimetern.", "de", None, "35", "cm"),
        ("Es sind 1,2 Millionen Kubikmeter.", "de", None, "1200000", "m3"),
        ("وصل 29 طنا.", "ar", None, "29", "t"),
    ],
)
def test_money_and_measures_have_their_units(
    text: str, language: str, country: str | None, value: str, unit: str | None
) -> None:
    [found] = quantities(text, (Span(start=0, end=len(text)),), language, country=country)
    assert (found.value, found.unit) == (value, unit)


def test_a_road_of_that_letter_is_no_money() -> None:
    text = "The N100 was closed."
    assert not quantities(text, (Span(start=0, end=len(text)),), "en")


def test_money_of_a_country_is_only_what_is_called_so_there() -> None:
    assert money_of("LB", "pounds", "en") == "LBP"
    assert money_of("US", "pounds", "en") is None
    assert money_of(None, "pesos", "es") is None


@pytest.mark.parametrize(
    ("text", "names"),
    [("ZORBAT: Bakers said on Monday that they would strike.", ["ZORBAT"]), ("Zorbat: a view of bakers.", [])],
)
def test_a_place_in_capitals_before_a_colon_opens_a_dispatch(text: str, names: list[str]) -> None:
    found = towns(text, words(text), lambda name, least=0: name == "ZORBAT" and least > 0)
    assert [text[one.start : one.end] for one in found] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ella viajará a Punta Zorba mañana.", ["Punta Zorba"]),
        ("La intendencia de Punta Zorba calla.", ["Punta Zorba"]),
        ("Habló Punta Zorba.", []),
        ("EL PULSO DE PUNTA ZORBA", []),
        ("Ella viajará a Zorba mañana.", []),
    ],
)
def test_a_city_of_two_words_is_one_behind_any_preposition(text: str, names: list[str]) -> None:
    found = towns(text, words(text), lambda name, least=0: name in {"Punta Zorba", "Zorba"})
    assert [text[one.start : one.end] for one in found] == names
