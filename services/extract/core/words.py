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


def word_set(listed: str) -> frozenset[str]:
    """The words of a list that is written out with blanks between them."""
    return frozenset(listed.split())


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """A name without case, accents, ligatures and marks, its words one blank apart: what spellings have in common."""
    if name.isascii():  # most are, and it is five times as fast
        return " ".join(_WORD.findall(name.lower()))
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LIGATURES))
    return " ".join(_WORD.findall("".join(char for char in plain if not unicodedata.combining(char))))


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of a passage in order."""
    last = len(text) if end is None else end
    return [Word(word.start(), word.end(), fold(word.group())) for word in _WORD.finditer(text, start, last)]
