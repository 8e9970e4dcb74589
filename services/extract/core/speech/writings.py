"""Papers and speeches, and whose they are."""

from services.extract.core.grammar import OF, WRITINGS
from services.extract.core.speech.cast import Cast, Word
from services.extract.core.speech.noun_phrases import spoken, ungoverned, unnamed
from services.extract.core.speech.pronouns import Speaker

_FROM = frozenset(("from", "by"))


def mentions_writing(words: list[Word]) -> bool:
    """Whether a communiqué or the like is spoken of."""
    return any(word.lower in WRITINGS for word in words)


def speaker_of_writing(cast: Cast, words: list[Word]) -> Speaker | None:
    """Whose communiqué, letter or dispatch `words` speak of."""
    for index, word in enumerate(words):
        if word.lower in WRITINGS:
            whose = words[index + 1 :]
            if not whose or whose[0].lower not in OF | _FROM:
                return None
            whose = whose[next((i for i, w in enumerate(whose) if w.lower not in OF | _FROM), len(whose)) :]
            named = ungoverned(cast, whose)
            return spoken(named[0]) if named else unnamed(cast, whose)
    return None
