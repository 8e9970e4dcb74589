"""What an article says right behind a place of where it lies: Paris, Texas; Valence (Drôme)."""

import re
from collections.abc import Sequence
from math import asin, cos, log10, radians, sin, sqrt
from typing import NamedTuple

from contracts.extraction import EntityType
from services.extract.core.geography.atlas import Spot
from services.extract.core.geography.states import GEORGIA, WASHINGTON, state_named, state_shortened
from services.extract.core.naming.gazetteer import Entry, Gazetteer
from services.extract.core.words import word_set, words

_OF_ITS_KIND = (
    r"(?:l['’][ÉEée]tat|le\sd[ée]partement|le\scanton|la\sr[ée]gion|la\sprovince)\sd"
    r"(?:e\s(?:la\s|l['’])?|u\s|es\s|['’])"
)
_BEHIND = re.compile(
    rf"(?:,\s|\s\()(?P<preposition>(?:dans\s(?:{_OF_ITS_KIND}|le\s|la\s|les\s|l['’])|en\s|à\s(?:la\s|l['’])?|au\s|aux\s"
    r"|in\s(?:the\sstate\sof\s)?)(?:the\s|southern\s|northern\s|eastern\s|western\s|central\s)?)?(?=[^\W\d_])"
)
_ADJECTIVE = re.compile(r"\s([a-zà-ÿ]{4,16})\b(?<!s)|\s([a-zà-ÿ]{4,16}s)\b(?!\s(?:et|ou)\b|,)")  # not Russes et Turcs
# Of a list of places: Norvège, Suède; en Italie et en Suède.
_ANOTHER = re.compile(
    r",\s[A-ZÀ-Ý]|\s(?:et|ou|and|or|und|y|e|comme)\s(?:(?:en|au|aux|à|dans|in)\s(?:l[ae]s?\s|l['’])?)?[A-ZÀ-Ý]"
)
_LONGEST, _MOST_WORDS = 40, 4  # characters and words of a name
# From the middle of a region to what lies in it: Quebec, Siberia; elsewhere Andalusia.
_REACH_KM, _REACH_IN_LARGE_COUNTRIES_KM = 300, 1_000
_LARGE_COUNTRIES = word_set("US CA RU AU BR CN IN AR KZ DZ SA LY SD CD ML NE TD MN ID MX IR EG AO")
_TENTH_KM = 50  # so much farther from the middle a place must be ten times as large to be meant rather than another
# Behind another place it is the state, before D.C. the city.
_WASHINGTON = re.compile(r"Washington\b(?!,?\s(?:D\.?\s?C\b|[A-Z]|(?:and|or|et|ou|und|y|e)\b))")
_SHORT = re.compile(r"((?:[A-Z]\.\s?)+[A-Z]\.|(?:W\.\s?)?[A-Z][a-z]{1,4}\.)|([A-Z]{2})\b")  # N.Y., Mass.; or NY


class Container(NamedTuple):
    """What a place lies in: a country, or a part of it as GeoNames codes it, or one of which a middle is known."""

    country: str
    admin: str | None = None
    middle: tuple[float, float] | None = None
    is_said: bool = False  # with a preposition, or in brackets: à Zalmira, dans la Drôme
    is_listed: bool = False  # another name goes on behind it, as in a list of places

    def may_hold(self, spot: Spot) -> bool:
        """Whether a place lies in its country, and in the part of it where that has a code."""
        if self.country == "GE" and spot.admin == GEORGIA:
            return True
        return spot.country == self.country and (self.admin is None or self.admin == spot.admin)

    def holding(self, spots: Sequence[Spot]) -> list[Spot]:
        """Those of `spots` that lie in it, the likeliest first: of a part the large ones, and those near its middle."""
        inside = [spot for spot in spots if spot.country == self.country]
        if self.admin is not None:
            return [spot for spot in inside if spot.admin == self.admin]
        if self.middle is None:
            return inside if inside or self.country != "GE" else [spot for spot in spots if spot.admin == GEORGIA]
        reach = _REACH_IN_LARGE_COUNTRIES_KM if self.country in _LARGE_COUNTRIES else _REACH_KM
        apart = [(kilometres(self.middle, (spot.latitude, spot.longitude)), spot) for spot in inside]
        near = [
            (distance / _TENTH_KM - log10(spot.population + 10), spot) for distance, spot in apart if distance <= reach
        ]
        return [spot for _, spot in sorted(near)]


def container(text: str, end: int, gazetteer: Gazetteer) -> Container | None:
    """What is said to hold the place that is named before `end`; None where nothing known is."""
    behind = _BEHIND.match(text, end)
    if behind is None:
        return of_a_people(text, end, gazetteer)
    if is_the_state(text, behind.end()):
        return Container("US", WASHINGTON)
    is_said = behind["preposition"] is not None or "(" in behind[0]
    short = _SHORT.match(text, behind.end())
    if short is not None and (admin := state_shortened(short)) is not None:
        return Container("US", admin)
    spoken = words(text, behind.end(), min(len(text), behind.end() + _LONGEST))[:_MOST_WORDS]
    for last in range(len(spoken), 0, -1):
        name, behind_it = text[spoken[0].start : spoken[last - 1].end], spoken[last - 1].end
        if not spoken[0].capitalised(text):
            break
        is_listed = _ANOTHER.match(text, behind_it) is not None
        if (admin := state_named(name)) is not None:
            return Container("US", admin, None, is_said, is_listed)
        namesakes = [place for place in gazetteer.namesakes(name) if place.country]
        if namesakes:
            # Of a river and the département that is called after it, the second holds towns.
            held_by = [place for place in namesakes if place.country == namesakes[0].country][-1]
            return Container(str(held_by.country), None, _middle(held_by), is_said, is_listed)
    return None


def of_a_people(text: str, end: int, gazetteer: Gazetteer) -> Container | None:
    """The country whose adjective stands right behind a place: le Fribourg allemand."""
    adjective = _ADJECTIVE.match(text, end)
    entry = gazetteer.named(adjective[1] or adjective[2]) if adjective else None
    # argentine: the people's adjective is the country's name in small letters
    is_people = entry is not None and (entry.type is EntityType.PEOPLE_GROUP or entry.source == "cldr")
    return Container(entry.country) if entry is not None and is_people and entry.country else None


def is_the_state(text: str, start: int) -> bool:
    """Whether what begins there, behind another place, is the state of Washington."""
    return text[max(0, start - 2) : start] == ", " and _WASHINGTON.match(text, start) is not None


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance by the haversine formula."""
    (phi, lam), (phi2, lam2) = (tuple(map(radians, point)) for point in (one, other))
    a = sin((phi2 - phi) / 2) ** 2 + cos(phi) * cos(phi2) * sin((lam2 - lam) / 2) ** 2
    return 2 * 6371 * asin(sqrt(a))


def _middle(entry: Entry) -> tuple[float, float] | None:
    """The middle of a part of a country; None for a whole one."""
    if entry.source == "cldr" or entry.latitude is None or entry.longitude is None:
        return None
    return entry.latitude, entry.longitude
