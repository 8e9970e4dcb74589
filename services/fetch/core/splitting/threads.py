"""The words that run through a text: whether they go on across a place, or end there and others begin."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import accumulate, chain

_NEAR_CHARACTERS = 4000
_PASSAGE_CHARACTERS = 800
_USUAL, _DOUBT = 0.2, 4.0  # what is supposed of a place, and how many words outweigh that


class Threads:
    """The words of a text's blocks, and how ordinary each is: in how many passages it stands."""

    def __init__(self, words: Sequence[AbstractSet[str]], lengths: Sequence[int]) -> None:
        self._words, self._until = words, [0, *accumulate(lengths)]  # how many characters stand before each
        self._passages, self._found = 0, Counter[str]()
        passage, length = set[str](), 0
        for found, characters in zip(words, lengths, strict=True):
            passage |= found
            length += characters
            if length >= _PASSAGE_CHARACTERS:
                self._tell(passage)
                passage, length = set(), 0
        self._tell(passage)

    def _tell(self, passage: set[str]) -> None:
        if passage:
            self._found.update(passage)
            self._passages += 1

    def across(self, begin: int, at: int) -> float:
        """Of the words that come again near a block, those on both sides of it; above it one looks as far as `begin`.

        They are held against those of one side, the one that has fewer: a short article has few beside a long one.
        """
        above = self._count(reversed(self._words[max(begin, self._first_near(at)) : at]))
        below = self._count(self._words[at + 1 : self._last_near(at + 1)])
        both = self._worth(word for word in above.keys() & below.keys() if above[word] + below[word] > 2)
        own = min(self._worth_alone(above, below), self._worth_alone(below, above))
        return (both + _USUAL * _DOUBT) / (both + own + _DOUBT)

    def _first_near(self, at: int) -> int:
        """Where what is near a block begins above it."""
        return bisect_right(self._until, self._until[at] - _NEAR_CHARACTERS) - 1

    def _last_near(self, first: int) -> int:
        """Where what is near ends that begins with a block."""
        return bisect_left(self._until, self._until[first] + _NEAR_CHARACTERS)

    def _count(self, blocks: Iterable[AbstractSet[str]]) -> Counter[str]:
        return Counter(chain.from_iterable(blocks))

    def _worth_alone(self, side: Counter[str], other: Counter[str]) -> float:
        return self._worth(word for word, times in side.items() if times > 1 and word not in other)

    def _worth(self, words: Iterable[str]) -> float:
        """How many words these are; one that stands in every passage counts for nothing."""
        return sum(1 - self._found[word] / self._passages for word in words)
