"""Which remembered texts share shingles with a new one: an index of 40 of the shingles of each, held in memory.

A text is entered under the smallest hashes of its shingles (bottom-k sketch: Cohen, Kaplan 2007), and another asks
by all of its own that are small enough to be among them: a text is found by one that holds it and by one that it holds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

# 1/0.9 entries of 4 bytes for each of 40 hashes: 178 bytes a text. A fuller table makes searches long.
ENTRIES = 40
LOAD = 0.9
BUCKET_ENTRIES = 16
CHAIN_BUCKETS = 8  # a shingle that more texts share than these buckets hold is boilerplate, and says nothing
FEWEST_TEXTS, MOST_TEXTS = 1 << 14, 1 << 20  # in one segment
CANDIDATES = 32  # most for one text: those that share most; bounds what texts of one form cost each other
AT_ONCE = 256  # questions, of which each takes some 100 hashes
LEAST_SHARED = 3  # of entries: by one or two, strangers meet
# The tenth of a text's shingles that is asked for: of a text of 100 shingles and more, which is entered under hashes up
# to 40/100 at most, at least 10 entries are among them.
ASKED = np.uint32((1 << 32) // 10)

_TEXT_BITS = 20
_NUMBER_BITS = 40
_PLACE_BITS = 40  # of what is entered at once; the buckets of a segment take 22
_TAG_BITS = 32 - _TEXT_BITS  # of 16 entries that a search looks at, one in 256 searches takes a stranger's

Numbers = NDArray[np.int64]
Hashes = NDArray[np.uint32]
Keys = NDArray[np.uint64]

Pairs = dict[int, list[int]]  # row of a question: numbers of texts


@dataclass(frozen=True, slots=True)
class Entries:
    """Hashes in one line, each with the row of the text that it is of."""

    rows: NDArray[np.int64]
    hashes: Hashes


def entered(sketches: Sequence[bytes]) -> Entries:
    """What the texts of these sketches are found by."""
    return _entries([hashes[:ENTRIES] for hashes in _read(sketches)])


def asked(sketches: Sequence[bytes]) -> Entries:
    """What the texts that share something with those of these sketches are found by."""
    return _entries([hashes[: max(ENTRIES, int(np.searchsorted(hashes, ASKED)))] for hashes in _read(sketches)])


def _read(sketches: Sequence[bytes]) -> Iterator[Hashes]:
    return (np.frombuffer(sketch, dtype=np.uint32) for sketch in sketches)


def _entries(hashes: Sequence[Hashes]) -> Entries:
    rows = np.repeat(np.arange(len(hashes)), [len(some) for some in hashes])
    return Entries(rows, np.concatenate([*hashes, np.empty(0, np.uint32)]))


@dataclass(frozen=True, slots=True)
class Counted:
    """Row of a question, number of a text, and how many hashes they share: three columns, by row, then number."""

    rows: NDArray[np.int64]
    numbers: Numbers
    counts: NDArray[np.int64]


class Segment:
    """The entries of a run of consecutively numbered texts: a hash table of buckets that overflow into the next."""

    def __init__(self, first: int, texts: int) -> None:
        self.first = first
        self.texts = texts
        self._buckets = max(1, round(texts * ENTRIES / (BUCKET_ENTRIES * LOAD)))
        self._table = np.zeros((self._buckets + CHAIN_BUCKETS, BUCKET_ENTRIES), dtype=np.uint32)

    def add(self, numbers: Numbers, keys: Keys) -> None:
        """Enter each key under the number beside it, which lies in this segment's run."""
        buckets, tags = self._places(keys)
        entries = (tags << np.uint32(_TEXT_BITS)) | (numbers - self.first).astype(np.uint32)
        for _ in range(CHAIN_BUCKETS):
            order = _in_order(buckets)
            buckets, entries = buckets[order], entries[order]
            starts = np.flatnonzero(np.diff(buckets, prepend=-1))
            turn = np.arange(len(buckets)) - np.repeat(starts, np.diff(starts, append=len(buckets)))
            slots = turn + self._filled(buckets)
            fits = slots < BUCKET_ENTRIES
            self._table[buckets[fits], slots[fits]] = entries[fits]
            buckets, entries = buckets[~fits] + 1, entries[~fits]
            if not len(entries):
                return

    def find(self, keys: Keys) -> tuple[NDArray[np.int64], Numbers]:
        """Places among the keys and numbers of texts, one pair for each entry under it."""
        buckets, tags = self._places(keys)
        questions = np.arange(len(buckets))
        places, texts = [], []
        for _ in range(CHAIN_BUCKETS):
            entries = self._table.take(buckets, axis=0)
            hits = np.flatnonzero(entries >> np.uint32(_TEXT_BITS) == tags[:, None])
            places.append(questions[hits // BUCKET_ENTRIES])
            texts.append(entries.ravel()[hits] & np.uint32((1 << _TEXT_BITS) - 1))
            full = entries[:, -1] != 0
            buckets, tags, questions = buckets[full] + 1, tags[full], questions[full]
            if not len(questions):
                break
        return np.concatenate(places), np.concatenate(texts).astype(np.int64) + self.first

    def _filled(self, buckets: Numbers) -> NDArray[np.int64]:
        """How many entries each of these buckets has; they stand from the left."""
        entries = self._table.take(buckets, axis=0)
        return np.where(entries[:, -1] != 0, BUCKET_ENTRIES, (entries == 0).argmax(axis=1))

    def _places(self, keys: Keys) -> tuple[Numbers, NDArray[np.uint32]]:
        """Of every key its bucket, and the tag (never 0) that tells it from others there."""
        buckets = (keys >> np.uint64(32)) * np.uint64(self._buckets) >> np.uint64(32)
        tags = keys.astype(np.uint32) & np.uint32((1 << _TAG_BITS) - 1)
        return buckets.astype(np.int64), np.maximum(tags, np.uint32(1))


def _in_order(buckets: Numbers) -> Numbers:
    """Places in the order of their buckets, of one bucket as they stand: a stable argsort in a fifth of its time."""
    places = np.arange(len(buckets))
    return np.sort((buckets << _PLACE_BITS) | places) & ((1 << _PLACE_BITS) - 1)


class Index:
    """All texts with shingles, by number."""

    def __init__(self, expected: int = 0) -> None:
        """`expected` texts find room in one segment; each one more is something to search."""
        self._segments: list[Segment] = []
        self._next = min(MOST_TEXTS, max(1, expected or FEWEST_TEXTS))

    def add(self, numbers: Numbers, entries: Entries) -> None:
        """Enter texts by their entries, whose rows are places in `numbers`; these ascend and are larger than before."""
        each, keys = numbers[entries.rows], keys_of(entries.hashes)
        while len(each):
            segment = self._segment(int(each[0]))
            inside = int(np.searchsorted(each, segment.first + segment.texts))
            segment.add(each[:inside], keys[:inside])
            each, keys = each[inside:], keys[inside:]

    def shared(self, entries: Entries) -> Counted:
        """For each row of `entries` the texts that share at least one of its hashes."""
        keys = keys_of(entries.hashes)
        found = [segment.find(keys) for segment in self._segments]
        joined = [(entries.rows[places] << _NUMBER_BITS) | texts for places, texts in found]
        pairs, counts = np.unique(np.concatenate([*joined, np.empty(0, np.int64)]), return_counts=True)
        return Counted(pairs >> _NUMBER_BITS, pairs & ((1 << _NUMBER_BITS) - 1), counts)

    def _segment(self, number: int) -> Segment:
        if not self._segments or number >= self._segments[-1].first + self._segments[-1].texts:
            self._segments.append(Segment(number, self._next))
            held = sum(segment.texts for segment in self._segments)
            self._next = min(MOST_TEXTS, max(FEWEST_TEXTS, held // 2))
        return self._segments[-1]


def candidates(index: Index, entries: Entries) -> Pairs:
    """For each row of `entries` the numbers of the texts that share most, at most `CANDIDATES`, oldest first."""
    pairs: Pairs = {}
    for some in _portions(entries):
        pairs |= _most(index.shared(some))
    return pairs


def neighbours(sketches: Sequence[bytes]) -> Pairs:
    """For each row the earlier rows that share most with it, at most `CANDIDATES`, in their order."""
    index = Index(expected=len(sketches))
    index.add(np.arange(len(sketches)), entered(sketches))
    pairs: Pairs = {}
    for some in _portions(asked(sketches)):
        shared = index.shared(some)
        earlier = shared.numbers < shared.rows
        pairs |= _most(Counted(shared.rows[earlier], shared.numbers[earlier], shared.counts[earlier]))
    return pairs


def _portions(entries: Entries) -> Iterator[Entries]:
    """As many questions at a time as their answers have room: each hash leads to as many texts as a chain holds."""
    last = int(entries.rows[-1]) + 1 if len(entries.rows) else 0
    edges = np.searchsorted(entries.rows, np.arange(0, last + AT_ONCE, AT_ONCE))
    return (Entries(entries.rows[start:end], entries.hashes[start:end]) for start, end in pairwise(edges.tolist()))


def _most(found: Counted) -> Pairs:
    shared = _enough(found)
    order = np.lexsort((shared.numbers, -shared.counts, shared.rows))
    rows = shared.rows[order]
    starts = np.flatnonzero(np.diff(rows, prepend=-1))
    rank = np.arange(len(rows)) - np.repeat(starts, np.diff(starts, append=len(rows)))
    kept = np.sort(order[rank < CANDIDATES])
    return _by_row(shared.rows[kept], shared.numbers[kept])


def _enough(shared: Counted) -> Counted:
    enough = shared.counts >= LEAST_SHARED
    return Counted(shared.rows[enough], shared.numbers[enough], shared.counts[enough])


def _by_row(rows: NDArray[np.int64], numbers: Numbers) -> Pairs:
    pairs: Pairs = {}
    for row, number in zip(rows.tolist(), numbers.tolist(), strict=True):
        pairs.setdefault(row, []).append(number)
    return pairs


def keys_of(hashes: Hashes) -> Keys:
    """64 well mixed bits of every hash: the smallest of many lie close together."""
    keys: Keys = hashes.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    keys = (keys ^ (keys >> np.uint64(32))) * np.uint64(0xBF58476D1CE4E5B9)
    keys ^= keys >> np.uint64(29)
    return keys
