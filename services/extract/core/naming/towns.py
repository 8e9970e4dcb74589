"""Towns in a language that no recogniser reads: where a preposition or a dateline says that a place is named."""

import re
from collections.abc import Container, Sequence

from contracts.extraction import EntityType
from services.extract.core.naming.found import Found, IsPlace
from services.extract.core.words import Word, word_set

# Of German, Spanish, Italian, Portuguese, Dutch: in Wien, aus Köln, desde Bogotá, naar Gent.
_PREPOSITIONS = word_set("in aus nach bei en desde hacia hasta em uit naar near from")
# Before these words of two capitals and more are a city's: la intendencia de Punta Arenas, viajará a Buenos Aires.
_OF = word_set("a de por entre di da per para")
_ARTICLES = word_set("el la los las lo il i gli le o os as")  # EL PULSO DE LA CALLE
_DATELINE = re.compile(r"(?:\s\([^()\n]{2,30}\))?(?:,[^.\n–—]{1,30})?\s[-–—]\s")
_MOST_WORDS = 3
_SHORTEST_SHOUTED = 4  # letters of a place in capitals before a colon: BEIRUT:
_CITY = 50_000  # inhabitants: fewer, and a noun of some language is more often meant


def towns(text: str, spoken: Sequence[Word], is_place: IsPlace, given: Container[str] = frozenset()) -> list[Found]:
    """The cities that are named behind a preposition, or as the place of a dispatch, the longest name at each place.

    Behind "of" none whose first word is one of the `given` names, folded: la reforma de Benito Juárez is a person's.
    """
    found: list[Found] = []
    for first, word in enumerate(spoken):
        if not word.capitalised(text) or (found and word.start < found[-1].end):
            continue
        behind = first > 0 and spoken[first - 1].key in _PREPOSITIONS and text[word.start - 1] == " "
        of_it = first > 0 and spoken[first - 1].key in _OF and text[word.start - 1] == " " and word.key not in given
        for last in range(min(first + _MOST_WORDS, len(spoken)) - 1, first - 1, -1):
            name = text[word.start : spoken[last].end]
            if not spoken[last].capitalised(text) or "\n" in name:
                continue
            is_led = behind or (of_it and last > first and not name.isupper() and word.key not in _ARTICLES)
            if (is_led or _is_dateline(text, word.start, spoken[last].end)) and is_place(name, _CITY):
                found.append(Found(word.start, spoken[last].end, EntityType.PLACE))
                break
    return found


def with_towns(recognised: Sequence[Found], known: Sequence[Found]) -> list[Found]:
    """What a recogniser has found, and the `known` towns that it has not."""
    if not known:
        return list(recognised)
    missed = [town for town in known if not any(town.start < name.end and name.start < town.end for name in recognised)]
    return sorted([*recognised, *missed])


def _is_dateline(text: str, start: int, end: int) -> bool:
    opens = not text[max(0, start - 2) : start].strip() or text[start - 2] in ".!?"
    is_shouted = end - start >= _SHORTEST_SHOUTED and text[start:end].isupper() and text[end : end + 2] == ": "
    return opens and (is_shouted or _DATELINE.match(text, end) is not None)
