"""Towns of which an article need not say where they lie: a French paper of Lyon."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from contracts.extraction import Entity
from services.extract.core.geography.atlas import Spot
from services.extract.core.words import fold

HOMES: Mapping[str, str] = MappingProxyType({"fr": "FR"})  # by language (primary subtag)
_LEAST = 10_000  # inhabitants of a town that is named without saying where it lies
_TIMES_ITS_NAMESAKES = 20


def town_at_home(entity: Entity, spots: Sequence[Spot], home: str | None) -> Spot | None:
    """The town of its name in the country `home`, where that is the only one of some size that is called so."""
    largest = max(spots, key=lambda spot: spot.population, default=None)
    if largest is None or largest.country != home or fold(largest.name) != fold(entity.name):
        return None
    abroad = max((spot.population for spot in spots if spot.country != home), default=0)
    return largest if largest.population >= max(_LEAST, _TIMES_ITS_NAMESAKES * abroad) else None
