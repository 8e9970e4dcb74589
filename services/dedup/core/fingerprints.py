"""The fingerprint of a text: enough to find the same and similar texts again without keeping them."""

import hashlib
import sys
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from services.dedup.core.text import SPACE, Codes, Folded, folded

VERSION: Final = "2"  # fingerprints of different versions do not compare

DIGEST_BYTES = 16  # of a SHA-256: nobody makes two texts meet in 128 bits
SKETCH_HASHES = 1024  # all shingles of an article of 6 KB; of a longer text a sample, error of the similarity 0.016
WORDS = 3  # of a shingle: of 1, 3 and 5 the one that keeps edited copies together and strangers apart
PLACE_BITS, LONGEST_SHINGLE = 8, 255
CHARACTERS = 5  # of a shingle in scripts that do not part words: about three words of Chinese
UNSEGMENTED_SHARE = 0.3  # of letters in such scripts, above which a text is shingled by characters

_SEPARATOR, _ACCENT = 0, 1
_TABLED = 0x20000  # characters beyond are rare Han and count as letters
# Thai to Myanmar, Khmer, kana, Han, compatibility forms, Han of the supplementary planes.
_UNSEGMENTED = (
    (0xE00, 0x109F),
    (0x1780, 0x17FF),
    (0x3040, 0x30FF),
    (0x3400, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
_ODD = tuple(
    np.uint64(number)
    for number in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xFF51AFD7ED558CCD)
)

Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is remembered of a text.

    `text` is a digest of the folded text without white space (empty where nothing is left), `shingles` the number of
    distinct shingles, `sketch` the smallest of their hashes (sorted uint32), and `places` where each of these stands
    first: uint32, code points before it times 256, plus its length up to 255 (empty where that was not kept).
    """

    text: bytes
    shingles: int
    sketch: bytes
    places: bytes = b""


@dataclass(frozen=True, slots=True)
class Shingles:
    """The shingles of a text in reading order, each with its hash and where it stands in the folded text."""

    hashes: Hashes
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of `text`, in time linear in its length."""
    read = folded(text)
    found = shingles(read.codes)
    if not found.hashes.size:
        return Fingerprint(digest(read.codes), 0, b"")
    hashes = (found.hashes >> np.uint64(32)).astype(np.uint32)
    order = np.argsort(hashes, kind="stable")
    ordered = hashes[order]
    first = np.diff(ordered, prepend=~ordered[0]) != 0
    chosen = order[first][:SKETCH_HASHES]
    places = _places(read, found.starts[chosen], found.ends[chosen])
    return Fingerprint(digest(read.codes), int(np.count_nonzero(first)), hashes[chosen].tobytes(), places.tobytes())


def _places(read: Folded, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.uint32]:
    begins = read.origins[starts]
    lengths = np.minimum(read.origins[ends - 1] + 1 - begins, LONGEST_SHINGLE)
    places: NDArray[np.uint32] = ((begins << PLACE_BITS) | lengths).astype(np.uint32)
    return places


def digest(folded: Codes) -> bytes:
    """16 bytes that name a folded text whatever its white space; none where it is empty."""
    solid = folded[folded != SPACE]
    return hashlib.sha256(solid.tobytes()).digest()[:DIGEST_BYTES] if solid.size else b""


def shingles(codes: Codes) -> Shingles:
    """All shingles of a folded text: of three words each, or of five characters."""
    letters = _letters()[codes]
    at = np.arange(len(letters))
    accents = letters == _ACCENT
    if accents.any():
        letters, at = letters[~accents], at[~accents]
    inside = letters != _SEPARATOR
    if _unsegmented(letters):
        at = at[inside]
        return _shingles(_mix(letters[inside].astype(np.uint64)), at, at + 1, CHARACTERS)
    edges = np.flatnonzero(np.diff(inside, prepend=False, append=False))
    starts, ends = edges[::2], edges[1::2]
    hashes = _words(letters[inside].astype(np.uint64), ends - starts)
    return _shingles(hashes, at[starts], at[ends - 1] + 1, WORDS)


def _shingles(units: Hashes, starts: NDArray[np.int64], ends: NDArray[np.int64], length: int) -> Shingles:
    length = min(length, len(units))  # a text shorter than a shingle is one
    hashes = _windows(units, length)
    return Shingles(hashes, starts[: len(hashes)], ends[max(0, length - 1) :])


def _letter(code: int) -> int:
    """Of a character the letter or digit without its accent, or what else it is."""
    character = chr(code)
    base, *marks = list(unicodedata.normalize("NFD", character))
    if _is_accent(character):
        return _ACCENT
    if marks and all(map(_is_accent, marks)):
        return ord(base)
    # Vowel signs of Indic scripts are marks too, and parts of words.
    return code if character.isalnum() or unicodedata.category(character).startswith("M") else _SEPARATOR


def _is_accent(character: str) -> bool:
    return "\u0300" <= character <= "\u036f" or "\u064b" <= character <= "\u065f"


@cache  # only who compares texts waits for it: commands that look at what is kept do not
def _letters() -> Codes:
    """Of every code point what `_letter` says."""
    table = np.arange(sys.maxunicode + 1, dtype=np.uint32)
    table[:_TABLED] = np.fromiter(map(_letter, range(_TABLED)), dtype=np.uint32, count=_TABLED)
    return table


def _unsegmented(letters: Codes) -> bool:
    if not letters.size or letters.max() < _UNSEGMENTED[0][0]:
        return False
    inside = sum(int(np.count_nonzero((letters >= first) & (letters <= last))) for first, last in _UNSEGMENTED)
    return inside > UNSEGMENTED_SHARE * int(np.count_nonzero(letters))


def _words(letters: Hashes, lengths: NDArray[np.int64]) -> Hashes:
    """One hash a word: the sum over its letters of letter and place, mixed."""
    if not letters.size:
        return letters
    offsets = np.cumsum(lengths) - lengths
    places = np.arange(len(letters), dtype=np.uint64) - np.repeat(offsets, lengths).astype(np.uint64)
    hashes: Hashes = np.add.reduceat(_mix(letters * _ODD[0] + places * _ODD[1]), offsets)
    return hashes


def _windows(units: Hashes, length: int) -> Hashes:
    count = len(units) - length + 1
    hashes = np.zeros(count if length else 0, dtype=np.uint64)
    for place in range(length):
        hashes += units[place : place + count] * _ODD[place]
    return _mix(hashes)


def _mix(values: Hashes) -> Hashes:
    """The finaliser of SplitMix64: every bit of the input moves every bit of the output."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
