"""Passages taken for names: by the lists, by the language's own forms, by a recogniser; one claim where they meet."""

import re
from collections.abc import Sequence

from contracts.extraction import EntityType
from services.extract.core.metadata.agencies import names_only_agencies
from services.extract.core.naming.bylined import undated
from services.extract.core.naming.called_after import after_whom, is_an_acronym, with_treaties
from services.extract.core.naming.capitals import above_tables
from services.extract.core.naming.claim import BUILT, LISTED, RECOGNISED, Claim, overlap, without_overlaps
from services.extract.core.naming.designations import designated
from services.extract.core.naming.forms import built_names
from services.extract.core.naming.found import Found, IsPlace
from services.extract.core.naming.gazetteer import Hit
from services.extract.core.naming.joints import without_a_town
from services.extract.core.naming.laws_in_english import laws
from services.extract.core.naming.names import Names
from services.extract.core.naming.papers import listed_paper, paper_told
from services.extract.core.naming.results import results
from services.extract.core.naming.shouts import at_the_head, in_a_shout
from services.extract.core.naming.span_words import PARTS_OF_THE_WORLD, PLACE_HEADS
from services.extract.core.naming.spans import names_in
from services.extract.core.naming.told import told_names
from services.extract.core.naming.ways import ends_of_a_way
from services.extract.core.naming.weak_names import is_in_office, is_no_name
from services.extract.core.words import Word, fold, word_set, words

_DETERMINERS = word_set(
    """
    le la les l un une des d de du aux au ces cette cet ce quelques plusieurs certains nos ses leurs the et ou
    """
)
_PART = re.compile(r" ([a-zéè]{5,15})\b")
_WHERE = re.compile(r"\b(?:à|in|near|from)\s$")
_OF_A_TOWN = re.compile(r"(?:\s[Dd]['’](?:[Hh]iver|[ÉéEe]té))?\s(?:de\s|d['’]|du\s|à\s)([A-ZÀ-Ý][\w-]+)")
_CITY = 100_000
_STANDING = re.compile(r"place\s(?:de\s(?:la\s|l['’])?|du\s|des\s|d['’])")
_TWO_NAMES = re.compile(
    r"\s(?!.*\b(?:News|Television|TV|Agency|Foundation|Institute|Sports?|Factuel|International|Services?|France)\b)"
    r"([A-ZÀ-Ý][a-zß-ÿ'’-]+(?:\s[A-ZÀ-Ý][\w'’-]+){1,2})"
)
_WITH_ARTICLE = re.compile(r"L(?:[ae]s?\s|['’])([^\W\d_])")
_DIRECTIONS = word_set("nord sud est ouest centre")
_ADJECTIVES_TOO = frozenset(("US",))  # coalition US: no mention of the country

_COUNTRY_AND_ADJECTIVE = frozenset(("Suisse", "EAU"))
_PREDICATE = re.compile(r"\b(?:est|suis|es|était|Cie|Bque|Banque|Bques|Compagnie|Société|Sté|Pop|[ld]['’]|L['’])\s?$")


def claims_in(
    text: str,
    spoken: Sequence[Word],
    recognised: Sequence[Found],
    names: Names,
    is_place: IsPlace,
    *,
    basis: str = "model",
    tabular: bool = False,
) -> list[Claim]:
    """What a passage with these words names, in order and without overlaps.

    `recognised` is what a recogniser finds, or what else finds opinions; `basis` is what those rest on. In a table
    (`tabular`), where no sentence holds the words together, only lists speak.
    """
    settled = _settled(text, spoken, names, tabular=tabular)
    if tabular:
        headings = above_tables(text, spoken[0].start, spoken[-1].end, is_place) if names.demonyms else ()
        heads = [Claim(head.start, head.end, head.type, BUILT, basis=("form",)) for head in headings]
        return without_overlaps([*(claim for claim in settled if claim.settled), *heads])
    found = [name for span in recognised for name in names_in(text, span, names.demonyms, is_place)]
    found = [part for name in found for part in ends_of_a_way(text, name, names, is_place)]
    found = [name for name in found if not is_no_name(text, name.start, name.end, names)]
    found = [at_the_head(text, name, is_place) for name in found]
    found = [heard for name in found if (heard := in_a_shout(text, name, is_place)) is not None]
    claims = _with_rests(text, _reconciled(text, settled, found, names, basis), recognised, is_place)
    claims = _with_results(text, spoken, _with_shown(text, spoken, claims, names, is_place), names)
    return with_treaties(text, claims, is_place) if names.demonyms else claims


def _with_results(text: str, spoken: Sequence[Word], claims: list[Claim], names: Names) -> list[Claim]:
    """The claims, and whom and which countries a list of results names in their stead."""
    if not spoken or not names.demonyms:
        return claims
    for told in results(text, spoken[0].start, spoken[-1].end):
        kind = EntityType.PLACE if told.country else EntityType.PERSON
        entry = names.gazetteer.of_country(told.country) if told.country else None
        claim = Claim(told.start, told.end, kind, BUILT, entry, told.country, basis=("form",))
        claims = [other for other in claims if not overlap(other, claim)]
        claims.append(claim)
    return sorted(claims, key=lambda claim: claim.start)


def _with_shown(text: str, spoken: Sequence[Word], claims: list[Claim], names: Names, is_place: IsPlace) -> list[Claim]:
    """The claims, and the persons whom title or given name show where nothing else is claimed but a piece of them."""
    shown_ones, told = told_names(text, spoken, names, is_place)
    for whole in shown_ones:
        name = undated(text, whole)
        name = without_a_town(text, name, is_place) if names.demonyms else name
        basis = "title" if name.type is EntityType.PERSON else "words"
        shown = Claim(name.start, name.end, name.type, RECOGNISED, settled=False, basis=(basis,))
        touching = [claim for claim in claims if overlap(claim, shown)]
        listed = _listed_before(text, touching, shown, names)
        is_told = whole in told and all(_yields(claim, name) for claim in touching)
        if listed is not None or is_told or all(_gives_way(claim, shown) for claim in touching):
            apart = [listed, shown] if listed is not None else [shown]
            claims = sorted([*(claim for claim in claims if claim not in touching), *apart], key=lambda one: one.start)
    return claims


def _yields(claim: Claim, told: Found) -> bool:
    """Whether an opinion lies within what is told, or has run on from where that begins."""
    has_run_on = claim.start == told.start and told.type is not EntityType.PERSON
    return not claim.settled and told.start <= claim.start and (claim.end <= told.end or has_run_on)


def _listed_before(text: str, touching: Sequence[Claim], shown: Claim, names: Names) -> Claim | None:
    """The listed name that an opinion has run together with the person behind it: ambassador to Mali Jane Doe."""
    if len(touching) != 1 or touching[0].settled or touching[0].end != shown.end or touching[0].start >= shown.start:
        return None
    lead = text[touching[0].start : shown.start].rstrip()
    entry = names.gazetteer.named(lead)
    if entry is None or entry.type not in {EntityType.PLACE, EntityType.ORGANISATION}:
        return None
    basis = (f"list:{entry.source}",)
    end = touching[0].start + len(lead)
    return Claim(touching[0].start, end, entry.type, LISTED, entry, entry.country, basis=basis)


def _gives_way(claim: Claim, shown: Claim) -> bool:
    """Whether an opinion, or a listed last name, is but a piece of a person's name."""
    is_whole = (claim.start, claim.end) == (shown.start, shown.end)
    is_piece = shown.start <= claim.start and claim.end <= shown.end and not is_whole
    is_opinion = (not claim.settled or claim.type is EntityType.PERSON) and claim.entry is None
    return is_piece and (is_opinion or (claim.type is EntityType.OTHER and claim.end == shown.end))  # Jean Toussaint


def _settled(text: str, spoken: Sequence[Word], names: Names, *, tabular: bool = False) -> list[Claim]:
    """What lists and forms say, the longest first; weak names are kept for the recogniser to confirm."""
    hits = [_meant(text, hit, names) for hit in names.gazetteer.find(text, spoken) if _is_noun(text, hit, spoken)]
    hits = [hit for hit in hits if not (hit.weak and is_no_name(text, hit.start, hit.end, names))]
    shouted = bool(spoken) and text[spoken[0].start : spoken[-1].end].isupper()
    hits = [hit for hit in hits if not is_of_a_sentence(text, hit) and not is_an_acronym(text, hit, shouted=shouted)]
    listed = [after_whom(text, hit) or _listed(text, hit) for hit in hits]
    built = [
        Claim(name.start, name.end, name.type, BUILT, country=name.country, basis=("form",))
        for name in ([] if tabular else [*built_names(text, spoken, names.demonyms), *designated(text, spoken)])
        if not _is_standing(text, name.start, name.end, names)
    ]
    if not names.demonyms and spoken:
        found = laws(text, spoken[0].start, spoken[-1].end)
        built += [Claim(law.start, law.end, law.type, BUILT, basis=("form",)) for law in found]
    return without_overlaps(sorted([*listed, *built], key=lambda claim: (claim.start - claim.end, claim.entry is None)))


def _meant(text: str, hit: Hit, names: Names) -> Hit:
    """The hit, of townspeople as the paper that is called so where somebody speaks to it."""
    if hit.entry.type is not EntityType.PEOPLE_GROUP:
        return hit
    paper = paper_told(text, hit.start, hit.end, names.gazetteer)
    return hit._replace(entry=paper) if paper is not None else hit


def _is_standing(text: str, start: int, end: int, names: Names) -> bool:
    """Whether it is the place that a country has among others: sur la place de la Zalmirie en Europe."""
    stands = _STANDING.match(text, start, end)
    entry = names.gazetteer.named(text[stands.end() : end]) if stands else None
    return entry is not None and entry.type is EntityType.PLACE and entry.source == "cldr"


def _listed(text: str, hit: Hit) -> Claim:
    adjective = _PART.match(text, hit.end) if hit.entry.type is EntityType.PLACE else None
    if adjective and fold(adjective.group(1)) in PARTS_OF_THE_WORLD:  # Syrie centrale: a part, and no longer the whole
        return Claim(hit.start, adjective.end(), hit.entry.type, BUILT, None, hit.entry.country, basis=("form",))
    basis = (f"list:{hit.entry.source}",)
    return Claim(hit.start, hit.end, hit.entry.type, LISTED, hit.entry, hit.entry.country, not hit.weak, basis)


def is_of_a_sentence(text: str, hit: Hit) -> bool:
    """Whether a name with an article is only a noun at the head of its sentence: La défense plaide, and La Défense."""
    found = _WITH_ARTICLE.match(text, hit.start, hit.end)
    return found is not None and found[1].islower() and hit.entry.name[found.start(1) - hit.start].isupper()


def _is_noun(text: str, hit: Hit, spoken: Sequence[Word]) -> bool:
    """A word for a people is one where it stands as a noun: les Turcs, not le président Turc."""
    if text[hit.start : hit.end] in _COUNTRY_AND_ADJECTIVE and _PREDICATE.search(
        text, max(0, hit.start - 12), hit.start
    ):
        return False
    if hit.entry.type is not EntityType.PEOPLE_GROUP and text[hit.start : hit.end] not in _ADJECTIVES_TOO:
        return True
    return _follows_determiner(text, hit.start, spoken)


def _follows_determiner(text: str, start: int, spoken: Sequence[Word]) -> bool:
    """Whether a noun may stand here: after a determiner, or where nothing goes before."""
    before = text[max(0, start - 30) : start].rstrip(' \u00a0\u202f«"“')
    if not before or not (before[-1].isalnum() or before[-1] in "'’"):
        return True
    earlier = [word for word in spoken if word.end <= start][-1:]
    return not earlier or earlier[0].key in _DETERMINERS


def _reconciled(text: str, settled: list[Claim], found: list[Found], names: Names, basis: str) -> list[Claim]:
    """One claim a passage: what is settled stands, but for a longer name that holds it."""
    kept = [claim for claim in settled if claim.settled]
    weak = [claim for claim in settled if not claim.settled]
    for name in found:
        touching = [claim for claim in kept if claim.start < name.end and name.start < claim.end]
        if not touching:
            kept.append(_opinion(text, name, weak, names, basis))
        elif heard := _heard_by_an_agency(text, name, touching):
            kept.append(heard)
        elif _holds(text, name, touching) and not _is_led(text, name, touching):
            kept = [claim for claim in kept if claim not in touching]
            kept.append(_opinion(text, name, weak, names, basis))
    return sorted((claim for claim in kept if claim.confidence), key=lambda claim: claim.start)


def _heard_by_an_agency(text: str, name: Found, touching: Sequence[Claim]) -> Claim | None:
    """Whom a listed news agency heard, where an opinion has run both together: a dit à l'AFP Zarna Zorbi."""
    agency = touching[0]
    if len(touching) > 1 or name.type is not EntityType.ORGANISATION or agency.start != name.start:
        return None
    person = _TWO_NAMES.fullmatch(text, agency.end, name.end)
    if person is None or not names_only_agencies(text[agency.start : agency.end]):
        return None
    return Claim(person.start(1), name.end, EntityType.PERSON, RECOGNISED, settled=False, basis=("words",))


def _with_rests(text: str, claims: list[Claim], recognised: Sequence[Found], is_place: IsPlace) -> list[Claim]:
    """The claims, and the town behind a listed event that was recognised with it: Jeux olympiques *de Zalmira*."""
    listed = {claim.start: claim for claim in claims if claim.settled and claim.type is EntityType.OTHER}
    rests = []
    for name in recognised:
        event = listed.get(name.start)
        town = _OF_A_TOWN.match(text, event.end, name.end) if event and event.end < name.end else None
        if town and is_place(town[1], _CITY):
            rests.append(Claim(*town.span(1), EntityType.PLACE, RECOGNISED, settled=False, basis=("model",)))
    return sorted([*claims, *rests], key=lambda claim: claim.start) if rests else claims


def _opinion(text: str, name: Found, weak: list[Claim], names: Names, basis: str) -> Claim:
    """A recogniser's name as a claim; settled where a weak name says the same, without weight where it is no name."""
    confirmed = next((claim for claim in weak if (claim.start, claim.end) == (name.start, name.end)), None)
    is_listed_place = confirmed is not None and confirmed.type is EntityType.PLACE
    if is_listed_place and is_in_office(text, name.start):
        return Claim(name.start, name.end, EntityType.PERSON, RECOGNISED, settled=False, basis=("words",))
    is_another = name.type is EntityType.PERSON and is_listed_place
    if confirmed is not None and not is_another and not _is_a_town_here(text, name, confirmed):
        both = (*confirmed.basis, basis)
        return Claim(name.start, name.end, confirmed.type, RECOGNISED, confirmed.entry, confirmed.country, basis=both)
    paper = listed_paper(text, name.start, name.end, names.gazetteer) if names.demonyms else None
    if paper is not None and name.type is EntityType.ORGANISATION:
        start, entry = paper
        both = (f"list:{entry.source}", basis)
        return Claim(start, name.end, entry.type, RECOGNISED, entry, entry.country, basis=both)
    surface = text[name.start : name.end]
    worthless = fold(surface) in names.demonyms or name.type is EntityType.PEOPLE_GROUP or surface in _ADJECTIVES_TOO
    return Claim(name.start, name.end, name.type, 0.0 if worthless else RECOGNISED, settled=False, basis=(basis,))


def _is_a_town_here(text: str, name: Found, listed: Claim) -> bool:
    """Whether a weak name of a body is that of a place here, as the preposition has it: à Douma, and not la Douma."""
    is_body = listed.type is EntityType.ORGANISATION and name.type is EntityType.PLACE
    return is_body and _WHERE.search(text, max(0, name.start - 6), name.start) is not None


def _holds(text: str, name: Found, touching: list[Claim]) -> bool:
    """Whether a recognised name is longer than the settled ones in it, and more than they with words around."""
    if any(claim.start < name.start or name.end < claim.end for claim in touching):
        return False
    if all((claim.start, claim.end) == (name.start, name.end) for claim in touching):
        return False
    only_places = all(claim.type in {EntityType.PLACE, EntityType.PEOPLE_GROUP} for claim in touching)
    if name.type is EntityType.PLACE:
        leading, trailing = words(text, name.start, touching[0].start), words(text, touching[-1].end, name.end)
        is_head = bool(leading) and leading[0].key in PLACE_HEADS
        longer = len(touching) == 1 and (is_head or all(_names_on(text, word) for word in [*leading, *trailing][:1]))
        return longer and (only_places or bool(leading))
    if name.type is EntityType.PERSON and all(claim.type is EntityType.PERSON for claim in touching):
        return True
    if name.type is EntityType.ORGANISATION and all(claim.type is EntityType.ORGANISATION for claim in touching):
        return True
    return only_places and name.type in {EntityType.PERSON, EntityType.ORGANISATION}


def _is_led(text: str, name: Found, touching: list[Claim]) -> bool:
    """Whether a recognised name is a settled one and a determiner: Le HuffPost."""
    leading = words(text, name.start, touching[0].start)
    return touching[-1].end == name.end and bool(leading) and all(word.key in _DETERMINERS for word in leading)


def _names_on(text: str, word: Word) -> bool:
    return (word.capitalised(text) and word.key not in _DIRECTIONS) or word.key in PARTS_OF_THE_WORLD
