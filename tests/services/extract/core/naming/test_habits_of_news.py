"""Names as French news sets them: behind their kind, in another script, with an agency, at the head of a sentence."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from contracts.extraction import Entity, EntityType
from services.extract.core.naming.entities import entities
from services.extract.core.naming.passages import Passage
from services.extract.lists import names
from tests.services.extract.core.naming.conftest import SaysWhatItIsTold

Read = Callable[..., tuple[Entity, ...]]
PERSON, PLACE, BODY, OTHER = EntityType.PERSON, EntityType.PLACE, EntityType.ORGANISATION, EntityType.OTHER
GROUP, FORCE, WEAPON = EntityType.ARMED_GROUP, EntityType.ARMED_FORCE, EntityType.WEAPON


def of(found: Sequence[Entity]) -> dict[str, str]:
    return {mention.surface: entity.type for entity in found for mention in entity.mentions}


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        # what a weapon is called behind its kind
        ("des chars T-99 et des fusils Z7 arrivent", {"T-99": PLACE, "Z7": OTHER}, {"T-99": WEAPON, "Z7": WEAPON}),
        ("un drone Zarbin survole", {"Zarbin": PERSON}, {"Zarbin": WEAPON}),
        ("deux hélicoptères ZH-64 Zarbino tournent", {}, {"ZH-64 Zarbino": WEAPON}),
        ("les drones chinois Zorb Long tournent", {"Zorb Long": OTHER}, {"Zorb Long": WEAPON}),
        # whom a profession introduces, a guard, where a town is, who publishes
        ("dit le politologue Zarna Dan Zorbi", {"Dan Zorbi": PERSON}, {"Zarna Dan Zorbi": PERSON}),
        ("la garde présidentielle a bougé", {}, {"garde présidentielle": FORCE}),
        ("les médecins de Zarbino, en Allemagne, ont", {"Zarbino": PERSON}, {"Zarbino": PLACE, "Allemagne": PLACE}),
        ("assure le laboratoire, Zorbirex", {"Zorbirex": PLACE}, {"Zorbirex": BODY}),
        ("dans les colonnes du Zorbo Giralda", {"Zorbo Giralda": PLACE}, {"Zorbo Giralda": BODY}),
        # a group without a capital, a force with its number, a society with its people
        ("le bataillon Zarbin nie tout", {"Zarbin": PLACE}, {"bataillon Zarbin": GROUP}),
        ("la brigade des mineurs enquête", {}, {}),
        ("la 58e armée russe avance", {}, {"58e armée russe": FORCE}),
        ("la Croix-Rouge libanaise soigne", {"Croix-Rouge": BODY}, {"Croix-Rouge libanaise": BODY}),
        # a participle that is no party, and a party
        ("un convoi, parti de Zalmira avec du blé", {"Zalmira": BODY}, {"Zalmira": PLACE}),
        ("Jean est parti de Zalmira", {"Zalmira": PLACE}, {"Zalmira": PLACE}),
        ("le parti Zorb a gagné", {"Zorb": PERSON}, {"Zorb": BODY}),
        # an agency and whom it heard
        ("à l'agence Interfax Oleh Zarbin", {"Interfax Oleh Zarbin": BODY}, {"Interfax": BODY, "Oleh Zarbin": PERSON}),
        ("dit à l'AFP Zarna Zorbi", {"AFP Zarna Zorbi": BODY}, {"AFP": BODY, "Zarna Zorbi": PERSON}),
        ("selon l'AFP Television News", {"AFP Television News": BODY}, {"AFP Television News": BODY}),
        # who is set apart from others; a firm by what it makes
        ("Zarna Zorbi, elle, attend un visa", {"Zarna Zorbi": PLACE}, {"Zarna Zorbi": PERSON}),
        ("Chez Zorbac, équipementier automobile, on vote", {"Zorbac": PERSON}, {"Zorbac": BODY}),
        # a number, a noun, and what befell a place
        ("Mille cent dix morts hier.", {"Mille": PLACE}, {}),
        ("La défense plaide. Il vit à La Défense.", {}, {"La Défense": PLACE}),
    ],
)
def test_the_words_around_a_name_say_what_it_is(
    read: Read, text: str, told: dict[str, EntityType], expected: dict[str, EntityType]
) -> None:
    assert of(read(text, told, {"Zalmira"})) == expected


def test_what_befell_a_place_is_no_part_of_its_name() -> None:
    text = "Braquage de Zorban : dix ans requis\nIls sont entrés à Zorban le soir."
    told = SaysWhatItIsTold({"Braquage de Zorban": OTHER, "à Zorban": PLACE})
    passages = [Passage(0, 35, told), Passage(36, len(text), told)]
    known = replace(names("fr"), is_word=lambda word: word == "braquage")
    found = of(entities(text, passages, known))
    assert found == {"Zorban": PLACE}


def test_a_body_and_its_name_in_arabic_letters_are_one(read: Read) -> None:
    found = read("Le Front Zarbin (en arabe : جبهة زربين) et le Zorb (زورب).", {"Zorb": PERSON})
    assert [(one.name, [mention.surface for mention in one.mentions]) for one in found] == [
        ("Front Zarbin", ["Front Zarbin", "جبهة زربين"]),
        ("Zorb", ["Zorb"]),
    ]


def test_a_particle_with_a_capital_begins_no_other_persons_name(read: Read) -> None:
    told = {"Pieter van Zorben": PERSON, "Van Zorben": PERSON}
    found = read("Pieter van Zorben a cédé hier.\nMais Van Zorben, lui, sourit.", told)
    assert [one.name for one in found] == ["Pieter van Zorben"]
    assert len(found[0].mentions) == 2
