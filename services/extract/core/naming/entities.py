"""Who and what an article names, each with all its mentions."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace

from contracts.extraction import Entity, EntityType
from contracts.value import Mention
from services.extract.core.metadata.shapes import PARTICLES
from services.extract.core.naming.bare_heads import without_bare_heads
from services.extract.core.naming.claim import RECOGNISED, Claim, identity, overlap
from services.extract.core.naming.claims import claims_in, is_of_a_sentence
from services.extract.core.naming.found import Found, IsPlace
from services.extract.core.naming.gazetteer import Entry, Gazetteer
from services.extract.core.naming.kinds import ACRONYM, BODIES, Kind, shorter_names, weighed, without_fragments
from services.extract.core.naming.kinds_in_english import behind_a_country, in_english
from services.extract.core.naming.names import Names
from services.extract.core.naming.namesake_towns import as_towns
from services.extract.core.naming.nicknames import bearers, with_nicknames
from services.extract.core.naming.ordinary import is_price_list, without_ordinary, without_what_befell
from services.extract.core.naming.pairs import parted
from services.extract.core.naming.papers import of_their_names_with_articles, shorter_by_an_article
from services.extract.core.naming.passages import Passage, opinions
from services.extract.core.naming.share_bars import in_share_bars
from services.extract.core.naming.short_forms import identities_of_short_forms, of_their_long_names, short_forms
from services.extract.core.naming.told_bodies import told_bodies
from services.extract.core.naming.told_persons import told_persons
from services.extract.core.naming.towns import towns, with_towns
from services.extract.core.words import Word, fold, word_set, words

_NEXT_NAME = re.compile(r" ([A-ZÀ-ÝĄĆĘŁŃŚŹŻЀ-Я][\w-]+)")
_SHORTEST_LAST_NAME = 4  # letters
_TIMES_ITS_NAMESAKES = 2  # named so much more often than others of their last name, one is meant by it
_SHORTEST_SHOUTED = 5  # letters: a shorter name in capitals may be written so
_CITY = 100_000  # inhabitants
_COMMON_FIRST_PARTS = word_set("saint sainte mont pont port ville villeneuve chateau bourg notre nord sud est ouest")
_SPELT_OUT = frozenset((EntityType.PERSON, EntityType.PLACE))


@dataclass
class _Thing:
    """All claims that are about one thing."""

    type: EntityType
    claims: list[Claim] = field(default_factory=list)


def entities(
    text: str,
    passages: Sequence[Passage],
    names: Names,
    is_place: IsPlace = lambda _, least=0: False,  # noqa: ARG005 - `least` is given by name
    publisher: str | None = None,
) -> tuple[Entity, ...]:
    """The things that these passages name, each with all its mentions, in order of appearance.

    `is_place` tells whether a name is that of a place somewhere; where no recogniser reads, only lists and forms speak.
    `publisher` is who published the article, as it is known from elsewhere.
    """
    claims: list[Claim] = []
    spoken: list[Word] = []
    worded = [words(text, passage.start, passage.end) for passage in passages]
    buttons = in_share_bars(worded)
    for passage, of_passage, recognised, is_bar in zip(
        passages, worded, opinions(text, passages), buttons, strict=True
    ):
        if is_bar:
            continue
        spoken += of_passage
        claims += _claimed(text, (passage, of_passage), recognised, names, is_place)
    claims = with_nicknames(text, claims, names.gazetteer, is_place)
    claims = as_towns(text, weighed(text, claims, is_place, names.given, publisher), is_place)
    claims = without_fragments(text, claims)
    claims = _without_words(text, spoken, claims, names, is_place)
    if any(passage.tongue == "en" and passage.recognise for passage in passages) and not names.canonical:
        claims = list(in_english(text, claims, names.gazetteer))
    claims = without_what_befell(text, claims, names.is_word)
    claims = parted(text, claims, names.gazetteer)
    claims = of_their_names_with_articles(text, of_their_long_names(text, claims))
    claims = _propagated(text, spoken, claims, names.given)
    return tuple(_entity(text, thing, canonical=names.canonical) for thing in _things(text, claims, is_place))


def _claimed(
    text: str, read: tuple[Passage, Sequence[Word]], recognised: Sequence[Found], names: Names, is_place: IsPlace
) -> list[Claim]:
    """What a passage with these words names, by its recogniser, or by words alone where none reads its language."""
    passage, spoken = read
    if passage.recognise is None:
        told = told_persons(text, spoken, passage.tongue, names.given, is_place)
        bodies = told_bodies(text, spoken, passage.tongue, names.given)
        shown = with_towns(with_towns(bodies, told), towns(text, spoken, is_place, names.given))
        listed = claims_in(text, spoken, shown, names, is_place, basis="words")
        return [claim for claim in listed if not _begins_a_longer_name(text, claim, names.gazetteer)]
    is_listed = bool(recognised) and is_price_list(text, spoken)
    if passage.tongue == "en":
        heard = behind_a_country(text, recognised, names.gazetteer)
        recognised = with_towns(heard, towns(text, spoken, is_place, names.given))
    return claims_in(text, spoken, recognised, names, is_place, tabular=is_listed)


def _without_words(
    text: str, spoken: Sequence[Word], claims: list[Claim], names: Names, is_place: IsPlace
) -> list[Claim]:
    """The claims without opinions on ordinary words, and in French on a body's common noun alone."""
    claims = without_ordinary(text, spoken, claims, is_place, names.is_word)
    return without_bare_heads(text, claims, is_place, names.is_word) if names.demonyms else claims


def _begins_a_longer_name(text: str, claim: Claim, gazetteer: Gazetteer) -> bool:
    """Whether a listed place is but the first word of what the text names again and again: Asia Zorb, twice."""
    if claim.entry is None or claim.type is not EntityType.PLACE or " " in text[claim.start : claim.end]:
        return False
    following = _NEXT_NAME.match(text, claim.end)
    if following is None or gazetteer.named(following[1]):
        return False
    return text.count(text[claim.start : following.end()]) > 1


def _propagated(text: str, spoken: Sequence[Word], claims: list[Claim], given: Container[str]) -> list[Claim]:
    """The claims, and every other passage that holds one of their names, short forms in parentheses included."""
    claims = sorted([*claims, *short_forms(text, claims)], key=lambda claim: claim.start)
    sources: dict[str, Claim] = {}
    for claim in claims:
        if claim.type not in {EntityType.PEOPLE_GROUP, EntityType.OTHER}:
            sources.setdefault(text[claim.start : claim.end], claim)
    for surface, claim in list(sources.items()):
        if claim.type is EntityType.PERSON and (last := _last_name(surface, given)):
            sources.setdefault(last, claim)
    known = Gazetteer(
        (Entry(surface, claim.type), [surface]) for surface, claim in sources.items() if surface[0].isupper()
    )
    found = [
        replace(sources[hit.entry.name], start=hit.start, end=hit.end, settled=False)
        for hit in known.find(text, spoken)
        if not is_of_a_sentence(text, hit)
    ]
    starts = [claim.start for claim in claims]
    more, outgrown = [], set()
    for claim in found:
        touching = claims[max(0, bisect_left(starts, claim.start) - 1) : bisect_left(starts, claim.end)]
        touching = [other for other in touching if overlap(claim, other)]
        if all(_is_a_piece(other, claim) for other in touching):
            more.append(claim)
            outgrown.update(touching)
    return sorted([*(claim for claim in claims if claim not in outgrown), *more], key=lambda claim: claim.start)


def _last_name(surface: str, given: Container[str]) -> str | None:
    """The last of a person's names, by which an article goes on to call them; None where it says too little."""
    *first, last = surface.split()
    is_telling = last[0].isupper() and last.isalpha() and len(last) >= _SHORTEST_LAST_NAME and not last.isupper()
    return last if first and is_telling and fold(last) not in given else None


def _is_a_piece(piece: Claim, whole: Claim) -> bool:
    """Whether an opinion holds only a part of a known name: Abou of Abou Kamal."""
    inside = whole.start <= piece.start and piece.end <= whole.end
    return inside and not piece.settled and piece.end - piece.start < whole.end - whole.start


def _things(text: str, claims: list[Claim], is_place: IsPlace) -> list[_Thing]:
    """Claims of one thing together: by the list's entry, else by the name, a last name with its person."""
    whole = _whole_names(text, claims)
    whole |= {nickname: whole.get(name, name) for nickname, name in bearers(text, claims).items()}
    short = identities_of_short_forms(text, claims)
    short |= shorter_names({identity(text, claim): Kind(claim.type, RECOGNISED, None, ()) for claim in claims})
    short |= shorter_by_an_article([identity(text, claim) for claim in claims if claim.type in BODIES])
    towns_in_full = _towns_in_full(text, claims, is_place)
    things: dict[tuple[str, EntityType], _Thing] = {}
    for claim in claims:
        name = identity(text, claim)
        if claim.type is EntityType.PERSON:
            name = whole.get(name, name)
        elif claim.type is EntityType.PLACE:
            name = towns_in_full.get(name, name)
        else:
            name = short.get(name, name)
        things.setdefault((name, claim.type), _Thing(claim.type)).claims.append(claim)
    return list(things.values())


def _towns_in_full(text: str, claims: Sequence[Claim], is_place: IsPlace) -> dict[str, str]:
    """By the first part of a town's double name the only one that has it, where no city is called so: Zalm-sur-Mer."""
    surfaces = {text[claim.start : claim.end] for claim in claims if claim.type is EntityType.PLACE and not claim.entry}
    full: dict[str, list[str]] = defaultdict(list)
    for surface in surfaces:
        first, hyphen, _ = surface.partition("-")
        if hyphen and " " not in surface and fold(first) not in _COMMON_FIRST_PARTS and is_place(surface, 0):
            full[first].append(surface)
    return {
        fold(first): fold(names[0])
        for first, names in full.items()
        if first in surfaces and len(names) == 1 and not is_place(first, _CITY)
    }


def _whole_names(text: str, claims: Sequence[Claim]) -> dict[str, str]:
    """By a single name of a person the whole one that it stands for: the only one that has it, or clearly the main one.

    A last name is looked for first, then a given one.
    """
    surfaces = [text[claim.start : claim.end] for claim in claims if claim.type is EntityType.PERSON]
    counted: Counter[str] = Counter(fold(surface) for surface in surfaces if _is_of_several(surface))
    parts = {fold(surface): (surface.split()[0], surface.split()[-1]) for surface in surfaces}
    lasts: dict[str, list[str]] = defaultdict(list)
    firsts: dict[str, list[str]] = defaultdict(list)
    for name, _ in counted.most_common():
        first, last = parts[name]
        firsts[fold(first)].append(name)
        for key in dict.fromkeys((fold(last), name.split()[-1])):  # Petit-Durand of Anne Petit-Durand, and Durand too
            lasts[key].append(name)
    found = {first: names[0] for first, names in firsts.items() if len(names) == 1}
    for name in counted:  # Van Zarbin for Jan van Zarbin
        longer = [other for other in counted if other.endswith(f" {name}")] if name.split()[0] in PARTICLES else []
        if len(longer) == 1:
            found[name] = longer[0]
    for last, names in lasts.items():
        if len(names) == 1 or counted[names[0]] >= _TIMES_ITS_NAMESAKES * counted[names[1]]:
            found[last] = names[0]
        else:
            found.pop(last, None)
    return found


def _is_of_several(surface: str) -> bool:
    """Whether a name has several words, a double one counting for one: Van Zarbin, al-Zarbin, and not Jean-Luc."""
    first, *others = fold(surface).split()
    return bool(others) and (len(surface.split()) > 1 or first in PARTICLES)


def _spoken(surface: str, kind: EntityType) -> str:
    """A person's or place's name without the capitals of a headline or a dateline: BERLIN."""
    is_shouted = surface.isupper() and len(surface) >= _SHORTEST_SHOUTED and kind in _SPELT_OUT and "." not in surface
    return surface.title() if is_shouted else surface


def _entity(text: str, thing: _Thing, *, canonical: bool) -> Entity:
    surfaces = Counter(text[claim.start : claim.end] for claim in thing.claims)
    entries = [claim.entry for claim in thing.claims if claim.entry is not None]
    listed = max(entries, key=lambda entry: not ACRONYM.fullmatch(entry.name), default=None)
    longest = max(surfaces, key=lambda surface: (len(surface.split()), not surface.isupper(), surfaces[surface]))
    by_list = listed if listed and (canonical or listed.source == "cldr") else None
    return Entity(
        name=by_list.name if by_list else _spoken(longest, thing.type),
        name_source=by_list.source if by_list else "article",
        evidence=tuple(dict.fromkeys(basis for claim in thing.claims for basis in claim.basis)),
        type=thing.type,
        country=next((claim.country for claim in thing.claims if claim.country), None),
        mentions=tuple(
            Mention(start=claim.start, end=claim.end, surface=text[claim.start : claim.end]) for claim in thing.claims
        ),
        confidence=max(claim.confidence for claim in thing.claims),
    )
