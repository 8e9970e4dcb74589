"""Headlines in English with a capital on most words, as a recogniser had better read them."""

import re
from collections.abc import Collection

_WORD = re.compile(r"[^\W\d_][\w'’]*")
_LONGEST, _FEWEST = 160, 4  # characters; words
_SMALL = 4  # letters: shorter words keep small letters in some houses, and not in others
_OTHERS = 4  # in so many long words one may be small
_SENTENCE = re.compile(r"[.!?]\s*$")


def is_titled(passage: str) -> bool:
    """Whether a passage is a headline with a capital on each of its longer words."""
    if len(passage) > _LONGEST or _SENTENCE.search(passage):
        return False
    long = [word for word in _WORD.findall(passage) if len(word) >= _SMALL]
    small = sum(word[0].islower() for word in long)
    return len(long) >= _FEWEST and small * _OTHERS < len(long) and not passage.isupper()


def in_small_letters(passage: str, ordinary: Collection[str]) -> str:
    """The passage with the `ordinary` words (in small letters) written so, but for its first: as long as before."""
    first = True

    def written(word: re.Match[str]) -> str:
        nonlocal first
        is_first, first = first, False
        lower = word.group().lower()
        is_plain = not is_first and lower in ordinary and len(lower) == len(word.group())
        return lower if is_plain else word.group()

    return _WORD.sub(written, passage)


def ordinary_words(text: str) -> frozenset[str]:
    """The words that a text has in small letters and never with a capital within a sentence."""
    small = {word.group() for word in _WORD.finditer(text) if word.group().islower()}
    named = {found.group(1).lower() for found in re.finditer(r"[a-z,;] ([A-Z][\w'’]*)", text)}
    return frozenset(small - named)
