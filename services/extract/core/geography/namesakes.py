"""Which of several places of one name an article means, where the lists have more than one of it."""

import re
from collections.abc import Mapping
from dataclasses import replace

from contracts.extraction import Entity
from contracts.value import Mention
from services.extract.core.geography.containers import of_a_people
from services.extract.core.naming.gazetteer import Entry, Gazetteer

_A_PLACE = 1.0  # a country that nothing but a people or an army speaks for is not where a region lies
_TIMES_THE_NEXT = 2.0
_BEFORE = 48  # characters
# le préfet de la Loire, (Loire), à Zalmira, dans la Loire: the département, and not the river that it is called after
_OF_A_DEPARTEMENT = re.compile(
    r"\b(?:d[ée]partements?|pr[ée]f[eè]te?s?|pr[ée]fecture|sous-pr[ée]f[eè]te?|conseil\s(?:d[ée]partemental|g[ée]n[ée]ral)"
    r"|d[ée]put[ée]e?s?|s[ée]nat(?:eur|rice)s?|[ée]lue?s|communes?|maires|pompiers|gendarmes|gendarmerie|SDIS)\s"
    r"(?:de\s(?:la\s|l['’])|du\s)$|\($|[A-ZÀ-Ý][\w’'-]+,\sdans\s(?:la|le)\s$"
)
_ARTICLE = re.compile(r"\b(?:la\s|l['’]\s?)$", re.IGNORECASE)
_AT = re.compile(r"\bà\s$", re.IGNORECASE)
_TOWN_TOO = frozenset(("GD",))  # a country that takes an article, and a town of its name takes none: Grenade


def meant(entity: Entity, entry: Entry, gazetteer: Gazetteer, countries: Mapping[str, float], text: str = "") -> Entry:
    """The one of the places called as `entity` is that the article means; without coordinates where nothing tells.

    `countries` says how much the article speaks of each; `text` holds the mentions.
    """
    namesakes = _namesakes(entity, entry, gazetteer)
    peoples = [
        held.country if (held := of_a_people(text, mention.end, gazetteer)) else None for mention in entity.mentions
    ]
    of_people = next((country for country in peoples if country and country != entry.country), None)
    if (
        of_people
        and entry.country
        and (entry.source != "cldr" or all(peoples))
        and not _is_overseas(entry.country, of_people)
    ):
        return next((place for place in namesakes if place.country == of_people), _nowhere(entry))
    if of_people and (own := next((place for place in namesakes if place.country == of_people), None)):
        return own
    if len(namesakes) < 2:
        return entry
    if entry.source == "cldr":
        return _town_or_country(entity, entry, namesakes, countries, text)
    others = dict(countries)
    others[entry.country or ""] = others.get(entry.country or "", 0) - len(entity.mentions)
    weights = {place.country: others.get(place.country, 0.0) for place in namesakes if place.country}
    told = sorted((country for country in weights if weights[country] >= _A_PLACE), key=lambda one: -weights[one])
    if len(told) > 1 and weights[told[0]] < _TIMES_THE_NEXT * weights[told[1]]:
        return entry if entry.country is None else _nowhere(entry)
    of_country = [place for place in namesakes if place.country == (told[0] if told else entry.country)]
    is_departement = len(of_country) > 1 and any(_is_of_a_departement(text, mention) for mention in entity.mentions)
    return of_country[-1] if is_departement else of_country[0]


def _namesakes(entity: Entity, entry: Entry, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """The places that each of its mentions may mean: none but itself where one of them is a name of its alone."""
    first, *others = [gazetteer.namesakes(mention.surface) for mention in entity.mentions] or [()]
    common = tuple(place for place in first if all(place in other for other in others))
    return common if entry in common else (entry,)


def _nowhere(entry: Entry) -> Entry:
    return replace(entry, country=None, latitude=None, longitude=None)


def _town_or_country(
    entity: Entity, entry: Entry, namesakes: tuple[Entry, ...], countries: Mapping[str, float], text: str
) -> Entry:
    """The country, or the town of its name where no article stands before it and its own country is spoken of."""
    if entry.country not in _TOWN_TOO or any(
        _ARTICLE.search(text, max(0, mention.start - 4), mention.start) for mention in entity.mentions
    ):
        return entry
    town = namesakes[1]
    is_at = any(_AT.search(text, max(0, mention.start - 3), mention.start) for mention in entity.mentions)
    return town if is_at or town.country in countries else entry


def _is_of_a_departement(text: str, mention: Mention) -> bool:
    return _OF_A_DEPARTEMENT.search(text, max(0, mention.start - _BEFORE), mention.start) is not None


def _is_overseas(country: str, of_people: str) -> bool:
    """Whether it is a part of France that has a code of its own: la Guyane française."""
    return of_people == "FR" and country in {"GF", "GP", "MQ", "RE", "YT", "NC", "PF", "PM", "BL", "MF", "WF", "TF"}
