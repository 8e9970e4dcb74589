"""What stays of a text when case and typography are taken away."""

import re
import sys
import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]  # code points

SPACE, QUOTE, DASH = ord(" "), ord("'"), ord("-")
_GONE = 0
MOST_MARKS = 30  # on one letter: the Stream-Safe Text Format of UAX #15, wider than any script needs
_MARKS_END = 0x20000  # no combining mark lies beyond
_TABLED = 0x20000  # characters beyond are rare Han, which stay one
_WORD = re.compile(r"\S+")

# Single, double, low, high, angle and corner marks, primes and accents used as apostrophes: one mark for all of them.
_QUOTES = '"`ʹʻʼʽˈ‘’‚‛“”„‟′″‴‹›«»「」『』〝〞〟'
_DASHES = "‐‑‒–—―⁃−﹘﹣"
# Soft hyphen, zero-width and direction marks, variation selectors, and the Arabic tatweel that only stretches a line.
_INVISIBLE = (
    "\0\u00ad\u034f\u061c\u0640\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe00\ufe01\ufe02\ufe03\ufe0e\ufe0f\ufeff"
)
# What NFKC does not know, what it would tear apart (the acute accent), and what would send most texts through it:
# normalising 5 KB takes 57 µs, finding that there is nothing to do 5.
_SPELLED_OUT = (("œ", "oe"), ("æ", "ae"), ("´", "'"), ("\u00a0", " "), ("\u202f", " "), ("…", "..."))


def _typography() -> Codes:
    table = np.arange(sys.maxunicode + 1, dtype=np.uint32)
    for marks, one in ((_QUOTES, QUOTE), (_DASHES, DASH), (_INVISIBLE, _GONE)):
        table[[ord(mark) for mark in marks]] = one
    table[[code for code in range(0x10000) if chr(code).isspace()]] = SPACE
    return table


_TYPOGRAPHY = _typography()


@cache  # only who compares texts waits for it
def _marks() -> NDArray[np.bool_]:
    """Of every code point whether NFKC sets it upon the letter before: also where only its decomposition is a mark."""
    table = np.zeros(sys.maxunicode + 1, dtype=np.bool_)
    for code in range(0x300, _MARKS_END):
        table[code] = unicodedata.combining(unicodedata.normalize("NFKD", chr(code))[0])
    return table


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text: its code points, and for each where the character that it came from stands in the text."""

    codes: Codes
    origins: NDArray[np.int64]


def fold(text: str) -> Codes:
    """The code points of `text` in one case and one typography, any white space as a space.

    NFKC (ligatures, full-width forms), quotation marks and dashes of every kind as one, invisible characters gone.
    Accents (the first 30 on a letter) and all other punctuation stay: changing them is an edit. A table over code
    points takes 6 µs on 5 KB, `str.translate` 213.
    """
    return folded(text).codes


def folded(text: str) -> Folded:
    """As `fold`, with the places where all of it stood."""
    codes = _TYPOGRAPHY[_codes(unicodedata.normalize("NFKC", stream_safe(_spelled_out(text))))]
    origins = _origins(text, len(codes))
    if not codes.all():
        kept = codes != _GONE
        codes, origins = codes[kept], origins[kept]
    again = _repeated_marks(codes)
    return Folded(np.delete(codes, again), np.delete(origins, again)) if len(again) else Folded(codes, origins)


def _spelled_out(text: str) -> str:
    text = text.casefold()
    for mark, plain in _SPELLED_OUT:
        text = text.replace(mark, plain)
    return text


def _origins(text: str, count: int) -> NDArray[np.int64]:
    """Of each of `count` folded characters the place of the one that it came from.

    Exact as long as every character folds for itself; where some merge, a letter and its accent, to the word.
    """
    if text.isascii():
        return np.arange(count)
    lengths = _lengths()[np.minimum(_codes(text), _TABLED)]
    if count == len(lengths) == np.count_nonzero(lengths == 1):
        return np.arange(count)
    if lengths.sum() != count:
        lengths = _lengths_by_word(text)
    if lengths.sum() != count:  # what stands in one word has changed the next
        return np.linspace(0, max(0, len(text) - 1), count).astype(np.int64)
    return np.repeat(np.arange(len(text)), lengths)


@cache
def _lengths() -> NDArray[np.int64]:
    """How many characters each becomes, and those beyond the table; as `_length` of each, in a tenth of its time."""
    spelled = dict(_SPELLED_OUT)
    letters = (chr(code).casefold() for code in range(_TABLED))
    return np.fromiter(
        (*(len(unicodedata.normalize("NFKC", spelled.get(one, one))) for one in letters), 1), dtype=np.uint8
    )


def _length(text: str) -> int:
    return len(unicodedata.normalize("NFKC", stream_safe(_spelled_out(text))))


def _lengths_by_word(text: str) -> NDArray[np.int64]:
    """How many characters of the folded text each stands for, where a word's last one takes what is left or missing."""
    lengths = np.ones(len(text), dtype=np.int64)
    for word in _WORD.finditer(text):
        missing = len(word[0]) - _length(word[0])
        if missing < 0:
            lengths[word.end() - 1] -= missing
        elif missing:
            lengths[word.end() - missing : word.end()] = 0
    return lengths


def stream_safe(text: str) -> str:
    """`text` with at most 30 combining marks in a row: NFKC sorts each run in time quadratic in its length."""
    if text.isascii():
        return text
    codes = _codes(text)
    marks = _marks()[codes]
    if np.count_nonzero(marks) <= MOST_MARKS:
        return text
    places = np.arange(len(codes))
    letters = np.maximum.accumulate(np.where(marks, -1, places))  # of every character the last that is no mark
    kept = places - letters <= MOST_MARKS
    return text if kept.all() else codes[kept].tobytes().decode("utf-32-le", "surrogatepass")


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _repeated_marks(codes: Codes) -> NDArray[np.int64]:
    """Where several of a kind stand together, all but the first: `''` for a double quotation mark, `--` for a dash."""
    marks = np.flatnonzero((codes == QUOTE) | (codes == DASH))
    after = marks[1:][np.diff(marks) == 1]
    again: NDArray[np.int64] = after[codes[after] == codes[after - 1]]
    return again
