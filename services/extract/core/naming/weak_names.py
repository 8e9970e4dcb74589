"""Where a name that is also a word, or a person's, is not the one that a list has."""

import re

from contracts.extraction import EntityType
from services.extract.core.naming.names import Names
from services.extract.core.naming.span_words import COMMON_IN_FRENCH
from services.extract.core.words import fold

_WORD_BEHIND = re.compile(r"[ \u00a0][a-zà-ÿ]{2}")
_OPENING = ' \u00a0«"“'
_BEFORE_A_NAME = frozenset((".", "!", "?", "\n", ""))
# le quinquennat Hollande: whoever is in office
_IN_OFFICE = re.compile(
    r"\b(?:quinquennat|septennat|présidence|mandat|gouvernement|ère|couple|clan|président"
    r"|chanteu(?:r|se)|rappeu(?:r|se)|act(?:eur|rice)|comédien(?:ne)?|humoriste|romanci(?:er|ère)|mannequin)\s$",
    re.IGNORECASE,
)
_LONGEST_OFFICE = 16
# Where a letter ends: PS : J'oubliais. Of several such lines, or of the first, it is a party's label.
_POSTSCRIPT = re.compile(r"\nP\.?-?S\.?\s?[:–—-]\s")
_LABEL = re.compile(r"^[A-ZÀ-Ý][\w. -]{1,12}\s?:\s", re.MULTILINE)
_PARTY = re.compile(r"\bPS\b")


def is_a_word(text: str, start: int, end: int, names: Names) -> bool:
    """Whether it is a word at the head of a sentence, with what it goes with: Cher enfant, Lot de dix bouteilles."""
    before = text[max(0, start - 4) : start].rstrip(_OPENING)
    surface = text[start:end]
    opens = before[-1:] in _BEFORE_A_NAME
    return opens and surface.istitle() and _WORD_BEHIND.match(text, end) is not None and names.is_word(surface.lower())


def is_no_name(text: str, start: int, end: int, names: Names) -> bool:
    """Whether it is a word at the head of a sentence, a common noun in capitals, or leads to a postscript."""
    return (
        _is_a_listed_word(text, start, end, names)
        or _is_postscript(text, start)
        or _is_a_common_acronym(text, start, end, names)
    )


def _is_a_listed_word(text: str, start: int, end: int, names: Names) -> bool:
    """The same of what a list has as a place, or as an acronym that is a word too: Raid sur Zalmira."""
    entry = names.gazetteer.named(text[start:end])
    may_be_a_word = entry is not None and (entry.type is EntityType.PLACE or entry.name.isupper())
    return may_be_a_word and is_a_word(text, start, end, names)


def is_in_office(text: str, start: int) -> bool:
    """Whether what is named there is a person's, behind an office without a preposition: la présidence Hollande."""
    return _IN_OFFICE.search(text, max(0, start - _LONGEST_OFFICE), start) is not None


def _is_postscript(text: str, start: int) -> bool:
    """Whether the letters PS there lead to a postscript, and name no party, which the text would name elsewhere too."""
    if start == 0 or _POSTSCRIPT.match(text, start - 1) is None:
        return False
    is_last = len(_LABEL.findall(text, start)) == 1
    return is_last and 2 * start > len(text) and len(_PARTY.findall(text)) < 2


def _is_a_common_acronym(text: str, start: int, end: int, names: Names) -> bool:
    """Whether French has the capitals for a common noun (IMC, les SDF), and no body of the article's countries."""
    surface = text[start:end]
    if not (names.demonyms and surface[:2].isupper() and fold(surface) in COMMON_IN_FRENCH):
        return False
    entry = names.gazetteer.named(surface)
    if entry is None or entry.country is None:
        return True
    country = names.gazetteer.of_country(entry.country)
    return entry.name not in text and (country is None or country.name not in text)
