"""Persons whom the words show whatever a recogniser says: a title or a given name, and capitals after it."""

import re
from collections.abc import Container, Iterator, Sequence

from contracts.extraction import EntityType
from services.extract.core.naming.found import Found
from services.extract.core.naming.gazetteer import ARABIC_ARTICLES
from services.extract.core.words import Word, word_set

_TITLES = word_set(
    """
    president presidente premier ministre vice-president general generale colonel capitaine commandant lieutenant
    sergent amiral marechal senateur senatrice depute deputee maire juge procureur procureure chancelier chanceliere
    gouverneur gouverneure porte-parole secretaire ambassadeur ambassadrice ayatollah pape m mm mme mlle me
    senator governor mayor spokesman spokeswoman spokesperson secretary judge mr mrs ms chancellor minister
    politologue economiste historien historienne sociologue geographe chercheur chercheuse avocat avocate analyste
    syndicaliste negociateur negociatrice
    presidenta ministro ministra gobernador alcalde senor senora
    bundeskanzler bundeskanzlerin ministerprasident ministerprasidentin prasident prasidentin burgermeister
    kanzler kanzlerin aussenminister aussenministerin innenminister verteidigungsminister
    """
)
_ABBREVIATED = word_set("m mm mme mlle me mr mrs ms")  # one name may follow, and a full stop
_QUALIFYING = word_set("datuk seri dato general generale sortant sortante elu elue designe interimaire")
_PARTICLES = ARABIC_ARTICLES | word_set("de du von van der den di da dos del della ben bin ibn abou abu ould la le")
_WORDS_TOO = frozenset(("von", "der", "du"))
_OPENING = word_set("la le les un une il elle ils on ce cet cette ces en au aux the he she it in at on we this that")
BUTTON = re.compile(r"(?:Follow|Suivre|Seguir|Folgen)\s@\w")  # before somebody's handle
_ENDED = re.compile(rf"(?:[CDJLMNST]|Qu)['’][a-zà-ÿ]|{BUTTON.pattern}")  # Paul Durand C'est
_MOST_WORDS = 6
_BLANKS = " \u00a0\u202f"
_HYPHENS = "-‐‑"


def shown_persons(
    text: str, spoken: Sequence[Word], given: Container[str], peoples: Container[str], heads: Container[str]
) -> list[Found]:
    """Names behind a title (le président Paul Durand) or led by one of the `given` names, in order.

    A word of `peoples` or `heads` (of other names) is no part of them. All these are folded.
    """
    found: list[Found] = []
    for first in _beginnings(text, spoken, given, peoples):
        if found and spoken[first].start < found[-1].end:
            continue
        last, capitals = _end(text, spoken, first, peoples, heads)
        single = spoken[first - 1].key in _ABBREVIATED if first else False
        is_name = capitals > 1 and " " in text[spoken[first].start : spoken[last].end]
        if is_name or (capitals and single and spoken[last].end - spoken[first].start > 1):
            found.append(Found(spoken[first].start, spoken[last].end, EntityType.PERSON))
    return found


def _beginnings(text: str, spoken: Sequence[Word], given: Container[str], peoples: Container[str]) -> Iterator[int]:
    for index, word in enumerate(spoken):
        if word.key in given and word.capitalised(text) and not _is_joined(text, spoken, index):
            yield index
        elif word.key in _TITLES and not _is_hour(text, word):
            after = index + 1
            while after < len(spoken) and (spoken[after].key in peoples or spoken[after].key in _QUALIFYING):
                after += 1
            gap = text[word.end : spoken[after].start] if after < len(spoken) else ","
            plain = "." not in gap or word.key in _ABBREVIATED
            if after < len(spoken) and plain and not gap.strip(_BLANKS + "." + _letters(text, spoken, index, after)):
                yield after


def _is_hour(text: str, word: Word) -> bool:
    """Whether the M is that of an English hour: 4 a.m. Sunday."""
    return word.key == "m" and text[max(0, word.start - 2) : word.start].lower() in {"a.", "p."}


def _letters(text: str, spoken: Sequence[Word], index: int, after: int) -> str:
    """The characters of the words between two, which a gap may hold."""
    return "".join(text[word.start : word.end] for word in spoken[index + 1 : after])


def _is_joined(text: str, spoken: Sequence[Word], index: int) -> bool:
    """Whether a word is the second part of a hyphenated one: Saint-Denis."""
    return index > 0 and text[spoken[index].start - 1] in _HYPHENS and spoken[index - 1].end == spoken[index].start - 1


def _end(
    text: str, spoken: Sequence[Word], first: int, peoples: Container[str], heads: Container[str]
) -> tuple[int, int]:
    """The last word of the name that begins at `first`, and how many of its words have a capital and more letters."""
    last, capitals = first, 0
    for index in range(first, min(first + _MOST_WORDS, len(spoken))):
        word = spoken[index]
        gap = text[spoken[index - 1].end : word.start] if index > first else ""
        if gap.strip(_BLANKS + _HYPHENS + "'’") or len(gap) > 1 or re.fullmatch(r"\w", text[word.end : word.end + 1]):
            break
        if index > first and (_ENDED.match(text, word.start) or _opens_a_sentence(text, spoken, index)):
            break
        surface = text[word.start : word.end]
        if surface[0].isupper() and not (word.key in peoples or word.key in heads):
            if surface.isupper() and len(surface) > 1 and not _is_numeral(surface):
                break
            last, capitals = index, capitals + 1
        elif word.key not in _PARTICLES or index == first:
            break
        elif word.key in _WORDS_TOO and (capitals > 1 or word.key == "der") and spoken[index - 1].key not in _PARTICLES:
            break  # Jens Weidmann von Anfang an
    return last, capitals


def _opens_a_sentence(text: str, spoken: Sequence[Word], index: int) -> bool:
    """Whether a sentence whose full stop is missing begins with this word: Paul Durand La force est là."""
    word, after = spoken[index], spoken[index + 1 : index + 2]
    return word.key in _OPENING and word.capitalised(text) and bool(after) and not after[0].capitalised(text)


def _is_numeral(surface: str) -> bool:
    return not surface.strip("IVX")
