"""A name and a colon before a quotation, as a caption or a list of voices has them: « X : … »."""

from services.extract.core.grammar import word_set
from services.extract.core.speech.attributed import Attribution, span_of
from services.extract.core.speech.cast import Cast, Word
from services.extract.core.speech.openings import nobody_else
from services.extract.core.speech.pronouns import Speaker
from services.extract.core.speech.verbs.unknown_verbs import looks_like_verb
from services.extract.core.speech.writings import mentions_writing

_THEIR = word_set("sein seine ihr ihre son sa ses leur leurs his her their su sus")
_MOST_WORDS = 6


def captioned(cast: Cast, words: list[Word]) -> Attribution | None:
    """Whoever is named before the colon, if nothing else is; None where the words say more."""
    text = cast.text
    if len(words) <= _MOST_WORDS and (other := nobody_else(cast, words)):
        return Attribution(other, None, "strong", "caption")
    if len(words) > _MOST_WORDS or mentions_writing(words) or words[0].lower in _THEIR:
        return None  # Seine Schlussfolgerung: …
    named = cast.within(words[0].start, words[-1].end)
    is_led = bool(named) and named[0].is_person and named[0].start == words[0].start  # X, maire de Y : …
    if is_led and _has_verb(cast, words, named[0].end):
        return None  # X hausse les épaules :
    if named and (is_led or named[-1].end == words[-1].end):
        one = named[0] if is_led else named[-1]
        cue = _english_verb(cast, words, one.end) if is_led else None
        return Attribution(Speaker(one.name, one.start, one.end), cue, "strong", "caption")
    start, end = span_of(words)
    is_name = all(text[word.start].isupper() for word in words)
    return Attribution(Speaker(text[start:end], start, end), None, "strong", "caption") if is_name else None


def _has_verb(cast: Cast, words: list[Word], end: int) -> bool:
    """Whether a French verb stands right behind the name that ends there."""
    behind = next((word for word in words if word.start >= end), None)
    return behind is not None and cast.language == "fr" and looks_like_verb(behind.lower)


def _english_verb(cast: Cast, words: list[Word], end: int) -> tuple[int, int] | None:
    """The verb right behind the name that ends there, by its ending: X brushed aside the criticism."""
    behind = next((word for word in words if word.start >= end), None)
    is_verb = behind is not None and cast.language == "en" and behind.lower.endswith("ed")
    return (behind.start, behind.end) if behind and is_verb else None
