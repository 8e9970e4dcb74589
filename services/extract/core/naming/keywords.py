"""The names that an article turns around."""

from collections.abc import Sequence

from contracts.extraction import Entity, EntityType, Title

_MOST = 10
_WEIGHTS: dict[str, float] = {EntityType.OTHER: 0.5, EntityType.PEOPLE_GROUP: 0.4, EntityType.WEAPON: 0.7}
_IN_TITLE = 3.0
_FADING_CHARACTERS = 3000  # a name that first comes this far down counts half


def keywords(entities: Sequence[Entity], title: Title | None) -> tuple[str, ...]:
    """At most ten names, the weightiest first: named often, early, or in the title."""
    ranked = sorted(
        (entity for entity in entities if not entity.name.islower()),
        key=lambda entity: (-_weight(entity, title), entity.name),
    )
    return tuple(dict.fromkeys(entity.name for entity in ranked))[:_MOST]


def _weight(entity: Entity, title: Title | None) -> float:
    first = entity.mentions[0].start
    headlined = title is not None and any(mention.surface in title.text for mention in entity.mentions)
    return (
        _WEIGHTS.get(entity.type, 1.0)
        * (len(entity.mentions) + (_IN_TITLE if headlined else 0))
        / (1 + first / _FADING_CHARACTERS)
    )
