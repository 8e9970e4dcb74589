"""How often an article speaks of countries, and of their people: les soldats ukrainiens, le gaz ukrainien."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from contracts.extraction import Entity, EntityType
from services.extract.core.words import fold

_WORD = re.compile(r"[^\W\d_]{4,}(?:-[^\W\d_]{4,})?")
_FEWEST = 2  # times
_COUNTRY_OF_A_NAME = 0.5  # a people or an army speaks half as loud for its country as the country's own name


def peoples_told(text: str, demonyms: Mapping[str, str | None]) -> frozenset[str]:
    """The countries (ISO 3166-1 alpha-2) that words for their people are told of twice and more."""
    if not demonyms:
        return frozenset()
    told: Counter[str] = Counter()
    for word, times in Counter(_WORD.findall(text)).items():
        if country := demonyms.get(fold(word)):
            told[country] += times
    return frozenset(country for country, times in told.items() if times >= _FEWEST)


def countries_named(entities: Sequence[Entity]) -> Counter[str]:
    """How often the article speaks of each country."""
    found: Counter[str] = Counter()
    for entity in entities:
        if entity.country and entity.type is not EntityType.WEAPON:  # whoever made it may be far away
            weight = 1.0 if entity.type is EntityType.PLACE else _COUNTRY_OF_A_NAME
            found[entity.country] += weight * len(entity.mentions)  # type: ignore[assignment]
    return found
