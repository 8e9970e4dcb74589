"""Whom a title means: the president, the spokeswoman of the ministry, the latter."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from services.extract.core.grammar import (
    ADVERBS,
    AUXILIARIES,
    COPULAS,
    DETERMINERS,
    FEMININE,
    FRENCH_MODALS,
    OF,
    PREPOSITIONS,
    STOPS,
    word_set,
)
from services.extract.core.speech.cast import Cast, Named, Word, words_in
from services.extract.core.speech.verbs.reporting_verbs import reporting

_REACH = 140  # characters around a name, where its titles stand
_INTRODUCED_REACH = 600  # characters back to « un technicien »
_MOST_TITLES = 3  # beside one name
_LONGEST_TITLE = 14  # words
_BEFORE_NOUNS = word_set("ancien ancienne ex nouveau nouvelle jeune même futur future former new young")
_POSSESSIVES = word_set("son sa leur his her their")
_TELLING = _BEFORE_NOUNS | _POSSESSIVES | word_set("premier première vice")
_GROUPS = word_set("équipe camp famille entourage cabinet gouvernement groupe clan team family office cabinet")
_INDEFINITE = frozenset(("un", "une", "an", "ein", "eine", "una", "uno"))
_PLURAL = frozenset(("les", "des", "ces", "ses", "leurs", "los", "las", "die", "i", "gli"))
_ADVERB = ("ment", "ly")
_OWNED = frozenset(("de", "d'", "of"))  # la mère de X is another
_LATTER = frozenset((("ce", "dernier"), ("cette", "dernière"), ("the", "latter")))
# One office by another name: the words of the title, the noun that the article may have used.
_OFFICES = {
    ("chef", "état"): word_set("président roi émir empereur"),
    ("cheffe", "état"): word_set("présidente reine"),
    ("chef", "gouvernement"): word_set("premier chancelier"),
    ("cheffe", "gouvernement"): word_set("première chancelière"),
    ("chef", "diplomatie"): word_set("étrangères ministre diplomatie"),
    ("cheffe", "diplomatie"): word_set("étrangères ministre diplomatie"),
    ("patron", "onu"): word_set("secrétaire"),
    ("locataire", "élysée"): word_set("président"),
    ("souverain",): word_set("roi"),
    ("souverain", "pontife"): word_set("pape"),
    ("édile",): word_set("maire"),
    ("magistrat",): word_set("juge procureur"),
    ("élu",): word_set("député sénateur maire conseiller"),
    ("élue",): word_set("députée sénatrice maire conseillère"),
    ("parlementaire",): word_set("député députée sénateur sénatrice"),
    ("militaire",): word_set("général colonel commandant capitaine lieutenant"),
    ("dirigeant",): word_set("président chef pdg directeur patron"),
    ("dirigeante",): word_set("présidente cheffe pdg directrice patronne"),
    ("leader",): word_set("président présidente chef cheffe secrétaire"),
    ("chef", "parquet"): word_set("procureur"),
    ("cheffe", "parquet"): word_set("procureure"),
    ("locataire", "matignon"): word_set("premier première"),
    ("représentant", "état"): word_set("préfet"),
    ("représentante", "état"): word_set("préfète"),
    ("magistrate",): word_set("juge procureure"),
    ("pénaliste",): word_set("avocat avocate"),
    ("technicien",): word_set("entraîneur sélectionneur coach"),
    ("technicienne",): word_set("entraîneuse sélectionneuse coach"),
    ("tacticien",): word_set("entraîneur sélectionneur coach"),
    ("scientifique",): word_set(
        "chercheur chercheuse physicien physicienne biologiste astrophysicien astrophysicienne climatologue "
        "glaciologue virologue généticien généticienne géologue océanographe chimiste astronome"
    ),
    ("universitaire",): word_set("professeur professeure chercheur chercheuse maître maîtresse enseignant enseignante"),
    ("écrivain",): word_set("romancier auteur"),
    ("écrivaine",): word_set("romancière autrice auteure"),
    ("comédien",): word_set("acteur"),
    ("comédienne",): word_set("actrice"),
    ("cinéaste",): word_set("réalisateur réalisatrice"),
    ("praticien",): word_set("médecin chirurgien docteur"),
    ("praticienne",): word_set("médecin chirurgienne docteure"),
    ("prélat",): word_set("évêque archevêque cardinal"),
    ("syndicaliste",): word_set("délégué déléguée secrétaire"),
}


@lru_cache(maxsize=32)
def verbs_of(language: str) -> frozenset[str]:
    """Verbs before which a noun phrase ends: auxiliaries, and finite forms of speaking."""
    return AUXILIARIES | reporting(language).finite | (FRENCH_MODALS if language == "fr" else frozenset())


def person_titled(cast: Cast, words: list[Word]) -> str | None:
    """The person whom the article has named with the title that `words` are; the last one of those it fits best."""
    lowers = [word.lower for word in words]
    if tuple(lowers[:2]) in _LATTER:
        return next((named.name for named in cast.persons_before(words[0].start)), None)
    if lowers[0] not in DETERMINERS - _INDEFINITE or len(words) < 2:
        return None  # un dirigeant: another one
    nouns = [lower for lower in lowers[1:] if lower not in OF and lower not in DETERMINERS]
    if not nouns:
        return None
    head = next((noun for noun in nouns if noun not in _TELLING), nouns[0])
    if head in _GROUPS:
        return None
    if cast.language == "en":  # the White House aide
        head = next((lower for lower, following in pairwise([*lowers[1:], "of"]) if following in OF), head)
    offices = _OFFICES.get(tuple(nouns[:2]), _OFFICES.get((head,), frozenset()))
    wanted = frozenset((head,)) if offices and _is_introduced(cast, head, words[0].start) else offices | {head}
    rest = frozenset(nouns[2:] if tuple(nouns[:2]) in _OFFICES else nouns) - {head}
    best: tuple[int, str] | None = None
    for named in cast.persons_before(words[0].start):
        if not cast.has_person(named.name):
            if best is None and _is_called_so(cast, named, head, rest, words[0].start):
                return named.name  # « …, dit le ministre des Sports. … », ajoute le ministre
            continue
        fit = max((_fit(title, wanted, rest, lowers[0]) for title in cast.titles(named, _titles)), default=0)
        if fit and (best is None or fit > best[0]):
            best = fit, named.name
    return best[1] if best else None


def _is_called_so(cast: Cast, named: Named, noun: str, rest: frozenset[str], position: int) -> bool:
    """Whether whoever spoke last, without a name, was called by the same noun and all that is added to it."""
    if not named.has_spoken or position - named.start > _INTRODUCED_REACH:
        return False
    words = [word.lower for word in words_in(cast.text, named.start, named.end)]
    is_definite = words[0] in DETERMINERS - _INDEFINITE
    return is_definite and len(words) > 2 and noun in words and rest <= frozenset(words)


def _is_introduced(cast: Cast, noun: str, position: int) -> bool:
    """Whether one of that kind is told of before: « Un technicien est venu. … dit le technicien »: no coach."""
    words = pairwise(words_in(cast.text, max(0, position - _INTRODUCED_REACH), position))
    return any(first.lower in _INDEFINITE and second.lower == noun for first, second in words)


def _fit(title: list[str], wanted: frozenset[str], rest: frozenset[str], determiner: str) -> int:
    """How well a title beside a name fits one without: not at all (0), by its noun, and by what is added to it.

    Of two that fit alike the one that hangs on no preposition fits better: it is what its sentence is about.
    """
    at = next((at for at, word in enumerate(title) if word in wanted), None)
    if at is None:
        return 0
    first = next((i for i in reversed(range(at)) if title[i] in DETERMINERS), max(0, at - 1))
    said = frozenset(title[first:])
    if {determiner, title[first]} == {"le", "la"} or not _agree(said, wanted, rest):
        return 0
    is_governed = title[max(0, first - 1)] in PREPOSITIONS or title[first] in PREPOSITIONS
    return 1 + (not is_governed) + 2 * bool(rest & said)


def _agree(said: frozenset[str], wanted: frozenset[str], rest: frozenset[str]) -> bool:
    """Whether what is added to one title goes with what is added to the other: the Russian president, no former one."""
    if rest & said:
        return _TELLING & said <= rest
    if rest:
        return not (said - wanted - OF - DETERMINERS or (_TELLING - wanted) & said)
    return not (_TELLING - _POSSESSIVES - wanted) & said


def _titles(cast: Cast, named: Named) -> Iterator[list[str]]:
    """The noun phrases that stand beside a name as its titles, in lower case: before it, and behind a comma."""
    before = [word.lower for word in cast.words_before(named, _REACH)]
    pieces = list(_pieces(before))[-_MOST_TITLES:]
    if pieces and before[-1] != ",":
        beside = _beside(pieces.pop()[-_LONGEST_TITLE:])
        if before[-1] not in _OWNED:
            yield beside
    verbs = verbs_of(cast.language)
    if pieces:
        pieces[-1] = _behind_verb(pieces[-1], verbs)
    if pieces and _is_apposed(pieces[-1]):
        yield from (piece for piece in pieces if _is_apposed(piece))
    after = [word.lower for word in words_in(cast.text, named.end, min(len(cast.text), named.end + _REACH))]
    if after and after[0] in {",", "("}:
        title = next(_pieces(after[1:]), [])
        is_title = bool(title) and not any(title[0] in words for words in (verbs, STOPS, PREPOSITIONS, _PLURAL))
        if is_title and not _is_subject(title, verbs):
            yield title[:_LONGEST_TITLE]


def _is_subject(piece: list[str], verbs: frozenset[str]) -> bool:
    """Whether what stands behind a name and a comma is another subject with its verb: …, le maire a refusé."""
    verb = next((i for i, word in enumerate(piece[:_LONGEST_TITLE]) if word in verbs), None)
    return verb is not None and verb > 1 and not any(word in STOPS for word in piece[:verb])


def _beside(piece: list[str]) -> list[str]:
    """The end of the words before a name that can be its title: no clause, nothing on another preposition."""
    parting = PREPOSITIONS - OF - {"à", "au", "aux"}
    at = next((i for i in reversed(range(len(piece) - 1)) if piece[i] in STOPS or piece[i] in AUXILIARIES), -1)
    led = next((i for i in reversed(range(len(piece))) if piece[i] in parting), 0)
    return piece[max(_behind_auxiliary(piece, at), led) :]


def _behind_auxiliary(piece: list[str], at: int) -> int:
    """Where a title may begin behind a stop or an auxiliary, whose participle is none: « X a accusé Y »."""
    start = at + 1
    if at < 0 or piece[at] not in AUXILIARIES - COPULAS:
        return start
    while start < len(piece) and (piece[start] in ADVERBS or piece[start].endswith(_ADVERB)):
        start += 1
    return start + (start < len(piece) and piece[start] not in DETERMINERS)


def _behind_verb(piece: list[str], verbs: frozenset[str]) -> list[str]:
    """The noun phrase behind a verb that opens a piece: a déclaré le porte-parole du Kremlin."""
    if piece[0] not in verbs:
        return piece
    articles = (i for i in range(1, len(piece)) if piece[i] in DETERMINERS and piece[i - 1] not in PREPOSITIONS)
    return piece[next(articles, 0) :]


def _is_apposed(piece: list[str]) -> bool:
    return piece[0] in DETERMINERS | FEMININE and len(piece) <= _LONGEST_TITLE


def _pieces(words: list[str]) -> Iterator[list[str]]:
    """The words between marks of punctuation."""
    piece: list[str] = []
    for word in words:
        if not word[0].isalnum() and word not in {"l'", "d'"}:
            if piece:
                yield piece
            piece = []
        else:
            piece.append(word)
    if piece:
        yield piece
