"""What articles on wars name: weapons by designation and make, armed groups and their acronyms, persons beside them."""

from collections.abc import Callable

import pytest

from contracts.extraction import Entity, EntityType

Read = Callable[..., tuple[Entity, ...]]
PERSON, PLACE, OTHER = EntityType.PERSON, EntityType.PLACE, EntityType.OTHER
BODY, GROUP, WEAPON = EntityType.ORGANISATION, EntityType.ARMED_GROUP, EntityType.WEAPON


def of(entities: tuple[Entity, ...], kind: EntityType) -> list[str]:
    return [mention.surface for entity in entities if entity.type is kind for mention in entity.mentions]


@pytest.mark.parametrize(
    "name",
    [
        "T-72B3M", "MiG-31BM", "MIG 29", "Su-30SM", "ZU-23-2", "FAB-500M62", "BTR-82AT", "Mi-8AMTSh", "Mirage F1",
        "Soukhoï-25", "AH-64 Apache", "Kh-101", "S-400", "BM-21", "Patriot PAC-3",
    ],
)  # fmt: skip
def test_a_designation_is_a_weapons_without_a_word_beside_it(read: Read, name: str) -> None:
    assert of(read(f"Ils ont perdu un {name}, dit-on.", {name: OTHER}), WEAPON) == [name]


@pytest.mark.parametrize(
    "name",
    ["M-60", "C-39", "B-12", "MH-17", "MH-370", "J-10", "T-1000", "MI-6", "G-20", "CH-1200", "A-320", "RPG 2021"],
)
def test_roads_laws_flights_and_days_are_none(read: Read, name: str) -> None:
    assert of(read(f"On parle de {name}, dit-on.", {name: OTHER}), WEAPON) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Vingt blindés Zorbin avancent.", "Zorbin"),
        ("Un missile Zorbin-3 est tombé.", "Zorbin-3"),
        ("L'équipage d'un hélicoptère Zorbelle est sauf.", "Zorbelle"),
    ],
)
def test_a_make_stands_behind_its_kind(read: Read, text: str, name: str) -> None:
    assert name in of(read(text, {name: PERSON}), WEAPON)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Le pilote d'hélicoptère Zorbin est mort.", "Zorbin", PERSON),
        ("Le pilote d'hélicoptère Jean Zorbin est mort.", "Jean Zorbin", PERSON),
        ("Le char Jean Zorbin défile.", "Jean Zorbin", PERSON),
        ("Les missiles Moscou.", "Moscou", None),
        ("Un blindé Renault brûle.", "Renault", BODY),
        ("Le missile de Zorbin part.", "Zorbin", PERSON),
        ("Charles Leclerc gagne sur Ferrari.", "Charles Leclerc", PERSON),
    ],
)
def test_whoever_flies_it_or_is_listed_is_no_make(read: Read, text: str, name: str, kind: EntityType | None) -> None:
    found = read(text, {name: PERSON if kind is not BODY else BODY})
    if kind is None:
        assert all(entity.type is not PERSON for entity in found)
    else:
        assert name in of(found, kind)


@pytest.mark.parametrize(
    "text", ["Jean Zorbin joue. Le missile Zorbin marque.", "Le missile Zorbin marque, dit d'Anne Zorbin."]
)
def test_somebodys_last_name_is_no_make(read: Read, text: str) -> None:
    assert "Zorbin" not in of(read(text, {"Zorbin": PERSON, "Jean Zorbin": PERSON, "Anne Zorbin": PERSON}), WEAPON)


def test_articles_and_numbers_before_a_make_are_no_given_names(read: Read) -> None:
    text = "Les Zorbin avancent. Deux Zorbin brûlent. Vingt blindés Zorbin sont là."
    assert of(read(text, {"Zorbin": PERSON}), WEAPON) == ["Zorbin"] * 3


def test_an_acronym_is_of_the_kind_of_the_only_body_that_has_its_letters(read: Read) -> None:
    told = {"FRN": BODY}
    assert "FRN" in of(read("Les Forces de résistance nationale ou FRN avancent. La FRN tient la ville.", told), GROUP)
    text = "Le Fonds rural naval (FRN) paie. Les Forces de résistance nationale avancent. La FRN est une banque."
    assert of(read(text, {**told, "Fonds rural naval": BODY}), GROUP) == ["Forces de résistance nationale"]


def test_groups_that_share_a_country_are_things_of_their_own(read: Read) -> None:
    found = read("Le M23 et les FDLR se battent. Ansar Dine et le MNLA aussi. Boko Haram et Ansaru sont loin.")
    assert len([entity for entity in found if entity.type is GROUP]) == 6


@pytest.mark.parametrize(
    "name", ["Abou Zorba al-Zarbi", "Abdel Zorba al-Zarbane", "Zarbina Zorbichvili", "Zorba Zarbenko"]
)
def test_names_built_as_persons_are_persons_though_a_recogniser_says_otherwise(read: Read, name: str) -> None:
    assert of(read(f"On attend {name}, dit-on.", {name: PLACE}), PERSON) == [name]


@pytest.mark.parametrize("name", ["Abou Zarbal", "Abou al-Zorbour", "Nova Zarba", "Parc Zorbenko", "Stade Zorbichvili"])
def test_towns_that_begin_as_persons_do_stay_towns(read: Read, name: str) -> None:
    assert of(read(f"On attend à {name}, dit-on.", {name: PLACE}), PLACE) == [name]


def test_a_towns_name_of_a_fathers_form_is_the_towns(read: Read) -> None:
    name = "Abou Zorba Zarbal"
    assert of(read(f"On va à {name}.", {name: PLACE}, {name}), PLACE) == [name]


def test_a_general_of_a_brigade_is_no_brigade(read: Read) -> None:
    name = "Zorba al-Zarbi"
    assert of(read(f"Le général de brigade {name} parle.", {name: BODY}), PERSON) == [name]
    assert of(read("La brigade Zarbin attaque."), GROUP) == ["brigade Zarbin"]


@pytest.mark.parametrize(
    "text",
    [
        "Les gisements pétroliers de Zarba brûlent.",
        "Zarba (dans la province de Zorb) brûle.",
        "Sur le front de Zarba, rien.",
    ],
)
def test_what_lies_in_a_province_is_a_place(read: Read, text: str) -> None:
    assert of(read(text, {"Zarba": PERSON}), PLACE) == ["Zarba"]


def test_a_capital_speaks_for_its_state(read: Read) -> None:
    text = "Le tir a échoué, selon Zarbad."
    assert of(read(text, {"Zarbad": PERSON}, {"Zarbad"}), PLACE) == ["Zarbad"]
    text = "Le tir a échoué, selon Zarbad. Jean Zarbad le dit."
    assert of(read(text, {"Zarbad": PERSON, "Jean Zarbad": PERSON}, {"Zarbad"}), PLACE) == []


@pytest.mark.parametrize("before", ["Les rebelles (", "Un groupe, ", "Il cite le groupe « ", "Ils disent: "])
@pytest.mark.parametrize("name", ["Front du Zorb", "Liwa al-Zorba", "Brigades Zorboun", "Katiba Zorb"])
def test_a_form_is_one_behind_a_bracket_or_a_mark_as_well(read: Read, before: str, name: str) -> None:
    assert of(read(f"{before}{name}) avancent."), GROUP) == [name]


def test_in_a_headline_in_capitals_no_name_is_built_of_its_words(read: Read) -> None:
    found = read("L'ARMÉE ÉGYPTIENNE REVENDIQUE LA MORT DE L'ÉMIR\nL'armée égyptienne a parlé.")
    assert of(found, EntityType.ARMED_FORCE) == ["ARMÉE ÉGYPTIENNE", "armée égyptienne"]
    assert of(found, GROUP) == []
