"""What a name is by the word or the brackets beside it, where a list or a recogniser has another thing of that name."""

from collections.abc import Callable

import pytest

from contracts.extraction import Entity, EntityType
from services.extract.core.naming.acronyms import initials, is_spelt_by
from services.extract.core.naming.entities import entities
from services.extract.core.naming.initials import is_initialled
from services.extract.core.naming.passages import Passage
from services.extract.core.naming.towns import towns
from services.extract.core.words import words
from services.extract.lists import names
from tests.services.extract.core.naming.conftest import SaysWhatItIsTold

Read = Callable[..., tuple[Entity, ...]]
PERSON, PLACE, BODY, OTHER = EntityType.PERSON, EntityType.PLACE, EntityType.ORGANISATION, EntityType.OTHER


def of(found: tuple[Entity, ...]) -> dict[str, str]:
    return {mention.surface: entity.type for entity in found for mention in entity.mentions}


def in_english(text: str, told: dict[str, EntityType], towns: tuple[str, ...] = ()) -> tuple[Entity, ...]:
    passage = Passage(0, len(text), SaysWhatItIsTold(told), "en")
    return entities(text, [passage], names("en"), lambda name, least=0: name in towns)


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("Cher enfant, tu pars.", {"Cher": PLACE}, {}),
        ("Il vit dans le Cher depuis hier.", {"Cher": PLACE}, {"Cher": PLACE}),
        ("sous le quinquennat Hollande, rien", {"Hollande": PLACE}, {"Hollande": PERSON}),
        ("sous la présidence Hollande, rien", {}, {}),
        ("il part en Hollande ce soir", {"Hollande": PLACE}, {"Hollande": PLACE}),
        ("mais cet Indice monte", {"Indice": PLACE}, {}),
        ("selon la Mairie, rien", {"Mairie": PLACE}, {}),
        ("vers la Terre, rien", {"Terre": PLACE}, {"Terre": PLACE}),
        ("dans la Zalmirie, rien", {"Zalmirie": PLACE}, {"Zalmirie": PLACE}),
    ],
)
def test_a_word_with_a_capital_is_no_place_and_who_is_in_office_no_country(
    read: Read, text: str, told: dict[str, EntityType], expected: dict[str, EntityType]
) -> None:
    assert of(read(text, told)) == expected


@pytest.mark.parametrize(
    ("acronym", "name", "is_spelt"),
    [
        ("ZDU", "Zorb Democratic Union", True),
        ("FZL", "Fédération zorbaine du livre", True),
        ("PSZ", "Paris Saint-Zorb", True),
        ("LZEM", "La Zorbie En Marche", True),
        ("AFP", "Zorb Press", False),
        ("Z", "Zorb", False),
    ],
)
def test_an_acronym_is_spelt_by_initials(acronym: str, name: str, *, is_spelt: bool) -> None:
    assert is_spelt_by(acronym, name) is is_spelt


def test_a_name_with_its_initials_in_brackets_is_a_bodys() -> None:
    told = {"Zorbian Democratic Union": PERSON, "ZDU": BODY}
    (union,) = in_english("The Zorbian Democratic Union (ZDU) met. The ZDU left.", told)
    assert (union.type, len(union.mentions)) == (BODY, 3)


def test_a_body_and_its_acronym_elsewhere_in_the_article_are_one() -> None:
    told = {"Federal Zorb Insurance Corporation": BODY, "FZIC": BODY, "ZI": BODY, "Zorb Institute": BODY}
    text = "The Federal Zorb Insurance Corporation lost. The FZIC said so. ZI and the Zorb Institute agree."
    found = in_english(text, told)
    assert [len(entity.mentions) for entity in found if entity.name.startswith("Federal")] == [2]
    assert {"ZI", "Zorb Institute"} <= {entity.name for entity in found}  # two letters are too few


def test_an_agency_in_brackets_behind_a_name_signs_and_is_not_short_for_it() -> None:
    found = in_english("The Zorb Mining Group (Reuters) said no. Reuters agreed.", {"Zorb Mining Group": BODY})
    assert {entity.name for entity in found} == {"Zorb Mining Group", "Reuters"}


def test_a_day_behind_a_byline_is_no_part_of_the_name() -> None:
    found = in_english("By Anna Zorb Jan 30 (Reuters) - Gold rose.", {"Anna Zorb Jan 30": BODY})
    assert {entity.name: entity.type for entity in found} == {"Anna Zorb": PERSON, "Reuters": BODY}


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("so the U.S. Fed met", {"U.S. Fed": PERSON}, {"U.S.": PLACE, "Fed": BODY}),
        ("so U.S. Complaints grew", {"U.S. Complaints": PERSON}, {"U.S.": PLACE}),
        ("said police officer Zarbi Zorb", {"Zarbi Zorb": BODY}, {"Zarbi Zorb": PERSON}),
        ("so Zorb Stock Is Falling After Its Report", {"Zorb Stock Is Falling After Its Report": BODY}, {}),
        ("so Zorb and Co said", {"Zorb": PERSON, "Co": BODY}, {"Zorb": BODY}),
        ("the Zorbas Heights reactor", {"Zorbas Heights": PERSON}, {"Zorbas Heights": PLACE}),
        ("Anna Zorb, from Zalmwood, said", {"Anna Zorb": PERSON, "Zalmwood": BODY},
         {"Anna Zorb": PERSON, "Zalmwood": PLACE}),
        ("Anna Zorb, from Zorbcorp, said", {"Anna Zorb": PERSON, "Zorbcorp": BODY},
         {"Anna Zorb": PERSON, "Zorbcorp": BODY}),
    ],
)  # fmt: skip
def test_a_name_in_english_is_what_stands_around_it(
    text: str, told: dict[str, EntityType], expected: dict[str, EntityType]
) -> None:
    assert of(in_english(text, told, ("Zalmwood",))) == expected


def test_initials_of_states_are_no_given_names() -> None:
    assert is_initialled("J.P. Zorb")
    assert not is_initialled("U.S. Fed")


def test_each_body_is_spelt_twice_at_most_however_many_acronyms_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    spelt: list[str] = []

    def counted(name: str) -> frozenset[str]:
        spelt.append(name)
        return initials(name)

    monkeypatch.setattr("services.extract.core.naming.acronyms.initials", counted)
    bodies = [f"Z{first}{second}" for first in "ABCDEFGHIJ" for second in "ABCDEFGHIJ"]
    in_english("".join(f"the {body}, " for body in bodies), dict.fromkeys(bodies, BODY))
    assert 0 < len(spelt) <= 2 * len(bodies)


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        (
            "vers la Bastille et à la Nation, hier",
            {"Bastille": PLACE, "Nation": PLACE},
            {"Bastille": PLACE, "Nation": PLACE},
        ),
        ("dans la Bastille, une bastille", {"Bastille": PLACE}, {}),
        ("avant l'Euro, dit-il", {"Euro": PLACE}, {}),
        ("venu de Canton, en mer", {"Canton": PLACE}, {"Canton": PLACE}),
        ("selon le Canton, rien", {"Canton": PLACE}, {}),
        ("Les S.S. ont fui, vers L.A. dit-on", {"S.S.": BODY, "L.A.": PLACE}, {"S.S.": BODY, "L.A.": PLACE}),
        ("Tout est dit. S. M.", {}, {"S. M.": PERSON}),
        (
            "le pilote Zorbari Jean Zarbin gagne",
            {"Zorbari": BODY, "Jean Zarbin": PERSON},
            {"Zorbari": BODY, "Jean Zarbin": PERSON},
        ),
    ],
)
def test_quarters_towns_forces_signatures_and_teams_stay_what_they_are(
    read: Read, text: str, told: dict[str, EntityType], expected: dict[str, EntityType]
) -> None:
    assert of(read(text, told, ("Canton",))) == expected


def test_a_given_name_before_heights_or_a_harbour_is_a_persons() -> None:
    assert of(in_english("then Sarah Harbour left", {"Sarah Harbour": PERSON})) == {"Sarah Harbour": PERSON}


def test_behind_of_a_given_name_begins_a_persons_name_and_no_towns() -> None:
    text = "la obra de Benito Zorba y de Punta Zorba"
    found = towns(text, words(text), lambda name, least=0: name.endswith(" Zorba"), frozenset(("benito",)))
    assert [text[one.start : one.end] for one in found] == ["Punta Zorba"]
