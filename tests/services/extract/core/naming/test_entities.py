from collections.abc import Callable

import pytest

from contracts.extraction import Entity, EntityType
from services.extract.core.naming.entities import entities
from services.extract.core.naming.passages import Passage
from services.extract.lists import names

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
        ("Abonnez-vous ! Pense-t-il ?", {"Abonnez": PLACE, "Pense": PERSON}, {}),
        ("La ministre du Travail parle", {"Travail": BODY}, {}),
        ("Omar Zarbin, un étudiant de 22 ans", {"Omar Zarbin": PLACE}, {"Omar Zarbin": PERSON}),
        ("Zorba al-Zarbin (22 ans) parle", {"Zorba al-Zarbin": PLACE}, {"Zorba al-Zarbin": PERSON}),
        ("ZALM (AFP) - Un avion est tombé", {"ZALM": BODY}, {"ZALM": PLACE, "AFP": BODY}),
        ("LE GOUVERNEMENT ACCUSE ZALMIRA D'INVASION", {"GOUVERNEMENT ACCUSE ZALMIRA": OTHER}, {}),
        ("reçu par Dr Zarbin hier", {"Dr Zarbin": BODY}, {"Zarbin": PERSON}),
        ("au Zarbin Institute (ZIB) hier", {"Zarbin Institute (ZIB": BODY}, {"Zarbin Institute": BODY, "ZIB": BODY}),
        ("chez Zarbin Zorb Corp hier", {"Zarbin Zorb Corp": PERSON}, {"Zarbin Zorb Corp": BODY}),
        ("the al-Zalm neighbourhood of", {"al-Zalm": BODY}, {"al-Zalm": PLACE}),
        ("in Zalm, NY, on Sunday", {"Zalm": PLACE, "NY": BODY}, {"Zalm": PLACE, "NY": PLACE}),
        ("pour Christine hier", {"Christine": OTHER}, {"Christine": PERSON}),
        ("la finale France-Brésil", {"France-Brésil": OTHER}, {"France": PLACE, "Brésil": PLACE}),
        ("la chanson « France-Brésil »", {"France-Brésil": OTHER}, {"France-Brésil": OTHER}),
        ("la série Game of Zorb finit", {"Game of Zorb": OTHER}, {"Game of Zorb": OTHER}),
        (
            "le GIGN et la Légion étrangère",
            {},
            {"GIGN": EntityType.ARMED_FORCE, "Légion étrangère": EntityType.ARMED_FORCE},
        ),
    ],
)
def test_an_opinion_is_cut_to_the_name_and_weighed_by_what_stands_beside(
    read: Read, text: str, told: dict[str, EntityType], expected: dict[str, EntityType]
) -> None:
    assert of(read(text, told)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("la ligne Zalm-Zorbach-Zilm", {"Zalm": PLACE, "Zorbach": PLACE, "Zilm": PLACE}),
        ("la ligne Zalm-Zorbach-Inconnu", {"Zalm-Zorbach-Inconnu": PERSON}),
        ("la ligne Zalm-Pierre-Martin", {"Zalm-Pierre-Martin": PERSON}),
        ("ZALMBERG. — Le conseil a voté", {"ZALMBERG": PLACE}),
        ("ZALMBERG. — Oui.\nZORB. — Non.\nZALMBERG. — Si.", {"ZALMBERG": PERSON}),
        ("Bonjour.\n ZALMBERG — Oui.\nZORB — Non.\n ZALMBERG — Si.", {"ZALMBERG": PERSON}),
        ("Le conseil a voté à huis clos avec ZALMBERG — et non", {"ZALMBERG": PERSON}),
    ],
)
def test_towns_are_told_on_a_way_and_at_the_head_of_a_line(
    read: Read, text: str, expected: dict[str, EntityType]
) -> None:
    [name] = {word for word in text.replace(".", "").split() if word.startswith(("Zalm", "ZALMBERG"))}

    assert of(read(text, {name: PERSON}, towns=("Zalm", "ZALMBERG", "Zorbach", "Zilm", "Pierre", "Martin"))) == expected


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("Le Premier ministre Zorb Abdel Zarbin parle", {}, {"Zorb Abdel Zarbin": PERSON}),
        ("le président syrien Zorb al-Zarbin, dit-on", {}, {"Zorb al-Zarbin": PERSON}),
        ("Mme Zarbin et M. Zorb", {}, {"Zarbin": PERSON, "Zorb": PERSON}),
        ("Hier Ousmane Zarbin est venu", {"Ousmane": PLACE}, {"Ousmane Zarbin": PERSON}),
        ("Hier Ousmane Zarbin est venu. Zarbin part.", {}, {"Ousmane Zarbin": PERSON, "Zarbin": PERSON}),
        ("le président du Conseil et le maire, Paul", {}, {}),
        ("la ministre AFP Zarbin, le juge. Zorb Zarbin", {}, {"AFP": BODY}),
        ("à Saint-Denis Zarbin", {}, {}),
        ("Le Parti Paul Zorb", {"Parti Paul Zorb": BODY}, {"Parti Paul Zorb": BODY}),
    ],
)
def test_a_title_or_a_given_name_shows_a_person(
    read: Read, text: str, told: dict[str, EntityType], expected: dict[str, EntityType]
) -> None:
    assert of(read(text, told)) == expected


def test_a_town_at_the_head_of_a_sentence_is_known_by_the_preposition_before_it(read: Read) -> None:
    assert of(read("À Zalmira, ses hommes paradent", {"Zalmira": PERSON}, towns=["Zalmira"])) == {"Zalmira": PLACE}


def test_a_name_in_the_capitals_of_a_headline_is_found_by_the_text_below_it(read: Read) -> None:
    (zalmira,) = read("LE CONFLIT DE ZALMIRA REPREND\nIls sont à Zalmira.", {"Zalmira": PLACE})
    assert [mention.surface for mention in zalmira.mentions] == ["ZALMIRA", "Zalmira"]
    assert zalmira.name == "Zalmira"


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
    assert zarbin.name == "Igor Zarbin"


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


def test_initials_behind_a_body_that_is_listed_are_it_whatever_a_recogniser_takes_them_for(read: Read) -> None:
    text = "Les Forces de soutien rapide (FSR) avancent. Les FSR sont ici, dit Ansar Allah (AFP)."
    found = read(text, {"FSR": BODY})
    assert [(one.type, len(one.mentions)) for one in found if one.mentions[-1].surface == "FSR"] == [(GROUP, 3)]
    assert of(found)["AFP"] is BODY


def test_a_town_in_the_capitals_of_a_dateline_is_no_acronym(read: Read) -> None:
    assert of(read("ZALMIR, 3 mars", {"ZALMIR": PLACE}, towns=["ZALMIR"])) == {"ZALMIR": PLACE}


def test_the_same_text_reads_the_same(read: Read) -> None:
    text, told = "Le Front al-Nour (FAN) et Igor Zarbin à Paris, puis Zarbin.", {"Igor Zarbin": PERSON, "Paris": PLACE}
    assert read(text, told) == read(text, told)


def test_things_go_by_their_listed_names_only_in_the_language_of_the_lists() -> None:
    text = "California and Europe, Germany"
    english, french = (
        {entity.name for entity in entities(text, [Passage(0, len(text), None)], names(language))}
        for language in ("en", "fr")
    )
    assert english >= {"California", "Europe", "Germany"}
    assert "Californie" in french


@pytest.mark.parametrize(
    ("text", "told", "town", "expected"),
    [
        ("ZALMIRA-SUR-ORGE – Il gagne", PERSON, "ZALMIRA-SUR-ORGE", PLACE),
        ("ZALMIRA, S.D. – Il gagne", PERSON, "ZALMIRA", PLACE),
        ("un tonnage from Zalmira hier", PERSON, "Zalmira", PLACE),
        ("un voisin de Zalmira", BODY, "Zalmira", PLACE),
        ("mais Zalmira parle", PERSON, "Zalmira", PERSON),
    ],
)
def test_a_towns_name_is_its_own_where_a_preposition_or_a_dispatchs_head_says_so(
    read: Read, text: str, told: EntityType, town: str, expected: EntityType
) -> None:
    assert of(read(text, {town: told}, [town])) == {town: expected}


def test_what_a_place_owns_is_named_without_the_place(read: Read) -> None:
    found = read("l'Adelaide's Islamic Society", {"Adelaide's Islamic Society": PERSON}, ["Adelaide"])
    assert "Islamic Society" in of(found)
