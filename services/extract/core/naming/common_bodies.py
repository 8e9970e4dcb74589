"""Bodies that many countries have: a Sénat is that of the list's country only where the article speaks of it."""

from collections import Counter
from collections.abc import Mapping, Sequence

from contracts.extraction import Entity, EntityType, Place
from services.extract.core.words import fold

_COMMON = frozenset(
    map(
        fold,
        (
            "Sénat",
            "Assemblée nationale",
            "Conseil constitutionnel",
            "Conseil d'État",
            "Cour de cassation",
            "Cour des comptes",
            "Cour suprême",
            "Chambre des représentants",
            "Chambre des communes",
            "Conseil national",
            "Conseil fédéral",
            "Conseil des États",
            "Assemblée fédérale",
            "Tribunal fédéral",
            "Chancellerie fédérale",
            "Parti socialiste",
            "PS",
            "Parti conservateur",
            "Parti travailliste",
            "Parti populaire",
            "Parti libéral-démocrate",
        ),
    )
)
_OF_THE_MOST = 3  # a country is told of where it is named at least a third as often as the one named most


def in_the_countries_told(named: Sequence[Entity], located: Sequence[Place]) -> tuple[Entity, ...]:
    """The entities, of common bodies without a country of which the article tells nothing else, but another one."""
    told: Counter[str] = Counter()
    for place in located:
        told[place.country or ""] += len(place.mentions)
    for entity in named:
        if entity.type is not EntityType.PLACE and not _is_common(entity):
            told[entity.country or ""] += len(entity.mentions)
    del told[""]
    return tuple(entity if _is_told(entity, told) else entity.model_copy(update={"country": None}) for entity in named)


def _is_told(entity: Entity, told: Mapping[str, int]) -> bool:
    if not _is_common(entity) or entity.country is None or not told:
        return True
    return _OF_THE_MOST * told.get(entity.country, 0) >= max(told.values())


def _is_common(entity: Entity) -> bool:
    return entity.type is EntityType.ORGANISATION and fold(entity.name) in _COMMON
