"""The words of a passage with what the forms of names ask about them, and a name that was found by its form."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from contracts.extraction import EntityType
from services.extract.core.words import Word

_WITHIN_NAMES = " \u00a0\u202f'’-‐‑"


class Built(NamedTuple):
    """A name found by its form."""

    start: int
    end: int
    type: EntityType
    country: str | None


class SpokenWords:
    """The words of one passage, with what the forms ask about them."""

    def __init__(self, text: str, spoken: Sequence[Word], demonyms: Mapping[str, str | None]) -> None:
        self.text, self.spoken, self.demonyms = text, spoken, demonyms

    def __len__(self) -> int:
        return len(self.spoken)

    def key(self, index: int) -> str:
        """The folded word; empty past the end, and where more than a blank, apostrophe or hyphen comes before it."""
        if not 0 <= index < len(self.spoken):
            return ""
        if index and self.text[self.spoken[index - 1].end : self.spoken[index].start].strip(_WITHIN_NAMES):
            return ""
        return self.spoken[index].key

    def capital(self, index: int) -> bool:
        """Whether the word begins with a capital."""
        return bool(self.key(index)) and self.spoken[index].capitalised(self.text)

    def heads(self, index: int) -> bool:
        """Whether the word begins with a capital, whatever stands before it: (Front du Nord)."""
        return self.spoken[index].capitalised(self.text)

    def people(self, index: int) -> int:
        """How many words from here name a people (syrienne; nord-coréenne)."""
        if self.key(index) and f"{self.key(index)} {self.key(index + 1)}" in self.demonyms:
            return 2
        return 1 if self.key(index) in self.demonyms else 0

    def country(self, index: int, count: int) -> str | None:
        """The country of the people that so many words from here name."""
        return self.demonyms.get(" ".join(self.key(index + n) for n in range(count)))

    def opens_sentence(self, index: int) -> bool:
        """Whether a sentence or the passage begins with the word."""
        before = self.text[: self.spoken[index].start].rstrip(" \u00a0\u202f«\"“'’(")
        return not before or before[-1] in ".!?:;\n…" or index == 0

    def built(self, first: int, last: int, kind: EntityType, country: str | None) -> Built:
        """A name from one word to another."""
        return Built(self.spoken[first].start, self.spoken[last].end, kind, country)
