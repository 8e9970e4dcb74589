"""By what they are, the last person of whom an article tells: whom a pronoun means that nobody named fits."""

from services.extract.core.grammar import DETERMINERS, HUMANS, OF, PREPOSITIONS, STOPS
from services.extract.core.speech.cast import Cast, Word, words_in
from services.extract.core.speech.genders import of_phrase

_REACH = 500  # characters back
_MOST_BEFORE_NOUN = 3  # words from the article to what somebody is
_NO_HEADS = frozenset(("ancien", "ancienne", "victime", "jeune", "star"))
_HEADS, _PARTING, _GOVERNING = HUMANS - _NO_HEADS, OF | STOPS | PREPOSITIONS, PREPOSITIONS - {"pour"}
_ENDS = frozenset(".!?…:;")


def last_human(cast: Cast, position: int, gender: str) -> str | None:
    """The last French noun phrase of one person before `position` that fits a gender and hangs on nothing.

    Of several in one sentence it is the first, whom that is about: « Le maire accueille le préfet. »
    """
    if cast.language != "fr":
        return None
    words = words_in(cast.text, max(0, position - _REACH), position)
    found = None
    for at in range(len(words) - 2, -1, -1):
        if found and words[at].lower in _ENDS:
            break
        if words[at].lower in DETERMINERS and (noun := _noun(words, at)) is not None:
            is_governed = at > 0 and words[at - 1].lower in _GOVERNING
            phrase = [word.lower for word in words[at : noun + 1]]
            if not is_governed and of_phrase(phrase) == gender and not cast.is_quoted(words[at].start):
                found = cast.text[words[at].start : words[_end(words, noun)].end]
    return found


def _end(words: list[Word], noun: int) -> int:
    """Where the phrase ends: at its noun, or at what that is of (un coach de vie)."""
    if noun + 2 < len(words) and words[noun + 1].lower in OF:
        at = noun + 2 + (words[noun + 2].lower in DETERMINERS and noun + 3 < len(words))
        return at if words[at].lower.isalpha() else noun
    return noun


def _noun(words: list[Word], at: int) -> int | None:
    """Where the noun of a person is that follows the article at `at`."""
    for index in range(at + 1, min(len(words), at + 1 + _MOST_BEFORE_NOUN)):
        lower = words[index].lower
        if lower in _HEADS:
            return index
        if not lower.isalpha() or lower in _PARTING:
            return None
    return None
