import pytest

from contracts.extraction import Entity, EntityType
from contracts.value import Mention
from services.extract.core.geography.apart import apart
from services.extract.core.geography.atlas import Spot
from services.extract.core.geography.places import places
from services.extract.lists import names
from tests.services.extract.core.naming.conftest import SmallAtlas

ROMES = SmallAtlas({"Rome": [Spot("Rome", 41.9, 12.5, "IT", 2_300_000), Spot("Rome", 34.3, -85.2, "US", 36_000)]})
ATLAS = SmallAtlas(
    {"Tripoli": [Spot("Tripoli", 32.9, 13.2, "LY", 1_150_000), Spot("Tripoli", 34.4, 35.8, "LB", 229_000)]}
)


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Tripoli (Liban) attend. À Tripoli, en Libye, on tire.", [["LB", 1], ["LY", 1]]),
        (
            "Tripoli attend. Tripoli, en Libye, est calme, et Tripoli (Liban) aussi. Tripoli dort.",
            [["LY", 2], ["LB", 2]],
        ),
        ("Tripoli (Liban) attend. Tripoli dort.", [["LB", 2]]),
        ("À Tripoli, en Libye, on tire. Tripoli, Liban et Syrie sont au programme.", [["LY", 2]]),
    ],
)
def test_places_of_one_name_go_with_what_holds_each(text: str, countries: list[list[object]]) -> None:
    starts = [at for at in range(len(text)) if text.startswith("Tripoli", at)]
    mentions = tuple(Mention(start=at, end=at + 7, surface="Tripoli") for at in starts)
    entity = Entity(name="Tripoli", type=EntityType.PLACE, mentions=mentions)
    gazetteer = names("fr").gazetteer
    entities, found = apart([entity], places([entity], gazetteer, ATLAS, text), text, gazetteer, ATLAS)
    assert [[one.country, len(one.mentions)] for one in found] == countries
    assert [one.mentions for one in entities] == [one.mentions for one in found]


def test_the_far_larger_one_is_meant_before_the_other_is_told_of() -> None:
    text = "Le pape est à Rome. Un homme de Rome (États-Unis) est arrêté. Rome dort."
    starts = [at for at in range(len(text)) if text.startswith("Rome", at)]
    entity = Entity(
        name="Rome",
        type=EntityType.PLACE,
        mentions=tuple(Mention(start=at, end=at + 4, surface="Rome") for at in starts),
    )
    gazetteer = names("fr").gazetteer
    _, found = apart([entity], places([entity], gazetteer, ROMES, text), text, gazetteer, ROMES)
    assert [(one.country, len(one.mentions)) for one in found] == [("IT", 1), ("US", 2)]
