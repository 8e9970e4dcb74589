"""How much two texts have in common, and where, from what is remembered of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contracts.value import Span
from services.dedup.core.fingerprints import LONGEST_SHINGLE, PLACE_BITS, SKETCH_HASHES, WORDS, Fingerprint

GAP_SHINGLES = 8  # not in common, within one passage: two edited words break five shingles of three
LEAST_PASSAGE = 20  # shingles: below, standing phrases and names of offices are in common
LEAST_HASHES = 3  # of a sample: one or two are a standing phrase by chance
MOST_SPANS = 50
LONGEST_BRIEF = 150  # shingles, its frame included
LEAST_OF_ITS_OWN = 16  # shingles beside a frame: a sentence
FRAME = 0.95  # of a frame in common: a figure in it may be another

Hashes = NDArray[np.uint32]
NOTHING: Hashes = np.empty(0, np.uint32)


@dataclass(frozen=True, slots=True)
class Common:
    """What two texts have in common.

    `similarity` is the Jaccard similarity of their sets of shingles, `of_ours` and `of_theirs` the share of each that
    the other holds, 0 to 1; `ours` and `theirs` are how many shingles of each count; `hashes` are of the shingles in
    common, as far as both sketches tell, up to `limit`.
    """

    similarity: float
    of_ours: float
    of_theirs: float
    ours: int
    theirs: int
    hashes: Hashes
    limit: int


def common(one: Fingerprint, other: Fingerprint, without: Hashes = NOTHING) -> Common:
    """What they have in common, `without` these shingles; nothing where one of them is empty.

    Exact where both sketches hold all shingles; else estimated over the hashes below the largest that both sketches
    would have kept (theta sketch: Dasgupta, Lang, Rhodes, Thaler 2016), standard error of the similarity at most 0.016.
    """
    ours, theirs = _sketch(one), _sketch(other)
    limit = min(_limit(ours), _limit(theirs))
    ours, our_count = _counted(one, ours, limit, without)
    theirs, their_count = _counted(other, theirs, limit, without)
    if not len(ours) or not len(theirs):
        return Common(0.0, 0.0, 0.0, our_count, their_count, NOTHING, limit)
    together = np.sort(np.concatenate((ours, theirs)))
    hashes = together[1:][together[1:] == together[:-1]]
    number = len(hashes)
    return Common(
        similarity=round(number / (len(together) - number), 4),
        of_ours=round(number / len(ours), 4),
        of_theirs=round(number / len(theirs), 4),
        ours=our_count,
        theirs=their_count,
        hashes=hashes,
        limit=limit,
    )


def among(hashes: Hashes, these: Hashes) -> NDArray[np.bool_]:
    """Which of the hashes are among these, which are sorted."""
    if not len(these):
        return np.zeros(len(hashes), dtype=np.bool_)
    found: NDArray[np.bool_] = these.take(np.searchsorted(these, hashes), mode="clip") == hashes
    return found


def _counted(fingerprint: Fingerprint, sketch: Hashes, limit: int, without: Hashes) -> tuple[Hashes, int]:
    """The hashes that count, and how many shingles they stand for."""
    if not len(without) or not len(sketch):
        return sketch[sketch <= limit], fingerprint.shingles
    left = sketch[~among(sketch, without)]
    return left[left <= limit], round(fingerprint.shingles * len(left) / len(sketch))


def similarity(one: Fingerprint, other: Fingerprint) -> float:
    """The Jaccard similarity of the two sets of shingles, 0 to 1."""
    return common(one, other).similarity


def passages(fingerprint: Fingerprint, found: Common) -> tuple[Span, ...]:
    """Where a text holds what it has in common with another: the longest passages, in reading order.

    A shingle is told where it stands first, so a passage that comes twice is told once. None where no places are kept.
    """
    if not fingerprint.places:
        return ()
    sketch = _sketch(fingerprint)
    known = sketch <= found.limit
    places = np.frombuffer(fingerprint.places, dtype=np.uint32)[known].astype(np.int64)
    order = np.argsort(places)
    shared = np.flatnonzero(np.isin(sketch[known], found.hashes, assume_unique=True)[order])
    if not len(shared):
        return ()
    sampled = np.count_nonzero(known) / fingerprint.shingles
    breaks = np.flatnonzero(np.diff(shared) > 1 + GAP_SHINGLES * sampled) + 1
    runs = [run for run in np.split(shared, breaks) if len(run) >= max(LEAST_HASHES, LEAST_PASSAGE * sampled)]
    runs = sorted(sorted(runs, key=len, reverse=True)[:MOST_SPANS], key=lambda run: int(run[0]))
    return tuple(_span(places[order[run]]) for run in runs)


def is_but_a_frame(fingerprint: Fingerprint, found: Common) -> bool:
    """Whether all that a text has in common with another is how it ends, or how it begins, and the rest is its own.

    So is a brief above its publisher's footer. Longer, it is an article whose first sentence is another.
    """
    if not is_whole(fingerprint) or fingerprint.shingles > LONGEST_BRIEF:
        return False
    is_common, _, _ = in_reading_order(fingerprint, found.hashes)
    return any(_is_at_the_end(shared) for shared in (is_common, is_common[::-1]))


def _is_at_the_end(is_common: NDArray[np.bool_]) -> bool:
    own = int(np.argmax(is_common)) if is_common.any() else 0
    return own >= LEAST_OF_ITS_OWN and bool(np.mean(is_common[own:]) >= FRAME)


def is_whole(fingerprint: Fingerprint) -> bool:
    """Whether all shingles of a text are known, and where each stands."""
    return fingerprint.shingles <= SKETCH_HASHES and bool(fingerprint.places)


def words_kept(fingerprint: Fingerprint, found: Common) -> float:
    """Of the words of a text the share that stands in shingles in common with another; 0 where not all are known.

    One word that is exchanged takes three shingles with it: of a text a tenth of whose words are edited, all over it, a
    quarter of the shingles are gone and more, and an eighth of the words.
    """
    if not is_whole(fingerprint):
        return 0.0
    is_common, _, _ = in_reading_order(fingerprint, found.hashes)
    kept = np.convolve(is_common, np.ones(WORDS)) > 0.5
    return round(float(np.mean(kept)), 4)


def in_reading_order(
    fingerprint: Fingerprint, hashes: Hashes
) -> tuple[NDArray[np.bool_], NDArray[np.int64], NDArray[np.int64]]:
    """Of each shingle whether it is among the hashes, and where it starts and ends."""
    places = np.frombuffer(fingerprint.places, dtype=np.uint32)
    order = np.argsort(places, kind="stable")
    starts = (places >> PLACE_BITS).astype(np.int64)[order]
    is_common = np.isin(_sketch(fingerprint), hashes, assume_unique=True)[order]
    return is_common, starts, starts + (places & LONGEST_SHINGLE).astype(np.int64)[order]


def _span(places: NDArray[np.int64]) -> Span:
    starts, lengths = places >> PLACE_BITS, places & LONGEST_SHINGLE
    return Span(start=int(starts[0]), end=int((starts + lengths).max()))


def _sketch(fingerprint: Fingerprint) -> Hashes:
    return np.frombuffer(fingerprint.sketch, dtype=np.uint32)


def _limit(sketch: Hashes) -> int:
    return int(sketch[-1]) if len(sketch) == SKETCH_HASHES else 0xFFFFFFFF
