"""Ways: the places that hyphens join to one name are each a place of its own, Soleure-Zollikofen, France-Brésil."""

import re

from contracts.extraction import EntityType
from services.extract.core.naming.found import Found, IsPlace
from services.extract.core.naming.names import Names
from services.extract.core.words import fold

_JOINED = re.compile(r"[^-\n]+")
_OPENING_MARKS = frozenset('«“"')  # within them it is the name of a work
_SHORTEST_END, _TOWN_ON_A_WAY = 3, 20_000  # letters; inhabitants
_STOPS = 3  # joined by hyphens: all of them places, they are a way however small, but for what are given names too
_ON_A_WAY = re.compile(r"\b(?:étapes?|ligne|liaison|tronçon|trajet|contre-la-montre),?\s(?:de\s)?$")

_DISTANCE_AFTER = re.compile(r"\s?[(,]\s?\d{1,4}(?:[.,]\d+)?\skm\b")


def ends_of_a_way(text: str, name: Found, names: Names, is_place: IsPlace) -> list[Found]:
    """The places that hyphens join to one recognised name, each by itself: Soleure-Zollikofen, France-Brésil."""
    surface = text[name.start : name.end]
    is_one = "-" not in surface or is_place(surface) or names.gazetteer.named(surface) is not None
    if is_one or text[max(0, name.start - 2) : name.start].strip() in _OPENING_MARKS:
        return [name]
    parts = list(_JOINED.finditer(text, name.start, name.end))
    is_long = len(parts) >= _STOPS
    is_measured = _DISTANCE_AFTER.match(text, name.end) is not None
    if len(parts) == 2 and (is_measured or _ON_A_WAY.search(text, max(0, name.start - 24), name.start)):
        return [Found(part.start(), part.end(), EntityType.PLACE) for part in parts]
    if len(parts) < 2 or not all(_is_stop(part.group(), names, is_place, is_long=is_long) for part in parts):
        return [name]
    return [Found(part.start(), part.end(), EntityType.PLACE) for part in parts]


def _is_stop(surface: str, names: Names, is_place: IsPlace, *, is_long: bool) -> bool:
    """Whether a part of what hyphens join is a place: a known town, or on a long way any that is no given name."""
    entry = names.gazetteer.named(surface)
    if entry is not None:
        return entry.type is EntityType.PLACE
    if is_long and fold(surface) in names.given:
        return False  # Jean-Pierre-Martin: three small towns
    least = 0 if is_long else _TOWN_ON_A_WAY
    return len(surface) > _SHORTEST_END and surface[0].isupper() and is_place(surface, least)
