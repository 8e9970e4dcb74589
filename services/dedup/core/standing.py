"""What a source puts into many of its articles: it says nothing of any one of them, so it does not count.

Only shingles that two articles of one source have in common are ever counted, so what is kept of a source is little.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import NDArray

from services.dedup.core.similarity import NOTHING, Hashes, among

LEAST_ARTICLES = 5  # of a source that hold a shingle: by then it is boilerplate, and not a background told again
LEAST_SHARE = 0.02  # of the source's articles: of a wire that all publishers' articles come by, what few have counts
MOST_HASHES = 4096  # of a source: 24 KB; those that fewest articles hold go first, and of these the oldest
AGED = 8192  # articles, after which all counts are halved: what has stood there once is forgotten

Counts = NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Standing:
    """Of a source the shingles that came again (sorted), each with how many of its `articles` held it.

    `articles` are those since the first came again.
    """

    articles: int = 0
    hashes: Hashes = field(default_factory=lambda: np.empty(0, np.uint32))
    counts: Counts = field(default_factory=lambda: np.empty(0, np.uint16))

    def boilerplate(self) -> Hashes:
        """The shingles that do not count: at least 5 of the source's articles hold them, and one in 50."""
        return self.hashes[self.counts >= max(LEAST_ARTICLES, LEAST_SHARE * self.articles)]

    def after(self, sketch: Hashes, again: Hashes) -> Self:
        """With one more article: `again` are those of its shingles that another article of the source holds."""
        articles, hashes = self.articles + 1, self.hashes
        counts = self.counts + among(hashes, sketch).astype(np.uint16)
        if articles >= AGED:
            articles, counts = articles // 2, counts // 2
        new = again[~among(again, hashes)]
        if len(new):
            hashes = np.concatenate((new, hashes))
            counts = np.concatenate((np.full(len(new), 2, np.uint16), counts))
            kept = np.argsort(-counts.astype(np.int64), kind="stable")[:MOST_HASHES]
            kept = kept[np.argsort(hashes[kept])]
            hashes, counts = hashes[kept], counts[kept]
        return type(self)(articles, hashes, counts)


def together(some: Iterable[Hashes]) -> Hashes:
    """All of these, sorted and each once."""
    arrays = [one for one in some if len(one)]
    if len(arrays) < 2:
        return arrays[0] if arrays else NOTHING
    return np.unique(np.concatenate(arrays))
