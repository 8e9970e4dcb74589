"""Names that several places have: which of them an article means, and none where nothing tells."""

import re
from collections.abc import Sequence

import pytest

from contracts.extraction import Entity, EntityType, Place
from contracts.value import Mention
from services.extract.core.geography.atlas import Spot
from services.extract.core.geography.places import places
from services.extract.lists import names
from tests.services.extract.core.naming.conftest import SmallAtlas


def read(text: str, *surfaces: str, atlas: SmallAtlas | None = None, language: str = "fr") -> dict[str, Place]:
    """The places of a text by what they are called there; each surface is an entity, with all its mentions."""
    gazetteer = names(language).gazetteer
    entities = []
    for surface in surfaces:
        entry = gazetteer.named(surface)
        mentions = tuple(
            Mention(start=found.start(), end=found.end(), surface=surface)
            for found in re.finditer(rf"{re.escape(surface)}\b", text)
        )
        is_place = entry is None or entry.type is EntityType.PLACE
        entities.append(
            Entity(
                name=entry.name if entry else surface,
                type=EntityType.PLACE if is_place else EntityType.PEOPLE_GROUP,
                country=entry.country if entry else None,
                mentions=mentions,
            )
        )
    found = places(entities, gazetteer, atlas or SmallAtlas({}), text)
    return {one.mentions[0].surface: one for one in found}


@pytest.mark.parametrize(
    ("text", "surfaces", "country"),
    [
        # the country that the article speaks of
        ("Au Congo, l'armée avance. Le Rwanda nie.", ("Congo", "Rwanda"), None),
        ("Au Congo, l'armée avance. La RDC nie.", ("Congo", "RDC"), "CD"),
        ("Au Congo, on vote. Le Congo-Brazzaville attend.", ("Congo", "Congo-Brazzaville"), "CG"),
        ("Le Congo, entre le Congo-Brazzaville et la RDC", ("Congo", "Congo-Brazzaville", "RDC"), None),
        ("La Meuse déborde. La Belgique a peur.", ("Meuse", "Belgique"), "BE"),
        ("La Meuse déborde. La France a peur.", ("Meuse", "France"), "FR"),
        ("La Meuse déborde.", ("Meuse",), "FR"),
        ("La Meuse déborde en France et en Belgique.", ("Meuse", "France", "Belgique"), None),
        ("La Moselle coule en Allemagne.", ("Moselle", "Allemagne"), "DE"),
        ("Le Pendjab est sous l'eau, au Pakistan.", ("Pendjab", "Pakistan"), "PK"),
        ("Le Pendjab est sous l'eau.", ("Pendjab",), None),
        ("Le Pendjab, entre l'Inde et le Pakistan", ("Pendjab", "Inde", "Pakistan"), None),
        ("Le Pays basque fête. La France regarde.", ("Pays basque", "France"), "FR"),
        ("Le Maine est froid. Le Texas brûle.", ("Maine", "Texas"), "US"),
        ("Le Maine est froid. Le Gers brûle.", ("Maine", "Gers"), "FR"),
        # a people alone speaks for no region, but its adjective right behind
        ("Le Maine est froid. Les Français partent.", ("Maine", "Français"), None),
        ("Les Ardennes belges sont belles.", ("Ardennes",), "BE"),
        ("Le Pays basque français est beau.", ("Pays basque",), "FR"),
        ("La Patagonie argentine brûle.", ("Patagonie",), "AR"),
        ("L'Azerbaïdjan iranien tremble.", ("Azerbaïdjan",), None),
        ("L'Azerbaïdjan tremble. L'Azerbaïdjan iranien dort.", ("Azerbaïdjan",), "AZ"),
        ("La Guyane française vote.", ("Guyane",), "GF"),
        ("en Syrie russes et turcs patrouillent", ("Syrie",), "SY"),
        ("La Bretagne française et la Corse française", ("Bretagne",), "FR"),
        # a country that takes an article, and a town that takes none
        ("Un séisme à Grenade hier", ("Grenade",), "ES"),
        ("La région de Grenade, en Espagne", ("Grenade", "Espagne"), "ES"),
        ("La Grenade vote, l'Espagne aussi.", ("Grenade", "Espagne"), "GD"),
        ("à la Grenade hier", ("Grenade",), "GD"),
        # written with its accent it is no river
        ("Le Tigré est bombardé.", ("Tigré",), "ET"),
        ("Le Tigre déborde.", ("Tigre",), None),
    ],
)
def test_of_the_places_of_one_name_the_text_chooses(text: str, surfaces: tuple[str, ...], country: str | None) -> None:
    assert read(text, *surfaces)[surfaces[0]].country == country


@pytest.mark.parametrize(
    ("text", "name", "latitude"),
    [
        ("le préfet de la Loire", "Loire", 45.7),
        ("le département de la Loire", "Loire", 45.7),
        ("à Zalm (Loire), hier", "Loire", 45.7),
        ("à Zalm, dans la Loire, hier", "Loire", 45.7),
        ("les élus du Rhône", "Rhône", 45.9),
        ("la Loire déborde", "Loire", 47.4),
        ("un corps dans la Loire, à Zalm", "Loire", 47.4),
        ("les bords du Rhône", "Rhône", 45.0),
        ("le maire nage dans la Loire", "Loire", 47.4),
    ],
)
def test_a_departement_is_not_the_river_that_it_is_called_after(text: str, name: str, latitude: float) -> None:
    assert read(text, name)[name].latitude == latitude


ZALM: dict[str, Sequence[Spot]] = {
    "Pékin": [Spot("Beijing", 39.9, 116.4, "CN", 19_000_000), Spot("Pekin", 40.6, -89.6, "US", 33_000)],
    "Bagdad": [Spot("Baghdad", 33.3, 44.4, "IQ", 7_000_000), Spot("Bagdad", 30.6, -87.0, "US", 3_700)],
    "Odessa": [Spot("Odesa", 46.5, 30.7, "UA", 1_010_000), Spot("Odessa", 31.8, -102.4, "US", 114_000)],
    "Vienne": [Spot("Vienna", 48.2, 16.4, "AT", 1_700_000), Spot("Vienne", 45.5, 4.9, "FR", 32_000)],
    "Batavia": [Spot("Jakarta", -6.2, 106.8, "ID", 8_500_000), Spot("Batavia", 43.0, -78.2, "US", 15_000)],
    "Zorbaloo": [Spot("Austin", 30.3, -97.7, "US", 960_000), Spot("Zorbaloo", 50.7, 4.4, "BE", 33_000)],
    "Brest": [Spot("Brest", 52.1, 23.7, "BY", 310_000), Spot("Brest", 48.4, -4.5, "FR", 140_000)],
    "Le Havre": [Spot("Le Havre", 49.5, 0.1, "FR", 170_000)],
    "Havre": [Spot("Havre", 48.5, -109.7, "US", 9_800, admin="US.MT")],
    "Portland": [
        Spot("Portland", 45.5, -122.7, "US", 650_000, admin="US.OR"),
        Spot("Portland", 43.7, -70.3, "US", 68_000, admin="US.ME"),
    ],
    "Saint-Louis": [Spot("St. Louis", 38.6, -90.2, "US", 300_000), Spot("Louisburg", 38.6, -94.7, "US", 4_000)],
}


@pytest.mark.parametrize(
    ("text", "surfaces", "country"),
    [
        # a metropolis is not its namesake in a country of the article
        ("Les États-Unis parlent à Pékin.", ("Pékin", "États-Unis"), "CN"),
        ("Les États-Unis quittent Bagdad.", ("Bagdad", "États-Unis"), "IQ"),
        ("Les États-Unis aident Odessa.", ("Odessa", "États-Unis"), None),
        ("Au Texas, Odessa brûle.", ("Odessa", "Texas"), "US"),
        ("L'Ukraine défend Odessa.", ("Odessa", "Ukraine"), "UA"),
        ("La France parle à Vienne.", ("Vienne", "France"), None),
        ("La France et l'Autriche parlent à Vienne.", ("Vienne", "France", "Autriche"), "AT"),
        ("À Vienne, en Isère, on joue.", ("Vienne", "Isère"), "FR"),
        ("En Isère, la France joue à Vienne.", ("Vienne", "France", "Isère"), "FR"),
        # but by another name of old it is not meant where a town has that name
        ("Les États-Unis ferment Batavia.", ("Batavia", "États-Unis"), "US"),
        ("La bataille de Zorbaloo", ("Zorbaloo",), None),
        # what no country tells apart must be far larger than its namesake
        ("Un cargo à Brest", ("Brest",), None),
        ("Un cargo à Brest, en France", ("Brest", "France"), "FR"),
        # its article is its name's, and a river takes one
        ("le maire du Havre", ("Havre",), "FR"),
        ("le maire de Havre, au Montana", ("Havre", "Montana"), "US"),
        ("les électeurs de la Vienne, en Autriche", ("Vienne",), "AT"),
        ("le département de la Vienne. L'Autriche", ("Vienne", "Autriche"), None),
        # of two in one country the one that lies by the region named
        ("Le Texas et l'Oregon ferment Portland.", ("Portland", "Texas", "Oregon"), "US"),
        ("Les États-Unis ferment Portland.", ("Portland", "États-Unis"), "US"),
    ],
)
def test_a_large_place_and_its_namesakes(text: str, surfaces: tuple[str, ...], country: str | None) -> None:
    assert read(text, *surfaces, atlas=SmallAtlas(ZALM))[surfaces[0]].country == country


def test_a_town_far_from_the_regions_named_gives_way_to_one_that_is_near() -> None:
    found = read("Le New Hampshire et le Vermont ferment Portland.", "Portland", "Vermont", atlas=SmallAtlas(ZALM))
    assert found["Portland"].latitude is None


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("À Saint-Louis, dans le Missouri, on vote.", "Saint-Louis", (None, None)),
        ("À Vienne, dans l'État de New York, on vote.", "Vienne", (None, None)),
        ("À Vienne, au Venezuela, on vote.", "Vienne", (None, None)),
        ("À Vienne, en Allemagne et en Italie, on vote.", "Vienne", (48.2, 16.4)),
        ("À Vienne, dans le département de l'Isère, on vote.", "Vienne", (45.5, 4.9)),
        ("À Vienne (Isère), on vote.", "Vienne", (45.5, 4.9)),
    ],
)
def test_what_is_said_to_lie_elsewhere_is_no_metropolis(
    text: str, name: str, expected: tuple[float | None, float | None]
) -> None:
    found = read(text, name, atlas=SmallAtlas(ZALM))[name]
    assert (found.latitude, found.longitude) == expected


LEBANON = SmallAtlas({"Lebanon": [Spot("Lebanon", 40.3, -76.4, "US", 25_000, admin="US.PA")]})


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("in Lebanon, Pennsylvania, on Monday", "US"),
        ("in Lebanon, Pa., on Monday", "US"),
        ("in Lebanon, Ohio, on Monday", "LB"),
        ("trade with Lebanon, Pennsylvania and Ohio", "LB"),
        ("trade with Lebanon, Pennsylvania, Ohio", "LB"),
        ("in Lebanon, Israel said", "LB"),
    ],
)
def test_a_country_is_a_town_where_a_state_holds_it(text: str, country: str) -> None:
    assert read(text, "Lebanon", atlas=LEBANON, language="en")["Lebanon"].country == country


@pytest.mark.parametrize(
    ("text", "surfaces", "country"),
    [
        ("Georgia accused Russia of it.", ("Georgia", "Russia"), "GE"),
        ("Georgia and Ohio voted.", ("Georgia", "Ohio"), "US"),
        ("In Athens, Ga., students met. Georgia voted.", ("Georgia", "Athens"), "US"),
        ("In Athens, Georgia, students met.", ("Georgia", "Athens"), "US"),
    ],
)
def test_georgia_is_a_state_where_american_places_are_named(text: str, surfaces: tuple[str, ...], country: str) -> None:
    atlas = SmallAtlas(
        {
            "Russia": [Spot("Russia", 40.2, -84.4, "US", 600)],
            "Athens": [
                Spot("Athens", 38.0, 23.7, "GR", 660_000, admin="GR.I"),
                Spot("Athens", 34.0, -83.4, "US", 120_000, admin="US.GA"),
            ],
        }
    )
    assert read(text, *surfaces, atlas=atlas, language="en")["Georgia"].country == country


@pytest.mark.parametrize(
    "name",
    ["Picardie", "Provence", "Rhône-Alpes", "Bourgogne", "Aquitaine", "Midi-Pyrénées", "Majorque", "Scandinavie"],
)
def test_what_is_a_part_of_a_region_or_was_one_has_a_name_of_its_own(name: str) -> None:
    entry = names("fr").gazetteer.named(name)
    assert entry is not None
    assert entry.name == name
