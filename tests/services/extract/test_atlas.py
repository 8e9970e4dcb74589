from pathlib import Path

import pytest

from services.extract import atlas
from services.extract.core.geography.atlas import skeleton
from services.extract.core.words import fold

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]  # builds the whole atlas once


@pytest.mark.parametrize(
    ("name", "country", "latitude", "longitude"),
    [
        ("Alep", "SY", 36.2, 37.2),
        ("Londres", "GB", 51.5, -0.1),
        ("Téhéran", "IR", 35.7, 51.4),
        ("Le Caire", "EG", 30.0, 31.2),
        ("Kiev", "UA", 50.4, 30.5),
        ("München", "DE", 48.1, 11.6),
    ],
)
def test_cities_are_found_by_the_names_that_languages_give_them(
    world: atlas.SqliteAtlas, name: str, country: str, latitude: float, longitude: float
) -> None:
    spot = world.named(fold(name))[0]
    assert spot.country == country
    assert [spot.latitude, spot.longitude] == pytest.approx([latitude, longitude], abs=0.3)


def test_the_most_populous_namesake_comes_first(world: atlas.SqliteAtlas) -> None:
    populations = [spot.population for spot in world.named("paris")]
    assert len(populations) > 5
    assert populations == sorted(populations, reverse=True)


def test_romanisations_are_found_in_the_countries_asked_for(world: atlas.SqliteAtlas) -> None:
    bones = skeleton("Khan Cheikhoun")
    assert [spot.country for spot in world.alike(bones, ["SY"])] == ["SY"]
    assert world.alike(bones, ["EG"]) == []


def test_machine_romanisations_are_no_names(world: atlas.SqliteAtlas) -> None:
    assert world.named("swldw") == ()


def test_a_built_atlas_is_used_and_those_of_other_versions_are_removed(home: Path) -> None:
    path = atlas.atlas_path(home)
    before, other = path.stat().st_mtime_ns, home / "places-0-0.db"
    other.touch()
    assert atlas.build(home) == path
    assert path.stat().st_mtime_ns == before
    assert not list(home.glob(".places-*"))
