"""How much what stands around a name speaks for a city: a preposition, the head of a dispatch, its people."""

import re
from collections.abc import Mapping

from contracts.extraction import EntityType
from services.extract.core.naming.claim import Claim
from services.extract.core.naming.evidence import is_a_home
from services.extract.core.naming.found import IsPlace

_OF_A_HOME = 2.5
CITY, _OF_A_CITY = 300_000, 1.5  # inhabitants; behind a preposition, or at the head of a dispatch
_WHERE = re.compile(r"\b(?:à|en|vers|from|in|near|around)\s$", re.IGNORECASE)
_MILLIONS, _ACCORDING = 1_000_000, re.compile(r"\b[Ss]elon\s$")  # the capital for its state: selon Riyad
_AT = re.compile(r"\bà\s$")
_PREPOSITION = re.compile(r"\b(?:de|à|en|vers|from|in|near|around|at|of|to)\s$", re.IGNORECASE)
_DASH_AFTER = re.compile(r"(?:,\s[^\n–—]{2,25})?\s[-–—]{1,2}\s")


def tell_of_a_city(
    text: str,
    group: list[Claim],
    votes: Mapping[EntityType, float],
    is_place: IsPlace,
    told: dict[EntityType, float],
) -> None:
    """Add how much stands for a city: a preposition, the head of a dispatch."""
    surface = text[group[0].start : group[0].end]
    told_at = [_AT.search(text, max(0, claim.start - 3), claim.start) for claim in group]
    if any(told_at) and not is_place(surface) and is_place(surface, 0):
        told[EntityType.PLACE] += _OF_A_CITY * sum(map(bool, told_at)) / len(group)
    if not votes.get(EntityType.PLACE) and is_place(surface):
        cue = _PREPOSITION if is_place(surface, CITY) else _WHERE
        behind = sum(cue.search(text, max(0, claim.start - 8), claim.start) is not None for claim in group)
        told[EntityType.PLACE] += _OF_A_CITY * behind / len(group)
    if not votes.get(EntityType.PLACE) and " " not in surface and is_place(surface, _MILLIONS):
        behind = sum(_ACCORDING.search(text, max(0, claim.start - 8), claim.start) is not None for claim in group)
        told[EntityType.PLACE] += _OF_A_CITY * behind / len(group)
    if any(is_a_home(text, claim.start) for claim in group) and is_place(surface, 1):
        told[EntityType.PLACE] += _OF_A_HOME
    if any(_opens_a_dispatch(text, claim) for claim in group) and is_place(surface):
        told[EntityType.PLACE] += _OF_A_CITY


def _opens_a_dispatch(text: str, claim: Claim) -> bool:
    """Whether a paragraph opens with it in capitals, and a dash follows: LYON – Le maire."""
    opens = claim.start == 0 or text[claim.start - 1] == "\n"
    return opens and text[claim.start : claim.end].isupper() and _DASH_AFTER.match(text, claim.end) is not None
