"""Names that stand for longer ones beside them: acronyms in brackets, and a body's own name in Arabic letters."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from contracts.extraction import EntityType
from services.extract.core.metadata.agencies import agencies_in
from services.extract.core.naming.acronyms import is_spelt_by, spelt_by_one
from services.extract.core.naming.claim import Claim, identity
from services.extract.core.naming.kinds import ACRONYM, BODIES
from services.extract.core.words import fold

_SHORT_FORM = re.compile(r"\s?\(\s?(?:l['’]|le |la |les )?[«\"“]?\s?([A-ZÀ-Ý][\w.-]{1,9})\s?[»\"”]?\s?[,;)]")
_ARABIC_BEHIND = re.compile(
    r"\s?\(\s?(?:en\s[a-zà-ÿ]{3,12}\s?[:,]?\s)?([\u0621-\u06ff][\u0621-\u06ff\s]{1,60}[\u0621-\u06ff])\s?[),/]"
)
_SPELT_OUT = frozenset((EntityType.PERSON, EntityType.PLACE))


def short_forms(text: str, claims: list[Claim]) -> list[Claim]:
    """The acronyms that stand in parentheses behind names and are not claimed yet."""
    starts = {claim.start for claim in claims}
    short_ones = [short for claim in claims if (short := _short_form(text, claim)) is not None]
    short_ones += [arabic for _, arabic in _in_arabic(text, claims)]
    return [short for short in short_ones if short.start not in starts]


def of_their_long_names(text: str, claims: Sequence[Claim]) -> list[Claim]:
    """The claims, opinions on what brackets somewhere say to be short for a name as what that names: (EI)."""
    long_names: dict[str, Claim] = {}
    for claim in claims:
        short = _short_form(text, claim)
        surface = text[short.start : short.end] if short else ""
        if surface and is_spelt_by(surface, text[claim.start : claim.end]):
            long_names.setdefault(surface, claim)
    return [_of_its_long_name(claim, long_names.get(text[claim.start : claim.end])) for claim in claims]


def identities_of_short_forms(text: str, claims: Sequence[Claim]) -> dict[str, str]:
    """By what is short for a name, folded, the identity of what has that name."""
    short: dict[str, str] = {}
    listed = {claim.start: claim for claim in claims if claim.entry is not None}
    for claim in claims:
        found = _SHORT_FORM.match(text, claim.end)
        if found is not None and claim.type not in _SPELT_OUT and not _signs(text, claim, found.group(1)):
            short.setdefault(fold(found.group(1)), identity(text, claim))
            known = listed.get(found.start(1))
            if claim.entry is None and known is not None and known.type is claim.type:
                short.setdefault(identity(text, claim), identity(text, known))  # Economic Community … (ECOWAS)
    short |= {fold(text[one.start : one.end]): identity(text, claim) for claim, one in _in_arabic(text, claims)}
    return short | _expanded(text, claims) | _spelt_elsewhere(text, claims)


def _of_its_long_name(claim: Claim, of: Claim | None) -> Claim:
    if of is None or claim.settled or claim.type is of.type:
        return claim
    basis = (*claim.basis, "acronym")
    return replace(claim, type=of.type, entry=of.entry, country=of.country, basis=basis)


def _in_arabic(text: str, claims: Sequence[Claim]) -> list[tuple[Claim, Claim]]:
    """The bodies that have their own name in Arabic letters in brackets behind them, each with that name."""
    return [
        (claim, replace(claim, start=found.start(1), end=found.end(1), settled=True, basis=("words",)))
        for claim in claims
        if claim.type in BODIES and (found := _ARABIC_BEHIND.match(text, claim.end)) is not None
    ]


def _short_form(text: str, claim: Claim) -> Claim | None:
    """The acronym that stands in parentheses behind a name."""
    found = _SHORT_FORM.match(text, claim.end)
    if found is None or claim.type in {EntityType.PERSON, EntityType.PLACE, EntityType.PEOPLE_GROUP}:
        return None
    if not ACRONYM.fullmatch(found.group(1)) or _signs(text, claim, found.group(1)):
        return None
    return replace(claim, start=found.start(1), end=found.end(1), settled=True, basis=("acronym",))


def _signs(text: str, claim: Claim, short: str) -> bool:
    """Whether brackets behind a name hold the agency that tells it, whose name is not short for it: Zalmira (AFP)."""
    return bool(agencies_in(short)) and not is_spelt_by(short, text[claim.start : claim.end])


def _expanded(text: str, claims: Sequence[Claim]) -> dict[str, str]:
    """By an acronym the name that stands for it in parentheses behind, by its initials: MIT (Massachusetts …)."""
    return {
        fold(text[short.start : short.end]): identity(text, long)
        for short, long in pairwise(claims)
        if text[short.end : long.start] in {" (", "\u00a0("}
        and {short.type, long.type}.isdisjoint(_SPELT_OUT)
        and text[short.start : short.end] == "".join(re.findall(r"\b[A-ZÀ-Ý]", text[long.start : long.end]))
    }


def _spelt_elsewhere(text: str, claims: Sequence[Claim]) -> dict[str, str]:
    """By an acronym of three letters and more the only body that the article names with these for its initials."""
    bodies = {identity(text, claim): text[claim.start : claim.end] for claim in claims if claim.type in BODIES}
    return spelt_by_one({name: short for name, short in bodies.items() if ACRONYM.fullmatch(short)}, bodies)
