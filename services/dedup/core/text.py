"""What stays of a text when case and typography are taken away."""

import sys
import unicodedata

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]  # code points

SPACE, QUOTE, DASH = ord(" "), ord("'"), ord("-")
_GONE = 0
MOST_MARKS = 30  # on one letter: the Stream-Safe Text Format of UAX #15, wider than any script needs
_MARKS_END = 0x20000  # no combining mark lies beyond

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


def _marks() -> NDArray[np.bool_]:
    """Of every code point whether NFKC sets it upon the letter before: also where only its decomposition is a mark."""
    table = np.zeros(sys.maxunicode + 1, dtype=np.bool_)
    for code in range(0x300, _MARKS_END):
        table[code] = unicodedata.combining(unicodedata.normalize("NFKD", chr(code))[0])
    return table


_MARKS = _marks()


def fold(text: str) -> Codes:
    """The code points of `text` in one case and one typography, any white space as a space.

    NFKC (ligatures, full-width forms), quotation marks and dashes of every kind as one, invisible characters gone.
    Accents (the first 30 on a letter) and all other punctuation stay: changing them is an edit. A table over code
    points takes 6 µs on 5 KB, `str.translate` 213.
    """
    text = text.casefold()
    for mark, plain in _SPELLED_OUT:
        text = text.replace(mark, plain)
    codes = _TYPOGRAPHY[_codes(unicodedata.normalize("NFKC", stream_safe(text)))]
    return _without_runs(codes[codes != _GONE] if not codes.all() else codes)


def stream_safe(text: str) -> str:
    """`text` with at most 30 combining marks in a row: NFKC sorts each run in time quadratic in its length."""
    if text.isascii():
        return text
    codes = _codes(text)
    marks = _MARKS[codes]
    if np.count_nonzero(marks) <= MOST_MARKS:
        return text
    places = np.arange(len(codes))
    letters = np.maximum.accumulate(np.where(marks, -1, places))  # of every character the last that is no mark
    kept = places - letters <= MOST_MARKS
    return text if kept.all() else codes[kept].tobytes().decode("utf-32-le", "surrogatepass")


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _without_runs(codes: Codes) -> Codes:
    """One mark where several of a kind stand together: `''` for a double quotation mark, `--` for a dash."""
    marks = np.flatnonzero((codes == QUOTE) | (codes == DASH))
    after = marks[1:][np.diff(marks) == 1]
    again = after[codes[after] == codes[after - 1]]
    return np.delete(codes, again) if len(again) else codes
