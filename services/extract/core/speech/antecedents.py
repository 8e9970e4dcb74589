"""Whom a pronoun of a language without a gender in its articles means, where nobody who fits is named."""

from services.extract.core.grammar import word_set
from services.extract.core.sentences import sentence_start
from services.extract.core.speech.cast import QUOTED, Cast, words_in
from services.extract.core.speech.openings import opening_human

_REACH = 160  # characters of a sentence, at whose head its subject stands
_FEMININE = word_set(
    "woman girl mother sister daughter wife actress spokeswoman congresswoman queen princess chairwoman widow"
)
_MASCULINE = word_set("man boy father brother son husband actor spokesman congressman king prince chairman pope bishop")
_OF_ARTICLE = {
    "de": {"der": "masculine", "ein": "masculine", "die": "feminine", "eine": "feminine"},
    "es": {"el": "masculine", "un": "masculine", "la": "feminine", "una": "feminine"},
    "it": {"il": "masculine", "un": "masculine", "lo": "masculine", "la": "feminine", "una": "feminine"},
}


def opening_before(cast: Cast, position: int, gender: str) -> str | None:
    """By what they are, whom the sentence before `position` opens with: « The minister arrived. “…,” she said. »."""
    end = len(cast.text[max(0, position - _REACH * 3) : position].rstrip()) + max(0, position - _REACH * 3)
    if not end or cast.is_quoted(end - 2):
        return None
    start = sentence_start(cast.text, cast.text.rfind("\n", 0, end) + 1, end - 1)
    words = words_in(cast.text, start, min(end, start + _REACH))
    if words and words[0].lower == "a":
        words = [words[0]._replace(lower="an"), *words[1:]]
    if not words or any(word.lower == QUOTED for word in words):
        return None
    speaker = opening_human(cast, words)
    if speaker is None or speaker.name is None:
        return None
    phrase = [word.lower for word in words_in(cast.text, speaker.start, speaker.end)]
    return speaker.name if _gender(cast.language, phrase) in {None, gender} else None


def _gender(language: str, phrase: list[str]) -> str | None:
    """The gender of a noun phrase by its article, in English by its noun."""
    if language in _OF_ARTICLE:
        return _OF_ARTICLE[language].get(phrase[0])
    if any(word in _FEMININE for word in phrase):
        return "feminine"
    return "masculine" if any(word in _MASCULINE for word in phrase) else None
