"""Quantities are read with their bounds, and what only looks like a number of things is left out."""

from itertools import pairwise

import pytest

from contracts.extraction import Quantity
from contracts.value import Span
from services.extract.core.quantities import quantities


def read(text: str, language: str = "fr") -> list[Quantity]:
    found = list(quantities(text, (Span(start=0, end=len(text)),), language))
    assert all(text[one.start : one.end] == one.surface for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    return found


@pytest.mark.parametrize(
    ("text", "language", "value", "counts"),
    [
        ("Il a vu six avions russes.", "fr", "6", "avions russes"),
        ("Vingt-trois soldats sont morts.", "fr", "23", "soldats"),
        ("Quatre-vingt-dix-sept blessés.", "fr", "97", "blessés"),
        ("Vingt et un chars.", "fr", "21", "chars"),
        ("Deux cent trente mille habitants.", "fr", "230000", "habitants"),
        ("Mille hommes.", "fr", "1000", "hommes"),
        ("On compte 1 300 entreprises.", "fr", "1300", "entreprises"),
        ("On compte 1\u202f300 entreprises.", "fr", "1300", "entreprises"),
        ("On compte 1.300 entreprises.", "fr", "1300", "entreprises"),
        ("They count 1,300 firms.", "en", "1300", "firms"),
        ("They count 12,345,678 votes.", "en", "12345678", "votes"),
        ("Man zählt 1.300 Firmen.", "de", "1300", "Firmen"),
        ("Three million people fled.", "en", "3000000", "people"),
        ("Two Syrian helicopters were hit.", "en", "2", "Syrian helicopters"),
        ("One hundred and twenty men left.", "en", "120", "men"),
        ("Tres soldados murieron.", "es", "3", "soldados"),
        ("Trois dépôts d’armes et de munitions, rien.", "fr", "3", "dépôts d’armes et de munitions"),
        ("Deux avions Su-24 ont été vus.", "fr", "2", "avions Su-24"),
        ("1,5 million de personnes.", "fr", "1500000", "personnes"),
    ],
)
def test_a_number_counts_the_words_after_it(text: str, language: str, value: str, counts: str) -> None:
    assert [(one.value, one.unit, one.counts) for one in read(text, language)] == [(value, None, counts)]


@pytest.mark.parametrize(
    ("text", "language", "surface", "value", "unit"),
    [
        ("Un engin de 20 tonnes.", "fr", "20 tonnes", "20", "t"),
        ("Une ligne de 8000 km.", "fr", "8000 km", "8000", "km"),
        ("À 90km de là.", "fr", "90km", "90", "km"),
        ("À 120 km/h sur la route.", "fr", "120 km/h", "120", "km/h"),
        ("Il gagne 2,5 millions d’euros.", "fr", "2,5 millions d’euros", "2500000", "EUR"),
        ("They paid $5m for it.", "en", "$5m", "5000000", "USD"),
        ("They paid $1,250.50 for it.", "en", "$1,250.50", "1250.50", "USD"),
        ("Une baisse de 3,4 %.", "fr", "3,4 %", "3.4", "%"),
        ("Une baisse de 30 pour cent.", "fr", "30 pour cent", "30", "%"),
        ("Âgé de 45 ans.", "fr", "45 ans", "45", "a"),
        ("Durant six mois.", "fr", "six mois", "6", "mo"),
    ],
)
def test_a_measure_has_its_unit_as_a_symbol(text: str, language: str, surface: str, value: str, unit: str) -> None:
    assert [(one.surface, one.value, one.unit) for one in read(text, language)] == [(surface, value, unit)]


def test_what_is_measured_is_told_beside_the_unit() -> None:
    (found,) = read("Il portait deux tonnes d’explosifs.")
    assert (found.value, found.unit, found.counts) == ("2", "t", "explosifs")


@pytest.mark.parametrize(
    ("text", "language", "surface", "value"),
    [
        ("Plus de 20 tonnes.", "fr", "Plus de 20 tonnes", ">20"),
        ("Plus d’une trentaine de chefs locaux.", "fr", "Plus d’une trentaine de chefs locaux", ">30"),
        ("Une trentaine de chefs.", "fr", "Une trentaine de chefs", "~30"),
        ("Deux douzaines de chars.", "fr", "Deux douzaines de chars", "~24"),
        ("Moins de dix soldats.", "fr", "Moins de dix soldats", "<10"),
        ("Au moins 786 civils.", "fr", "Au moins 786 civils", ">=786"),
        ("Jusqu’à 200 soldats.", "fr", "Jusqu’à 200 soldats", "<=200"),
        ("Environ 500 voitures.", "fr", "Environ 500 voitures", "~500"),
        ("Quelque 400 chars.", "fr", "Quelque 400 chars", "~400"),
        ("At least two dozen tanks.", "en", "At least two dozen tanks", ">=24"),
        ("More than 300 people.", "en", "More than 300 people", ">300"),
        ("Mehr als 20 Soldaten.", "de", "Mehr als 20 Soldaten", ">20"),
    ],
)
def test_a_hedge_makes_a_bound_or_an_approximation(text: str, language: str, surface: str, value: str) -> None:
    assert [(one.surface, one.value) for one in read(text, language)] == [(surface, value)]


@pytest.mark.parametrize(
    ("text", "language", "value", "unit"),
    [
        ("Deux ou trois milliards de dollars.", "fr", "2000000000..3000000000", "USD"),
        ("Entre 200 et 300 chars.", "fr", "200..300", None),
        ("De 20 à 30 km.", "fr", "20..30", "km"),
        ("20-30 km.", "fr", "20..30", "km"),
        ("Between two and five tanks.", "en", "2..5", None),
    ],
)
def test_a_range_has_both_its_ends(text: str, language: str, value: str, unit: str | None) -> None:
    assert [(one.value, one.unit) for one in read(text, language)] == [(value, unit)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("En 2017, il part. Le 12 juillet 2016, il revient.", "fr"),
        ("Le système S-300, le Tu-22 et le FIM-92 Stinger.", "fr"),
        ("Les S300, 400 et bientôt 500, sont connus.", "fr"),
        ("La 2e armée, le 3ème corps, the 4th army.", "fr"),
        ("Un homme et une femme.", "fr"),
        ("De deux choses l’une.", "fr"),
        ("Il est venu trois fois.", "fr"),
        ("Conformément aux articles deux et quatre du traité.", "fr"),
        ("La résolution 2254 des Nations.", "fr"),
        ("Des milliers de civils, des dizaines de chars.", "fr"),
        ("À 10 heures, il part.", "fr"),
        ("Il arrive à 10h30.", "fr"),
        ("Un camion neuf et cent pour cent.", "fr"),
        ("Version 1.2.3 and 192.168.0.1 run.", "en"),
        ("No one left. A man came.", "en"),
        ("Depuis deux mille dix-sept.", "fr"),
        ("Das Haus wurde 2015 ergänzt.", "de"),
    ],
)
def test_what_counts_nothing_is_no_quantity(text: str, language: str) -> None:
    assert [one.surface for one in read(text, language) if one.unit != "%"] == []


def test_nothing_outside_the_body_is_read() -> None:
    text = "Six avions.\n\nSept chars."
    assert [one.value for one in quantities(text, (Span(start=13, end=len(text)),), "fr")] == ["7"]


def test_hostile_text_is_read_once() -> None:
    for filler in ("1 ", "1.234.", "deux et ", "cent mille ", "vingt-", "plus de ", "1 - ", "entre 4 et ", "9"):
        text = filler * (50_000 // len(filler))
        assert len(quantities(text, (Span(start=0, end=len(text)),), "fr")) < len(text)
