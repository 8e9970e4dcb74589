from contracts.extraction import Entity, EntityType, Place, Title
from contracts.value import Mention, Span
from services.extract.core.geography.country import country, weights_of_countries
from services.extract.core.naming.keywords import keywords

BODY = [Span(start=0, end=10_000)]


def place(code: str | None, *starts: int) -> Place:
    return Place(
        name=code or "?",
        country=code,
        mentions=tuple(Mention(start=start, end=start + 2, surface="xx") for start in starts),
    )


def entity(name: str, kind: EntityType, code: str | None, *starts: int) -> Entity:
    mentions = tuple(Mention(start=start, end=start + len(name), surface=name) for start in starts)
    return Entity(name=name, type=kind, country=code, mentions=mentions)


def told(entities: list[Entity], places: list[Place], title: Title | None, body: list[Span]) -> str | None:
    return country(weights_of_countries(entities, places, title, body))


def test_the_country_that_is_named_most_is_the_articles() -> None:
    assert told([], [place("SY", 10, 500, 900), place("FR", 1200)], None, BODY) == "SY"


def test_the_title_counts_more_than_the_text() -> None:
    title = Title(text="x", start=0, end=50)
    assert told([], [place("SY", 10), place("FR", 1200, 1300)], title, BODY) == "SY"


def test_an_article_between_two_countries_has_none() -> None:
    assert told([], [place("SY", 1000, 2000), place("FR", 1100, 2100)], None, BODY) is None


def test_one_name_in_passing_is_not_enough() -> None:
    assert told([], [place("SY", 5000)], None, BODY) is None


def test_armies_and_parties_speak_for_their_country() -> None:
    forces = entity("armée turque", EntityType.ARMED_FORCE, "TR", *range(400, 1400, 100))
    assert told([forces], [], None, BODY) == "TR"


def test_a_place_without_a_country_speaks_for_none() -> None:
    assert told([], [place(None, 1, 2, 3)], None, BODY) is None


def test_keywords_are_the_names_of_the_title_and_the_often_named() -> None:
    found = [
        entity("Zarbin", EntityType.PERSON, None, 2000),
        entity("ONU", EntityType.ORGANISATION, None, 100, 300, 500),
        entity("Paris", EntityType.PLACE, "FR", 900),
        entity("missiles", EntityType.WEAPON, None, 10, 20, 30),
    ]
    assert keywords(found, Title(text="Zarbin parle")) == ("ONU", "Zarbin", "Paris")


def test_keywords_are_ten_at_most() -> None:
    assert len(keywords([entity(f"Nom{n}", EntityType.PERSON, None, n) for n in range(30)], None)) == 10
