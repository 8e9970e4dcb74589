"""Which place of an atlas a name means: by the countries of the article, by size, by what it is called elsewhere."""

import re
from collections.abc import Mapping, Sequence
from math import log10

from contracts.extraction import Entity
from services.extract.core.geography.atlas import ARABIC_COUNTRIES, Atlas, Spot, skeleton
from services.extract.core.geography.containers import kilometres
from services.extract.core.geography.romanised import spelt_otherwise
from services.extract.core.words import fold

_KNOWN_FAR_AND_WIDE = 100_000  # inhabitants: a town that is named without saying in which country it lies
_KNOWN_BY_OTHER_NAMES = 500_000  # the same by a name in another language: Londres, Pékin
_KNOWN_BY_ONE_NAME = 250_000  # the same by a name that no other place has: Djouba
_BY_ITS_OWN_NAME = 1.0  # powers of ten that this is worth in a country of the article: Goris, and not Gori
_METROPOLIS, _TIMES_ITS_NAMESAKES = 1_000_000, 30  # inhabitants; the Paris of France, and not the one of Texas
_TIMES_A_HAMLET = 1_000  # by whatever name: Bagdad is Iraq's, and not Florida's
_TIMES_WITHOUT_ACCENTS = 300  # Pékin is no town of Illinois
_TIMES_A_TOWN = 5  # so much larger, a metropolis of nearly the same name may be meant: Odessa
_TIMES_A_VILLAGE, _VILLAGE = 10, 5_000
_ALIKE_LETTERS, _ENDING_LETTERS = 4, 2  # that a city's names in two languages share, and that may end otherwise
_AT_HOME = 2.5  # powers of ten of population that being in a country of the article is worth
_CLEARLY_AHEAD = 0.3  # powers of ten between the best and the next, in another country, to be believed
_FAR_AHEAD = 0.5  # the same where nothing but their size tells them apart
_AROUND_KM = 300  # of the middle of a region
_FOUND, LIKELY, _ALIKE = 0.9, 0.7, 0.6
_NOWHERE = (None, 0.0, ())
# maire du Havre: its article is not among the letters of its mention
_ARTICLE = re.compile(r"\b(?:(?P<le>le|du|au)|(?P<la>la)|(?P<les>les|des|aux))\s$")
_GOES_ON = re.compile(
    r"[ -](?:an der|am|im|ob der|in der|upon|on|under|sur|sous|en|lès|de la|del|de|do|da)[ -](?:the )?[A-ZÀ-Ý][\w'’-]+"
)
_ARTICLES = frozenset(("le", "la", "les", "the"))
_WITHOUT_ACCENTS = frozenset(("US", "GB", "AU", "NZ", "IE"))

Located = tuple[Spot | None, float, tuple[str, ...]]


def located(
    entity: Entity,
    spots: Sequence[Spot],
    countries: Mapping[str, float],
    atlas: Atlas,
    near: Sequence[tuple[float, float]] = (),
) -> Located:
    """The one of its `spots` that an entity means, with confidence and evidence; none rather than a wrong one.

    `near` is where regions lie that the article names.
    """
    if not spots:
        return _alike(entity, countries, atlas)
    spots = _without_namesakes(entity, spots, countries)
    total = sum(countries.values()) or 1
    own_names = {fold(mention.surface) for mention in entity.mentions}

    def worth(spot: Spot) -> float:
        share = countries.get(spot.country, 0) / total
        own = _BY_ITS_OWN_NAME if share and fold(spot.name) in own_names else 0
        return log10(spot.population + 10) + (_AT_HOME * (0.5 + share) if share else 0) + own

    best, *others = sorted(spots, key=worth, reverse=True)
    if _is_one_of_several(entity, best, others):
        return _NOWHERE
    elsewhere = [other for other in others if other.country != best.country]
    is_home = best.country in countries
    if elsewhere and worth(best) - max(map(worth, elsewhere)) < _CLEARLY_AHEAD:
        return _NOWHERE
    if is_home:
        is_another = any(_may_be_meant(entity, best, other, countries, total) for other in others)
        is_another = is_another and not _is_around(best, near)
        is_another = is_another or _is_of_another_part(entity, best, others, near)
        return _NOWHERE if is_another else (best, _FOUND, ("name", "country"))
    is_a_metropolis = best.population >= _METROPOLIS and _bears(entity, best)
    namesakes = [other for other in elsewhere if _bears(entity, other) and not is_a_metropolis]
    if namesakes and worth(best) - max(map(worth, namesakes)) < _FAR_AHEAD:
        return _NOWHERE
    is_known = _is_known_alone(entity, best, others) or (not others and best.population >= _KNOWN_BY_ONE_NAME)
    return (best, LIKELY, ("name", "population")) if is_known else _NOWHERE


def _alike(entity: Entity, countries: Mapping[str, float], atlas: Atlas) -> Located:
    """The only place of an Arabic country of the article whose name is another romanisation of this one."""
    present = [country for country in countries if country in ARABIC_COUNTRIES]
    bones = skeleton(entity.name)
    spots = list(atlas.alike(bones, present)) if bones and present else []
    spots = spots or spelt_otherwise(entity.name, countries, atlas)
    is_one = len({(spot.country, spot.name) for spot in spots}) == 1
    return (spots[0], _ALIKE, ("romanisation", "country")) if is_one else _NOWHERE


def _without_namesakes(entity: Entity, spots: Sequence[Spot], countries: Mapping[str, float]) -> list[Spot]:
    """The spots without those so small that nobody means them beside a metropolis of their name."""
    largest = max(spots, key=lambda spot: spot.population)
    accented = not entity.name.isascii()
    if accented and largest.population >= _KNOWN_FAR_AND_WIDE:  # Genève is none of New York
        most = largest.population / (1 if _is_nearly(entity, largest) else _TIMES_A_VILLAGE)
        spots = [spot for spot in spots if spot is largest or not _is_colonial(spot) or spot.population > most]
    if largest.population < _METROPOLIS:
        return list(spots)
    times = _TIMES_A_HAMLET
    if _bears(entity, largest) or (_is_nearly(entity, largest) and largest.country in countries):
        times = _TIMES_ITS_NAMESAKES
    return [
        spot
        for spot in spots
        if spot.population * times > largest.population
        and not (accented and _is_colonial(spot) and spot.population * _TIMES_WITHOUT_ACCENTS <= largest.population)
    ]


def _is_colonial(spot: Spot) -> bool:
    """Whether a place lies where towns are called after others of the Old World, and written without accents."""
    return spot.name.isascii() and spot.country in _WITHOUT_ACCENTS


def _may_be_meant(entity: Entity, best: Spot, other: Spot, countries: Mapping[str, float], total: float) -> bool:
    """Whether a place elsewhere is so much larger that it may be meant though another country is spoken of."""
    is_far_larger = other.population > _TIMES_A_VILLAGE * max(best.population, _VILLAGE)
    if _bears(entity, other):  # Calais, in an article that speaks of Maine too; Berne, in one that speaks of Americans
        return is_far_larger and (2 * countries.get(best.country, 0) < total or _is_colonial(best))
    times = other.population / max(best.population, 1)
    least = _KNOWN_FAR_AND_WIDE if _is_colonial(best) else _METROPOLIS
    is_elsewhere = other.country != best.country and other.population >= least
    if _is_nearly(entity, other):
        return is_elsewhere and times >= _TIMES_A_TOWN
    return is_elsewhere and times >= _TIMES_WITHOUT_ACCENTS and not _bears(entity, best)


def _is_of_another_part(
    entity: Entity, best: Spot, others: Sequence[Spot], near: Sequence[tuple[float, float]]
) -> bool:
    """Whether its country has a town of this name around a region that the article names, and it lies around none."""
    namesakes = [
        other
        for other in others
        if other.country == best.country
        and other.population * _TIMES_ITS_NAMESAKES > best.population
        and _bears(entity, other)
    ]
    return any(_is_around(other, near) for other in namesakes) and not _is_around(best, near)


def _is_around(spot: Spot, near: Sequence[tuple[float, float]]) -> bool:
    return any(kilometres(at, (spot.latitude, spot.longitude)) <= _AROUND_KM for at in near)


def _is_known_alone(entity: Entity, spot: Spot, others: Sequence[Spot]) -> bool:
    """Whether a place is so large, and the `others` of its name so small, that it may be named without its country."""
    least = _KNOWN_FAR_AND_WIDE if _is_nearly(entity, spot) else _KNOWN_BY_OTHER_NAMES
    return spot.population >= least and not _is_by_another_name(entity, spot, others)


def _is_nearly(entity: Entity, spot: Spot) -> bool:
    """Whether its own name is nearly the one in the text: Genève is Geneva's own name, and GeoNames' is the English."""
    own, name = _own(entity, spot), fold(entity.name)
    return own[:_ALIKE_LETTERS] == name[:_ALIKE_LETTERS] and abs(len(own) - len(name)) <= _ENDING_LETTERS


def _is_by_another_name(entity: Entity, best: Spot, others: Sequence[Spot]) -> bool:
    """Whether its own name is quite another, and a town that is not so much smaller bears this one: Waterloo."""
    if _is_nearly(entity, best) or fold(best.name).startswith(fold(entity.name)):
        return False
    return any(_bears(entity, other) and _TIMES_ITS_NAMESAKES * other.population > best.population for other in others)


def _is_one_of_several(entity: Entity, spot: Spot, others: Sequence[Spot]) -> bool:
    """Whether its country has another place as large that is called so too, and neither bears the name alone."""
    return not _bears(entity, spot) and any(
        other.country == spot.country and 2 * other.population > spot.population for other in others
    )


def _bears(entity: Entity, spot: Spot) -> bool:
    return _own(entity, spot) == fold(entity.name)


def _own(entity: Entity, spot: Spot) -> str:
    """A place's own name (folded), without the article that an article of the text stands for: du Havre."""
    first, _, rest = fold(spot.name).partition(" ")
    return rest if first in _ARTICLES and rest == fold(entity.name) else fold(spot.name)


def spots_of(entity: Entity, atlas: Atlas, text: str = "") -> list[Spot]:
    """What the atlas has under any spelling that the article uses; with its article, where it stands before them all.

    `text` is what holds the mentions.
    """
    if articled := _with_article(entity, atlas, text) or _longer(entity, atlas, text):
        return articled
    found: dict[Spot, None] = {}
    for name in dict.fromkeys(fold(mention.surface) for mention in entity.mentions):
        found.update(dict.fromkeys(atlas.named(name)))
    return list(found)


def _longer(entity: Entity, atlas: Atlas, text: str) -> list[Spot]:
    """What the atlas has under a longer name that goes on behind a mention: Frankfurt an der Oder."""
    behind = (_GOES_ON.match(text, mention.end) for mention in entity.mentions if text)
    found = [spot for more in behind if more for spot in atlas.named(fold(entity.name + more.group()))]
    return list(dict.fromkeys(found))


def _with_article(entity: Entity, atlas: Atlas, text: str) -> list[Spot]:
    """What the atlas has under the name with its article, where each mention has one before it: du Havre."""
    found: dict[Spot, None] = {}
    for mention in entity.mentions if text else ():
        article = _ARTICLE.search(text, max(0, mention.start - 5), mention.start)
        if article is None or not mention.surface[0].isupper():
            return []
        found.update(dict.fromkeys(atlas.named(fold(f"{article.lastgroup} {mention.surface}"))))
    return list(found)
