"""The fingerprint of a text: enough to find the same and similar texts again without keeping them."""

import hashlib
import sys
import unicodedata
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from services.dedup.core.text import SPACE, Codes, fold

# Fingerprints of different versions do not compare: the first number is ours, the second that of the MinHash library.
VERSION: Final = f"1.{RMinHash.ALGORITHM_VERSION}"

DIGEST_BYTES = 16  # of a SHA-256: nobody makes two texts meet in 128 bits
PERMUTATIONS = 128
SEED = 42
BANDS, ROWS = 42, 3  # two texts of Jaccard similarity 0.5 share a band in 99.6 % of cases: 1 - (1 - 0.5**3)**42
SKETCH_HASHES = 1024  # all shingles of an article of 6 KB; of a longer text a sample, error of the similarity 0.016
WORDS = 3  # of a shingle: of 1, 3 and 5 the one that keeps edited copies together and strangers apart
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
    distinct shingles, `sketch` the smallest of their hashes (sorted uint32), `bands` one uint32 a band of the MinHash
    signature (empty where there is no shingle).
    """

    text: bytes
    shingles: int
    sketch: bytes
    bands: bytes


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of `text`, in time linear in its length."""
    folded = fold(text)
    hashes = shingles(folded)
    if not hashes.size:
        return Fingerprint(digest(folded), 0, b"", b"")
    distinct = _distinct((hashes >> np.uint64(32)).astype(np.uint32))
    return Fingerprint(digest(folded), len(distinct), distinct[:SKETCH_HASHES].tobytes(), _bands(hashes).tobytes())


def digest(folded: Codes) -> bytes:
    """16 bytes that name a folded text whatever its white space; none where it is empty."""
    solid = folded[folded != SPACE]
    return hashlib.sha256(solid.tobytes()).digest()[:DIGEST_BYTES] if solid.size else b""


def shingles(folded: Codes) -> Hashes:
    """The hashes of all shingles of a folded text, in reading order: of three words each, or of five characters."""
    letters = _LETTERS[folded]
    accents = letters == _ACCENT
    if accents.any():
        letters = letters[~accents]
    if _unsegmented(letters):
        return _windows(_mix(letters[letters != _SEPARATOR].astype(np.uint64)), CHARACTERS)
    return _windows(_words(letters), WORDS)


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


_LETTERS = np.arange(sys.maxunicode + 1, dtype=np.uint32)
_LETTERS[:_TABLED] = np.fromiter(map(_letter, range(_TABLED)), dtype=np.uint32, count=_TABLED)


def _unsegmented(letters: Codes) -> bool:
    if not letters.size or letters.max() < _UNSEGMENTED[0][0]:
        return False
    inside = sum(int(np.count_nonzero((letters >= first) & (letters <= last))) for first, last in _UNSEGMENTED)
    return inside > UNSEGMENTED_SHARE * int(np.count_nonzero(letters))


def _words(letters: Codes) -> Hashes:
    """One hash a word: the sum over its letters of letter and place, mixed."""
    inside = letters != _SEPARATOR
    compact: Hashes = letters[inside].astype(np.uint64)
    if not compact.size:
        return compact
    edges: NDArray[np.int64] = np.flatnonzero(np.diff(inside, prepend=False, append=False))
    lengths = edges[1::2] - edges[::2]
    offsets = np.cumsum(lengths) - lengths
    places = np.arange(len(compact), dtype=np.uint64) - np.repeat(offsets, lengths).astype(np.uint64)
    hashes: Hashes = np.add.reduceat(_mix(compact * _ODD[0] + places * _ODD[1]), offsets)
    return hashes


def _windows(units: Hashes, length: int) -> Hashes:
    length = min(length, len(units))  # a text shorter than a shingle is one
    count = len(units) - length + 1
    hashes = np.zeros(count if length else 0, dtype=np.uint64)
    for place in range(length):
        hashes += units[place : place + count] * _ODD[place]
    return _mix(hashes)


def _bands(hashes: Hashes) -> NDArray[np.uint32]:
    """Of each three values of the MinHash signature one: equal in two texts where all three are."""
    (signature,) = RMinHash.digest_matrix_from_flat_token_hashes(hashes, (0, len(hashes)), PERMUTATIONS, SEED).to_rows()
    rows = np.array(signature[: BANDS * ROWS], dtype=np.uint64).reshape(BANDS, ROWS)
    hashed = _mix(_mix(rows * np.array(_ODD[:ROWS])).sum(axis=1, dtype=np.uint64))
    return (hashed >> np.uint64(32)).astype(np.uint32)


def _distinct(values: NDArray[np.uint32]) -> NDArray[np.uint32]:
    ordered = np.sort(values)  # four times faster than `np.unique`, which hashes first
    first: NDArray[np.bool_] = np.diff(ordered, prepend=~ordered[0]) != 0
    return ordered[first]


def _mix(values: Hashes) -> Hashes:
    """The finaliser of SplitMix64: every bit of the input moves every bit of the output."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
