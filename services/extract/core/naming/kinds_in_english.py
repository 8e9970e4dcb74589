"""What English words beside a name say it is, whatever a recogniser takes it for: armies, acronyms, persons."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from contracts.extraction import EntityType
from services.extract.core.grammar import HUMANS
from services.extract.core.naming.claim import Claim
from services.extract.core.naming.found import Found
from services.extract.core.naming.gazetteer import Gazetteer
from services.extract.core.naming.peoples_in_english import ENGLISH_PEOPLES
from services.extract.core.words import fold

# Sudanese Armed Forces, Lebanese Army
_FORCE = re.compile(
    r"(?P<people>[A-Z]\w+)(?: [A-Z]\w+)? (?:Armed Forces|Army|Navy|Air Force|Marine Corps|Marines|Ground Forces"
    r"|Special Forces|Defen[cs]e Forces?|Coast Guard|Border Guards?)"
)
_OF_A_COUNTRY = re.compile(r"(?:[Tt]he\s)?(?:U\.S\.|U\.K\.|US|UK|EU|UN)\s+(?=[A-Z])")
_LETTER_OF_MONEY = re.compile(r"[NRK]\d[\d.,]*")
_SHORT_FORM = re.compile(r"\s?\((?P<short>[A-Z][\w.-]{1,9})\)")
# Jane Doe, a skipper · Jane Doe, who
_APPOSED = re.compile(r", (?:who|whose|\d\d,|an?(?P<noun>(?: [a-z][\w-]*){1,3}))\b")
_TWO_NAMES = re.compile(r"[A-Z][\w'’-]+ [A-Z][\w'’-]+")
_BODIES = frozenset((EntityType.ORGANISATION, EntityType.ARMED_FORCE, EntityType.ARMED_GROUP))


def in_english(text: str, claims: Sequence[Claim], gazetteer: Gazetteer) -> Iterator[Claim]:
    """The claims, those that are opinions with the kind that the words around them tell."""
    shorts = {
        found["short"]: claim
        for claim in claims
        if claim.settled and claim.type in _BODIES and (found := _SHORT_FORM.match(text, claim.end))
    }
    for claim in claims:
        surface = text[claim.start : claim.end]
        known = shorts.get(surface)
        if known and claim.type in _BODIES and claim.type is not known.type:
            yield replace(claim, type=known.type, entry=None, country=known.country, basis=("acronym",))
        elif claim.settled or _LETTER_OF_MONEY.fullmatch(surface):
            if claim.settled:
                yield claim
        elif kind := _kind(text, claim, surface, gazetteer):
            yield replace(claim, type=kind, basis=("form",))
        else:
            yield claim


def behind_a_country(text: str, found: Sequence[Found], gazetteer: Gazetteer) -> list[Found]:
    """What was recognised, of "U.S. Fed" the listed name behind the country, and nothing where none is.

    No person's name begins with a country's letters, whatever a recogniser takes it for.
    """
    kept = []
    for name in found:
        country = _OF_A_COUNTRY.match(text, name.start, name.end)
        entry = gazetteer.named(text[country.end() : name.end]) if country else None
        if entry is not None and country is not None:
            kept.append(name._replace(start=country.end(), type=entry.type))
        elif country is None or name.type is not EntityType.PERSON:
            kept.append(name)
    return kept


def _kind(text: str, claim: Claim, surface: str, gazetteer: Gazetteer) -> EntityType | None:
    """The kind that a name's own words tell, or those behind it."""
    force = _FORCE.fullmatch(surface)
    if force and fold(force["people"]) in ENGLISH_PEOPLES and claim.type in _BODIES:
        return EntityType.ARMED_FORCE
    one = gazetteer.named(surface[:-1]) if surface.endswith("s") and any(map(str.isdecimal, surface)) else None
    if one and one.type is EntityType.WEAPON:
        return EntityType.WEAPON  # AK-47s
    behind = _APPOSED.match(text, claim.end) if claim.type is EntityType.ORGANISATION else None
    if behind is None or not _TWO_NAMES.fullmatch(surface):
        return None
    nouns = (behind["noun"] or "").split()
    return EntityType.PERSON if not behind["noun"] or _HUMANS.intersection(nouns) else None


_HUMANS = HUMANS | frozenset(
    ("skipper", "baker", "trader", "fisherman", "shopkeeper", "nurse", "carer", "pensioner", "volunteer", "lecturer")
)
