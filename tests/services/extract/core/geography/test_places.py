import pytest

from contracts.extraction import Entity, EntityType, Place
from contracts.value import Mention
from services.extract.core.geography.atlas import NoAtlas, Spot, skeleton
from services.extract.core.geography.peoples import peoples_told
from services.extract.core.geography.places import is_place_in, places
from services.extract.core.geography.romanised import in_english
from services.extract.core.naming.gazetteer import Gazetteer
from services.extract.lists import names
from tests.services.extract.core.naming.conftest import SmallAtlas

VALENCIA, VALENCE = Spot("Valencia", 39.5, -0.4, "ES", 800_000), Spot("Valence", 44.9, 4.9, "FR", 64_000)
HAMLET = Spot("Zalmir", 35.0, 38.0, "SY", 0)


def gazetteer() -> Gazetteer:
    """Read when a test asks for it, and once: whoever only collects the tests needs none of it."""
    return names("fr").gazetteer


def place(name: str, times: int = 1, country: str | None = None) -> Entity:
    mentions = tuple(Mention(start=n * 100, end=n * 100 + len(name), surface=name) for n in range(times))
    return Entity(name=name, type=EntityType.PLACE, country=country, mentions=mentions)


def located(found: tuple[Place, ...], name: str) -> Place:
    return next(one for one in found if one.name == name)


def test_a_country_stands_where_the_lists_have_it() -> None:
    (syria,) = places([place("Syrie", country="SY")], gazetteer(), NoAtlas())
    assert (syria.country, syria.source) == ("SY", "cldr")
    assert syria.latitude == pytest.approx(35, abs=2)


def test_the_articles_country_chooses_among_namesakes() -> None:
    atlas = SmallAtlas({"Valence": [VALENCIA, VALENCE]})
    assert located(places([place("France", 3, "FR"), place("Valence")], gazetteer(), atlas), "Valence").country == "FR"
    assert located(places([place("Espagne", 3, "ES"), place("Valence")], gazetteer(), atlas), "Valence").country == "ES"


def test_a_metropolis_is_meant_rather_than_its_small_namesake_in_a_country_of_the_article() -> None:
    atlas = SmallAtlas({"Paris": [Spot("Paris", 48.9, 2.3, "FR", 2_100_000), Spot("Paris", 33.7, -95.6, "US", 25_000)]})
    found = places([place("Allemagne", 4, "DE"), place("États-Unis", 2, "US"), place("Paris")], gazetteer(), atlas)
    assert located(found, "Paris").country == "FR"


def test_a_hamlet_is_believed_only_in_a_country_of_the_article() -> None:
    atlas = SmallAtlas({"Zalmir": [HAMLET]})
    assert located(places([place("Syrie", 1, "SY"), place("Zalmir")], gazetteer(), atlas), "Zalmir").latitude == 35.0
    (alone,) = places([place("Zalmir")], gazetteer(), atlas)
    assert (alone.latitude, alone.longitude, alone.source) == (None, None, None)


def test_namesakes_that_nothing_parts_stay_unresolved() -> None:
    one, other = Spot("Zalmir", 1.0, 1.0, "FR", 150_000), Spot("Zalmir", 2.0, 2.0, "ES", 140_000)
    (alone,) = places([place("Zalmir")], gazetteer(), SmallAtlas({"Zalmir": [one, other]}))
    assert alone.latitude is None


def test_another_romanisation_is_found_only_in_an_arabic_country_of_the_article() -> None:
    spot = Spot("Khān Zalmūn", 35.0, 36.0, "SY", 10)
    atlas = SmallAtlas({}, {skeleton("Khan Zalmoun"): [spot]})
    assert (
        located(places([place("Syrie", 1, "SY"), place("Khan Zelmoun")], gazetteer(), atlas), "Khan Zelmoun").latitude
        is None
    )
    assert (
        located(places([place("Syrie", 1, "SY"), place("Khan Zalmoun")], gazetteer(), atlas), "Khan Zalmoun").latitude
        == 35.0
    )
    assert (
        located(places([place("France", 1, "FR"), place("Khan Zalmoun")], gazetteer(), atlas), "Khan Zalmoun").latitude
        is None
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deir ez zor", "Dayr az-Zawr"),
        ("Khan Cheikhoun", "Khān Shaykhūn"),
        ("Hassaké", "Al Ḩasakah"),
        ("Abou Kamal", "Abū Kamāl"),
    ],
)
def test_romanisations_of_one_name_share_a_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other) != ""


def test_a_place_says_by_what_it_was_found_and_what_geonames_calls_it() -> None:
    valence = VALENCE._replace(id=2971053, admin="FR.84")
    atlas = SmallAtlas({"Valence": [valence]}, {skeleton("Khan Zalmoun"): [HAMLET._replace(country="SY")]})
    found = places(
        [place("France", 3, "FR"), place("Valence"), place("Syrie", 1, "SY"), place("Khan Zalmoun")], gazetteer(), atlas
    )
    assert (located(found, "Valence").geonames_id, located(found, "Valence").admin) == (2971053, "FR.84")
    assert [located(found, name).evidence for name in ("France", "Valence", "Khan Zalmoun")] == [
        ("list:cldr",),
        ("name", "country"),
        ("romanisation", "country"),
    ]


def test_one_of_several_that_share_half_a_name_in_a_country_is_not_chosen() -> None:
    one, other = Spot("Zalm-sur-Mer", 1.0, 1.0, "FR", 6_600), Spot("Zalm-en-Bois", 2.0, 2.0, "FR", 5_700)
    found = places([place("France", 3, "FR"), place("Zalm")], gazetteer(), SmallAtlas({"Zalm": [one, other]}))
    assert located(found, "Zalm").latitude is None


def test_a_city_is_known_by_its_own_name_where_geonames_has_an_english_one() -> None:
    geneva = Spot("Geneva", 46.2, 6.1, "CH", 200_000)
    (found,) = places([place("Genève")], gazetteer(), SmallAtlas({"Genève": [geneva]}))
    assert found.country == "CH"


def test_too_little_is_no_skeleton() -> None:
    assert skeleton("Al-Bab") == ""


def test_one_word_is_a_place_if_a_town_bears_it_and_several_if_any_place_does() -> None:
    is_place = is_place_in(SmallAtlas({"Zalmir": [HAMLET], "Bir Zalmir": [HAMLET], "Valence": [VALENCE]}))
    assert [is_place(name) for name in ("Zalmir", "Bir Zalmir", "Valence", "Nulle part")] == [False, True, True, False]


@pytest.mark.parametrize(("name", "latitude"), [("Zalmir", 1.0), ("Zal", None)])
def test_a_city_far_away_is_believed_by_its_own_name_sooner_than_by_another(name: str, latitude: float | None) -> None:
    spot = Spot("Zalmir", 1.0, 1.0, "BR", 200_000)
    (found,) = places([place(name)], gazetteer(), SmallAtlas({"Zalmir": [spot], "Zal": [spot]}))
    assert found.latitude == latitude


def test_whoever_made_a_weapon_says_nothing_of_where_things_are() -> None:
    genevas = [Spot("Geneva", 46.2, 6.1, "CH", 200_000), Spot("Geneva", 41.9, -88.3, "US", 21_000)]
    mention = Mention(start=300, end=307, surface="Patriot")
    patriot = Entity(name="Patriot", type=EntityType.WEAPON, country="US", mentions=(mention,))
    yemen, geneva = place("Yémen", 3, "YE"), place("Genève")
    found = places([yemen, patriot, geneva], gazetteer(), SmallAtlas({"Genève": genevas}))
    assert located(found, "Genève").country != "US"


def test_a_towns_own_name_counts_where_both_countries_are_spoken_of() -> None:
    zorbs = [Spot("Zorb", 42.0, 44.1, "GE", 54_000), Spot("Zorbis", 39.5, 46.3, "AM", 20_000)]
    found = places(
        [place("Géorgie", 1, "GE"), place("Arménie", 1, "AM"), place("Zorbis")],
        gazetteer(),
        SmallAtlas({"Zorbis": zorbs}),
    )
    assert located(found, "Zorbis").country == "AM"


@pytest.mark.parametrize(("population", "country"), [(300_000, "SS"), (100_000, None)])
def test_a_large_city_is_known_by_a_name_that_no_other_place_has(population: int, country: str | None) -> None:
    atlas = SmallAtlas({"Zorbouba": [Spot("Zubba", 4.9, 31.6, "SS", population)]})
    assert located(places([place("Zorbouba")], gazetteer(), atlas), "Zorbouba").country == country


def test_a_small_town_is_believed_where_its_people_are_told_of() -> None:
    atlas = SmallAtlas(
        {"Kief": [Spot("Kief", 50.4, 30.5, "UA", 2_900_000)], "Zorbsk": [Spot("Zorbsk", 48.3, 37.2, "UA", 60_000)]}
    )
    entities = [place("Kief"), place("Zorbsk"), place("Russie", 3, "RU")]
    assert located(places(entities, gazetteer(), atlas), "Zorbsk").country is None
    told = peoples_told("Des soldats ukrainiens et un char ukrainien.", names("fr").demonyms)
    assert located(places(entities, gazetteer(), atlas, peoples=told), "Zorbsk").country == "UA"
    assert peoples_told("Un char ukrainien.", names("fr").demonyms) == frozenset()


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Zorbtchatov", "zorbchatov"),
        ("Zarbougdidi", "zarbugdidi"),
        ("Chazorb", "shazorb"),
        ("Dzerjzorb", "dzerzhzorb"),
        ("Zassiv Iar", "zasiv yar"),
        ("Zarbiabrskoïe", "zarbyabrskoye"),
        ("Guezorbi", "gezorbi"),
    ],
)
def test_what_french_writes_by_ear_is_spelt_as_english_does(french: str, english: str) -> None:
    assert english in in_english(french)


def test_such_a_name_is_found_only_in_a_country_of_such_letters_that_the_article_names() -> None:
    spots = [Spot("Zorbchatov", 51.6, 35.6, "RU", 40_000), Spot("Zorbchatov", 1.0, 1.0, "FR", 40_000)]
    atlas = SmallAtlas({"Zorbchatov": spots})
    zorb = place("Zorbtchatov")
    assert located(places([place("Russie", 2, "RU"), zorb], gazetteer(), atlas), "Zorbtchatov").country == "RU"
    assert located(places([place("France", 2, "FR"), zorb], gazetteer(), atlas), "Zorbtchatov").country is None
    assert located(places([zorb], gazetteer(), atlas), "Zorbtchatov").country is None
    two = SmallAtlas({"Zorbchatov": [spots[0], Spot("Zorbchatov", 50.8, 78.5, "KZ", 10_000)]})
    both = [place("Russie", 2, "RU"), place("Kazakhstan", 2, "KZ"), zorb]
    assert located(places(both, gazetteer(), two), "Zorbtchatov").country is None
