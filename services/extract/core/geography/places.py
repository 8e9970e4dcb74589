"""Where the named places are: coordinates from the lists or the atlas, none rather than wrong ones."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from contracts.extraction import Entity, EntityType, Place
from services.extract.core.geography.alike import bears_an_article, is_short_for_another
from services.extract.core.geography.at_home import town_at_home
from services.extract.core.geography.atlas import ARABIC_COUNTRIES, Atlas, NoAtlas, Spot
from services.extract.core.geography.containers import Container, container, is_the_state
from services.extract.core.geography.located import LIKELY, located, spots_of
from services.extract.core.geography.namesakes import meant
from services.extract.core.geography.peoples import countries_named
from services.extract.core.geography.states import GEORGIA
from services.extract.core.naming.found import IsPlace
from services.extract.core.naming.gazetteer import Entry, Gazetteer
from services.extract.core.words import fold

_TOWN = 5_000  # inhabitants: fewer, and a word is more often something else
_KNOWN_FAR_AND_WIDE = 100_000  # inhabitants: its country need not be named
_LISTED, _FOUND = 0.95, 0.9
# Rivers and landscapes have one, and towns that have it are called so: l'Arve, but La Rochelle.
_ARTICLE = re.compile(r"(?:\b(?:la|le|les|du|the)\s|\bl['’]\s?)$")
_FEMININE_ARTICLE = re.compile(r"(?:\bla\s|\bl['’]\s?)$")
_LABEL_AFTER = re.compile(r"\s?:\s")
# Countries of whose name another country has a part, and where that is.
_NAMESAKES = {"GE": ("US", 32.8, -83.5)}
_WASHINGTON_STATE = Entry("Washington", EntityType.PLACE, "US", 47.4, -120.4)
_TOWN_BEFORE, _LONGEST_TOWN = re.compile(r"((?:[A-Z][\w'’.-]+\s){0,2}[A-Z][\w'’.-]+),\s$"), 48


class _Said(NamedTuple):
    """What the text says of a name that speaks against a small place of that name somewhere."""

    is_label: bool = False
    is_led: bool = False
    is_led_in_the_feminine: bool = False
    held: Container | None = None
    spoken: frozenset[str] = frozenset()  # the countries that the article names, or a people, an army of theirs

    @classmethod
    def of(cls, text: str, entity: Entity, held: Sequence[Container], spoken: frozenset[str]) -> "_Said":
        """What it says around the mentions of an entity, which is `held` by what stands behind them."""
        return cls(
            is_label=_is_a_label(text, entity),
            is_led=_are_led(text, entity, _ARTICLE),
            is_led_in_the_feminine=_are_led(text, entity, _FEMININE_ARTICLE),
            held=held[0] if held else None,
            spoken=spoken,
        )

    def is_against(self, spot: Spot, entity: Entity, countries: Mapping[str, float], *, is_articled: bool) -> bool:
        """Whether a place is another one than the text means, or none: it lies elsewhere, its name takes no article.

        A place `is_articled` that is known by its name with the article that stands before it.
        """
        is_called_so = fold(spot.name) == fold(entity.name)
        if self.is_label and not is_called_so:
            return True
        if self.is_led_in_the_feminine and not is_articled:  # la Vienne is a river
            return True
        if self.held is not None and self.held.is_said and not self.held.is_listed and not self.held.may_hold(spot):
            return True
        if spot.population >= _KNOWN_FAR_AND_WIDE:
            return False
        if self.is_no_town(spot, is_articled=is_articled):
            return True
        # A city abroad that is named in passing takes its neighbours along by their own names alone, if it is alone.
        here = countries.get(spot.country, 0)
        is_main = here > max((weight for country, weight in countries.items() if country != spot.country), default=0)
        return (
            spot.country not in self.spoken and not (is_called_so and is_main) and spot.country not in ARABIC_COUNTRIES
        )

    def is_no_town(self, spot: Spot, *, is_articled: bool) -> bool:
        """Whether a town is another one, by what the text says it lies in, or a river or a landscape by its article."""
        return spot.population < _KNOWN_FAR_AND_WIDE and (
            (self.is_led and not is_articled) or (self.held is not None and not self.held.holding([spot]))
        )


_NOTHING_SAID = _Said()


def _are_led(text: str, entity: Entity, article: re.Pattern[str]) -> bool:
    """Whether an article stands before each mention."""
    return bool(text) and all(
        article.search(text, max(0, mention.start - 6), mention.start) for mention in entity.mentions
    )


def is_place_in(atlas: Atlas) -> IsPlace:
    """Tell of a name whether a place is called so: any place for several words, a town for one."""

    def is_place(name: str, least: int = _TOWN) -> bool:
        key = fold(name)
        spots = atlas.named(key)
        return bool(spots) and (" " in key or spots[0].population >= least)

    return is_place


def places(
    entities: Sequence[Entity],
    gazetteer: Gazetteer,
    atlas: Atlas,
    text: str = "",
    home: str | None = None,
    *,
    peoples: frozenset[str] = frozenset(),
) -> tuple[Place, ...]:
    """The entities that are places, in order, each where it is known to lie; unresolved ones have no coordinates.

    `text` is what holds their mentions, and may say in what they lie; `home` is the country that readers of its
    language take for granted, `peoples` are the countries whose people it names.
    """
    named = [entity for entity in entities if entity.type is EntityType.PLACE]
    listed = {entity.name: _listed(entity, gazetteer) for entity in named}
    countries = countries_named(entities)
    spoken = peoples.union(countries)
    for entity in named:
        if listed[entity.name] is None:
            countries.update(_told_by_a_city(entity, countries, atlas, text))
    held = {entity.name: _containers(text, entity, listed[entity.name], gazetteer) for entity in named}
    told = {entity.name: _told_beside(entity, held[entity.name], listed[entity.name], atlas) for entity in named}
    listed |= dict.fromkeys(_states_of_towns(text, entities, atlas), _WASHINGTON_STATE)
    is_georgia = any(spot is not None and spot.admin == GEORGIA for spot in told.values())
    listed = {
        name: _not_its_namesake(entry, entities, listed, atlas, is_told=is_georgia) for name, entry in listed.items()
    }
    for entity in named:
        if (entry := listed[entity.name]) is not None:
            listed[entity.name] = meant(entity, entry, gazetteer, countries, text)
    regions = tuple(listed.values())
    lying = _Lying(countries, _middles(regions), atlas, text, home, regions)
    return tuple(
        _known(entity, spot, _FOUND, ("name", "containment"))
        if (spot := told[entity.name]) is not None
        else _place(entity, entry, lying, _NOTHING_SAID if entry else _Said.of(text, entity, held[entity.name], spoken))
        for entity, entry in ((entity, listed[entity.name]) for entity in named)
    )


def _middles(entries: Iterable[Entry | None]) -> list[tuple[float, float]]:
    """Where those of the listed places lie that are no whole countries."""
    return [
        (entry.latitude, entry.longitude)
        for entry in entries
        if entry is not None and entry.source != "cldr" and entry.latitude is not None and entry.longitude is not None
    ]


class _Lying(NamedTuple):
    """What places are looked for by: the article's countries, where its regions lie, the atlas, the text, its home."""

    countries: Mapping[str, float]
    near: Sequence[tuple[float, float]]
    atlas: Atlas
    text: str
    home: str | None
    regions: tuple[Entry | None, ...]  # what lists have of the article's places


def _not_its_namesake(
    entry: Entry | None,
    entities: Sequence[Entity],
    listed: Mapping[str, Entry | None],
    atlas: Atlas,
    *,
    is_told: bool = False,
) -> Entry | None:
    """The entry, or that of another country's part of its name, where the article names places of that one alone.

    The part `is_told` that a town is said to lie in.
    """
    if entry is None or entry.source != "cldr" or entry.country not in _NAMESAKES:
        return entry
    country, latitude, longitude = _NAMESAKES[entry.country]
    others = [entity for entity in entities if listed.get(entity.name) is not entry]
    unlisted = [one for one in others if one.name in listed and listed[one.name] is None]
    towns = {spots[0].country for one in unlisted if (spots := spots_of(one, atlas))}
    parts = {known.country for known in listed.values() if known and known is not entry and known.source != "cldr"}
    its_own = towns | {one.country for one in others}
    if not is_told and (entry.country in its_own or country not in towns | parts):
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


def _containers(text: str, entity: Entity, entry: Entry | None, gazetteer: Gazetteer) -> list[Container]:
    """What the text says behind its mentions to hold it, in order; a country's name is held by a state alone."""
    behind = (container(text, mention.end, gazetteer) for mention in entity.mentions)
    held = [one for one in behind if one is not None]
    if entry is None or entry.source != "cldr":
        return held
    return [one for one in held if one.admin is not None and not one.is_listed]  # Lebanon, Pennsylvania


def _told_beside(entity: Entity, held: Sequence[Container], entry: Entry | None, atlas: Atlas) -> Spot | None:
    """The place of this name in what holds it; not in the country of the `entry` that a list has of its name."""
    others = (one for one in held if entry is None or one.country != entry.country)
    return next((spots[0] for one in others if (spots := one.holding(spots_of(entity, atlas)))), None)


def _listed(entity: Entity, gazetteer: Gazetteer) -> Entry | None:
    entry = gazetteer.named(entity.name)
    return entry if entry is not None and entry.type is EntityType.PLACE else None


def _told_by_a_city(entity: Entity, countries: Mapping[str, float], atlas: Atlas, text: str) -> dict[str, int]:
    """The country that a city without a namesake in the article's countries speaks for."""
    spots = spots_of(entity, atlas, text)
    if any(spot.country in countries for spot in spots):
        return {}
    city, *_ = located(entity, spots, {}, NoAtlas())
    return {city.country: len(entity.mentions)} if city is not None else {}


def _is_a_label(text: str, entity: Entity) -> bool:
    """Whether nothing but lines that it heads as a label have the name: Lion : une bonne journée."""
    return all(
        _LABEL_AFTER.match(text, mention.end) and text[max(0, mention.start - 1) : mention.start] in {"", "\n"}
        for mention in entity.mentions
    )


def _place(entity: Entity, entry: Entry | None, lying: _Lying, said: _Said) -> Place:
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
    spots = spots_of(entity, lying.atlas, lying.text)
    is_articled = spots != spots_of(entity, lying.atlas)
    spot, confidence, evidence = located(entity, spots, lying.countries, lying.atlas, lying.near)
    is_another = spot is not None and (
        is_short_for_another(entity, spot, lying.regions)
        or (said.is_led and not bears_an_article(entity, spot, lying.atlas))
    )
    if spot is None or is_another or said.is_against(spot, entity, lying.countries, is_articled=is_articled):
        spot, confidence, evidence = town_at_home(entity, spots, lying.home), LIKELY, ("name", "population")
    if spot is None or said.is_no_town(spot, is_articled=is_articled):
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
