"""A town where a dispatch is dated, or that is told as one (« À Lima, … », la ville de Lima), is no Luis Lima."""

import re
from collections.abc import Sequence
from dataclasses import replace

from contracts.extraction import EntityType
from services.extract.core.naming.claim import RECOGNISED, Claim
from services.extract.core.naming.evidence import evidence
from services.extract.core.naming.found import IsPlace

_SMALLEST = 5_000  # inhabitants
_TOLD = 1.5  # of what the words beside a name say: a city, somebody's birthplace
_DATED = re.compile(
    r"(?:\s\([^()\n\d]{1,20}\))?(?:,\s(?:le\s)?\d{1,2}(?:er)?\s[^\W\d_]{3,9}\.?(?:\s\d{4})?)?"
    r"\s?(?:\([^()\n]{2,40}\)\.?\s?)?[-–—]\s"
)
_SENTENCE_AT = re.compile(r"(?:^|[.!?…»]\s|\n)[ÀA]\s$")


def as_towns(text: str, claims: Sequence[Claim], is_place: IsPlace) -> list[Claim]:
    """The claims; one name of a person that a town has too is the town where its place in the text says so."""
    return [
        replace(claim, type=EntityType.PLACE, confidence=RECOGNISED, basis=("words",))
        if _is_a_town(text, claim, is_place)
        else claim
        for claim in claims
    ]


def _is_a_town(text: str, claim: Claim, is_place: IsPlace) -> bool:
    if claim.type is not EntityType.PERSON or claim.entry is not None or " " in text[claim.start : claim.end]:
        return False
    is_dated = text[claim.start - 1 : claim.start] in {"", "\n"} and _DATED.match(text, claim.end) is not None
    told = evidence(text, claim.start, claim.end)
    is_told = told.get(EntityType.PLACE, 0.0) >= _TOLD and EntityType.PERSON not in told  # la ville de Lima, né à Lima
    is_at = text[claim.end : claim.end + 2] == ", " and _SENTENCE_AT.search(text, max(0, claim.start - 4), claim.start)
    return bool(is_dated or is_at or is_told) and is_place(text[claim.start : claim.end], _SMALLEST)
