"""Whom a sentence opens with: a person by name, or by what they are, so that they may speak next."""

from services.extract.core.cast import Cast, Word
from services.extract.core.grammar import DETERMINERS, HUMANS, OF, PREPOSITIONS, STOPS
from services.extract.core.noun_phrases import between_commas, unnamed
from services.extract.core.pronouns import Speaker

_MOST_BEFORE_NOUN = 4  # le nouveau et très jeune président
_BEFORE_NOUNS = frozenset(("ancien", "ancienne", "jeune"))
_MOST_PARTS = 3  # of a sentence, between commas


def opening_human(cast: Cast, words: list[Word]) -> Speaker | None:
    """The first noun phrase of a sentence if it is a person's: « Ce matin, le nouveau président a fait … »."""
    for part in between_commas(words)[:_MOST_PARTS]:
        if part[0].lower in DETERMINERS:
            return _human(cast, part)
    return None


def _human(cast: Cast, part: list[Word]) -> Speaker | None:
    near = range(1, min(len(part), _MOST_BEFORE_NOUN + 1))
    noun = next((i for i in near if part[i].lower in HUMANS - _BEFORE_NOUNS), None)
    noun = next((i for i in near if part[i].lower in HUMANS), None) if noun is None else noun
    if noun is None or any(word.lower in PREPOSITIONS | STOPS for word in part[1:noun]):
        return None
    end = noun + 1
    while end < len(part) and part[end].lower in HUMANS:  # le premier ministre
        end += 1
    while end + 1 < len(part) and part[end].lower in OF:
        end += 2 + (part[end + 1].lower in DETERMINERS or part[end + 1].lower.isdecimal())  # un homme de 18 ans
    return unnamed(cast, part[:end])
