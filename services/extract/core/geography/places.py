"""Where the named places are: coordinates from the lists or the atlas, none rather than wrong ones."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import log10
from typing import NamedTuple

from contracts.extraction import Entity, EntityType, Place
from services.extract.core.geography.atlas import ARABIC_COUNTRIES, Atlas, Spot, skeleton
from services.extract.core.geography.containers import Container, container, is_the_state
from services.extract.core.naming.found import IsPlace
from services.extract.core.naming.gazetteer import Entry, Gazetteer
from services.extract.core.words import fold

_TOWN = 5_000  # inhabitants: fewer, and a word is more often something else
_KNOWN_FAR_AND_WIDE = 100_000  # inhabitants: a town that is named without saying in which country it lies
_KNOWN_BY_OTHER_NAMES = 500_000  # the same by a name in another language: Londres, Pékin
_METROPOLIS, _TIMES_ITS_NAMESAKES = 1_000_000, 30  # inhabitants; the Paris of France, and not the one of Texas
_TIMES_A_VILLAGE, _VILLAGE = 10, 5_000
_ALIKE_LETTERS, _ENDING_LETTERS = 4, 2  # that a city's names in two languages share, and that may end otherwise
_AT_HOME = 2.5  # powers of ten of population that being in a country of the article is worth
_CLEARLY_AHEAD = 0.3  # powers of ten between the best and the next, in another country, to be believed
_LISTED, _FOUND, _LIKELY, _ALIKE = 0.95, 0.9, 0.7, 0.6
# Rivers and landscapes have one, and towns that have it are called so: l'Arve, but La Rochelle.
_ARTICLE = re.compile(r"(?:\b(?:la|le|les|du|the)\s|\bl['’]\s?)$")
_LABEL_AFTER = re.compile(r"\s?:\s")
_NOWHERE = (None, 0.0, ())
# Countries of whose name another country has a part, and where that is.
_NAMESAKES = {"GE": ("US", 32.8, -83.5)}
_WASHINGTON_STATE = Entry("Washington", EntityType.PLACE, "US", 47.4, -120.4)
_TOWN_BEFORE, _LONGEST_TOWN = re.compile(r"((?:[A-Z][\w'’.-]+\s){0,2}[A-Z][\w'’.-]+),\s$"), 48
_COUNTRY_OF_A_NAME = 0.5  # a people or an army speaks half as loud for its country as the country's own name


class _Said(NamedTuple):
    """What the text says of a name that speaks against a small place of that name somewhere."""

    is_label: bool = False
    is_led: bool = False
    held: Container | None = None
    spoken: frozenset[str] = frozenset()  # the countries that the article names, or a people, an army of theirs

    @classmethod
    def of(cls, text: str, entity: Entity, held: Sequence[Container], spoken: frozenset[str]) -> "_Said":
        """What it says around the mentions of an entity, which is `held` by what stands behind them."""
        return cls(
            is_label=_is_a_label(text, entity),
            is_led=bool(text)
            and all(_ARTICLE.search(text, max(0, mention.start - 6), mention.start) for mention in entity.mentions),
            held=held[0] if held else None,
            spoken=spoken,
        )

    def is_against(self, spot: Spot, entity: Entity, countries: Mapping[str, float]) -> bool:
        """Whether a place is another one than the text means, or none: it lies elsewhere, its name takes no article."""
        is_called_so = fold(spot.name) == fold(entity.name)
        if self.is_label and not is_called_so:
            return True
        if spot.population >= _KNOWN_FAR_AND_WIDE:
            return False
        if self.is_led or (self.held is not None and not self.held.holding([spot])):
            return True
        # A city abroad that is named in passing takes its neighbours along by their own names alone, if it is alone.
        here = countries.get(spot.country, 0)
        is_main = here > max((weight for country, weight in countries.items() if country != spot.country), default=0)
        return (
            spot.country not in self.spoken and not (is_called_so and is_main) and spot.country not in ARABIC_COUNTRIES
        )


_NOTHING_SAID = _Said()


def is_place_in(atlas: Atlas) -> IsPlace:
    """Tell of a name whether a place is called so: any place for several words, a town for one."""

    def is_place(name: str, least: int = _TOWN) -> bool:
        key = fold(name)
        spots = atlas.named(key)
        return bool(spots) and (" " in key or spots[0].population >= least)

    return is_place


def places(entities: Sequence[Entity], gazetteer: Gazetteer, atlas: Atlas, text: str = "") -> tuple[Place, ...]:
    """The entities that are places, in order, each where it is known to lie; unresolved ones have no coordinates.

    `text` is what holds their mentions, and may say in what they lie.
    """
    listed = {entity.name: _listed(entity, gazetteer) for entity in entities if entity.type is EntityType.PLACE}
    countries = _countries(entities)
    spoken = frozenset(countries)
    for entity in entities:
        if entity.type is EntityType.PLACE and listed[entity.name] is None:
            countries.update(_told_by_a_city(entity, countries, atlas))
    no_countries = [
        entity
        for entity in entities
        if entity.type is EntityType.PLACE and ((entry := listed[entity.name]) is None or entry.source != "cldr")
    ]
    held = {entity.name: _containers(text, entity, gazetteer) for entity in no_countries}
    told = {entity.name: _told_beside(entity, held[entity.name], listed[entity.name], atlas) for entity in no_countries}
    said = {
        entity.name: _Said.of(text, entity, held[entity.name], spoken)
        for entity in no_countries
        if listed[entity.name] is None
    }
    listed |= dict.fromkeys(_states_of_towns(text, entities, atlas), _WASHINGTON_STATE)
    listed = {name: _not_its_namesake(entry, entities, listed, atlas) for name, entry in listed.items()}
    return tuple(
        _known(entity, spot, _FOUND, ("name", "containment"))
        if (spot := told.get(entity.name)) is not None
        else _place(entity, listed[entity.name], countries, atlas, said.get(entity.name, _NOTHING_SAID))
        for entity in entities
        if entity.type is EntityType.PLACE
    )


def _not_its_namesake(
    entry: Entry | None, entities: Sequence[Entity], listed: Mapping[str, Entry | None], atlas: Atlas
) -> Entry | None:
    """The entry, or that of another country's part of its name, where the article names places of that one alone."""
    if entry is None or entry.source != "cldr" or entry.country not in _NAMESAKES:
        return entry
    country, latitude, longitude = _NAMESAKES[entry.country]
    others = [entity for entity in entities if listed.get(entity.name) is not entry]
    towns = {spots[0].country for one in others if one.name in listed and (spots := _spots(one, atlas))}
    parts = {known.country for known in listed.values() if known and known is not entry and known.source != "cldr"}
    its_own = towns | {one.country for one in others}
    if entry.country in its_own or country not in towns | parts:
        return entry
    return replace(entry, country=country, latitude=latitude, longitude=longitude, source="supplement")


def _states_of_towns(text: str, entities: Sequence[Entity], atlas: Atlas) -> list[str]:
    """The name Washington where the article has it behind towns alone, one of which lies in that state."""
    return [
        entity.name
        for entity in entities
        if entity.name == "Washington"
        and all(is_the_state(text, mention.start) for mention in entity.mentions)
        and any(_lies_in_the_state(text, mention.start, atlas) for mention in entity.mentions)
    ]


def _lies_in_the_state(text: str, start: int, atlas: Atlas) -> bool:
    """Whether the town of one to three words before a comma there is one of the state of Washington."""
    town = _TOWN_BEFORE.search(text, max(0, start - _LONGEST_TOWN), start)
    words = town[1].split() if town else []
    names = (fold(" ".join(words[first:])) for first in range(len(words)))
    return any(spot.admin == "US.WA" for name in names for spot in atlas.named(name))


def _containers(text: str, entity: Entity, gazetteer: Gazetteer) -> list[Container]:
    """What the text says behind its mentions to hold it, in order."""
    behind = (container(text, mention.end, gazetteer) for mention in entity.mentions)
    return [held for held in behind if held is not None]


def _told_beside(entity: Entity, held: Sequence[Container], entry: Entry | None, atlas: Atlas) -> Spot | None:
    """The place of this name in what holds it; not in the country of the `entry` that a list has of its name."""
    others = (one for one in held if entry is None or one.country != entry.country)
    return next((spots[0] for one in others if (spots := one.holding(_spots(entity, atlas)))), None)


def _listed(entity: Entity, gazetteer: Gazetteer) -> Entry | None:
    entry = gazetteer.named(entity.name)
    return entry if entry is not None and entry.type is EntityType.PLACE else None


def _countries(entities: Sequence[Entity]) -> Counter[str]:
    """How often the article speaks of each country."""
    found: Counter[str] = Counter()
    for entity in entities:
        if entity.country:
            weight = 1.0 if entity.type is EntityType.PLACE else _COUNTRY_OF_A_NAME
            found[entity.country] += weight * len(entity.mentions)  # type: ignore[assignment]
    return found


def _told_by_a_city(entity: Entity, countries: Mapping[str, float], atlas: Atlas) -> dict[str, int]:
    """The country that a city without a namesake in the article's countries speaks for."""
    spots = _spots(entity, atlas)
    cities = {spot.country for spot in spots if _is_known_alone(entity, spot)}
    if len(cities) != 1 or any(spot.country in countries for spot in spots):
        return {}
    return {cities.pop(): len(entity.mentions)}


def _is_a_label(text: str, entity: Entity) -> bool:
    """Whether nothing but lines that it heads as a label have the name: Lion : une bonne journée."""
    return all(
        _LABEL_AFTER.match(text, mention.end) and text[max(0, mention.start - 1) : mention.start] in {"", "\n"}
        for mention in entity.mentions
    )


def _place(entity: Entity, entry: Entry | None, countries: Mapping[str, float], atlas: Atlas, said: _Said) -> Place:
    if entry is not None:
        return Place(
            name=entity.name,
            latitude=entry.latitude,
            longitude=entry.longitude,
            country=entry.country,
            source=entry.source,
            mentions=entity.mentions,
            confidence=_LISTED,
            evidence=(f"list:{entry.source}",),
        )
    spot, confidence, evidence = _located(entity, countries, atlas)
    if spot is None or said.is_against(spot, entity, countries):
        return Place(
            name=entity.name,
            country=entity.country,
            mentions=entity.mentions,
            confidence=entity.confidence,
            evidence=entity.evidence,
        )
    return _known(entity, spot, confidence, evidence)


def _known(entity: Entity, spot: Spot, confidence: float, evidence: tuple[str, ...]) -> Place:
    return Place(
        name=entity.name,
        latitude=spot.latitude,
        longitude=spot.longitude,
        country=spot.country,
        source="geonames",
        mentions=entity.mentions,
        confidence=round(confidence * entity.confidence, 2),
        geonames_id=spot.id,
        admin=spot.admin,
        evidence=evidence,
    )


def _located(
    entity: Entity, countries: Mapping[str, float], atlas: Atlas
) -> tuple[Spot | None, float, tuple[str, ...]]:
    spots = _spots(entity, atlas)
    if not spots:
        present = [country for country in countries if country in ARABIC_COUNTRIES]
        bones = skeleton(entity.name)
        spots = list(atlas.alike(bones, present)) if bones and present else []
        is_one = len({(spot.country, spot.name) for spot in spots}) == 1
        return (spots[0], _ALIKE, ("romanisation", "country")) if is_one else _NOWHERE
    if (largest := max(spots, key=lambda spot: spot.population)) and _is_metropolis(entity, largest):
        spots = [spot for spot in spots if spot.population * _TIMES_ITS_NAMESAKES > largest.population]
    total = sum(countries.values()) or 1

    def worth(spot: Spot) -> float:
        share = countries.get(spot.country, 0) / total
        return log10(spot.population + 10) + (_AT_HOME * (0.5 + share) if share else 0)

    best, *others = sorted(spots, key=worth, reverse=True)
    if _is_one_of_several(entity, best, others):
        return _NOWHERE
    elsewhere = [worth(other) for other in others if other.country != best.country]
    if elsewhere and worth(best) - max(elsewhere) < _CLEARLY_AHEAD:
        return _NOWHERE
    far_larger = any(
        fold(spot.name) == fold(entity.name) and spot.population > _TIMES_A_VILLAGE * max(best.population, _VILLAGE)
        for spot in others
    )
    if far_larger and 2 * countries.get(best.country, 0) < total:
        return _NOWHERE  # Calais, in an article that speaks of Maine too
    if best.country in countries:
        return best, _FOUND, ("name", "country")
    return (best, _LIKELY, ("name", "population")) if _is_known_alone(entity, best) else _NOWHERE


def _is_known_alone(entity: Entity, spot: Spot) -> bool:
    """Whether a place is so large that an article may name it without its country."""
    own, name = fold(spot.name), fold(entity.name)
    # Genève is Geneva's own name, and GeoNames' is the English one.
    alike = own[:_ALIKE_LETTERS] == name[:_ALIKE_LETTERS] and abs(len(own) - len(name)) <= _ENDING_LETTERS
    return spot.population >= (_KNOWN_FAR_AND_WIDE if alike else _KNOWN_BY_OTHER_NAMES)


def _is_one_of_several(entity: Entity, spot: Spot, others: Sequence[Spot]) -> bool:
    """Whether its country has another place as large that is called so too, and neither bears the name alone."""
    return fold(spot.name) != fold(entity.name) and any(
        other.country == spot.country and 2 * other.population > spot.population for other in others
    )


def _is_metropolis(entity: Entity, spot: Spot) -> bool:
    return spot.population >= _METROPOLIS and fold(spot.name) == fold(entity.name)


def _spots(entity: Entity, atlas: Atlas) -> list[Spot]:
    """What the atlas has under any spelling that the article uses."""
    found: dict[Spot, None] = {}
    for name in dict.fromkeys(fold(mention.surface) for mention in entity.mentions):
        found.update(dict.fromkeys(atlas.named(name)))
    return list(found)
