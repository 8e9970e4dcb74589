"""Persons and bodies that an editor found taken for something else in French articles, and what is none of them."""

from collections.abc import Callable

import pytest

from contracts.extraction import Entity, EntityType

Read = Callable[..., tuple[Entity, ...]]
PERSON, PLACE, BODY = EntityType.PERSON, EntityType.PLACE, EntityType.ORGANISATION


def of(entities: tuple[Entity, ...]) -> dict[str, str]:
    return {mention.surface: entity.type for entity in entities for mention in entity.mentions}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Le maire quitte Zalm.", PLACE),
        ("Le président visite Zalm.", PLACE),
        ("Le juge critique Zalm.", PLACE),
        ("The mayor visited Zalm.", PLACE),
        ("Le maire italien Zalm part.", PERSON),
        ("Le maire socialiste Zalm part.", PERSON),
        ("Le maire sortant Zalm part.", PERSON),
        ("La maire Zalm part.", PERSON),
        ("Le rappeur Zalm part.", PERSON),
        ("L'artiste belge Zalm part.", PERSON),
        ("L'ancien député socialiste européen Zalm part.", PERSON),
        ("L'artiste belge quitte Zalm.", PLACE),
        ("Les artistes de Zalm partent.", PLACE),
        ("Le chemin des artistes, Zalm, est long.", PLACE),
    ],
)
def test_an_office_with_an_adjective_leads_to_a_person_and_with_a_verb_to_anything(
    read: Read, text: str, kind: EntityType
) -> None:
    assert of(read(text, {"Zalm": PLACE}, ["Zalm"]))["Zalm"] == kind


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("Paul Zarb et Anne Zorbin débattent. L'axe Zarb-Zorbin dure.", {"Zarb-Zorbin": PLACE},
         {"Zarb": PERSON, "Zorbin": PERSON}),
        ("Le duel Macron-Poutine dure.", {"Macron-Poutine": BODY}, {"Macron": PERSON, "Poutine": PERSON}),
        ("Paul Zarb débat. L'axe Zarb-Zorbin dure.", {"Zarb-Zorbin": PLACE}, {"Zarb-Zorbin": PLACE}),
        ("Paul Zarb, Anne Zorbin et Eve Zarb-Zorbin débattent. Zarb-Zorbin part.",
         {"Eve Zarb-Zorbin": PERSON, "Zarb-Zorbin": PERSON}, {"Eve Zarb-Zorbin": PERSON, "Zarb-Zorbin": PERSON}),
    ],
)  # fmt: skip
def test_two_persons_whom_a_hyphen_joins_are_two(
    read: Read, text: str, told: dict[str, EntityType], expected: dict[str, EntityType]
) -> None:
    persons = {name: PERSON for name in ("Paul Zarb", "Anne Zorbin") if name in text}
    found = of(read(text, persons | told))
    assert {name: kind for name, kind in found.items() if name not in persons} == expected


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("Un sondage Ifop pour le JDD.", {}, {"Ifop": BODY, "JDD": BODY}),
        ("Lu chez Hachette, 2014.", {"Hachette": PERSON}, {"Hachette": BODY}),
        ("Un coup de hachette, Hachette part.", {}, {}),  # weak: only where a recogniser finds a name
        ("La D8 est coupée.", {}, {}),
    ],
)
def test_pollsters_schools_and_publishers_are_bodies(
    read: Read, text: str, told: dict[str, EntityType], expected: dict[str, EntityType]
) -> None:
    assert of(read(text, told)) == expected


@pytest.mark.parametrize(
    ("text", "told", "towns", "expected"),
    [
        ("Hier Paul Zarbin de Zalmira part.", {"Zalmira": PLACE}, ["Zalmira"],
         {"Paul Zarbin": PERSON, "Zalmira": PLACE}),
        ("Hier Paul Zarbin de Zalmira part.", {"Paul Zarbin de Zalmira": PERSON}, ["Zalmira"],
         {"Paul Zarbin de Zalmira": PERSON}),  # as a recogniser has it
        ("Hier Paul Zarbin de Zalmira part.", {"Paul Zarbin": PERSON, "Zalmira": PLACE}, ["Zalmira"],
         {"Paul Zarbin": PERSON, "Zalmira": PLACE}),
        ("Hier Paul Zarb de Zalmir part.", {"Paul Zarb de Zalmir": PERSON}, [], {"Paul Zarb de Zalmir": PERSON}),
        ("Hier Paul de Zalmira part.", {"Paul de Zalmira": PERSON}, ["Zalmira"], {"Paul de Zalmira": PERSON}),
        ("Hier Paul de La Zalm part.", {"Paul de La Zalm": PERSON}, ["La Zalm", "Zalm"], {"Paul de La Zalm": PERSON}),
        ("Hier Paul Zarb d'Estzal part.", {"Paul Zarb d'Estzal": PERSON}, [], {"Paul Zarb d'Estzal": PERSON}),
    ],
)  # fmt: skip
def test_a_town_behind_two_names_is_where_somebody_is_from(
    read: Read, text: str, told: dict[str, EntityType], towns: list[str], expected: dict[str, EntityType]
) -> None:
    assert of(read(text, told, towns)) == expected
