"""Nicknames in quotation marks are their bearers': Mohamed Hamdan Daglo, dit « Hemetti »."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from contracts.extraction import EntityType
from services.extract.core.naming.claim import Claim, overlap
from services.extract.core.naming.found import IsPlace
from services.extract.core.naming.gazetteer import Gazetteer
from services.extract.core.words import fold

_BETWEEN = r"\s?[«\"“]\s?(?:le\s|la\s|the\s|l['’])?([A-ZÀ-Ý][\w'’-]*(?:\s[\w'’-]+){0,2}?)\s?[»\"”]"
# « Oui », dit Jean Zarbin; Jean Zarbin dit « Oui »: by « dit » alone only between commas.
_CALLED = re.compile(
    rf",\s(?:dite?){_BETWEEN}(?=[,)]|\set\s)|"
    r",?\s(?:alias|surnommée?|aka|nicknamed|known\sas|a\.k\.a\.|"
    rf"(?:mieux\s|plus\s)?connue?\ssous\sle\s(?:nom|surnom|pseudonyme|nom\sde\sguerre)\sd(?:e\s|['’])){_BETWEEN}"
    r"(?=[\s,.;)])"
)
_LONGEST = 80  # characters
_CITY = 100_000  # inhabitants: an article means it elsewhere


def with_nicknames(text: str, claims: Sequence[Claim], gazetteer: Gazetteer, is_place: IsPlace) -> list[Claim]:
    """The claims, what stands between the marks behind a person's name being them too; no listed body or city is."""
    called = [
        replace(claim, start=start, end=end, entry=None, settled=True, basis=("words",))
        for claim, start, end in _called(text, claims)
        if ((entry := gazetteer.named(text[start:end])) is None or entry.type is EntityType.PERSON)
        and not is_place(text[start:end], _CITY)
    ]
    kept = [claim for claim in claims if not any(overlap(claim, name) for name in called)]
    return sorted([*kept, *called], key=lambda claim: claim.start) if called else list(claims)


def bearers(text: str, claims: Sequence[Claim]) -> dict[str, str]:
    """By a person's nickname, folded, the name of whom it is another name of."""
    persons = {(claim.start, claim.end) for claim in claims if claim.type is EntityType.PERSON}
    return {
        fold(text[start:end]): fold(text[claim.start : claim.end])
        for claim, start, end in _called(text, claims)
        if (start, end) in persons
    }


def _called(text: str, claims: Sequence[Claim]) -> Iterator[tuple[Claim, int, int]]:
    """The persons behind whose names something stands that may be a nickname, each with where it does."""
    for claim in claims:
        found = _CALLED.match(text, claim.end, claim.end + _LONGEST) if claim.type is EntityType.PERSON else None
        if found is not None:
            yield claim, *found.span(found.lastindex or 1)
