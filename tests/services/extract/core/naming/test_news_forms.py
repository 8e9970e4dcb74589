"""How news set names: in lists of results, behind initials and datelines, on buttons, in headlines in English."""

from collections.abc import Callable, Collection, Sequence

import pytest

from contracts.extraction import Entity, EntityType
from services.extract.core.naming.entities import entities
from services.extract.core.naming.headlines import in_small_letters, is_titled, ordinary_words
from services.extract.core.naming.passages import Passage
from services.extract.core.naming.results import Result, results
from services.extract.lists import names
from tests.services.extract.core.naming.conftest import SaysWhatItIsTold

Read = Callable[..., tuple[Entity, ...]]
PERSON, PLACE, BODY, OTHER = EntityType.PERSON, EntityType.PLACE, EntityType.ORGANISATION, EntityType.OTHER
RACE = "Classement : 1. Zarbin (It). 2. P. Zorb (S). 3. Van den Zalm (Be, 4 s). 21. Zilmo m. t. 137. Zérin à 7'16."


def of(entities: Sequence[Entity]) -> dict[str, str]:
    return {mention.surface: entity.type for entity in entities for mention in entity.mentions}


def in_english(text: str, told: dict[str, EntityType], towns: Collection[str] = ()) -> dict[str, str]:
    passages = [Passage(0, len(text), SaysWhatItIsTold(told), "en")]
    return of(entities(text, passages, names("en"), lambda name, least=0: name in towns))


def test_a_list_of_results_names_persons_and_their_countries(read: Read) -> None:
    assert of(read(RACE, {"Zarbin": PLACE, "It": OTHER, "Zilmo": BODY})) == {
        **dict.fromkeys(("Zarbin", "P. Zorb", "Van den Zalm", "Zilmo", "Zérin"), PERSON),
        **dict.fromkeys(("It", "S", "Be"), PLACE),
    }
    assert {entity.name: entity.country for entity in read(RACE, {}) if entity.type is PLACE} == {
        "Italie": "IT",
        "Suisse": "CH",
        "Belgique": "BE",
    }


@pytest.mark.parametrize(
    "text",
    ["Il y a deux points : 1. Zarbin part. 2. Zorb reste. 3. Zalm dort. 4. Zilm aussi.", "Zarbin (S) et Zorb (It)"],
)
def test_numbered_points_and_a_bracket_or_two_are_no_results(text: str) -> None:
    assert results(text, 0, len(text)) == []


def test_what_somebody_has_scored_stands_behind_his_name() -> None:
    assert results("Zarbin (3/5)\nZorb P. (16 arrêts)\nle score (3/5)", 0, 52) == [Result(0, 6), Result(13, 20)]


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("hier J.-P. Zarbin part", {}, {"J.-P. Zarbin": PERSON}),
        ("le directeur, R. Zorb, dort", {"Zorb": OTHER}, {"R. Zorb": PERSON}),
        ("la vitamine C. Zarbin en vend", {}, {}),
        ("le F. C. Zalm gagne", {"F. C. Zalm": BODY}, {"F. C. Zalm": BODY}),
        ("selon MM. Zarbin, Zorb et J. Zalm, ministres", {}, {"Zarbin": PERSON, "Zorb": PERSON, "J. Zalm": PERSON}),
        ("dont MM.Zarbin hier", {"MM.Zarbin": PLACE}, {"Zarbin": PERSON}),
        ("le plan de la MM. On dort", {}, {}),
    ],
)
def test_initials_and_a_title_of_several_show_persons(
    read: Read, text: str, told: dict[str, EntityType], expected: dict[str, EntityType]
) -> None:
    assert of(read(text, told)) == expected


@pytest.mark.parametrize(
    ("text", "told", "towns", "expected"),
    [
        ("Fin.\nZALM, 14. — Un feu", {"ZALM": BODY}, [], {"ZALM": PLACE}),
        ("du camp Zalmira, 17 (Reuters) — Un feu", {"Zalmira": PERSON}, [], {"Zalmira": PLACE, "Reuters": BODY}),
        ("la société Zorb S. A., ZALMIR.— Il dort", {"ZALMIR": PERSON}, ["ZALMIR"], {"ZALMIR": PLACE}),
        ("à l'usine de Zalm (SG) hier", {"Zalm": BODY, "SG": BODY}, [], {"Zalm": PLACE, "SG": PLACE}),
        ("À ZALMIRA il pleut", {"À ZALMIRA": OTHER}, ["ZALMIRA"], {"ZALMIRA": PLACE}),
        ("la réunion à Zalmira hier", {"Zalmira": PERSON}, [], {"Zalmira": PLACE}),
        (
            "la troisième étape, Zalm-Zorbach del Mar",
            {"Zalm-Zorbach del Mar": PERSON},
            [],
            {"Zalm": PLACE, "Zorbach del Mar": PLACE},
        ),
        ("sur la place Zalmienne hier", {"place Zalmienne": PLACE}, [], {"place Zalmienne": PLACE}),
        (
            "vers la place de la Zalme, boulevard des Italiens",
            {},
            [],
            {"place de la Zalme": PLACE, "boulevard des Italiens": PLACE},
        ),
        ("sur la place de la France", {}, [], {"France": PLACE}),
        ("il veut la place de la Zalme", {}, [], {}),
        ("dans l'île de Majorque", {"île de Majorque": PLACE}, [], {"île de Majorque": PLACE}),
        (
            "les Jeux olympiques de Zalm",
            {"Jeux olympiques de Zalm": OTHER},
            ["Zalm"],
            {"Jeux olympiques": OTHER, "Zalm": PLACE},
        ),
        ("la France-affirme-t-il-et Chirac-qui dort", {}, [], {"France": PLACE, "Chirac": PERSON}),
        ("à Neuilly-sur-Seine", {}, [], {}),
    ],
)
def test_a_place_is_told_by_what_stands_around(
    read: Read, text: str, told: dict[str, EntityType], towns: list[str], expected: dict[str, EntityType]
) -> None:
    assert of(read(text, told, towns)) == expected


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("selon l'ONUZ lundi", {"ONUZ lundi": BODY}, {"ONUZ": BODY}),
        ("le trésorier du PS hier", {"PS": BODY}, {"PS": BODY}),
        (
            "le Ministère de l'Intérieur Zorb Zarbin",
            {"Zorb Zarbin": PERSON},
            {"Ministère de l'Intérieur": BODY, "Zorb Zarbin": PERSON},
        ),
        ("l'Assemblée nationale du fait que", {}, {"Assemblée nationale": BODY}),
        ("Bo Zarbin-en a eu assez", {"Bo Zarbin-en": PERSON}, {"Bo Zarbin": PERSON}),
        (
            "François Hollande part. Hollande dort.",
            {"Hollande": PERSON},
            {"François Hollande": PERSON, "Hollande": PERSON},
        ),
        ("en Hollande hier", {"Hollande": PLACE}, {"Hollande": PLACE}),
    ],
)
def test_a_body_or_a_person_ends_where_its_name_does(
    read: Read, text: str, told: dict[str, EntityType], expected: dict[str, EntityType]
) -> None:
    assert of(read(text, told)) == expected


def test_a_town_is_no_person_for_a_cabinet_that_is_called_after_it(read: Read) -> None:
    text = "Le Cabinet de Zalmira siège. Zalmira dort, et vers Zalmira on part."
    assert of(read(text, {"Cabinet de Zalmira": PERSON, "Zalmira": PLACE}, ["Zalmira", "zalmira"]))["Zalmira"] is PLACE


def test_a_bar_of_buttons_names_nothing_and_a_sentence_of_the_same_networks_does(read: Read) -> None:
    assert read("Partager :\nFacebook ,\nTwitter ,\nGoogle", {"Facebook": BODY}) == ()
    assert set(of(read("Facebook et Twitter dorment.\nGoogle aussi.", {}))) == {"Facebook", "Twitter", "Google"}


@pytest.mark.parametrize(
    ("text", "told", "towns", "expected"),
    [
        ("Under the Clean Zalm Act, it may", {"Clean Zalm": BODY}, [], {"Clean Zalm Act": OTHER}),
        ("the Zalm Convention on Human Rights", {}, [], {"Zalm Convention on Human Rights": OTHER}),
        ("signed the Treaty of Zalmira", {"Zalmira": PLACE}, [], {"Treaty of Zalmira": OTHER}),
        ("Mayor Bill Zarbin said", {"Bill Zarbin": PERSON}, [], {"Bill Zarbin": PERSON}),
        ("The Act was upheld", {}, [], {}),
        ("a nurse in Zalmira.", {}, ["Zalmira"], {"Zalmira": PLACE}),
        ("Sen. Bo Zarbin, D-Ohio, left", {"Bo Zarbin": PERSON}, [], {"Bo Zarbin": PERSON, "Ohio": PLACE}),
        ("Zarbin, 52, had led it", {"Zarbin": BODY}, [], {"Zarbin": PERSON}),
        ("stabbed in Zorbney, east London.", {"Zorbney": BODY}, [], {"Zorbney": PLACE}),
        ("lost to the Miami Heat", {"Miami Heat": PLACE}, [], {"Miami Heat": BODY}),
    ],
)
def test_in_english_laws_towns_and_teams_are_told_by_their_form(
    text: str, told: dict[str, EntityType], towns: list[str], expected: dict[str, EntityType]
) -> None:
    assert in_english(text, told, towns) == expected


def test_a_headline_in_english_is_read_without_the_capitals_of_ordinary_words() -> None:
    text = "the storm brings floods; Zalmia flees. He left Zalmia as thousands of them did"
    headline = "Storm Brings Floods to Zalmia as Thousands Leave"
    assert is_titled(headline)
    assert not is_titled("Storm brings floods to Zalmia")
    assert in_small_letters(headline, ordinary_words(text)) == "Storm brings floods to Zalmia as thousands Leave"
