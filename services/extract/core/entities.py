"""Who and what an article names: the gazetteer, the language's own forms and a recogniser, brought to one answer a name."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from contracts.extraction import Entity, EntityType
from contracts.value import Mention
from services.extract.core.evidence import evidence
from services.extract.core.forms import built_names
from services.extract.core.found import Found
from services.extract.core.gazetteer import ARABIC_ARTICLES, Entry, Gazetteer, Hit
from services.extract.core.names import Names
from services.extract.core.passages import Passage
from services.extract.core.spans import PARTS_OF_THE_WORLD, names_in
from services.extract.core.words import Word, fold, words

IsPlace = Callable[[str], bool]

_LISTED, _BUILT, _RECOGNISED, _GUESSED = 0.95, 0.85, 0.75, 0.5  # confidence by what an answer rests on
_DETERMINERS = frozenset(
    "le la les l un une des d de du aux au ces cette cet ce quelques plusieurs certains nos ses leurs the et ou".split()
)
_ACRONYM = re.compile(r"[A-ZÀ-Ý]{2,6}\d?")
_SHORT_FORM = re.compile(r"\s?\(\s?(?:l['’]|le |la |les )?[«\"“]?\s?([A-ZÀ-Ý][\w.-]{1,9})\s?[»\"”]?\s?[,;)]")
_LISTED_WITH = re.compile(r"\s?,?\s(?:et\s|ou\s|and\s)?(?:de\s|d['’]|à\s)?|,\s")
_PART = re.compile(r" ([a-zéè]{5,15})\b")
_NAMED = frozenset((EntityType.PERSON, EntityType.PLACE, EntityType.ORGANISATION))


@dataclass(frozen=True)
class _Claim:
    """A passage taken for a name; `entry` where a list knows it, `type` where something decided it."""

    start: int
    end: int
    type: EntityType
    confidence: float
    entry: Entry | None = None
    country: str | None = None
    settled: bool = True  # by a list or a form; else a recogniser's opinion, to be weighed


@dataclass
class _Thing:
    """All claims that are about one thing."""

    type: EntityType
    claims: list[_Claim] = field(default_factory=list)


def entities(
    text: str, passages: Sequence[Passage], names: Names, is_place: IsPlace = lambda _: False
) -> tuple[Entity, ...]:
    """The things that these passages name, each with all its mentions, in order of appearance.

    `is_place` tells whether a name is that of a place somewhere; where no recogniser reads, only lists and forms speak.
    """
    claims: list[_Claim] = []
    spoken: list[Word] = []
    for passage in passages:
        of_passage = words(text, passage.start, passage.end)
        spoken += of_passage
        settled = _settled(text, of_passage, names)
        found = _recognised(text, passage, names, is_place)
        claims += _reconciled(text, settled, found, names)
    claims = _without_fragments(text, _weighed(text, claims, is_place))
    claims = _propagated(text, spoken, claims)
    return tuple(_entity(text, thing) for thing in _things(text, claims))


def _settled(text: str, spoken: Sequence[Word], names: Names) -> list[_Claim]:
    """What lists and forms say, the longest first; weak names are kept for the recogniser to confirm."""
    listed = [_listed(text, hit) for hit in names.gazetteer.find(text, spoken) if _is_noun(text, hit, spoken)]
    built = [
        _Claim(name.start, name.end, name.type, _BUILT, country=name.country)
        for name in built_names(text, spoken, names.demonyms)
    ]
    return _without_overlaps(
        sorted([*listed, *built], key=lambda claim: (claim.start - claim.end, claim.entry is None))
    )


def _listed(text: str, hit: Hit) -> _Claim:
    adjective = _PART.match(text, hit.end) if hit.entry.type is EntityType.PLACE else None
    if adjective and fold(adjective.group(1)) in PARTS_OF_THE_WORLD:  # Syrie centrale: a part, and no longer the whole
        return _Claim(hit.start, adjective.end(), hit.entry.type, _BUILT, None, hit.entry.country)
    return _Claim(hit.start, hit.end, hit.entry.type, _LISTED, hit.entry, hit.entry.country, settled=not hit.weak)


def _is_noun(text: str, hit: Hit, spoken: Sequence[Word]) -> bool:
    """A word for a people is one where it stands as a noun: les Turcs, not le président Turc."""
    if hit.entry.type is not EntityType.PEOPLE_GROUP:
        return True
    before = text[: hit.start].rstrip(' \u00a0\u202f«"“')
    if not before or not (before[-1].isalnum() or before[-1] in "'’"):
        return True
    earlier = [word for word in spoken if word.end <= hit.start][-1:]
    return not earlier or earlier[0].key in _DETERMINERS


def _without_overlaps(claims: Iterable[_Claim]) -> list[_Claim]:
    kept: list[_Claim] = []
    for claim in claims:
        if not any(claim.start < other.end and other.start < claim.end for other in kept):
            kept.append(claim)
    return sorted(kept, key=lambda claim: claim.start)


def _recognised(text: str, passage: Passage, names: Names, is_place: IsPlace) -> list[Found]:
    if passage.recognise is None:
        return []
    start = passage.start
    found = passage.recognise(text[start : passage.end].replace("\n", " "))
    moved = [Found(name.start + start, name.end + start, name.type) for name in found]
    return [name for span in moved for name in names_in(text, span, names.demonyms, is_place)]


def _reconciled(text: str, settled: list[_Claim], found: list[Found], names: Names) -> list[_Claim]:
    """One claim a passage: what is settled stands, but for a longer name that holds it."""
    kept = [claim for claim in settled if claim.settled]
    weak = [claim for claim in settled if not claim.settled]
    for name in found:
        touching = [claim for claim in kept if claim.start < name.end and name.start < claim.end]
        if not touching:
            kept.append(_opinion(text, name, weak, names))
        elif _holds(text, name, touching):
            kept = [claim for claim in kept if claim not in touching]
            kept.append(_opinion(text, name, weak, names))
    return sorted((claim for claim in kept if claim.confidence), key=lambda claim: claim.start)


def _opinion(text: str, name: Found, weak: list[_Claim], names: Names) -> _Claim:
    """A recogniser's name as a claim; settled where a weak name of a list says the same, without weight where it is no name."""
    confirmed = next((claim for claim in weak if (claim.start, claim.end) == (name.start, name.end)), None)
    if confirmed is not None:
        return _Claim(name.start, name.end, confirmed.type, _RECOGNISED, confirmed.entry, confirmed.country)
    worthless = fold(text[name.start : name.end]) in names.demonyms or name.type is EntityType.PEOPLE_GROUP
    return _Claim(name.start, name.end, name.type, 0.0 if worthless else _RECOGNISED, settled=False)


def _holds(text: str, name: Found, touching: list[_Claim]) -> bool:
    """Whether a recognised name is longer than the settled ones in it, and more than they with words around."""
    if any(claim.start < name.start or name.end < claim.end for claim in touching):
        return False
    if all((claim.start, claim.end) == (name.start, name.end) for claim in touching):
        return False
    only_places = all(claim.type in {EntityType.PLACE, EntityType.PEOPLE_GROUP} for claim in touching)
    if name.type is EntityType.PLACE:
        outside = words(text, name.start, touching[0].start) + words(text, touching[-1].end, name.end)
        return only_places and len(touching) == 1 and all(_names_on(text, word) for word in outside[:1])
    if name.type is EntityType.PERSON and all(claim.type is EntityType.PERSON for claim in touching):
        return True
    return only_places and name.type in {EntityType.PERSON, EntityType.ORGANISATION}


def _names_on(text: str, word: Word) -> bool:
    return word.capitalised(text) or word.key in PARTS_OF_THE_WORLD


def _weighed(text: str, claims: list[_Claim], is_place: IsPlace) -> list[_Claim]:
    """The same claims, each name with one type: what a list or a form says anywhere, else what most speaks for."""
    by_name: dict[str, list[_Claim]] = defaultdict(list)
    for claim in claims:
        by_name[fold(text[claim.start : claim.end])].append(claim)
    beside = _beside_places(text, claims)
    types = {
        name: _type(text, group, sum(claim in beside for claim in group), is_place) for name, group in by_name.items()
    }
    _heed_longer_names(types)
    weighed = []
    for claim in claims:
        kind, confidence, entry = types[fold(text[claim.start : claim.end])]
        weighed.append(
            claim if claim.settled else _Claim(claim.start, claim.end, kind, confidence, entry, entry and entry.country)
        )
    return weighed


def _beside_places(text: str, claims: list[_Claim]) -> set[_Claim]:
    """The claims that are listed together with a place: between Palmyra and as-Sukhnah."""
    return {
        claim
        for place, claim in zip(claims, claims[1:], strict=False)
        if place.type is EntityType.PLACE and _LISTED_WITH.fullmatch(text, place.end, claim.start)
    }


def _type(text: str, group: list[_Claim], beside: int, is_place: IsPlace) -> tuple[EntityType, float, Entry | None]:
    settled = Counter(claim.type for claim in group if claim.settled)
    if settled:
        kind = settled.most_common(1)[0][0]
        return kind, _RECOGNISED, next((claim.entry for claim in group if claim.settled and claim.type is kind), None)
    votes: dict[EntityType, float] = defaultdict(float)
    for claim in group:
        votes[claim.type] += 0.6 if claim.type is EntityType.OTHER else 1.0
        for kind, weight in evidence(text, claim.start, claim.end).items():
            votes[kind] += weight
    surface = text[group[0].start : group[0].end]
    if _ACRONYM.fullmatch(surface):
        votes[EntityType.ORGANISATION] += len(group)
    elif is_place(surface):
        arabic = fold(surface).split()[0] in ARABIC_ARTICLES
        placed = votes[EntityType.PLACE] or votes[EntityType.OTHER] or arabic
        votes[EntityType.PLACE] += ((1.5 if arabic else 0.7) * len(group) if placed else 0.0) + 1.2 * beside
    kind, weight = max(votes.items(), key=lambda vote: vote[1])
    return kind, _RECOGNISED if weight > 0.6 * sum(votes.values()) else _GUESSED, None


def _without_fragments(text: str, claims: list[_Claim]) -> list[_Claim]:
    """The claims without those that are a word of another name, and of no kind themselves."""
    parts = {part for claim in claims if claim.type in _NAMED for part in fold(text[claim.start : claim.end]).split()}
    return [
        claim
        for claim in claims
        if claim.type is not EntityType.OTHER or fold(text[claim.start : claim.end]) not in parts
    ]


def _heed_longer_names(types: dict[str, tuple[EntityType, float, Entry | None]]) -> None:
    """The last name of a person is that person's: Dupont beside Jean Dupont."""
    persons = [name.split() for name, (kind, *_) in types.items() if kind is EntityType.PERSON and " " in name]
    for name, (kind, _, entry) in list(types.items()):
        if entry is None and kind in _NAMED | {EntityType.OTHER} and any(name == parts[-1] for parts in persons):
            types[name] = (EntityType.PERSON, _RECOGNISED, None)


def _propagated(text: str, spoken: Sequence[Word], claims: list[_Claim]) -> list[_Claim]:
    """The claims, and every other passage that holds one of their names, short forms in parentheses included."""
    sources: dict[str, _Claim] = {}
    for claim in claims:
        if claim.type is EntityType.PEOPLE_GROUP or claim.type is EntityType.OTHER:
            continue
        sources.setdefault(text[claim.start : claim.end], claim)
    known = Gazetteer(
        (Entry(surface, claim.type, claim.country), [surface])
        for surface, claim in sources.items()
        if surface[0].isupper()
    )
    more = []
    for hit in known.find(text, spoken):
        source = sources[hit.entry.name]
        more.append(_Claim(hit.start, hit.end, source.type, source.confidence, source.entry, source.country))
    more += [short for claim in claims if (short := _short_form(text, claim, spoken)) is not None]
    taken = [*claims]
    for claim in more:
        if not any(claim.start < other.end and other.start < claim.end for other in taken):
            taken.append(claim)
    return sorted(taken, key=lambda claim: claim.start)


def _short_form(text: str, claim: _Claim, spoken: Sequence[Word]) -> _Claim | None:
    """The acronym that stands in parentheses behind a name."""
    found = _SHORT_FORM.match(text, claim.end)
    if found is None or not spoken or claim.type in {EntityType.PERSON, EntityType.PLACE, EntityType.PEOPLE_GROUP}:
        return None
    if not _ACRONYM.fullmatch(found.group(1)):
        return None
    return _Claim(found.start(1), found.end(1), claim.type, claim.confidence, claim.entry, claim.country)


def _things(text: str, claims: list[_Claim]) -> list[_Thing]:
    """Claims of one thing together: by the list's entry, else by the name, a last name with its person."""
    persons: dict[str, set[str]] = defaultdict(set)
    short: dict[str, str] = {}
    for claim in claims:
        name = fold(text[claim.start : claim.end])
        if claim.type is EntityType.PERSON and " " in name:
            persons[name.split()[-1]].add(name)
        if (found := _SHORT_FORM.match(text, claim.end)) is not None and claim.type not in {
            EntityType.PERSON,
            EntityType.PLACE,
        }:
            short.setdefault(fold(found.group(1)), _identity(text, claim))
    things: dict[tuple[str, EntityType], _Thing] = {}
    for claim in claims:
        identity = _identity(text, claim)
        if claim.type is EntityType.PERSON and len(persons.get(identity, ())) == 1:
            identity = next(iter(persons[identity]))
        identity = (
            short.get(identity, identity) if claim.type not in {EntityType.PERSON, EntityType.PLACE} else identity
        )
        things.setdefault((identity, claim.type), _Thing(claim.type)).claims.append(claim)
    return list(things.values())


def _identity(text: str, claim: _Claim) -> str:
    return fold(claim.entry.name if claim.entry else text[claim.start : claim.end])


def _entity(text: str, thing: _Thing) -> Entity:
    surfaces = Counter(text[claim.start : claim.end] for claim in thing.claims)
    listed = next((claim.entry for claim in thing.claims if claim.entry is not None), None)
    longest = max(surfaces, key=lambda surface: (len(surface.split()), surfaces[surface]))
    return Entity(
        name=listed.name if listed else longest,
        type=thing.type,
        country=next((claim.country for claim in thing.claims if claim.country), None),
        mentions=tuple(
            Mention(start=claim.start, end=claim.end, surface=text[claim.start : claim.end]) for claim in thing.claims
        ),
        confidence=max(claim.confidence for claim in thing.claims),
    )
