"""Names at the end of a noun phrase that nothing found beforehand: the head of the board Ana Ruiz."""

from services.extract.core.grammar import DETERMINERS, PREPOSITIONS
from services.extract.core.speech.cast import Cast, Word
from services.extract.core.speech.owners import CALLED_AFTER, is_owner
from services.extract.core.speech.phrase_ends import JOINING


def trailing_name(cast: Cast, words: list[Word]) -> str | None:
    """Two or more capitalised words at the phrase's end, where nothing found its names beforehand."""
    first = len(words)
    while first and cast.text[words[first - 1].start].isupper():
        first -= 1
    before = first
    while before > 1 and words[before - 1].lower in JOINING and cast.text[words[before - 2].start].isupper():
        before -= 2  # del Instituto Nacional de Alergias y Enfermedades
        while before and cast.text[words[before - 1].start].isupper():
            before -= 1
    is_free = before == 0 or words[before - 1].lower not in PREPOSITIONS | DETERMINERS
    is_free = is_free and not is_owner(words, first) and not (first == 2 and words[1].lower in CALLED_AFTER)
    return cast.text[words[first].start : words[-1].end] if is_free and len(words) - first > 1 else None
