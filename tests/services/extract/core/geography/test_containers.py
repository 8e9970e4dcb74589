"""Where a place lies by what the article says right behind it, and whose a name is that two countries have."""

import pytest

from contracts.extraction import Entity, EntityType
from contracts.value import Mention
from services.extract.core.geography.atlas import Spot
from services.extract.core.geography.containers import Container, container
from services.extract.core.geography.places import places
from services.extract.core.naming.gazetteer import Gazetteer
from services.extract.lists import names
from tests.services.extract.core.naming.conftest import SmallAtlas

ZALM = [
    Spot("Zalm", 48.9, 2.3, "FR", 2_100_000, admin="FR.11"),
    Spot("Zalm", 45.5, 4.9, "FR", 30_000, admin="FR.84"),
    Spot("Zalm", 33.7, -95.6, "US", 25_000, admin="US.TX"),
    Spot("Zalm", 38.2, -84.3, "US", 9_000, admin="US.KY"),
]


def gazetteer(language: str) -> Gazetteer:
    """Read when a test asks for it, and once: whoever only collects the tests needs none of it."""
    return names(language).gazetteer


def place(text: str, name: str, country: str | None = None) -> Entity:
    start = text.index(name)
    mention = Mention(start=start, end=start + len(name), surface=name)
    return Entity(name=name, type=EntityType.PLACE, country=country, mentions=(mention,))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zalm, Texas, said", (33.7, -95.6)),
        ("in Zalm, Ky. - He said", (38.2, -84.3)),
        ("in Zalm, TX, he said", (33.7, -95.6)),
        ("in Zalm, France, he said", (48.9, 2.3)),
        ("in Zalm, in northern Texas", (33.7, -95.6)),
    ],
)
def test_a_place_lies_in_what_is_named_behind_it(text: str, expected: tuple[float, float]) -> None:
    (found,) = places([place(text, "Zalm")], gazetteer("en"), SmallAtlas({"Zalm": ZALM}), text)
    assert (found.latitude, found.longitude) == expected
    assert found.evidence == ("name", "containment")


@pytest.mark.parametrize("text", ["à Zalm (Isère) hier", "à Zalm, dans l'Isère, hier", "à Zalm, en Isère"])
def test_of_the_parts_of_a_country_the_nearest_place_is_meant(text: str) -> None:
    (found,) = places([place(text, "Zalm")], gazetteer("fr"), SmallAtlas({"Zalm": ZALM}), text)
    assert (found.latitude, found.longitude) == (45.5, 4.9)


@pytest.mark.parametrize("text", ["Zalm said", "Zalm, said Zorb", "Zalm, who", "Zalm OK", "Zalm, Zorb"])
def test_nothing_that_holds_it_is_named(text: str) -> None:
    assert container(text, 4, gazetteer("en")) is None


def test_what_does_not_lie_there_is_not_moved() -> None:
    assert Container("SY").holding(ZALM) == []
    assert Container("US", "US.NY").holding(ZALM) == []


def test_georgia_is_the_state_only_among_american_places() -> None:
    atlas = SmallAtlas({"Atlanta": [Spot("Atlanta", 33.7, -84.4, "US", 500_000)]})
    georgia, atlanta = place("Georgia", "Georgia", "GE"), place("Atlanta", "Atlanta")
    found = {one.name: one.country for one in places([georgia, atlanta], gazetteer("en"), atlas)}
    assert found == {"Georgia": "US", "Atlanta": "US"}
    tbilisi = SmallAtlas({"Tbilisi": [Spot("Tbilisi", 41.7, 44.8, "GE", 1_000_000)]})
    (country, _) = places([georgia, place("Tbilisi", "Tbilisi")], gazetteer("en"), tbilisi)
    assert country.country == "GE"
    (alone,) = places([georgia], gazetteer("en"), SmallAtlas({}))
    assert alone.country == "GE"
