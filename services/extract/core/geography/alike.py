"""Places whose own name is a longer one than the text has, or has an article: whether they are meant all the same."""

from collections.abc import Iterable

from contracts.extraction import Entity
from services.extract.core.geography.atlas import Atlas, Spot
from services.extract.core.geography.containers import kilometres
from services.extract.core.naming.gazetteer import Entry
from services.extract.core.words import fold

_LARGE = 100_000  # inhabitants
_NEAR_KM = 150  # the middle of a département or a province


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
