"""A passage taken for a name, and which of several that overlap stand."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from contracts.extraction import EntityType
from services.extract.core.naming.gazetteer import Entry
from services.extract.core.words import fold

LISTED, BUILT, RECOGNISED, GUESSED = 0.95, 0.85, 0.75, 0.5  # confidence by what an answer rests on


@dataclass(frozen=True)
class Claim:
    """A passage taken for a name; `entry` where a list knows it, `type` where something decided it."""

    start: int
    end: int
    type: EntityType
    confidence: float
    entry: Entry | None = None
    country: str | None = None
    settled: bool = True  # by a list or a form; else a recogniser's opinion, to be weighed
    basis: tuple[str, ...] = ("model",)  # what it rests on, as an entity says it


def without_overlaps(claims: Iterable[Claim]) -> list[Claim]:
    """The claims, but for those that touch an earlier one, in order of place."""
    kept: list[Claim] = []  # in order of place, none of which touches another
    for claim in claims:
        at = bisect_right(kept, claim.start, key=lambda other: other.start)
        if not any(overlap(claim, other) for other in kept[max(0, at - 1) : at + 1]):
            kept.insert(at, claim)
    return kept


def overlap(claim: Claim, other: Claim) -> bool:
    """Whether two claims share a character."""
    return claim.start < other.end and other.start < claim.end


def identity(text: str, claim: Claim) -> str:
    """By which the claims of one thing are known: the folded name that a list has for it, or its own."""
    return fold(claim.entry.name if claim.entry else text[claim.start : claim.end])
