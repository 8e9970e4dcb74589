"""Whether marked words are about somebody by name, and so hardly that person's own."""

from services.extract.core.speech.addressed import MYSELF
from services.extract.core.speech.cast import Cast, words_in
from services.extract.core.speech.quotation_marks import Marked

_SHORTEST = 4  # letters of a surname


def is_spoken_of(cast: Cast, name: str | None, passage: Marked) -> bool:
    """Whether words that are not in the first person have somebody's surname."""
    surname = name.split()[-1].lower() if name else ""
    words = {word.lower for word in words_in(cast.text, passage.start, passage.end)}
    return len(surname) >= _SHORTEST and surname in words and not words & MYSELF
