"""The terms of any stretch of a text, whose words are found once however many places are judged by them."""

import re
from array import array
from bisect import bisect_left

from services.fetch.core.splitting.terms import DENSE_RUN, SHORTEST_TERM, stem, terms

_LONG_WORD = re.compile(rf"[^\W\d_]{{{SHORTEST_TERM},}}")


class Stretches:
    """What `terms` finds in each stretch of a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts, self._ends = array("L"), array("L")
        self._stems: list[str] = []
        known: dict[str, str] = {}
        for found in _LONG_WORD.finditer(text):
            self._starts.append(found.start())
            self._ends.append(found.end())
            word = stem(found[0])
            self._stems.append(known.setdefault(word, word))
        runs = [found.span() for found in DENSE_RUN.finditer(text)]
        self._dense_starts, self._dense_ends = (
            array("L", each) for each in (zip(*runs, strict=True) if runs else ((), ()))
        )

    def terms(self, start: int, end: int) -> set[str]:
        """As `terms(text[start:end])`."""
        if self._has_dense(start, end):
            return terms(self._text[start:end])
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        cut = []
        if first and self._ends[first - 1] > start:  # the stretch begins within a word
            cut.append(self._text[start : min(self._ends[first - 1], end)])
        if last > first and self._ends[last - 1] > end:
            last -= 1
            cut.append(self._text[self._starts[last] : end])
        return {*self._stems[first:last], *(stem(word) for word in cut if len(word) >= SHORTEST_TERM)}

    def _has_dense(self, start: int, end: int) -> bool:
        """Whether some of it is in a script that sets no spaces between words."""
        at = bisect_left(self._dense_ends, start + 1)
        return at < len(self._dense_starts) and self._dense_starts[at] < end
