"""What stands around a name and in it: where it ends, and of what kind it is."""

from collections.abc import Callable

import pytest

from contracts.extraction import Entity, EntityType

Read = Callable[..., tuple[Entity, ...]]
PERSON, PLACE, BODY, OTHER = EntityType.PERSON, EntityType.PLACE, EntityType.ORGANISATION, EntityType.OTHER


def of(entities: tuple[Entity, ...]) -> dict[str, str]:
    return {mention.surface: entity.type for entity in entities for mention in entity.mentions}


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("hier, 7 (ZTS).-L'Alliance verte", {"ZTS).-L'Alliance": BODY}, {"ZTS": BODY, "Alliance": BODY}),
        ("avec la Suisse.-Groupe B", {"Suisse.-Groupe B": PLACE}, {"Suisse": PLACE}),
        ("le Zalmir-néglige-t-elle ainsi", {"Zalmir-néglige-t-elle": PLACE}, {"Zalmir": PLACE}),
        ("De Zalm : Georges Zarbin C'est fait", {}, {"Georges Zarbin": PERSON}),
        ("dit Georges Zarbin La force est là", {}, {"Georges Zarbin": PERSON}),
        ("dit Georges La Zarbin hier", {}, {"Georges La Zarbin": PERSON}),
        ("by Georges Zarbin Follow @zarbin", {"Georges Zarbin Follow": PERSON}, {"Georges Zarbin": PERSON}),
        ("in Zarbin’s and Harris’ Zalmir years", {"Harris’ Zalmir years": BODY}, {"Harris": BODY}),
        ("Chercheur au Laboratoire Zarbin", {"Chercheur au Laboratoire Zarbin": BODY}, {"Laboratoire Zarbin": BODY}),
        ("le procureur de la République de Zalm", {"République de Zalm": PLACE}, {"Zalm": PLACE}),
        ("la République de Zalm", {"République de Zalm": PLACE}, {"République de Zalm": PLACE}),
        ("au XIXe siècle, au XVIII e siècle", {"XIXe": BODY, "XVIII e": BODY}, {}),
        ("Zalm, ZT @ Zarbin Hall", {"ZT @ Zarbin Hall": BODY}, {"ZT": BODY, "Zarbin Hall": BODY}),
        ("alors Détends-toi un peu", {"Détends-toi": OTHER}, {}),
        ("à 9 A.M. hier", {"A.M": PLACE}, {}),
        ("Commerce Secretary Zorb came", {"Commerce": BODY}, {}),
        ("le Musée d'art et d'histoire de Zalm dort", {}, {"Musée d'art et d'histoire de Zalm": BODY}),
        ("selon la U.Z.O. hier", {"U.Z.O": BODY}, {"U.Z.O.": BODY}),
        ("Il est là. LES GRANDS TRAVAUX DE ZARBIN EN HIVER. Il part.", {"ZARBIN": BODY}, {}),
        ("de Jean Toussaint", {}, {"Jean Toussaint": PERSON}),
        (
            "l'ambassadeur au Mali Georges Zarbin",
            {"Mali Georges Zarbin": BODY},
            {"Mali": PLACE, "Georges Zarbin": PERSON},
        ),
    ],
)
def test_a_name_ends_where_another_word_begins(
    read: Read, text: str, told: dict[str, EntityType], expected: dict[str, EntityType]
) -> None:
    assert of(read(text, told)) == expected


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("la sonde Zalmira part. Zalmira est loin.", {"Zalmira": PLACE}, {"Zalmira": OTHER}),
        ("la mission historique Zalmira", {"Zalmira": PLACE}, {"Zalmira": OTHER}),
        ("le film de Zarbin", {"Zarbin": PERSON}, {"Zarbin": PERSON}),
        ("à la station Zarbin", {"Zarbin": PERSON}, {"Zarbin": PLACE}),
        ("4. Zarbin (Fr). 5. Zorb m. t.", {"Zarbin": PLACE, "Zorb": PLACE}, {"Zarbin": PERSON, "Zorb": PERSON}),
        ("la C. Z. C. A hier", {"C. Z. C. A": PERSON}, {"C. Z. C. A": BODY}),
        ("le député ZR Georges Zarbin", {"ZR": BODY}, {"ZR": BODY, "Georges Zarbin": PERSON}),
        ("at Georges University", {"Georges University": PERSON}, {"Georges University": BODY}),
        ("in Zarbin County", {"Zarbin County": PERSON}, {"Zarbin County": PLACE}),
        ("de Zarbin Co hier", {"Zarbin Co": PERSON}, {"Zarbin Co": BODY}),
        (
            "Zalma Zarbin parle. Zalma dort.",
            {"Zalma Zarbin": PERSON, "Zalma": PLACE},
            {"Zalma Zarbin": PERSON, "Zalma": PERSON},
        ),
        ("says director of Zarbin", {"Zarbin": BODY}, {"Zarbin": BODY}),
        ("the association chairman Bo Zarbin", {"Bo Zarbin": BODY}, {"Bo Zarbin": PERSON}),
        ("à Douma hier", {"Douma": PLACE}, {"Douma": PLACE}),
        ("dans la Douma hier", {"Douma": PLACE}, {"Douma": BODY}),
    ],
)
def test_a_name_is_of_the_kind_that_it_and_its_neighbours_tell(
    read: Read, text: str, told: dict[str, EntityType], expected: dict[str, EntityType]
) -> None:
    assert of(read(text, told)) == expected


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("Zalma Zarbin est là. Zalma dort.", {"Zalma Zarbin": PERSON, "Zalma": PERSON}, {"Zalma Zarbin": 2}),
        (
            "Zalma Zarbin, Zalma Zarbin. Puis Bo Zarbin. Zarbin rit.",
            {"Zalma Zarbin": PERSON, "Bo Zarbin": PERSON, "Zarbin rit": PERSON},
            {"Zalma Zarbin": 3, "Bo Zarbin": 1},
        ),
        (
            "Zalma Zarbin et Bo Zarbin. Zarbin rit.",
            {"Zalma Zarbin": PERSON, "Bo Zarbin": PERSON},
            {"Zalma Zarbin": 1, "Bo Zarbin": 1, "Zarbin": 1},
        ),
        (
            "le ZIT (Zarbin Institute of Time)",
            {"ZIT": BODY, "Zarbin Institute of Time": BODY},
            {"Zarbin Institute of Time": 2},
        ),
        ("ZALMIRA, 3 mars (AFP) - Il dort", {"ZALMIRA": PLACE}, {"Zalmira": 1, "AFP": 1}),
    ],
)
def test_names_of_one_thing_are_counted_together(
    read: Read, text: str, told: dict[str, EntityType], expected: dict[str, int]
) -> None:
    assert {entity.name: len(entity.mentions) for entity in read(text, told)} == expected
