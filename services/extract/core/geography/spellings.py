"""One place under several spellings is one thing: Idleb and Idlib."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeVar

from contracts.extraction import Entity, EntityType, Place

Thing = TypeVar("Thing", Entity, Place)


def as_one(named: Sequence[Entity], located: Sequence[Place]) -> tuple[tuple[Entity, ...], tuple[Place, ...]]:
    """The entities and the places, those that were found to be one place of the atlas together.

    They bear the spelling that the article uses most, of two as frequent the first; and stand where the first stood.
    """
    spelt: dict[int, list[Place]] = defaultdict(list)
    for place in located:
        if place.geonames_id is not None:
            spelt[place.geonames_id].append(place)
    first_of = {
        place.mentions[0].start: spellings[0].mentions[0].start
        for spellings in spelt.values()
        if len(spellings) > 1
        for place in spellings
    }
    if not first_of:
        return tuple(named), tuple(located)
    of_places = [entity for entity in named if entity.type is EntityType.PLACE]
    entities, places = _joined(of_places, first_of), _joined(located, first_of)
    others = [entity for entity in named if entity.type is not EntityType.PLACE]
    return tuple(sorted([*others, *entities], key=lambda entity: entity.mentions[0].start)), tuple(places)


def _joined(things: Sequence[Thing], first_of: dict[int, int]) -> list[Thing]:
    groups: dict[int, list[Thing]] = defaultdict(list)
    for thing in things:
        start = thing.mentions[0].start
        groups[first_of.get(start, start)].append(thing)
    return [_one(group) for group in groups.values()]


def _one(spellings: Sequence[Thing]) -> Thing:
    """What is said of the spelling that is used most, with the mentions of all."""
    most = max(spellings, key=lambda thing: len(thing.mentions))
    mentions = sorted((mention for thing in spellings for mention in thing.mentions), key=lambda mention: mention.start)
    return most.model_copy(update={"mentions": tuple(mentions)})
