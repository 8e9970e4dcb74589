"""The words of a text with their places, and the form under which a word is looked up."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ı": "i", "ł": "l", "ø": "o", "đ": "d"})


class Word(NamedTuple):
    """A run of letters and digits, and where it stands."""

    start: int
    end: int
    key: str  # folded

    def capitalised(self, text: str) -> bool:
        """Whether its first letter is a capital."""
        return text[self.start].isupper()


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """A name without case, accents and ligatures, its words separated by one blank: what two spellings have in common."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LIGATURES))
    return " ".join(_WORD.findall("".join(char for char in plain if not unicodedata.combining(char))))


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of a passage in order."""
    return [
        Word(word.start(), word.end(), fold(word.group()))
        for word in _WORD.finditer(text, start, len(text) if end is None else end)
    ]
