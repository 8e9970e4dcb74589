"""What each name of an article names: one type a name, from lists and forms, else from all that speaks for it."""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Mapping
from itertools import pairwise
from typing import NamedTuple

from contracts.extraction import EntityType
from services.extract.core.naming.acronyms import is_of_common_nouns, is_shortened, spelt_by_one
from services.extract.core.naming.capitals import is_signature
from services.extract.core.naming.cities import CITY, tell_of_a_city
from services.extract.core.naming.claim import GUESSED, RECOGNISED, Claim
from services.extract.core.naming.evidence import evidence, is_a_storm, is_a_work
from services.extract.core.naming.found import IsPlace
from services.extract.core.naming.gazetteer import ARABIC_ARTICLES, Entry
from services.extract.core.naming.humans import is_human
from services.extract.core.naming.initials import is_initialled, is_of_a_family
from services.extract.core.naming.kind_words import (
    BODY_NOUNS,
    COMPANY_WORDS,
    HEADS_OF_NATURE,
    HEIGHTS,
    INCORPORATED,
    INSTITUTIONS,
    LANDSCAPE,
    NATURE,
    PAPERS,
    TREATIES,
    WAYS,
)
from services.extract.core.naming.span_words import PLACE_HEADS
from services.extract.core.words import fold

ACRONYM = re.compile(r"[A-ZÀ-Ý]{2,6}\d?|(?:[A-ZÀ-Ý]\.\s?){2,}[A-ZÀ-Ý]?")  # C.E.C.A
_LISTED_WITH = re.compile(r"\s?,?\s(?:et\s|ou\s|and\s)?(?:de\s|d['’]|à\s)?|,\s")
_PEOPLE_SUFFIX = re.compile(r"\w{2,}(?:aise?s?|oise?s?|iens?|iennes?|éene?s?|esse)")  # la Suissesse, les Grenoblois
_ARTICLE = re.compile(r"(?:\b(?:le|la|les|un|une|des|nos|vos|ces)\s|\d\s|\bl['’])$", re.IGNORECASE)
_OF_A_GIVEN_NAME = 1.2
_OF_INITIALS = 1.5
_OF_A_FAMILY = 2.5
_WHOSE, _OF_WHOM = re.compile(r"\bd(?:e\s|['’])$"), 1.0  # le mouvement de Jean Zarbin, but le groupe Jean Zarbin
_OF_A_PREPOSITION = 1.3  # at least: of a person's name, rather than of a body's
_LONGEST_OF_DOUBT = 4  # letters: a longer word in capitals may be a town in a dateline
_NAMED = frozenset((EntityType.PERSON, EntityType.PLACE, EntityType.ORGANISATION))
BODIES = frozenset((EntityType.ORGANISATION, EntityType.ARMED_GROUP, EntityType.ARMED_FORCE))
_ARMED = frozenset((EntityType.ARMED_GROUP, EntityType.ARMED_FORCE))
_OF_A_COMPANY = 2.0
_OF_A_WORK, _OF_A_STORM = 2.0, 3.0  # storms have given names
_OF_ITS_LAST_WORD = 2.0
_DESIGNATION = re.compile(r"[A-Z]{2,4}-?\d{2,}[A-Za-z]?")  # a planet, a road, a model
_NAMED_THINGS = frozenset((EntityType.PERSON, EntityType.ORGANISATION))
_THE = re.compile(r"\b[Tt]he\s$")
_OF_A_PAPER = 1.5
# Acme analyst Jane Doe: whom somebody works for.
_STAFF_AFTER = re.compile(r"\s(?:analyst|economist|strategist|CEO|CFO|chief\sexecutive|chief\seconomist)\s[A-Z]")
_OF_WHO_HAS_A_LIFE = 2.5
_OF_A_SHORT_FORM = 3.0
_IN = re.compile(r"\b(?:in|near)\s$")
_OF = frozenset(("de", "du", "des", "d"))


class Kind(NamedTuple):
    """What a name names, and what says so beside the claims themselves."""

    type: EntityType
    confidence: float
    entry: Entry | None
    basis: tuple[str, ...]


def weighed(
    text: str,
    claims: list[Claim],
    is_place: IsPlace,
    given: Container[str] = frozenset(),
    publisher: str | None = None,
) -> list[Claim]:
    """The same claims, each name with one type: what a list or a form says anywhere, else what most speaks for.

    The publisher's name is its own, whatever else is called so.
    """
    by_name: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_name[fold(text[claim.start : claim.end])].append(claim)
    beside = _beside_places(text, claims)
    listed = {after for before, after in pairwise(claims) if before in beside and after in beside}
    types = {
        name: _kind(text, group, sum((claim in beside) + (claim in listed) for claim in group), is_place, given)
        for name, group in by_name.items()
    }
    house = fold(publisher or "")
    if house in types and types[house].confidence <= RECOGNISED:
        types[house] = Kind(EntityType.ORGANISATION, RECOGNISED, None, ("publisher",))
    _heed_longer_names(types, is_place)
    surfaces = {name: text[group[0].start : group[0].end] for name, group in by_name.items()}
    for name, longer in {**shorter_names(types), **_short_for_the_armed(types, surfaces)}.items():
        types[name] = Kind(types[longer].type, RECOGNISED, types[longer].entry, ("longer_name",))
    weighed = []
    for claim in claims:
        kind, confidence, entry, told = types[fold(text[claim.start : claim.end])]
        if claim.settled and (claim.type is kind or claim.confidence > RECOGNISED):
            weighed.append(claim)
        else:
            country = entry.country if entry else None
            basis = (*claim.basis, *told)
            weighed.append(Claim(claim.start, claim.end, kind, confidence, entry, country, settled=False, basis=basis))
    return weighed


def _short_for_the_armed(types: Mapping[str, Kind], surfaces: Mapping[str, str]) -> dict[str, str]:
    """By an acronym that nothing knows the group or force that alone has its initials."""
    bodies = [name for name, kind in types.items() if kind.type in BODIES]
    acronyms = [name for name in bodies if types[name].type is EntityType.ORGANISATION and _is_open(types[name])]
    spelt = spelt_by_one({name: surfaces[name] for name in acronyms}, {name: surfaces[name] for name in bodies})
    return {short: longer for short, longer in spelt.items() if types[longer].type in _ARMED}


def _is_open(kind: Kind) -> bool:
    return kind.entry is None and kind.confidence <= RECOGNISED


def _beside_places(text: str, claims: list[Claim]) -> set[Claim]:
    """The claims that are listed together with a place: between Palmyra and as-Sukhnah."""
    return {
        claim
        for place, claim in pairwise(claims)
        if place.type is EntityType.PLACE and _LISTED_WITH.fullmatch(text, place.end, claim.start)
    }


def _kind(text: str, group: list[Claim], beside: int, is_place: IsPlace, given: Container[str]) -> Kind:
    settled = Counter(claim.type for claim in group if claim.settled)
    if settled:
        kind = settled.most_common(1)[0][0]
        telling = [claim for claim in group if claim.settled and claim.type is kind]
        entry = next((claim.entry for claim in telling), None)
        return Kind(kind, max(claim.confidence for claim in group), entry, telling[0].basis)
    votes, told = _votes(text, group)
    surface = text[group[0].start : group[0].end]
    are_acronyms = all(ACRONYM.fullmatch(text, claim.start, claim.end) for claim in group)
    are_acronyms = are_acronyms and not all(is_signature(text, claim.start, claim.end) for claim in group)
    is_said = are_acronyms and any(is_of_common_nouns(text, claim.start, claim.end) for claim in group)
    if is_said or (_DESIGNATION.fullmatch(surface) and _NAMED_THINGS.issuperset(votes)):
        return Kind(EntityType.OTHER, RECOGNISED, None, ("words",) if is_said else ())
    if are_acronyms and not _are_towns(surface, votes, is_place):
        votes[EntityType.ORGANISATION] += 1.5 * len(group)
    elif _PEOPLE_SUFFIX.fullmatch(surface) and _ARTICLE.search(text, max(0, group[0].start - 6), group[0].start):
        votes[EntityType.PEOPLE_GROUP] += 0.0 if is_place(surface) else 2.0 * len(group)
    elif is_place(surface):
        arabic = fold(surface).split()[0] in ARABIC_ARTICLES
        placed = votes[EntityType.PLACE] or votes[EntityType.OTHER] or arabic
        votes[EntityType.PLACE] += ((1.5 if arabic else 0.7) * len(group) if placed else 0.0) + 1.2 * beside
    for kind, weight in _told_by_the_name(text, group, votes, is_place, given).items():
        votes[kind] += weight * len(group)
    kind, weight = max(votes.items(), key=lambda vote: vote[1])
    certain = weight > 0.6 * sum(votes.values())
    return Kind(kind, RECOGNISED if certain else GUESSED, None, ("words",) if kind in told else ())


def _are_towns(surface: str, votes: Mapping[EntityType, float], is_place: IsPlace) -> bool:
    """Whether so long a word in capitals, or one that a recogniser mostly calls a place, is a place's name."""
    is_called_so = len(surface) == _LONGEST_OF_DOUBT and 2 * votes.get(EntityType.PLACE, 0.0) > sum(votes.values())
    return (len(surface) > _LONGEST_OF_DOUBT or is_called_so) and is_place(surface)


def _votes(text: str, group: list[Claim]) -> tuple[dict[EntityType, float], set[EntityType]]:
    """What a recogniser and the words around say of a name, mention by mention; and the types that the words tell."""
    votes: dict[EntityType, float] = defaultdict(float)
    told: set[EntityType] = set()
    for claim in group:
        votes[claim.type] += 0.6 if claim.type is EntityType.OTHER else 1.0
        if claim.type is EntityType.PERSON and _IN.search(text, max(0, claim.start - 8), claim.start):
            votes[EntityType.PLACE] += 0.0 if text[claim.end : claim.end + 1] in {"'", "’"} else _OF_A_PREPOSITION
        for kind, weight in evidence(text, claim.start, claim.end).items():
            if kind is EntityType.PERSON and ACRONYM.fullmatch(text, claim.start, claim.end):
                continue  # le député LR: of a party
            if kind is EntityType.PLACE and claim.type is EntityType.PERSON:
                weight = max(weight, _OF_A_PREPOSITION)  # noqa: PLW2901 - nobody is behind à or en
            votes[kind] += weight
            told.add(kind)
    return votes, told


def _told_by_the_name(
    text: str, group: list[Claim], votes: Mapping[EntityType, float], is_place: IsPlace, given: Container[str]
) -> dict[EntityType, float]:
    """What the name itself says, for each mention: a given name, Corp at its end, a city behind a preposition."""
    surface = text[group[0].start : group[0].end]
    first, *others = fold(surface).split()
    told: dict[EntityType, float] = defaultdict(float)
    if (work := _told_of_a_work(text, group, given)) > 0:
        told[EntityType.OTHER] += work
    if others and first in TREATIES and votes.get(EntityType.PERSON, 0.0) < votes.get(EntityType.ORGANISATION, 0.0):
        told[EntityType.OTHER] += _OF_A_WORK
    if is_initialled(surface):
        told[EntityType.PERSON] += _OF_INITIALS
    if is_of_a_family(surface) and not is_place(surface):
        told[EntityType.PERSON] += _OF_A_FAMILY
    if others and surface[0].islower() and first in PLACE_HEADS:
        told[EntityType.PLACE] += _OF_ITS_LAST_WORD
    if others and _is_of_a_landscape(first, others[-1], surface, is_place, given):
        told[EntityType.PLACE] += _OF_ITS_LAST_WORD
    elif others and _is_of_a_body(first, others[-1], given) and surface.split()[-1].istitle():
        told[EntityType.ORGANISATION] += _OF_ITS_LAST_WORD
    elif first in given and not is_place(surface) and (others or not votes.get(EntityType.PLACE)):
        told[EntityType.PERSON] += _OF_A_GIVEN_NAME
        whose = [_WHOSE.search(text, max(0, claim.start - 4), claim.start) for claim in group if others]
        told[EntityType.PERSON] += _OF_WHOM * sum(map(bool, whose)) / len(group)
    elif first in given and any(is_human(text, claim.start, claim.end) for claim in group):
        told[EntityType.PERSON] += _OF_WHO_HAS_A_LIFE
    told[EntityType.ORGANISATION] += _told_of_a_body(text, group, votes, is_place)
    tell_of_a_city(text, group, votes, is_place, told)
    return told


def _told_of_a_work(text: str, group: list[Claim], given: Container[str]) -> float:
    """How much the noun before a name says that it is a storm's, which have given names, a ship's, a film's."""
    first, *others = fold(text[group[0].start : group[0].end]).split()
    if not others and any(is_a_storm(text, claim.start) for claim in group):
        return _OF_A_STORM
    is_work = first not in given and any(is_a_work(text, claim.start) for claim in group)
    return _OF_A_WORK if is_work else 0.0


def _is_of_a_landscape(first: str, last: str, surface: str, is_place: IsPlace, given: Container[str]) -> bool:
    """Whether the last word, or the first one, says that a part of a landscape or of a town is named."""
    if last in WAYS or (last in LANDSCAPE and is_place(surface)):
        return True
    return first not in given and (last in NATURE | HEIGHTS or first in HEADS_OF_NATURE)


def _is_of_a_body(first: str, last: str, given: Container[str]) -> bool:
    return last in INSTITUTIONS or (last in PAPERS and first not in given)


def _told_of_a_body(text: str, group: list[Claim], votes: Mapping[EntityType, float], is_place: IsPlace) -> float:
    """How much what stands around speaks for a body: "the" before a single word, its analyst, Corp at its end."""
    surface = text[group[0].start : group[0].end]
    weight = 0.0
    if " " not in surface and set(votes) == {EntityType.PERSON}:
        are_led = all(_THE.search(text, max(0, claim.start - 4), claim.start) for claim in group)
        weight += _OF_A_PAPER if are_led else 0.0
    first, *others = fold(surface).split()
    if first not in TREATIES and any(is_shortened(text, claim.start, claim.end) for claim in group):
        weight += _OF_A_SHORT_FORM
    if any(_STAFF_AFTER.match(text, claim.end) for claim in group) and not is_place(surface):
        weight += _OF_A_COMPANY
    return weight + (_OF_A_COMPANY if others and others[-1] in INCORPORATED else 0.0)


def _heed_longer_names(types: dict[str, Kind], is_place: IsPlace) -> None:
    """What ends a person's name is that person's (Dupont beside Jean Dupont), and what begins it, but for a city."""
    persons = [name.split() for name, (kind, *_) in types.items() if kind is EntityType.PERSON]
    persons = [parts for parts in persons if len(set(parts)) > 1 or len(parts) == 1]
    endings = {
        ending
        for parts in persons
        for first in range(1, len(parts))
        if not (is_place(ending := " ".join(parts[first:])) and parts[first - 1] in _OF)
    }
    endings |= {parts[0] for parts in persons if len(parts) > 1 and not is_place(parts[0], CITY)}
    for name, (kind, confidence, *_) in list(types.items()):
        if confidence <= RECOGNISED and kind in _NAMED | {EntityType.OTHER} and name in endings:
            types[name] = Kind(EntityType.PERSON, RECOGNISED, None, ("longer_name",))


def shorter_names(types: Mapping[str, Kind]) -> dict[str, str]:
    """Names that are but short for another body's: Zarbin for Zarbin Ltd, Observatoire for the one that has a name."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, kind in types.items():
        words = name.split() if kind.type in BODIES else []
        for end in range(1, len(words)):
            if not set(words[end:]) - COMPANY_WORDS:
                found[" ".join(words[:end])].add(name)
        for word in words[1:-1] if len(words) > 2 else ():
            if word in BODY_NOUNS:
                found[word].add(name)
    return {
        short: next(iter(longer))
        for short, longer in found.items()
        if len(longer) == 1 and short in types and types[short].confidence <= RECOGNISED and not types[short].entry
    }


def without_fragments(text: str, claims: list[Claim]) -> list[Claim]:
    """The claims without those that are a word of another name, and of no kind themselves."""
    parts = {part for claim in claims if claim.type in _NAMED for part in fold(text[claim.start : claim.end]).split()}
    return [
        claim
        for claim in claims
        if claim.type is not EntityType.OTHER or fold(text[claim.start : claim.end]) not in parts
    ]
