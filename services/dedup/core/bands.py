"""Which remembered texts share a band with a new one: an index of four bytes a band, held in memory."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.dedup.core.fingerprints import BANDS

# 1/0.9 entries of 4 bytes for each of 42 bands: 187 bytes a text. A fuller table makes searches long.
LOAD = 0.9
BUCKET_ENTRIES = 16
CHAIN_BUCKETS = 8  # a band that more texts share than these buckets hold is boilerplate, and says nothing
FEWEST_TEXTS, MOST_TEXTS = 1 << 12, 1 << 17  # in one segment
CANDIDATES = 32  # most for one text: those that share most bands; bounds what texts of one form cost each other

_TEXT_BITS = 17
_NUMBER_BITS = 40
_TAG_BITS = 32 - _TEXT_BITS  # of 16 entries that a search looks at, one in 2,000 searches takes a stranger's

Numbers = NDArray[np.int64]
Bands = NDArray[np.uint32]  # one row a text, one column a band
Keys = NDArray[np.uint64]


Pairs = dict[int, list[int]]  # row of a question: numbers of texts


@dataclass(frozen=True, slots=True)
class Counted:
    """Row of a question, number of a text, and how many bands they share: three columns, by row, then number."""

    rows: NDArray[np.int64]
    numbers: Numbers
    counts: NDArray[np.int64]


class Segment:
    """The bands of a run of consecutively numbered texts: a hash table of buckets that overflow into the next."""

    def __init__(self, first: int, texts: int) -> None:
        self.first = first
        self.texts = texts
        self._buckets = max(1, round(texts * BANDS / (BUCKET_ENTRIES * LOAD)))
        self._table = np.zeros((self._buckets + CHAIN_BUCKETS, BUCKET_ENTRIES), dtype=np.uint32)

    def add(self, numbers: Numbers, keys: Keys) -> None:
        """Enter texts whose numbers lie in this segment's run."""
        buckets, tags = self._places(keys)
        entries = (tags << np.uint32(_TEXT_BITS)) | np.repeat((numbers - self.first).astype(np.uint32), BANDS)
        for _ in range(CHAIN_BUCKETS):
            order = np.argsort(buckets, kind="stable")
            buckets, entries = buckets[order], entries[order]
            starts = np.flatnonzero(np.diff(buckets, prepend=-1))
            turn = np.arange(len(buckets)) - np.repeat(starts, np.diff(starts, append=len(buckets)))
            slots = turn + np.count_nonzero(self._table[buckets], axis=1)
            fits = slots < BUCKET_ENTRIES
            self._table[buckets[fits], slots[fits]] = entries[fits]
            buckets, entries = buckets[~fits] + 1, entries[~fits]
            if not len(entries):
                return

    def find(self, keys: Keys) -> tuple[NDArray[np.int64], Numbers]:
        """Rows (of `BANDS` keys each) and numbers of texts, one pair for each band shared."""
        buckets, tags = self._places(keys)
        questions = np.arange(len(buckets))
        rows, texts = [], []
        for _ in range(CHAIN_BUCKETS):
            entries = self._table.take(buckets, axis=0)
            hits = np.flatnonzero(entries >> np.uint32(_TEXT_BITS) == tags[:, None])
            rows.append(questions[hits // BUCKET_ENTRIES] // BANDS)
            texts.append(entries.ravel()[hits] & np.uint32((1 << _TEXT_BITS) - 1))
            full = entries[:, -1] != 0
            buckets, tags, questions = buckets[full] + 1, tags[full], questions[full]
            if not len(questions):
                break
        return np.concatenate(rows), np.concatenate(texts).astype(np.int64) + self.first

    def _places(self, keys: Keys) -> tuple[Numbers, NDArray[np.uint32]]:
        """Of every band its bucket, and the tag (never 0) that tells it from others there."""
        buckets = (keys >> np.uint64(32)) * np.uint64(self._buckets) >> np.uint64(32)
        tags = keys.astype(np.uint32) & np.uint32((1 << _TAG_BITS) - 1)
        return buckets.astype(np.int64), np.maximum(tags, np.uint32(1))


class Index:
    """All texts with bands, by number."""

    def __init__(self, fewest: int = FEWEST_TEXTS) -> None:
        self._fewest = fewest
        self._segments: list[Segment] = []

    def add(self, numbers: Numbers, bands: Bands) -> None:
        """Enter texts; their numbers ascend and are larger than any before."""
        while len(numbers):
            segment = self._segment(int(numbers[0]))
            inside = int(np.searchsorted(numbers, segment.first + segment.texts))
            segment.add(numbers[:inside], keys_of(bands[:inside]))
            numbers, bands = numbers[inside:], bands[inside:]

    def shared(self, bands: Bands) -> Counted:
        """For each row of `bands` the texts that share at least one of them."""
        keys = keys_of(bands)
        found = [segment.find(keys) for segment in self._segments]
        pairs = np.concatenate([(rows << _NUMBER_BITS) | texts for rows, texts in found] or [np.empty(0, np.int64)])
        pairs, counts = np.unique(pairs, return_counts=True)
        return Counted(pairs >> _NUMBER_BITS, pairs & ((1 << _NUMBER_BITS) - 1), counts)

    def _segment(self, number: int) -> Segment:
        if not self._segments or number >= self._segments[-1].first + self._segments[-1].texts:
            texts = min(MOST_TEXTS, 2 * self._segments[-1].texts) if self._segments else self._fewest
            self._segments.append(Segment(number, texts))
        return self._segments[-1]


def candidates(index: Index, bands: Bands) -> Pairs:
    """For each row of `bands` the numbers of the texts that share most of them, at most `CANDIDATES`, oldest first."""
    shared = index.shared(bands)
    order = np.lexsort((shared.numbers, -shared.counts, shared.rows))
    rows = shared.rows[order]
    starts = np.flatnonzero(np.diff(rows, prepend=-1))
    rank = np.arange(len(rows)) - np.repeat(starts, np.diff(starts, append=len(rows)))
    kept = np.sort(order[rank < CANDIDATES])
    return _by_row(shared.rows[kept], shared.numbers[kept])


def neighbours(bands: Bands) -> Pairs:
    """For each row of `bands` the earlier rows that share one with it; all of them, since most may be duplicates."""
    index = Index(fewest=len(bands))
    index.add(np.arange(len(bands)), bands)
    shared = index.shared(bands)
    earlier = shared.numbers < shared.rows
    return _by_row(shared.rows[earlier], shared.numbers[earlier])


def _by_row(rows: NDArray[np.int64], numbers: Numbers) -> Pairs:
    pairs: Pairs = {}
    for row, number in zip(rows.tolist(), numbers.tolist(), strict=True):
        pairs.setdefault(row, []).append(number)
    return pairs


def keys_of(bands: Bands) -> Keys:
    """64 bits for every band of every row, in one line: which band it is, and its value."""
    keys: Keys = bands.astype(np.uint64) + (np.arange(BANDS, dtype=np.uint64) << np.uint64(32))
    keys = (keys ^ (keys >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    keys = (keys ^ (keys >> np.uint64(32))) * np.uint64(0x94D049BB133111EB)
    keys ^= keys >> np.uint64(29)
    return keys.reshape(-1)
