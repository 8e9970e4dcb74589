"""Whom a sentence opens with: a person by name, or by what they are, so that they may speak next."""

import re

from services.extract.core.grammar import ADVERBS, DETERMINERS, HUMANS, OF, PREPOSITIONS, PRONOUNS, STOPS
from services.extract.core.speech.cast import Cast, Word
from services.extract.core.speech.noun_phrases import between_commas, unnamed
from services.extract.core.speech.pronouns import Speaker
from services.extract.core.speech.titles import verbs_of

_MOST_BEFORE_NOUN = 4  # le nouveau et très jeune président
_BEFORE_NOUNS = frozenset(("ancien", "ancienne", "jeune"))
# By their endings: what people do, and where they are from.
_NOUN = re.compile(r"[^\W\d_]{3,}(?:eur|euse|ien|ienne|ier|ière|iste|aire|logue|ant|ante|trice|ain|aine)")
_FROM_SOMEWHERE = re.compile(
    r"[^\W\d_]{3,}(?:[lnrd]ais|aises?|ois|oises?|ains?|aines?|iens?|iennes?)|breton(?:ne)?s?|basques?|corses?|belges?"
    r"|suisses?|russes?|turcs?|turques?|grecs?|grecques?|serbes?|kurdes?|arabes?|allemande?s?|espagnole?s?|afghane?s?"
)
_OTHERS = frozenset(("un autre", "une autre", "l' autre", "un second", "une seconde", "un troisième", "une troisième"))
_NOUNS, _PARTING = HUMANS - _BEFORE_NOUNS, PREPOSITIONS | STOPS | DETERMINERS
_LONGEST_NAME = 4  # words
_NO_NAMES = DETERMINERS | PREPOSITIONS | ADVERBS | PRONOUNS.keys()
_MOST_PARTS = 3  # of a sentence, between commas


def _goes_on(cast: Cast, part: list[Word], at: int) -> bool:
    """Whether a word behind a noun belongs to it: un jeune contrôleur, l'entraîneur breton."""
    lower = part[at].lower
    if not cast.text[part[at].start].islower() or lower in verbs_of(cast.language):
        return False
    is_noun = part[at - 1].lower in _BEFORE_NOUNS and _NOUN.fullmatch(lower) is not None
    return cast.language == "fr" and (is_noun or _FROM_SOMEWHERE.fullmatch(lower) is not None)


def opening_human(cast: Cast, words: list[Word]) -> Speaker | None:
    """The first noun phrase of a sentence if it is a person's: « Ce matin, le nouveau président a fait … »."""
    for part in between_commas(words)[:_MOST_PARTS]:
        if part[0].lower in DETERMINERS:
            return _human(cast, part)
    return None


def capitals(cast: Cast, words: list[Word]) -> Speaker | None:
    """Two words and more with capitals that open a clause: a name that nothing found."""
    last = next((i for i, word in enumerate(words) if not cast.text[word.start].isupper()), len(words))
    if not 2 <= last <= _LONGEST_NAME or any(word.lower in _NO_NAMES for word in words[:last]):
        return None
    return Speaker(cast.text[words[0].start : words[last - 1].end], words[0].start, words[last - 1].end)


def nobody_else(cast: Cast, words: list[Word]) -> Speaker | None:
    """Somebody without a name of whom `words` speak and of nothing else: un autre, sa voisine."""
    start, end = words[0].start, words[-1].end
    human = opening_human(cast, words)
    is_all = human is not None and (human.start, human.end) == (start, end)
    is_other = " ".join(word.lower for word in words) in _OTHERS
    return Speaker(cast.text[start:end], start, end) if is_other else human if is_all else None


def _human(cast: Cast, part: list[Word]) -> Speaker | None:
    near = range(1, min(len(part), _MOST_BEFORE_NOUN + 1))
    noun = next((i for i in near if part[i].lower in _NOUNS), None)
    noun = next((i for i in near if part[i].lower in HUMANS), None) if noun is None else noun
    if noun is None or any(word.lower in _PARTING for word in part[1:noun]):
        return None
    end = noun + 1
    while end < len(part) and (part[end].lower in HUMANS or _goes_on(cast, part, end)):  # le premier ministre
        end += 1
    while end + 1 < len(part) and part[end].lower in OF:
        end += 2 + (part[end + 1].lower in DETERMINERS or part[end + 1].lower.isdecimal())  # un homme de 18 ans
    return unnamed(cast, part[:end])
