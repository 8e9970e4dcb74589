"""Towns of an article that names no country, and towns that only begin like what it means."""

import pytest

from contracts.extraction import Entity
from services.extract.core.geography.atlas import Spot
from services.extract.core.geography.places import places
from tests.services.extract.core.geography.test_places import gazetteer, located, place
from tests.services.extract.core.naming.conftest import SmallAtlas

ZALM = Spot("Zalmbourg", 48.0, 3.0, "FR", 30_000)


@pytest.mark.parametrize(
    ("spots", "home", "latitude"),
    [
        ([ZALM], "FR", 48.0),
        ([ZALM], None, None),
        ([ZALM], "BE", None),
        ([ZALM._replace(population=3_000)], "FR", None),  # a village
        ([ZALM, ZALM._replace(country="US", population=9_000)], "FR", None),  # a namesake abroad
        ([ZALM, ZALM._replace(country="US", population=500)], "FR", 48.0),
        ([ZALM._replace(name="Zalmbourg-sur-Mer")], "FR", None),
    ],
)
def test_a_town_without_namesakes_is_found_at_home(spots: list[Spot], home: str | None, latitude: float | None) -> None:
    (found,) = places([place("Zalmbourg")], gazetteer(), SmallAtlas({"Zalmbourg": spots}), home=home)
    assert found.latitude == latitude


def test_a_town_at_home_has_no_article() -> None:
    text = "Zalmbourg"
    (found,) = places([place("Zalmbourg")], gazetteer(), SmallAtlas({"Zalmbourg": [ZALM]}), text, "FR")
    assert found.latitude == 48.0
    led = place("Zalmbourg").model_copy(
        update={"mentions": (place("Zalmbourg").mentions[0].model_copy(update={"start": 3, "end": 12}),)}
    )
    (river,) = places([led], gazetteer(), SmallAtlas({"Zalmbourg": [ZALM]}), "la Zalmbourg", "FR")
    assert river.latitude is None


def test_a_city_goes_by_its_article_too() -> None:
    city = Spot("Le Zalm", 49.5, 0.1, "FR", 180_000)
    led = place("Zalm").mentions[0].model_copy(update={"start": 3, "end": 7})
    entities = [place("France", 3, "FR"), place("Zalm").model_copy(update={"mentions": (led,)})]
    found = places(entities, gazetteer(), SmallAtlas({"Zalm": [city]}), "le Zalm", "FR")
    assert located(found, "Zalm").latitude == 49.5


@pytest.mark.parametrize(
    ("region", "latitude"),
    [
        (place("Gironde", 1, "FR"), 44.9),
        (place("Var", 1, "FR"), None),
        (place("France", 1, "FR"), 44.9),  # the whole country holds it
    ],
)
def test_a_longer_name_is_another_towns_where_the_article_tells_regions_far_from_it(
    region: Entity, latitude: float | None
) -> None:
    atlas = SmallAtlas({"Artigues": [Spot("Artigues-près-Bordeaux", 44.9, -0.5, "FR", 7_000)]})
    assert located(places([region, place("Artigues")], gazetteer(), atlas), "Artigues").latitude == latitude


@pytest.mark.parametrize(("behind", "latitude"), [("Var", None), ("Gironde", 44.9)])
def test_what_is_said_to_hold_a_town_of_a_small_country_is_near_it(behind: str, latitude: float | None) -> None:
    atlas = SmallAtlas({"Artigues": [Spot("Artigues-près-Bordeaux", 44.9, -0.5, "FR", 7_000)]})
    text = f"Artigues ({behind})"
    found = places([place("Artigues"), place("France", 1, "FR")], gazetteer(), atlas, text)
    assert located(found, "Artigues").latitude == latitude


@pytest.mark.parametrize(
    ("called", "also", "latitude"),
    [
        ("Zalms", [], None),  # les coureurs du Zalm: no city of another name
        ("Zalms", ["Le Zalm"], 49.5),  # le Caire is Cairo
        ("Zalm", [], 49.5),  # le Queens
    ],
)
def test_a_city_of_another_name_is_not_what_has_an_article(
    called: str, also: list[str], latitude: float | None
) -> None:
    city = Spot(called, 49.5, 0.1, "FR", 180_000)
    led = place("Zalm").mentions[0].model_copy(update={"start": 3, "end": 7})
    entities = [place("France", 3, "FR"), place("Zalm").model_copy(update={"mentions": (led,)})]
    found = places(entities, gazetteer(), SmallAtlas({key: [city] for key in ("Zalm", *also)}), "du Zalm", "FR")
    assert located(found, "Zalm").latitude == latitude
