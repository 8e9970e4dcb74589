"""The figures of a text: by them one form is told from the same form filled in on another day."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from services.dedup.core.fingerprints import LONGEST_SHINGLE, PLACE_BITS, SKETCH_HASHES, Fingerprint
from services.dedup.core.similarity import GAP_SHINGLES, Hashes, common

LEAST_EXCHANGED = 8  # figures: fewer are corrections, or how another house writes its numbers (2.5 million, 2.5m)
_ZEROS = (ord("0"), 0x660, 0x6F0)  # of the digits that news are written in: European, Arabic, Persian


def figures_of(text: str) -> bytes:
    """Where the digits of a text stand: uint32, code points before each."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    is_digit = np.zeros(len(codes), dtype=np.bool_)
    for zero in _ZEROS:
        is_digit |= (codes >= zero) & (codes < zero + 10)
    return np.flatnonzero(is_digit).astype(np.uint32).tobytes()


def is_filled_in_anew(ours: Fingerprint, figures: bytes, theirs: Fingerprint) -> bool:
    """Whether a text says another's words with figures of its own: the market, the weather, a stage of another day.

    At least eight places where a figure stands for another, a few words in the midst of what both say: more than half
    of all places where they differ, and half as many as figures in common. Who copies a text and edits it changes other
    words more. Only where a sketch holds all shingles: of a sample nobody knows what stands beside.
    """
    if not figures or ours.shingles > SKETCH_HASHES or not ours.places:
        return False
    is_common, starts, ends = _in_reading_order(ours, common(ours, theirs).hashes)
    edges = np.flatnonzero(np.diff(is_common, prepend=~is_common[0])).tolist()
    differing = [run for run in pairwise([*edges, len(is_common)]) if not is_common[run[0]]]
    digits = np.frombuffer(figures, dtype=np.uint32)

    def is_exchanged(first: int, last: int) -> bool:
        if first == 0 or last == len(is_common) or last - first > GAP_SHINGLES:
            return False
        between = np.searchsorted(digits, (ends[first - 1], starts[last]))  # what no shingle in common covers
        return bool(between[0] < between[1])

    has_figure = is_common & (np.searchsorted(digits, ends) > np.searchsorted(digits, starts))
    kept = np.count_nonzero(np.diff(has_figure.astype(np.int8), prepend=0) == 1)
    exchanged = sum(is_exchanged(first, last) for first, last in differing)
    return exchanged >= LEAST_EXCHANGED and 2 * exchanged >= max(int(kept), len(differing) + 1)


def _in_reading_order(
    fingerprint: Fingerprint, hashes: Hashes
) -> tuple[NDArray[np.bool_], NDArray[np.int64], NDArray[np.int64]]:
    """Of each shingle whether it is among the hashes, and where it starts and ends."""
    places = np.frombuffer(fingerprint.places, dtype=np.uint32)
    order = np.argsort(places, kind="stable")
    starts = (places >> PLACE_BITS).astype(np.int64)[order]
    sketch = np.frombuffer(fingerprint.sketch, dtype=np.uint32)
    is_common = np.isin(sketch, hashes, assume_unique=True)[order]
    return is_common, starts, starts + (places & LONGEST_SHINGLE).astype(np.int64)[order]
