"""A small place of the same name somewhere is not taken for the one that an article means."""

import pytest

from contracts.extraction import Entity, EntityType, Place
from contracts.value import Mention
from services.extract.core.geography.atlas import Spot
from services.extract.core.geography.places import places
from services.extract.core.naming.gazetteer import Gazetteer
from services.extract.lists import names
from tests.services.extract.core.naming.conftest import SmallAtlas

ZALMTON_WA = Spot("Zalmton", 46.7, -117.2, "US", 30_000, admin="US.WA")
WASHINGTON = Spot("Washington", 38.9, -77.0, "US", 600_000, admin="US.DC")
NEW_ZORB = Spot("New Zorb", 40.7, -74.0, "US", 8_000_000, admin="US.NY")


def gazetteer(language: str) -> Gazetteer:
    """Read when a test asks for it, and once: whoever only collects the tests needs none of it."""
    return names(language).gazetteer


def entity(text: str, name: str, country: str | None = None) -> Entity:
    starts = [at for at in range(len(text)) if text.startswith(name, at)]
    mentions = tuple(Mention(start=start, end=start + len(name), surface=name) for start in starts)
    return Entity(name=name, type=EntityType.PLACE, country=country, mentions=mentions)


def located(text: str, atlas: SmallAtlas, *found: tuple[str, str | None], language: str = "en") -> dict[str, Place]:
    entities = [entity(text, name, country) for name, country in found]
    return {place.name: place for place in places(entities, gazetteer(language), atlas, text)}


def test_washington_behind_a_town_of_the_state_is_the_state() -> None:
    text = "He left Zalmton, Washington, at night."
    found = located(
        text, SmallAtlas({"Zalmton": [ZALMTON_WA], "Washington": [WASHINGTON]}), ("Zalmton", None), ("Washington", None)
    )
    assert found["Zalmton"].admin == "US.WA"
    assert found["Washington"].longitude == pytest.approx(-120.4)


@pytest.mark.parametrize(
    "text",
    ["He left Zalmton for Washington.", "in Zalmton, Washington and Rome", "in Zalmton, Washington, D.C., and Rome"],
)
def test_elsewhere_washington_is_the_city(text: str) -> None:
    atlas = SmallAtlas({"Zalmton": [ZALMTON_WA], "Washington": [WASHINGTON]})
    assert located(text, atlas, ("Zalmton", None), ("Washington", None))["Washington"].admin == "US.DC"


def test_a_town_that_is_said_to_lie_where_the_atlas_has_none_is_no_namesake_of_another_state() -> None:
    other = Spot("Zorbway", 35.1, -92.4, "US", 60_000, admin="US.AR")
    found = located(
        "She is from Zorbway, Washington; he is not.",
        SmallAtlas({"Zorbway": [other]}),
        ("Zorbway", None),
        ("United States", "US"),
    )
    assert found["Zorbway"].latitude is None


@pytest.mark.parametrize("name", ["Zorbset", "Zorbington"])
def test_a_city_abroad_takes_no_namesake_of_a_village_here_along(name: str) -> None:
    text = f"In South Africa: from {name} she went to New Zorb."
    small = Spot(name, 40.6, -73.9, "US", 40_000, admin="US.NY")
    found = located(
        text,
        SmallAtlas({name: [small], "New Zorb": [NEW_ZORB]}),
        (name, None),
        ("New Zorb", None),
        ("South Africa", "ZA"),
    )
    assert found[name].latitude is None
    assert found["New Zorb"].country == "US"


def test_a_small_place_by_another_name_needs_its_country_told() -> None:
    village = Spot("Altzorb", 49.7, 6.6, "DE", 20_000)
    assert (
        located("à Zorbe, puis Zorbe", SmallAtlas({"Zorbe": [village]}), ("Zorbe", None), language="fr")[
            "Zorbe"
        ].latitude
        is None
    )
    told = located(
        "à Zorbe, vers l'Allemagne",
        SmallAtlas({"Zorbe": [village]}),
        ("Zorbe", None),
        ("Allemagne", "DE"),
        language="fr",
    )
    assert told["Zorbe"].country == "DE"


@pytest.mark.parametrize(
    ("text", "is_found"),
    [("la vallée de l'Orvie", False), ("la vallée de la Orvie", False), ("la ville d'Orvie", True)],
)
def test_what_has_an_article_is_no_town_of_that_name(text: str, *, is_found: bool) -> None:
    town = Spot("Orvie", 45.7, -1.1, "FR", 3_000)
    found = located(
        f"En France : {text}.", SmallAtlas({"Orvie": [town]}), ("Orvie", None), ("France", "FR"), language="fr"
    )
    assert (found["Orvie"].latitude is not None) == is_found


def test_a_hamlet_in_a_country_named_in_passing_is_not_the_far_larger_town_of_its_name() -> None:
    spots = [Spot("Zorbais", 51.0, 1.9, "FR", 72_000), Spot("Zorbais", 45.2, -67.3, "US", 3_000)]
    text = "De Zorbais à l'Allemagne, la Syrie et les États-Unis."
    named = (("Zorbais", None), ("Allemagne", "DE"), ("Syrie", "SY"), ("États-Unis", "US"))
    assert located(text, SmallAtlas({"Zorbais": spots}), *named, language="fr")["Zorbais"].latitude is None


def test_a_listed_county_is_not_the_city_that_the_text_has_in_another_country() -> None:
    city = Spot("Norfolk", 36.8, -76.3, "US", 240_000, admin="US.VA")
    text = "She sailed from Norfolk, Virginia."
    assert located(text, SmallAtlas({"Norfolk": [city]}), ("Norfolk", "GB"))["Norfolk"].country == "US"
    assert (
        located("She lived in Norfolk.", SmallAtlas({"Norfolk": [city]}), ("Norfolk", "GB"))["Norfolk"].country == "GB"
    )
