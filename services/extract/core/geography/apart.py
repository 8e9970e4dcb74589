"""Two places of one name, each with what holds it beside it, are two: Tripoli (Liban) and Tripoli, en Libye."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeVar

from contracts.extraction import Entity, EntityType, Place
from contracts.value import Mention
from services.extract.core.geography.atlas import Atlas, Spot
from services.extract.core.geography.containers import container
from services.extract.core.geography.located import spots_of
from services.extract.core.naming.gazetteer import Gazetteer

_CONTAINED = "containment"
_TIMES, _VILLAGE = 10, 10_000  # as large, and inhabitants, to be meant where nothing is said

Thing = TypeVar("Thing", Entity, Place)


def apart(
    named: Sequence[Entity], located: Sequence[Place], text: str, gazetteer: Gazetteer, atlas: Atlas
) -> tuple[tuple[Entity, ...], tuple[Place, ...]]:
    """The entities and the places, those that the text says to lie in several containers once for each.

    A mention beside which nothing stands is of the place that was told of before it.
    """
    entities, places = list(named), list(located)
    for place in located:
        if _CONTAINED not in place.evidence or len(place.mentions) < 2:
            continue
        entity = next(
            one for one in named if one.type is EntityType.PLACE and one.mentions[0].start == place.mentions[0].start
        )
        groups, told = _groups(entity, text, gazetteer, atlas)
        if len(groups) > 1:
            entities.remove(entity)
            places.remove(place)
            for spot, mentions in groups.items():
                entities.append(entity.model_copy(update={"mentions": tuple(mentions)}))
                places.append(_of(place, spot, mentions, is_told=spot in told))
    if len(places) == len(located):
        return tuple(named), tuple(located)
    return _in_order(entities), _in_order(places)


def _groups(
    entity: Entity, text: str, gazetteer: Gazetteer, atlas: Atlas
) -> tuple[dict[Spot, list[Mention]], list[Spot | None]]:
    """The mentions by the place that each means; those before the first that is told of it, or of a far larger one."""
    spots = spots_of(entity, atlas)
    told = [_told(text, mention, spots, gazetteer) for mention in entity.mentions]
    meant = next((spot for spot in told if spot is not None), None)
    largest = max(spots, key=lambda spot: spot.population, default=None)
    if meant is not None and largest is not None and largest.population >= _TIMES * max(meant.population, _VILLAGE):
        meant = largest  # Rome, before somebody from Rome, Georgia, is told of
    groups: dict[Spot, list[Mention]] = defaultdict(list)
    for mention, spot in zip(entity.mentions, told, strict=True):
        meant = spot or meant
        if meant is not None:
            groups[meant].append(mention)
    return groups, told


def _told(text: str, mention: Mention, spots: Sequence[Spot], gazetteer: Gazetteer) -> Spot | None:
    held = container(text, mention.end, gazetteer)
    if held is None or held.is_listed:
        return None
    return next(iter(held.holding(spots)), None)


def _of(place: Place, spot: Spot, mentions: Sequence[Mention], *, is_told: bool) -> Place:
    return place.model_copy(
        update={
            "latitude": spot.latitude,
            "longitude": spot.longitude,
            "country": spot.country,
            "geonames_id": spot.id,
            "admin": spot.admin,
            "mentions": tuple(mentions),
            "evidence": place.evidence if is_told else ("name", "population"),
        }
    )


def _in_order(things: Sequence[Thing]) -> tuple[Thing, ...]:
    return tuple(sorted(things, key=lambda thing: thing.mentions[0].start))
