"""Opinions that are no names: ordinary words with the capital of a sentence or a label, and lists of prices."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from contracts.extraction import EntityType
from services.extract.core.naming.claim import Claim
from services.extract.core.naming.found import IsPlace
from services.extract.core.naming.names import no_lexicon
from services.extract.core.words import Word, fold, word_set

_FUNCTION_WORDS = word_set(
    """
    le la les l un une des du de au aux ce cet cette ces ca cela ceci il elle ils elles on nous vous je tu qui que quoi
    dont ou et mais donc or ni car si comme quand lorsque puis ainsi alors avec sans sous sur dans par pour vers chez
    entre depuis pendant apres avant contre malgre selon en a y mon ton son ma ta sa mes tes ses notre votre leur nos
    vos leurs ah oh eh he bah ouf
    tout toute tous toutes plus moins tres bien oui non merci voici voila the an this that these those it he
    she they we you and or but if when while with without for from at by of on to as so yes no not
    """
)
_NUMBERS = word_set("deux trois quatre cinq six sept huit neuf dix onze douze two three four five seven eight nine ten")
# Mille cent dix morts: a sentence begins with a number
_OF_A_NUMBER = re.compile(
    r"(?:Mille|Cent|Vingt|Trente|Quarante|Cinquante|Soixante|Quatre)[\s-](?:et\s)?(?:cents?|mille|une?|deux|trois|quatre|cinq"
    r"|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|cinquante|soixante"
    r"|millions?|milliards?)\b"
)
_BEFALLEN = re.compile(r"(?P<what>[A-ZÀ-Ý][a-zà-ÿ]+)\s(?:de\s|d['’]|du\s|des\s|à\s)(?P<where>[A-ZÀ-Ý][^\n]*)")
_SENTENCE_END = ".!?:…\n–—-•|*"
_OPENING = " \u00a0\u202f«»\"“”'’(["
_MOST_MENTIONS_OF_A_WORD = 2  # named more often, it is the name of something
_DETERMINER = re.compile(r"\b(?:(?:le|la|les|un|une|mon|ma|son|sa|notre|votre|leur)\s|l['’])$", re.IGNORECASE)
_THIS = re.compile(r"\b(?:ce|cet|cette)\s$", re.IGNORECASE)
_THERE = re.compile(r"\b(?:à|dans|vers|depuis|devant|derrière)\s(?:(?:les?|la)\s|l['’])$", re.IGNORECASE)
_PREPOSITION = re.compile(r"\b(?:(?:de|à|en|vers|sur|depuis|par|pour|chez|in|near|from)\s|d['’])$", re.IGNORECASE)
_LONG_ADVERB = 9  # letters: Clément is no adverb
# Nouns that are places with their capital: the quarters of the sky and what stands in it, seats of power.
_QUARTERS = word_set(
    "nord sud est ouest orient occident midi soleil terre lune mars venus univers capitole vieux golfe manche"
    " palais chambre assemblee senat bourse cite ile cour place porte pont mer lac port hotel chateau tour parc jardin"
)
_OF_IDEAS = ("isme", "ismes")
_LABEL_AFTER = re.compile(r"\s?:\s|\s[-–—]\s")
_ADVERB = re.compile(r"\w{3,}ment")
_NUMERAL = re.compile(r"[IVX]{2,}|[IVX]+\s?H?(?:er?|ère|ème|eme)")  # XIXe siècle
_PRICE = re.compile(r"\b\d+[.,]\d\d\b|\d+\s?\.\s?[—–-]")
_FEWEST_PRICES, _WORDS_A_PRICE = 8, 6
# Signs of the zodiac, parts of a recipe: one a line, and what follows is told of it.
_LABEL = re.compile(r"^([^\W\d_]{3,})\s?:\s", re.MULTILINE)
_FEWEST_LABELS, _WORDS_OF_TEN = 5, 8


def without_ordinary(
    text: str,
    spoken: Sequence[Word],
    claims: Sequence[Claim],
    is_place: IsPlace,
    is_word: Callable[[str], bool] = no_lexicon,
) -> list[Claim]:
    """The claims without opinions on what is an ordinary word here.

    A word is one where it stands at the head of a sentence and the text has it without a capital too, or the language
    does (`is_word`), where it is a function word, and where it heads a line as a label and is named nowhere else.
    Within a sentence a word of the language is one where nothing says of what kind its name would be.
    """
    lower = {word.key for word in spoken if text[word.start].islower()}
    named: dict[str, list[Claim]] = {}
    for claim in claims:
        named.setdefault(fold(text[claim.start : claim.end]), []).append(claim)
    labels = _labels(text, is_word)
    doubtful = {
        name
        for name, those in named.items()
        if not any(claim.settled for claim in those)
        and (
            (name in labels and all(_is_label(text, one) and one.type is not EntityType.PERSON for one in those))
            or _is_abstract(text, name, those, is_word)
            or _is_no_land(text, those, lower, is_place, is_word)
            or (
                all(_opens(text, claim) or _is_no_word(text, claim) for claim in those)
                and (
                    _is_ordinary(text, name, those, lower, is_place)
                    or _is_of_the_language(text, those, is_place, is_word)
                )
            )
        )
    }
    return [claim for claim in claims if fold(text[claim.start : claim.end]) not in doubtful]


def without_what_befell(text: str, claims: Sequence[Claim], is_word: Callable[[str], bool] = no_lexicon) -> list[Claim]:
    """The claims, of an ordinary word and a place named elsewhere the place alone: Braquage de Zalmira."""
    places = {fold(text[claim.start : claim.end]): claim for claim in claims if claim.type is EntityType.PLACE}
    return [_place_alone(text, claim, places, is_word) or claim for claim in claims]


def _place_alone(text: str, claim: Claim, places: Mapping[str, Claim], is_word: Callable[[str], bool]) -> Claim | None:
    """The place that something happened to, where the whole is no name of its own."""
    found = _BEFALLEN.fullmatch(text, claim.start, claim.end)
    if claim.settled or claim.type is not EntityType.OTHER or found is None or not is_word(found["what"].lower()):
        return None
    known = places.get(fold(found["where"]))
    return replace(known, start=found.start("where"), end=found.end("where")) if known else None


def is_price_list(text: str, spoken: Sequence[Word]) -> bool:
    """Whether a passage is a table of prices, whose abbreviations name nothing."""
    if not spoken:
        return False
    prices = len(_PRICE.findall(text, spoken[0].start, spoken[-1].end))
    return prices >= _FEWEST_PRICES and prices * _WORDS_A_PRICE > len(spoken)


def _labels(text: str, is_word: Callable[[str], bool]) -> frozenset[str]:
    """The folded labels of a list that has one a line, where almost all are words of the language: Lion: Sortez."""
    found = {match[1] for match in _LABEL.finditer(text)}
    ordinary = [label for label in found if is_word(label.lower())]
    if len(ordinary) < _FEWEST_LABELS or 10 * len(ordinary) < _WORDS_OF_TEN * len(found):
        return frozenset()
    return frozenset(map(fold, ordinary))


def _is_abstract(text: str, name: str, those: Sequence[Claim], is_word: Callable[[str], bool]) -> bool:
    """Whether it is a function word, an adverb, or a word with a capital for its weight: l'Histoire."""
    surface = text[those[0].start : those[0].end]
    if " " in name or not surface.istitle():
        return False
    if name in _FUNCTION_WORDS:
        return True
    is_of_office = all(claim.type is EntityType.PERSON and _is_determined(text, claim) for claim in those)
    is_rare = len(those) <= _MOST_MENTIONS_OF_A_WORD and all(claim.type is EntityType.OTHER for claim in those)
    are_persons = all(claim.type is EntityType.PERSON for claim in those)
    if len(name) >= _LONG_ADVERB and _ADVERB.fullmatch(name) and are_persons:
        return is_word(surface.lower())
    if name.endswith(_OF_IDEAS) and all(_is_this_one(text, claim) for claim in those):
        return is_word(surface.lower())
    is_sure = is_of_office or (is_rare and not any(_is_quoted(text, claim) for claim in those))
    return is_sure and is_word(surface.lower())


def _is_no_land(
    text: str, those: Sequence[Claim], lower: set[str], is_place: IsPlace, is_word: Callable[[str], bool]
) -> bool:
    """Whether what is taken for a place is a noun with a capital for its weight: cet Indice, notre Offre, le Yoga.

    A determiner tells it, but for an article behind a preposition of place, which quarters have too (à la Bastille),
    or the text, where it has the word without the capital too.
    """
    surface = text[those[0].start : those[0].end]
    name = fold(surface)
    if " " in name or not surface.istitle() or len(those) > _MOST_MENTIONS_OF_A_WORD or name in _QUARTERS:
        return False
    is_opinion = all(claim.type is EntityType.PLACE and "words" not in claim.basis for claim in those)
    return (
        is_opinion
        and all(
            (_is_this_one(text, claim) and not _THERE.search(text, max(0, claim.start - 13), claim.start))
            or (name in lower and not _is_where(text, claim))
            for claim in those
        )
        and not is_place(surface, 1)
        and is_word(surface.lower())
    )


def _is_this_one(text: str, claim: Claim) -> bool:
    return _is_determined(text, claim) or _THIS.search(text, max(0, claim.start - 7), claim.start) is not None


def _is_where(text: str, claim: Claim) -> bool:
    """Whether a preposition without an article stands before it, as before a town's name: de Bouchons."""
    return _PREPOSITION.search(text, max(0, claim.start - 8), claim.start) is not None


def _is_determined(text: str, claim: Claim) -> bool:
    """Whether an article or a possessive stands before it, as before no person's name: le Procureur, mon Bâtonnier."""
    return _DETERMINER.search(text, max(0, claim.start - 6), claim.start) is not None


def _is_quoted(text: str, claim: Claim) -> bool:
    return claim.start > 0 and text[claim.end : claim.end + 2].strip()[:1] in {"»", "”", '"'}


def _is_ordinary(text: str, name: str, those: Sequence[Claim], lower: set[str], is_place: IsPlace) -> bool:
    surface = text[those[0].start : those[0].end]
    if _is_no_word(text, those[0]):
        return True
    if " " in name:
        return False
    if name in _FUNCTION_WORDS or (name in lower and not is_place(surface)):
        return True
    if those[0].type is EntityType.PERSON or is_place(surface):
        return False
    return bool(_ADVERB.fullmatch(name)) or all(_is_label(text, claim) or _is_all(text, claim) for claim in those)


def _is_of_the_language(text: str, those: Sequence[Claim], is_place: IsPlace, is_word: Callable[[str], bool]) -> bool:
    """Whether the language has the word, and nothing beside it or in the article says that it is a name."""
    surface = text[those[0].start : those[0].end]
    is_told = any(told in claim.basis for claim in those for told in ("words", "longer_name"))
    return surface.istitle() and " " not in surface and not (is_told or is_place(surface)) and is_word(surface.lower())


def _is_no_word(text: str, claim: Claim) -> bool:
    """Whether a number is all, in Roman letters or written out: the Six."""
    surface = text[claim.start : claim.end]
    is_number = _OF_A_NUMBER.match(text, claim.start) is not None
    return is_number or _NUMERAL.fullmatch(surface) is not None or fold(surface) in _NUMBERS


def _opens(text: str, claim: Claim) -> bool:
    """Whether a sentence, or a line, begins with it."""
    before = text[max(0, claim.start - 12) : claim.start].rstrip(_OPENING)
    is_joined = before[-1:] == "-" and before[-2:-1].isalnum() and text[claim.start - 1] == "-"
    return not before or (before[-1] in _SENTENCE_END and not is_joined)


def _is_label(text: str, claim: Claim) -> bool:
    """Whether it heads a line and a colon or a dash follows."""
    heads = claim.start == 0 or text[claim.start - 1] == "\n"
    return heads and _LABEL_AFTER.match(text, claim.end) is not None


def _is_all(text: str, claim: Claim) -> bool:
    """Whether a sentence, or a line, is made of it alone."""
    return text[claim.end : claim.end + 1] in {".", "\n", ""}
