"""What is a body, a place or a person, and what only looks like one: by its own words and those around it."""

from collections.abc import Callable, Sequence

import pytest

from contracts.extraction import Entity, EntityType
from services.extract.core.geography.atlas import Spot
from services.extract.core.geography.places import places
from services.extract.core.naming.acronyms import is_of_common_nouns
from services.extract.core.naming.entities import entities
from services.extract.core.naming.passages import Passage
from services.extract.lists import names
from tests.services.extract.core.naming.conftest import SaysWhatItIsTold, SmallAtlas

Read = Callable[..., tuple[Entity, ...]]
PERSON, PLACE, BODY, OTHER = EntityType.PERSON, EntityType.PLACE, EntityType.ORGANISATION, EntityType.OTHER


def of(found: tuple[Entity, ...]) -> dict[str, str]:
    return {mention.surface: entity.type for entity in found for mention in entity.mentions}


def in_language(language: str, text: str, told: dict[str, EntityType] | None = None) -> dict[str, str]:
    recogniser = None if told is None else SaysWhatItIsTold(told)
    return of(entities(text, [Passage(0, len(text), recogniser, language)], names(language)))


@pytest.mark.parametrize(
    ("text", "acronym", "is_common"),
    [
        ("He has hypersensitivity pneumonitis, or HP, they say.", "HP", True),
        ("ready-to-drink (RTD) cans", "RTD", True),
        ("des TAP (temps d'activité périscolaire) en ville", "TAP", True),
        ("un indice de masse corporelle (IMC) trop haut", "IMC", True),
        ("el producto interior bruto (PIB) sube", "PIB", True),
        ("the Zorb Association, or ZA, says", "ZA", False),
        ("le syndicat des métiers libres (SML) dit", "SML", False),
        ("the national health agency (NHA) said", "NHA", False),
        ("Jean Zorb, ou JZ", "JZ", False),
        ("la ville (ABC) est loin", "ABC", False),
        ("ABC (dit-on)", "ABC", False),
    ],
)
def test_an_acronym_of_common_nouns_names_no_body(text: str, acronym: str, is_common: bool) -> None:
    start = text.index(acronym)
    assert is_of_common_nouns(text, start, start + len(acronym)) is is_common


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("He has high zorb pressure, or HZP.", {"HZP": BODY}, {"HZP": OTHER}),
        ("We saw Q3 sales and FY19 plans.", {"Q3": PERSON, "FY19": BODY}, {}),
        ("The object ZB224 is far.", {"ZB224": BODY}, {"ZB224": OTHER}),
        ("according to the Zalmirer.", {"Zalmirer": PERSON}, {"Zalmirer": BODY}),
        ("the Zarbin rule; Zarbin said", {"Zarbin": PERSON}, {"Zarbin": PERSON}),
        ("as Zalmers analyst Zilm Zorb said", {"Zalmers": PLACE}, {"Zalmers": BODY}),
        ("read the Zalmira Times today", {"Zalmira Times": PERSON}, {"Zalmira Times": BODY}),
        ("printed in Zorb Reports", {"Zorb Reports": PERSON}, {"Zorb Reports": BODY}),
        ("we met Paul Times today", {"Paul Times": PERSON}, {"Paul Times": PERSON}),
        ("above Zorblers Mountain", {"Zorblers Mountain": BODY}, {"Zorblers Mountain": PLACE}),
        ("the shores of Lac Zalm", {"Lac Zalm": PERSON}, {"Lac Zalm": PLACE}),
        ("a stay in Zorb Cabin", {"Zorb Cabin": PERSON}, {"Zorb Cabin": PLACE}),
    ],
)  # fmt: skip
def test_a_name_in_english_is_what_its_words_say(
    text: str, told: dict[str, EntityType], expected: dict[str, EntityType]
) -> None:
    assert in_language("en", text, told) == expected


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("Il dort Curieusement, il rit", {"Curieusement": PERSON}, {}),
        ("contre l'Antisémitisme hier", {"Antisémitisme": BODY}, {}),
        ("devant le Parlement hier", {"Parlement": BODY}, {"Parlement": BODY}),
        ("le mouvement de Julien Zorb", {"Julien Zorb": PERSON}, {"Julien Zorb": PERSON}),
        ("le groupe Julien Zorb", {"Julien Zorb": PERSON}, {"Julien Zorb": BODY}),
        ("sur la Terre hier", {"Terre": PLACE}, {"Terre": PLACE}),
        ("un soldat de l'armée de Terre", {"Terre": PLACE}, {"armée de Terre": EntityType.ARMED_FORCE}),
    ],
)  # fmt: skip
def test_an_ordinary_word_in_french_is_no_person_nor_place(
    read: Read, text: str, told: dict[str, EntityType], expected: dict[str, EntityType]
) -> None:
    assert of(read(text, told)) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "La final entre Zorbas y América fue ayer.", {}),
        ("es", "Viven en América Latina.", {"América Latina": PLACE}),
        ("es", "La plaza San Martín está vacía.", {}),
        ("it", "La difesa del Nord America.", {"Nord America": PLACE}),
        ("de", "Seine Zeit ist in vollem Gange.", {}),
        ("de", "Eure Reise durch Afrika.", {"Afrika": PLACE}),
        ("fr", "Sur les bords du Gange.", {"Gange": PLACE}),
        ("fr", "Le club Europa joue.", {}),
        ("fr", "Les pluies tombées sur Ganges hier.", {}),
        ("en", "The rebel stronghold of Douma fell.", {}),
        ("pl", "Wczoraj Asia Zorb odeszła. Dziś Asia Zorb wraca.", {}),
        ("pl", "Asia jest daleko.", {"Asia": PLACE}),
        ("es", "Habló Darío Zorb, el capitán.", {"Darío Zorb": PERSON}),
        ("it", "Ha parlato Gianluca Zarbin.", {"Gianluca Zarbin": PERSON}),
        ("pl", "Mówił Krzysztof Zorb.", {"Krzysztof Zorb": PERSON}),
        ("pt", "A jovem Luana Zorb da Zalma saiu.", {"Luana Zorb da Zalma": PERSON}),
        ("de", "Heute fehlt Marita Zorber.", {"Marita Zorber": PERSON}),
    ],
)
def test_a_listed_name_means_what_it_means_in_the_language(language: str, text: str, expected: dict[str, str]) -> None:
    assert in_language(language, text) == expected


@pytest.mark.parametrize(
    ("text", "is_found"),
    [("Lion : une belle journée.\nLion : encore.", False), ("À Lion il pleut.", True), ("Lyon : il pleut.", True)],
)
def test_a_label_is_no_city_by_another_name(text: str, is_found: bool) -> None:
    word = text.partition(" :")[0] if " :" in text else "Lion"
    spot = Spot("Lyon", 45.7, 4.8, "FR", 500_000)
    found = entities(text, _lines(text, {word: PLACE}), names("fr"), lambda name, least=0: name == word)
    located = places(found, names("fr").gazetteer, SmallAtlas({word: [spot]}), text)
    assert [place.latitude is not None for place in located] == [is_found]


def _lines(text: str, told: dict[str, EntityType]) -> Sequence[Passage]:
    ends = [at for at, mark in enumerate(text) if mark == "\n"] + [len(text)]
    starts = [0, *(end + 1 for end in ends[:-1])]
    return [Passage(start, end, SaysWhatItIsTold(told), "fr") for start, end in zip(starts, ends, strict=True)]
