"""Two persons whose last names a hyphen joins: le duel Durand-Petit, l'axe Zarbin-Zorb."""

from collections.abc import Container, Sequence
from dataclasses import replace

from contracts.extraction import EntityType
from services.extract.core.naming.claim import Claim
from services.extract.core.naming.gazetteer import Gazetteer
from services.extract.core.words import fold

_DASHES = "-‐‑–"


def parted(text: str, claims: Sequence[Claim], gazetteer: Gazetteer) -> list[Claim]:
    """The claims, an opinion on two names with a hyphen between them as two, where both are of persons told here."""
    lasts = {fold(text[one.start : one.end].rsplit(maxsplit=1)[-1]) for one in claims if _is_whole_person(text, one)}
    return [part for claim in claims for part in _parts(text, claim, lasts, gazetteer)]


def _is_whole_person(text: str, claim: Claim) -> bool:
    return claim.type is EntityType.PERSON and " " in text[claim.start : claim.end]


def _parts(text: str, claim: Claim, lasts: Container[str], gazetteer: Gazetteer) -> tuple[Claim, ...]:
    surface = text[claim.start : claim.end]
    hyphen = next((at for at, mark in enumerate(surface) if mark in _DASHES), 0)
    first, second = surface[:hyphen], surface[hyphen + 1 :]
    if claim.settled or not (first[:1].isupper() and second[:1].isupper()) or fold(surface) in lasts:
        return (claim,)
    entries = [gazetteer.named(first), gazetteer.named(second)]
    are_persons = [
        fold(name) in lasts or (entry is not None and entry.type is EntityType.PERSON)
        for name, entry in zip((first, second), entries, strict=True)
    ]
    if not all(are_persons) or len({fold(first), fold(second)}) == 1:
        return (claim,)
    middle = claim.start + hyphen
    spans = ((claim.start, middle), (middle + 1, claim.end))
    return tuple(
        replace(
            claim, start=start, end=end, type=EntityType.PERSON, entry=entry, country=entry.country if entry else None
        )
        for (start, end), entry in zip(spans, entries, strict=True)
    )
