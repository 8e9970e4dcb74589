"""What bears the name of a place or a person and is neither: a ship, a school, a treaty."""

import re
from collections.abc import Sequence

from contracts.extraction import EntityType
from services.extract.core.naming.claim import BUILT, Claim
from services.extract.core.naming.evidence import is_a_vessel
from services.extract.core.naming.found import IsPlace
from services.extract.core.naming.gazetteer import Hit

_BEFORE = 40  # characters
_HYPHENS = frozenset("-‐‑")
_LINKS = frozenset(("e ", "d'", "d’"))
_TOWN = 20_000  # inhabitants: fewer, and a person may be called so
_LONGEST_IN_CAPITALS = 4  # letters
# Called without a preposition after whoever hyphens join: lycée Charles-de-Gaulle
_BODY_BEFORE = re.compile(
    r"\b(?:universit[ée]|lyc[ée]e|coll[èe]ge|[ée]cole|h[ôo]pital|clinique|institut|fondation|centre|maison)\s$",
    re.IGNORECASE,
)
_PLACE_BEFORE = re.compile(
    r"\b(?:a[ée]roport|gare|pont|stade|parc|place|rue|avenue|boulevard|quai|station|esplanade|square|base|tour)\s$",
    re.IGNORECASE,
)
# protocole de Kyoto, syndrome de Stockholm. Not accord: somebody's, too.
_SIGNED = re.compile(
    r"\b(?:trait[ée]s?|protocoles?|pactes?|accords|conventions?|syndrome|[ée]dit|concordat|concile|charte)\s(?:de\s|d['’])$",
    re.IGNORECASE,
)


def after_whom(text: str, hit: Hit) -> Claim | None:
    """A ship, a school, an airport that is called after what a list has; None where that itself is named."""
    before = text[max(0, hit.start - _BEFORE) : hit.start]
    if hit.entry.type is EntityType.PERSON and _is_joined(text, hit):
        kind = EntityType.ORGANISATION if _BODY_BEFORE.search(before) else EntityType.OTHER
        kind = EntityType.PLACE if _PLACE_BEFORE.search(before) else kind
        return Claim(hit.start, hit.end, kind, BUILT, basis=("form",))
    is_ship = hit.entry.type is EntityType.PLACE and is_a_vessel(text, hit.start)
    if is_ship and text[hit.end : hit.end + 1] not in _HYPHENS:
        return Claim(hit.start, hit.end, EntityType.OTHER, BUILT, basis=("form",))
    return None


def is_an_acronym(text: str, hit: Hit, *, shouted: bool) -> bool:
    """Whether a weak place's name in capitals is short for something else, where not all is in capitals: la VAR."""
    surface = text[hit.start : hit.end]
    if text[max(0, hit.start - 1) : hit.start] == "(":  # Zalmira (VAR)
        return False
    is_short = len(surface) <= _LONGEST_IN_CAPITALS and surface.isupper()
    return is_short and not shouted and hit.weak and hit.entry.type is EntityType.PLACE


def with_treaties(text: str, claims: Sequence[Claim], is_place: IsPlace) -> list[Claim]:
    """The claims, but treaties in the stead of the places that they are called after: le protocole de Kyoto."""
    found: list[Claim] = []
    for claim in claims:
        is_linked = text[max(0, claim.start - 2) : claim.start].lower() in _LINKS
        signed = _SIGNED.search(text, max(0, claim.start - _BEFORE), claim.start) if is_linked else None
        is_free = signed is not None and (not found or found[-1].end <= signed.start())
        is_town = claim.type is EntityType.PLACE or (
            not claim.settled and is_place(text[claim.start : claim.end], _TOWN)
        )
        if signed is not None and is_free and is_town:
            found.append(Claim(signed.start(), claim.end, EntityType.OTHER, BUILT, basis=("form",)))
        else:
            found.append(claim)
    return found


def _is_joined(text: str, hit: Hit) -> bool:
    """Whether hyphens join what the list has apart: Charles-de-Gaulle."""
    joined = sum(mark in _HYPHENS for mark in text[hit.start : hit.end])
    return joined > sum(mark in _HYPHENS for mark in hit.entry.name) and " " not in text[hit.start : hit.end]
