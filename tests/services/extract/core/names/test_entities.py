from collections.abc import Callable

import pytest

from contracts.extraction import Entity, EntityType

Read = Callable[..., tuple[Entity, ...]]
PERSON, PLACE, BODY, GROUP, OTHER = (
    EntityType.PERSON,
    EntityType.PLACE,
    EntityType.ORGANISATION,
    EntityType.ARMED_GROUP,
    EntityType.OTHER,
)


def of(entities: tuple[Entity, ...]) -> dict[str, str]:
    return {mention.surface: entity.type for entity in entities for mention in entity.mentions}


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("Selon la France, rien.", {"la France": PLACE}, {"France": PLACE}),
        ("Voir https://x.org/Paris", {"https://x.org/Paris": PLACE}, {}),
        ("Les Turcs et le président Turc", {"Turcs": PLACE, "Turc": PLACE}, {"Turcs": EntityType.PEOPLE_GROUP}),
        ("hier à Zalmira.", {"à Zalmira.": PLACE}, {"Zalmira": PLACE}),
        ("le colonel Zarbin parle", {"Zarbin": PLACE}, {"Zarbin": PERSON}),
        ("les terroristes de Zarka al-Nil", {"Zarka al-Nil": PERSON}, {"Zarka al-Nil": GROUP}),
        ("dans la localité de Zalmira", {"Zalmira": PERSON}, {"Zalmira": PLACE}),
        ("selon le journal Zarbin", {"Zarbin": PERSON}, {"Zarbin": BODY}),
        ("la ZBRT annonce", {"ZBRT": PLACE}, {"ZBRT": BODY}),
        ("le général Jean Sultan", {"général Jean Sultan": PERSON}, {"Jean Sultan": PERSON}),
        ("dans l’est de la Syrie centrale", {"Syrie": PLACE}, {"Syrie centrale": PLACE}),
    ],
)
def test_an_opinion_is_cut_to_the_name_and_weighed_by_what_stands_beside(
    read: Read, text: str, told: dict[str, EntityType], expected: dict[str, EntityType]
) -> None:
    assert of(read(text, told)) == expected


def test_a_list_overrules_an_opinion(read: Read) -> None:
    assert of(read("Daech avance", {"Daech": PLACE})) == {"Daech": GROUP}


def test_a_weak_name_needs_an_opinion(read: Read) -> None:
    assert of(read("Total publie", {})) == {}
    assert of(read("Total publie", {"Total": PERSON})) == {"Total": BODY}


def test_a_name_has_one_type_throughout(read: Read) -> None:
    found = read("La Zorbe dort. Le maire de la Zorbe aussi. À la Zorbe.", {"Zorbe": PLACE})
    assert len(found) == 1
    assert len(found[0].mentions) == 3


def test_every_mention_of_an_accepted_name_is_found(read: Read) -> None:
    (zarbin,) = read(
        "Le colonel Igor Zarbin parle.\nPuis Zarbin se tait, et IGOR ZARBIN dort.",
        {"colonel Igor Zarbin": PERSON, "Zarbin se": PERSON},
    )
    assert [mention.surface for mention in zarbin.mentions] == ["Igor Zarbin", "Zarbin", "IGOR ZARBIN"]
    assert zarbin.name in {"Igor Zarbin", "IGOR ZARBIN"}


def test_a_last_name_is_its_person_even_where_it_is_also_a_town(read: Read) -> None:
    found = read(
        "Denis Valence arrive. Valence repart.", {"Denis Valence": PERSON, "Valence": PLACE}, towns=["Valence"]
    )
    assert [(entity.type, len(entity.mentions)) for entity in found] == [(PERSON, 2)]


def test_no_place_stands_inside_a_person(read: Read) -> None:
    assert of(read("Anne Paris et Marie de France", {"Anne Paris": PERSON, "Marie de France": PERSON})) == {
        "Anne Paris": PERSON,
        "Marie de France": PERSON,
    }


def test_an_acronym_in_parentheses_is_the_name_before_it(read: Read) -> None:
    (body,) = read("Le Comité pour la paix (CPX) siège. Le CPX vote.", {})
    assert [mention.surface for mention in body.mentions] == ["Comité pour la paix", "CPX", "CPX"]


def test_a_town_listed_with_a_place_is_a_place(read: Read) -> None:
    assert of(read("entre la Syrie et as-Zalmir", {"Zalmir": BODY}, towns=["as-Zalmir"]))["as-Zalmir"] is PLACE


def test_without_a_recogniser_lists_and_forms_still_speak(read: Read) -> None:
    assert of(read("L'armée turque et Daech en Syrie")) == {
        "armée turque": EntityType.ARMED_FORCE,
        "Daech": GROUP,
        "Syrie": PLACE,
    }


def test_a_town_in_the_capitals_of_a_dateline_is_no_acronym(read: Read) -> None:
    assert of(read("ZALMIR, 3 mars", {"ZALMIR": PLACE}, towns=["ZALMIR"])) == {"ZALMIR": PLACE}


def test_the_same_text_reads_the_same(read: Read) -> None:
    text, told = "Le Front al-Nour (FAN) et Igor Zarbin à Paris, puis Zarbin.", {"Igor Zarbin": PERSON, "Paris": PLACE}
    assert read(text, told) == read(text, told)
