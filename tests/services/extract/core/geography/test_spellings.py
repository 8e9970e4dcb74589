from contracts.extraction import Entity, EntityType, Place
from contracts.value import Mention
from services.extract.core.geography.spellings import as_one


def mention(surface: str, start: int) -> Mention:
    return Mention(start=start, end=start + len(surface), surface=surface)


def entity(name: str, *starts: int, kind: EntityType = EntityType.PLACE) -> Entity:
    return Entity(name=name, type=kind, mentions=tuple(mention(name, start) for start in starts))


def place(name: str, number: int | None, *starts: int) -> Place:
    return Place(name=name, geonames_id=number, mentions=tuple(mention(name, start) for start in starts))


def test_spellings_of_one_place_are_one_thing_under_the_one_used_most() -> None:
    named = (entity("Idleb", 0), entity("OSDH", 10, kind=EntityType.ORGANISATION), entity("Idlib", 20, 40))
    entities, places = as_one(named, (place("Idleb", 169389, 0), place("Idlib", 169389, 20, 40)))
    assert [(one.name, [part.surface for part in one.mentions]) for one in entities] == [
        ("Idlib", ["Idleb", "Idlib", "Idlib"]),
        ("OSDH", ["OSDH"]),
    ]
    assert [(one.name, len(one.mentions)) for one in places] == [("Idlib", 3)]


def test_of_two_spellings_as_frequent_the_first_is_the_name() -> None:
    named = (entity("Deir ez-Zor", 0), entity("Deir Ezzor", 20))
    entities, places = as_one(named, (place("Deir ez-Zor", 170794, 0), place("Deir Ezzor", 170794, 20)))
    assert [one.name for one in entities] == [one.name for one in places] == ["Deir ez-Zor"]


def test_places_that_were_not_found_and_namesakes_elsewhere_stay_apart() -> None:
    named = (entity("Zorb", 0), entity("Zorba", 10), entity("Tripoli", 20), entity("Trablous", 30))
    located = (place("Zorb", None, 0), place("Zorba", None, 10), place("Tripoli", 1, 20), place("Trablous", 2, 30))
    assert as_one(named, located) == (named, located)
