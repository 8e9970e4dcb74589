"""Quantities are read with their bounds, and what only looks like a number of things is left out."""

from itertools import pairwise

import pytest

from contracts.extraction import Quantity
from contracts.value import Span
from services.extract.core.counting.quantities import quantities
from services.extract.core.counting.units import dollar_at


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
        ("وصل 350 ألف لاجئ.", "ar", "350000", "لاجئ"),
        ("Взято 12 тысяч проб.", "ru", "12000", "проб"),
        ("Przyszło 3 tys. osób i 40 dziennikarzy.", "pl", "40", "dziennikarzy"),
        ("Foram vistas 30 escolas.", "pt", "30", "escolas"),
        ("Er kwamen 2 miljoen bezoekers.", "nl", "2000000", "bezoekers"),
        ("In dieci diverse regioni.", "it", "10", "diverse regioni"),
        ("Con due grandi aziende.", "it", "2", "grandi aziende"),
        ("En tres diferentes ciudades.", "es", "3", "diferentes ciudades"),
        ("Man zählt 1.300 Firmen.", "de", "1300", "Firmen"),
        ("Three million people fled.", "en", "3000000", "people"),
        ("Two Syrian helicopters were hit.", "en", "2", "Syrian helicopters"),
        ("One hundred and twenty men left.", "en", "120", "men"),
        ("Tres soldados murieron.", "es", "3", "soldados"),
        ("Trois dépôts d’armes et de munitions, rien.", "fr", "3", "dépôts d’armes et de munitions"),
        ("Deux avions Su-24 ont été vus.", "fr", "2", "avions Su-24"),
        ("1,5 million de personnes.", "fr", "1500000", "personnes"),
        ("Un million et demi de personnes.", "fr", "1500000", "personnes"),
        ("Un demi-million de personnes.", "fr", "500000", "personnes"),
        ("Half a million people fled.", "en", "500000", "people"),
        ("Two and a half million people fled.", "en", "2500000", "people"),
        ("Ils vont ramener 5\u2009000 emplois.", "fr", "5000", "emplois"),
        ("Et quinze Premiers ministres.", "fr", "15", "Premiers ministres"),
        ("Quatre dirigeants de premier plan.", "fr", "4", "dirigeants de premier plan"),
        ("Six milliards d’ années-lumière.", "fr", "6000000000", "années-lumière"),
        ("They found 250 police officers there.", "en", "250", "police officers"),
        ("Two United States service members died.", "en", "2", "United States service members"),
        ("Nine of these pairs have been matched.", "en", "9", "pairs"),
        ("They saw 200 firemen.", "en", "200", "firemen"),
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
        ("Il a payé 5 M€ pour cela.", "fr", "5 M€", "5000000", "EUR"),
        ("Un contrat de 3 Mds d’euros.", "fr", "3 Mds d’euros", "3000000000", "EUR"),
        ("Cela coûte 2,5 milliards d' euros.", "fr", "2,5 milliards d' euros", "2500000000", "EUR"),
        ("Débloquant 800 millions de réals.", "fr", "800 millions de réals", "800000000", "BRL"),
        ("US$ 3 million in aid came.", "en", "US$ 3 million", "3000000", "USD"),
        ("They lost A$20 on it.", "en", "A$20", "20", "AUD"),
        ("About 300 mln rand this year.", "en", "About 300 mln rand", "~300000000", "ZAR"),
        ("Of 68 billion dlrs of debt.", "en", "68 billion dlrs", "68000000000", "USD"),
        ("A rise of 15 pct was seen.", "en", "15 pct", "15", "%"),
        ("A rise from one pct.", "en", "one pct", "1", "%"),
        ("Une cellule de 10 m2 pour lui.", "fr", "10 m2", "10", "m2"),
        ("They hold 3,000 square kilometres.", "en", "3,000 square kilometres", "3000", "km2"),
        ("Un écran de 5,5 pouces.", "fr", "5,5 pouces", "5.5", "in"),
        ("It weighs 708 lbs.", "en", "708 lbs", "708", "lb"),
        ("Il fait 38 °C à Paris.", "fr", "38 °C", "38", "Cel"),
        ("A 500-pound bomb fell.", "en", "500-pound", "500", "lb"),
        ("A five-year plan.", "en", "five-year", "5", "a"),
        ("The 12-year-old boy.", "en", "12-year-old", "12", "a"),
        ("It’s a 24-hour trip.", "en", "24-hour", "24", "h"),
        ("An increase over two years.", "en", "two years", "2", "a"),
        ("They waited for over two years.", "en", "over two years", ">2", "a"),
    ],
)
def test_a_measure_has_its_unit_as_a_symbol(text: str, language: str, surface: str, value: str, unit: str) -> None:
    assert [(one.surface, one.value, one.unit) for one in read(text, language)] == [(surface, value, unit)]


@pytest.mark.parametrize(
    ("url", "unit"),
    [
        ("https://www.zorb.ca/a", "CAD"),
        ("https://zorb.com.au/b", "AUD"),
        ("https://zorb.com/ca", "USD"),
        ("http://[", "USD"),
        (None, "USD"),
    ],
)
def test_a_bare_dollar_is_that_of_the_papers_country(url: str | None, unit: str) -> None:
    text = "It cost $5 and not US$7, 8 dollars or €9."
    found = quantities(text, (Span(start=0, end=len(text)),), "en", dollar_at(url))
    assert [one.unit for one in found] == [unit, "USD", "USD", "EUR"]


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
        ("Pas moins de 300 soldats.", "fr", "Pas moins de 300 soldats", ">=300"),
        ("Un peu plus de 40 missiles.", "fr", "Un peu plus de 40 missiles", ">40"),
        ("Près d’un million de réfugiés.", "fr", "Près d’un million de réfugiés", "~1000000"),
        ("Supérieur à 30 000 euros.", "fr", "Supérieur à 30 000 euros", ">30000"),
        ("250 millions d’euros environ.", "fr", "250 millions d’euros environ", "~250000000"),
        ("30 soldats au moins.", "fr", "30 soldats au moins", ">=30"),
        ("No fewer than 30 people.", "en", "No fewer than 30 people", ">=30"),
        ("No more than 20 tanks.", "en", "No more than 20 tanks", "<=20"),
        ("As many as 200 people.", "en", "As many as 200 people", "<=200"),
        ("An estimated 200 people.", "en", "An estimated 200 people", "~200"),
        ("30 people or more.", "en", "30 people or more", ">=30"),
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
        ("De 3% à 5% du PIB.", "fr", "3..5", "%"),
        ("De 10 euros à 15 euros.", "fr", "10..15", "EUR"),
        ("Between $20,000 and $150,000.", "en", "20000..150000", "USD"),
        ("$20,000-$30,000 a year.", "en", "20000..30000", "USD"),
        ("From three dlrs to 3.25 dlrs.", "en", "3..3.25", "USD"),
        ("Tous les deux à 97 ans.", "fr", "97", "a"),
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
        ("La guerre de Trente Ans, les Trente Glorieuses, le bar « Les Deux Obus ».", "fr"),
        ("Le PSG a gagné 3-1, puis 2-2.", "fr"),
        ("Après 22 heures 30, heure locale, plus de 240 fois.", "fr"),
        ("Les deux tiers, les trois quarts des sièges, multiplié par dix dès demain.", "fr"),
        ("Elles sont toutes trois âgées.", "fr"),
        ("In 2014 and 2016 contain this. Around 1990 it ended.", "en"),
        ("The September 11, 2001 attacks. He sees 1987 earnings.", "en"),
        ("Formula 1 cars raced, and the 737 Max flew.", "en"),
        ("Um 14 Uhr begann das Rennen.", "de"),
        ("The camp for kids ages 5 to 12 opens on Sunday.", "en"),
        ("L’objet 2014 ZB12 est loin.", "fr"),
        ("В ноябре 2012 года он уехал, с 7 по 23 марта его не было.", "ru"),
        ("W 2010 roku mieszkał od 3 do 9 lat za granicą.", "pl"),
        ("اندلعت الحرب بين 1998 و1999 وتحدث عنها في 2011 عن الضحايا.", "ar"),
        ("الرياض 26 شوال 1436 هـ الموافق لهذا اليوم", "ar"),
    ],
)
def test_what_counts_nothing_is_no_quantity(text: str, language: str) -> None:
    assert [one.surface for one in read(text, language) if one.unit != "%"] == []


@pytest.mark.parametrize(
    ("text", "language", "surface", "value"),
    [
        ("Beaucoup d’étudiants (environ 800.000).", "fr", "environ 800.000", "~800000"),
        ("Soit 97,5 millions par an.", "fr", "97,5 millions", "97500000"),
        ("Estimées à 558 600 , contre moins.", "fr", "558 600", "558600"),
        ("Il a abattu 69 d’entre eux.", "fr", "69 d’entre eux", "69"),
        ("Four of them were killed.", "en", "Four of them", "4"),
        ("More than 670 were killed.", "en", "More than 670", ">670"),
        ("A bomb went off, killing 12 on Friday.", "en", "12", "12"),
        ("The death toll rose to 45 on Friday.", "en", "45", "45"),
    ],
)
def test_a_number_may_stand_alone(text: str, language: str, surface: str, value: str) -> None:
    assert [(one.surface, one.value, one.unit, one.counts) for one in read(text, language)] == [
        (surface, value, None, None)
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Selon la loi n°58 de 2017.", "fr"),
        ("La grille n°2648 NIVEAU EXPERT.", "fr"),
        ("Según la ley nº 58 de 2017.", "es"),
        ("Zorba 1-0 Manchester Zorb.", "es"),
        ("El partido es a las 11:30 horas.", "es"),
        ("Le match finit sur un 3-1 Zalmira.", "fr"),
    ],
)
def test_a_designation_a_clock_and_a_score_count_nothing(text: str, language: str) -> None:
    assert read(text, language) == []


@pytest.mark.parametrize(
    ("text", "language", "value", "unit"),
    [
        ("Ela tem 15 anos.", "pt", "15", "a"),
        ("Durou dez dias.", "pt", None, None),
        ("Faltam 10 dias.", "pt", "10", "d"),
        ("Hij is 15 jaar.", "nl", "15", "a"),
        ("Er bekam 7.200 US-Dollar.", "de", "7200", "USD"),
        ("Duró 2-3 horas.", "es", "2..3", "h"),
    ],
)
def test_units_are_known_in_other_languages_too(text: str, language: str, value: str | None, unit: str | None) -> None:
    assert [(one.value, one.unit) for one in read(text, language)] == ([(value, unit)] if value else [])


def test_some_of_a_number_are_two_quantities() -> None:
    assert [(one.value, one.counts) for one in read("Two of the three hostages died.", "en")] == [
        ("2", None),
        ("3", "hostages"),
    ]


def test_a_bound_before_the_next_number_is_that_ones() -> None:
    assert [one.value for one in read("30 blessés au moins 3 morts.")] == ["30", ">=3"]


def test_nothing_outside_the_body_is_read() -> None:
    text = "Six avions.\n\nSept chars."
    assert [one.value for one in quantities(text, (Span(start=13, end=len(text)),), "fr")] == ["7"]


def test_hostile_text_is_read_once() -> None:
    for filler in (
        "1 ",
        "1.234.",
        "deux et ",
        "cent mille ",
        "vingt-",
        "plus de ",
        "1 - ",
        "entre 4 et ",
        "9",
        "5-year-",
        "de 3% à ",
        "$",
        "US$5-",
    ):
        text = filler * (10_000 // len(filler))
        assert len(quantities(text, (Span(start=0, end=len(text)),), "fr")) < len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C'est à 50 km de Zalmira.", [("50", "km", None)]),
        ("Il est à une centaine de mètres de lui.", [("~100", "m", None)]),
        ("Il pose 30 mètres de câble.", [("30", "m", "câble")]),
        ("On livre 3 tonnes de Zalmirite.", [("3", "t", "Zalmirite")]),
        ("Il dort au 138 Boulevard de Zalm.", []),
        ("On ferme trois boulevards.", [("3", None, "boulevards")]),
        ("Il suit trois cours.", [("3", None, "cours")]),
        ("Une ampoule de 60 watts.", [("60", "W", None)]),
        ("Ces 2 lettres de Paul Durand.", [("2", None, "lettres de Paul Durand")]),
        ("Ces 2 lettres de Paul. Durand part.", [("2", None, "lettres de Paul")]),
        ("Les 2 fils de France, Anne et Paul.", [("2", None, "fils de France")]),
        ("Il reste deux candidats hors système.", [("2", None, "candidats")]),
    ],
)
def test_distances_addresses_and_names_behind_what_is_counted(
    text: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    assert [(one.value, one.unit, one.counts) for one in read(text)] == expected


@pytest.mark.parametrize(
    ("text", "surface"),
    [("Ils ont tué 47 « terroristes ».", "47 « terroristes »"), ("Les 12 “sages” parlent.", "12 “sages”")],
)
def test_a_noun_held_at_arms_length_is_counted(text: str, surface: str) -> None:
    assert [one.surface for one in read(text)] == [surface]


@pytest.mark.parametrize("text", ["En 1995 « hommes » voulait dire autre chose.", "Le numéro 12 « chats » est paru."])
def test_a_year_or_a_number_before_marks_counts_nothing(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Il faut 3 à 4 000 tentes.", "3000..4000"),
        ("Il faut 5 à 10.000 tentes.", "5000..10000"),
        ("Il faut 500 à 1 000 tentes.", "500..1000"),
        ("Il faut 2 à 10 000 tentes.", "2..10000"),  # nobody can know
        ("Il faut 3 à 4 500 tentes.", "3..4500"),
    ],
)
def test_thousands_that_only_the_upper_number_tells_are_both_numbers(text: str, value: str) -> None:
    assert [one.value for one in read(text)] == [value]
