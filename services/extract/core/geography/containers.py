"""What an article says right behind a place of where it lies: Paris, Texas; Valence (Drôme)."""

import re
from collections.abc import Sequence
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from contracts.extraction import EntityType
from services.extract.core.geography.atlas import Spot
from services.extract.core.naming.gazetteer import Entry, Gazetteer
from services.extract.core.words import fold, word_set, words

_BEHIND = re.compile(
    r"(?:,\s|\s\()(?:(?:dans\s(?:le\s|la\s|les\s|l['’])|en\s|à\s(?:la\s|l['’])?|au\s|aux\s|in\s)"
    r"(?:the\s|southern\s|northern\s|eastern\s|western\s|central\s)?)?(?=[^\W\d_])"
)
_LONGEST, _MOST_WORDS = 40, 4  # characters and words of a name
_REACH_KM = 700  # from the middle of a region to what lies in it, Texas included
# As the post writes the American states, and as newspapers do.
_STATES = {
    code: short.replace("-", " ")
    for pair in word_set(
        """
    AL:ala AK: AZ:ariz AR:ark CA:calif CO:colo CT:conn DE:del FL:fla GA:ga HI: ID: IL:ill IN:ind IA: KS:kan KY:ky LA:la
    ME: MD:md MA:mass MI:mich MN:minn MS:miss MO:mo MT:mont NE:neb NV:nev NH:n-h NJ:n-j NM:n-m NY:n-y NC:n-c ND:n-d OH:
    OK:okla OR:ore PA:pa RI:r-i SC:s-c SD:s-d TN:tenn TX:tex UT: VT:vt VA:va WA:wash WV:w-va WI:wis WY:wyo DC:d-c
    """
    )
    for code, _, short in (pair.partition(":"),)
}
# Behind another place it is the state, before D.C. the city.
_WASHINGTON = re.compile(r"Washington\b(?!,?\s(?:D\.?\s?C\b|[A-Z]|(?:and|or|et|ou|und|y|e)\b))")
_ABBREVIATED = {short: code for code, short in _STATES.items() if short}
_SHORT = re.compile(r"((?:[A-Z]\.\s?)+[A-Z]\.|(?:W\.\s?)?[A-Z][a-z]{1,4}\.)|([A-Z]{2})\b")  # N.Y., Mass.; or NY


class Container(NamedTuple):
    """What a place lies in: a country, or a part of it as GeoNames codes it, or one of which a middle is known."""

    country: str
    admin: str | None = None
    middle: tuple[float, float] | None = None

    def holding(self, spots: Sequence[Spot]) -> list[Spot]:
        """Those of `spots` that lie in it, the likeliest first; of a part of a country the nearest to its middle."""
        inside = [spot for spot in spots if spot.country == self.country]
        if self.admin is not None:
            return [spot for spot in inside if spot.admin == self.admin]
        if self.middle is None:
            return inside
        apart = sorted((kilometres(self.middle, (spot.latitude, spot.longitude)), spot) for spot in inside)
        return [spot for distance, spot in apart if distance <= _REACH_KM]


def container(text: str, end: int, gazetteer: Gazetteer) -> Container | None:
    """What is said to hold the place that is named before `end`; None where nothing known is."""
    behind = _BEHIND.match(text, end)
    if behind is None:
        return None
    if is_the_state(text, behind.end()):
        return Container("US", "US.WA")
    short = _SHORT.match(text, behind.end())
    if short is not None and (code := _state(short)) is not None:
        return Container("US", f"US.{code}")
    spoken = words(text, behind.end(), min(len(text), behind.end() + _LONGEST))[:_MOST_WORDS]
    for last in range(len(spoken), 0, -1):
        entry = gazetteer.named(text[spoken[0].start : spoken[last - 1].end])
        if entry is not None and entry.type is EntityType.PLACE and entry.country and spoken[0].capitalised(text):
            return Container(entry.country, None, _middle(entry))
    return None


def is_the_state(text: str, start: int) -> bool:
    """Whether what begins there, behind another place, is the state of Washington."""
    return text[max(0, start - 2) : start] == ", " and _WASHINGTON.match(text, start) is not None


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance by the haversine formula."""
    (phi, lam), (phi2, lam2) = (tuple(map(radians, point)) for point in (one, other))
    a = sin((phi2 - phi) / 2) ** 2 + cos(phi) * cos(phi2) * sin((lam2 - lam) / 2) ** 2
    return 2 * 6371 * asin(sqrt(a))


def _state(short: re.Match[str]) -> str | None:
    """The American state of an abbreviation; letters without stops are one only as the post writes them."""
    if short[2] is not None:
        return short[2] if short[2] in _STATES else None
    return _ABBREVIATED.get(fold(short[1]))


def _middle(entry: Entry) -> tuple[float, float] | None:
    """The middle of a part of a country; None for a whole one."""
    if entry.source == "cldr" or entry.latitude is None or entry.longitude is None:
        return None
    return entry.latitude, entry.longitude
