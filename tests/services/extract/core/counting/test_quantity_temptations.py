"""What tempts to a wrong number, unit or noun: invented sentences, and beside them those that look alike."""

import pytest

from contracts.value import Span
from services.extract.core.counting.quantities import quantities

Read = list[tuple[str, str | None, str | None]]


def read(text: str, language: str = "fr", country: str | None = None) -> Read:
    found = quantities(text, (Span(start=0, end=len(text)),), language, country=country)
    return [(one.value, one.unit, one.counts) for one in found]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "القرار 2254 والمادة 5 والقناة 12 الإسرائيلية."),
        ("en", "The Five Eyes met the Big Four firms."),
        ("fr", "Il cite la sourate 9 versets 5 et 7."),
        ("fr", "Un Boeing 737 et un Airbus A320 se sont posés."),
        ("fr", "Il est le 3e mort de la semaine, après le 2ème blessé."),
        ("fr", "Radio France 3, le Top 14 et la Ligue 1 reprennent."),
    ],
)
def test_a_number_in_a_name_counts_nothing(language: str, text: str) -> None:
    assert read(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        (
            "fr",
            "Deux Boeing 737 et trois Sukhoi 24 ont décollé.",
            [("2", None, "Boeing 737"), ("3", None, "Sukhoi 24")],
        ),
        ("fr", "Deux Allemands 24 heures plus tôt.", [("2", None, "Allemands"), ("24", "h", None)]),
        ("fr", "Soixante et onze otages, soixante et un chars.", [("71", None, "otages"), ("61", None, "chars")]),
        ("fr", "Une centaine de milliers de manifestants.", [("~100000", None, "manifestants")]),
        ("fr", "Une dizaine de millions de francs.", [("~10000000", None, "francs")]),
        ("fr", "Une dizaine de personnes.", [("~10", None, "personnes")]),
        ("ar", "قتل 20 شخصا وأصيب 35 آخرون.", [("20", None, "شخصا"), ("35", None, "آخرون")]),
        ("ar", "أمام نحو 12 الف شخص.", [("~12000", None, "شخص")]),
        ("en", "Monitor AFP Eleven children were killed.", [("11", None, "children")]),
        ("en", "In the north, four firms closed.", [("4", None, "firms")]),
        ("fr", "Il est mort à 20km de Kiev.", [("20", "km", None)]),
        ("fr", "Il a réparé 20 km de route.", [("20", "km", "route")]),
        ("fr", "Il gagne en 9,58 s.", []),
    ],
)
def test_a_number_counts_what_stands_there(language: str, text: str, found: Read) -> None:
    assert read(text, language) == found


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("fr", "Il fait -12 °C à Moscou.", [("-12", "Cel", None)]),
        ("fr", "Il fait moins 12 degrés.", [("-12", None, "degrés")]),
        ("en", "It fell to minus 12 degrees Celsius.", [("-12", "Cel", None)]),
        ("de", "Es waren -5 Grad Celsius.", [("-5", "Cel", None)]),
        ("es", "La temperatura bajó a -5 °C.", [("-5", "Cel", None)]),
        ("fr", "Le thermomètre est passé de -5 °C à 12 °C.", [("-5..12", "Cel", None)]),
        ("fr", "Il fait 35 °C à Séville.", [("35", "Cel", None)]),
        ("fr", "Il fera 10-12 °C demain.", [("10..12", "Cel", None)]),
        ("fr", "Le village - 12 maisons - est vide.", [("12", None, "maisons")]),
    ],
)
def test_degrees_may_be_below_zero(language: str, text: str, found: Read) -> None:
    assert read(text, language) == found


def test_francs_cfa_are_those_of_the_country() -> None:
    text = "Une amende de 3 millions de FCFA."
    assert read(text, country="SN") == [("3000000", "XOF", None)]
    assert read(text, country="CM") == [("3000000", "XAF", None)]


@pytest.mark.parametrize("filler", ["123 456 789 ", "1.234.567.", "million de millions ", "5 millions de millions "])
def test_a_row_of_figures_without_end_is_no_number(filler: str) -> None:
    text = filler * 2000
    assert all(len(one[0]) < 60 for one in read(text))
