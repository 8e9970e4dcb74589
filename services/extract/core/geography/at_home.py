"""Towns that an article need not say where they lie, and those whose names only begin like what it means."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from contracts.extraction import Entity
from services.extract.core.geography.atlas import Atlas, Spot
from services.extract.core.geography.containers import kilometres
from services.extract.core.naming.gazetteer import Entry
from services.extract.core.words import fold

HOMES: Mapping[str, str] = MappingProxyType({"fr": "FR"})  # by language (primary subtag)
_LEAST = 10_000  # inhabitants of a town that is named without saying where it lies
_TIMES_ITS_NAMESAKES = 20
_LARGE = 100_000  # inhabitants
_NEAR_KM = 150  # the middle of a département or a province


def town_at_home(entity: Entity, spots: Sequence[Spot], home: str | None) -> Spot | None:
    """The town of its name in the country `home`, where that is the only one of some size that is called so."""
    largest = max(spots, key=lambda spot: spot.population, default=None)
    if largest is None or largest.country != home or fold(largest.name) != fold(entity.name):
        return None
    abroad = max((spot.population for spot in spots if spot.country != home), default=0)
    return largest if largest.population >= max(_LEAST, _TIMES_ITS_NAMESAKES * abroad) else None


def is_short_for_another(entity: Entity, spot: Spot, regions: Iterable[Entry | None]) -> bool:
    """Whether a town has but a longer name and lies far from all regions of its country that the article tells.

    Artigues is not Artigues-près-Bordeaux where the Var burns.
    """
    if spot.population >= _LARGE or not fold(spot.name).startswith(f"{fold(entity.name)} "):
        return False
    middles = [
        (one.latitude, one.longitude)
        for one in regions
        if one is not None and one.source != "cldr" and one.country == spot.country
        if one.latitude is not None and one.longitude is not None
    ]
    at = (spot.latitude, spot.longitude)
    return bool(middles) and min(kilometres(at, middle) for middle in middles) > _NEAR_KM


def bears_an_article(entity: Entity, spot: Spot, atlas: Atlas) -> bool:
    """Whether a place is called so behind an article: the Queens, le Havre, le Caire; and Tours not « le Tour »."""
    name, own = fold(entity.name), fold(spot.name)
    led = [f"{article} {name}" for article in ("le", "la", "les")]
    return own == name or own in led or any(spot in atlas.named(key) for key in led)
