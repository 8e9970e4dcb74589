"""The figures and names of a text: by them one form is told from the same form filled in on another day."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.dedup.core.fingerprints import Fingerprint
from services.dedup.core.similarity import GAP_SHINGLES, common, in_reading_order, is_whole

LEAST_EXCHANGED = 8  # figures: fewer are corrections, or how another house writes its numbers (2.5 million, 2.5m)
_ZEROS = (ord("0"), 0x660, 0x6F0)  # of the digits that news are written in: European, Arabic, Persian
_CASED = 0x2000  # letters beyond have no capitals, or are no news's
_INSIDE = (ord(" "), ord("-"), ord("'"), ord("’"))  # between a word and the next of its sentence


class Exchanged(NamedTuple):
    """How a text fills in a form that another has filled in too: the market, the weather, a stage of another day.

    `places` are those where it has a figure (or a name) of its own, a few words in the midst of what both say, `kept`
    those with one that both have, `differing` all where they differ, whatever stands there.
    """

    places: int
    kept: int
    differing: int

    @property
    def is_anew(self) -> bool:
        """Whether it is another day's: at eight places and most that differ, and half as many as stayed.

        Who copies a text and edits it changes other words more.
        """
        return self.places >= LEAST_EXCHANGED and 2 * self.places >= max(self.kept, self.differing + 1)

    @property
    def is_form(self) -> bool:
        """Whether a third of what differs is such, and half as many as stayed, however few they are."""
        return 3 * self.places >= self.differing and 2 * self.places >= self.kept


def figures_of(text: str) -> bytes:
    """Where the digits of a text stand: uint32, code points before each."""
    return _where(_is_digit(_codes(text)))


def names_of(text: str) -> bytes:
    """Where digits and capitals within sentences stand; digits alone in a text that is all capitals."""
    codes = _codes(text)
    capitals = _CAPITALS.take(codes, mode="clip")
    found = _is_digit(codes)
    if 2 * np.count_nonzero(capitals) <= np.count_nonzero(_LETTERS.take(codes, mode="clip")):
        before = _LETTERS.take(codes[:-2], mode="clip") | (codes[:-2] == ord(","))
        found[2:] |= capitals[2:] & np.isin(codes[1:-1], _INSIDE) & before
    return _where(found)


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _where(found: NDArray[np.bool_]) -> bytes:
    return np.flatnonzero(found).astype(np.uint32).tobytes()


def _is_digit(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    found = np.zeros(len(codes), dtype=np.bool_)
    for zero in _ZEROS:
        found |= (codes >= zero) & (codes < zero + 10)
    return found


_CAPITALS = np.fromiter((chr(code).isupper() for code in range(_CASED)), dtype=np.bool_)
_LETTERS = np.fromiter((chr(code).isalpha() for code in range(_CASED)), dtype=np.bool_)


def exchanged(ours: Fingerprint, marks: bytes, theirs: Fingerprint) -> Exchanged:
    """At how many places a text has marks of its own among another's words.

    At none, and one that differs, where its sketch is a sample (of these nobody knows what stands beside) or it has no
    marks: such is neither a form nor filled in anew.
    """
    if not marks or not is_whole(ours):
        return Exchanged(0, 0, 1)
    is_common, starts, ends = in_reading_order(ours, common(ours, theirs).hashes)
    edges = np.flatnonzero(np.diff(is_common, prepend=~is_common[0])).tolist()
    differing = [run for run in pairwise([*edges, len(is_common)]) if not is_common[run[0]]]
    digits = np.frombuffer(marks, dtype=np.uint32)

    def is_exchanged(first: int, last: int) -> bool:
        if first == 0 or last == len(is_common) or last - first > GAP_SHINGLES:
            return False
        between = np.searchsorted(digits, (ends[first - 1], starts[last]))  # what no shingle in common covers
        return bool(between[0] < between[1])

    has_figure = is_common & (np.searchsorted(digits, ends) > np.searchsorted(digits, starts))
    kept = np.count_nonzero(np.diff(has_figure.astype(np.int8), prepend=0) == 1)
    places = sum(is_exchanged(first, last) for first, last in differing)
    return Exchanged(places, int(kept), len(differing))
