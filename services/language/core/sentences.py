"""Sentences, quotations and bracketed parts of a text that fit another language better than the text's own."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from services.language.core.guesses import UNKNOWN, Guess, Opinions, Scores, best, confidence, guess, scores
from services.language.core.passages import LETTER, Passage
from services.language.core.scripts import GAP

_MARKS = r'\n.!?…。！？«»“”„()\[\]"' + GAP
_PIECE = re.compile(rf"[^{_MARKS}]+(?:[.!?…]+(?=[^\s{_MARKS}])[^{_MARKS}]+)*[.!?…。！？]*")
_PARAGRAPH = re.compile(r"[^\n]+")
_EDGE = " \t\r\f\v\u00a0\u202f\u2009,;:–—-"  # stands between pieces, in neither
_WORD = re.compile(r"[^\W\d_]{2,}")

LEAST_PLAIN_WORDS = 3  # words without a capital: fewer, and it is a name or a title
_LEAST_LETTERS = 24  # a shorter piece goes with its neighbours
_LEAST_CONFIDENCE = 0.5
_FITS = 0.5  # a piece must fit its language as well as this
# How much better than the text's own language a piece of so many letters must fit another. On the 57,482 pieces of
# 2,500 articles in one language these leave one in two thousand, nearly all of them true quotations and titles.
_LEAST_MARGINS = ((100, 0.08), (60, 0.15), (40, 0.2), (0, 0.3))
_NON_LATIN = 0.25  # of these: Russian and Ukrainian, Arabic and Persian score closer together, and are confused less
_ALONE = 0.3  # a margin that needs no second opinion
_CLEARLY = 0.15  # a short piece that fits the text's language so much better than its neighbours' stays
_SHORT = 6  # characters: too few to fit anything clearly
_LEAST_SHARE = 1 / 3  # of the letters, for the language of a mixture


class Context(NamedTuple):
    """What a piece is held against: the text's own language and script, and the second opinion."""

    host: Guess
    system: str
    opinions: Opinions


class _Piece(NamedTuple):
    start: int
    end: int
    language: str | None  # None: it is too short to tell
    confidence: float


def foreign_sentences(text: str, context: Context) -> Iterator[Passage]:
    """The pieces of `text` (one writing system) in other languages than the host."""
    for paragraph in _PARAGRAPH.finditer(text):
        pieces = list(_pieces(text, *paragraph.span(), context))
        told = {piece.language for piece in pieces} - {None}
        if pieces and told != {context.host.language}:
            yield from _foreign_pieces(text, pieces, context)


def most_spoken(text: str, count: int, opinions: Opinions) -> Guess | None:
    """The language of most sentences; None where no language has a third of the text's `count` letters."""
    letters_of = Counter[str]()
    for match in _PIECE.finditer(text):
        if (size := len(LETTER.findall(match[0]))) >= _LEAST_LETTERS:
            letters_of[guess(match[0], size, opinions).language] += size
    del letters_of[UNKNOWN]
    language = max(letters_of, key=letters_of.__getitem__, default=UNKNOWN)
    share = letters_of[language] / count
    return Guess(language, share, language) if share >= _LEAST_SHARE else None


def plain_words(words: str) -> int:
    """How many words do not begin with a capital."""
    return sum(not word[0].isupper() for word in _WORD.findall(words))


def _pieces(text: str, start: int, end: int, context: Context) -> Iterator[_Piece]:
    for match in _PIECE.finditer(text, start, end):
        if words := match[0].strip(_EDGE):
            begin = match.start() + match[0].index(words)
            yield _Piece(begin, begin + len(words), *_language_of(words, context))


def _language_of(words: str, context: Context) -> tuple[str | None, float]:
    """The language of a piece, and how sure; None where it is too short, or a name, or no better than the host."""
    host, opinions = context.host, context.opinions
    if len(words) < _LEAST_LETTERS:
        return None, 0.0
    if best(words) == host.alias:
        return host.language, 1.0
    ranked, count = scores(words), len(LETTER.findall(words))
    if count < _LEAST_LETTERS:
        return None, 0.0
    speaks = ranked.of(ranked.best) >= _FITS and plain_words(words) >= LEAST_PLAIN_WORDS
    margin = ranked.of(ranked.best) - ranked.of(host.alias)
    clear = margin >= _least_margin(count, context.system)
    if speaks and clear:
        second, sure = _seconded(words, ranked, count, opinions)
        agreed = second == ranked.best or (margin >= _ALONE and second not in {host.language, host.alias})
        if agreed and sure >= _LEAST_CONFIDENCE:
            return ranked.best, sure
    third, _ = opinions.third(words)
    if speaks and third == ranked.best and not clear and _is_no_name(words):  # though the host fits nearly as well
        second, sure = _seconded(words, ranked, count, opinions)
        if second == third and sure >= _LEAST_CONFIDENCE:
            return third, sure
    return (host.language, 1.0) if third == host.language else (None, 0.0)


def _seconded(words: str, ranked: Scores, count: int, opinions: Opinions) -> tuple[str, float]:
    """The second opinion on a piece, and how sure with it the best of `ranked` is."""
    second, probability = opinions.second(words)
    return second, confidence(ranked, count, second, probability)


def _is_no_name(words: str) -> bool:
    """Whether most of its words begin with no capital: a name within a sentence is in its own language."""
    return 2 * plain_words(words) > len(_WORD.findall(words))


def _least_margin(count: int, system: str) -> float:
    margin = next(margin for least, margin in _LEAST_MARGINS if count >= least)
    return margin if system == "Latn" else margin * _NON_LATIN


def _foreign_pieces(text: str, pieces: list[_Piece], context: Context) -> Iterator[Passage]:
    """The foreign pieces of a paragraph; those that do not tell go with their neighbours, or with the whole."""
    whole, sure = _language_of(text[pieces[0].start : pieces[-1].end], context)
    before, after = _last_told(pieces), _last_told(pieces[::-1])[::-1]
    for piece, left, right in zip(pieces, before, after, strict=True):
        language = piece.language
        if language is None and (left or whole) == (right or whole):
            language = left or whole
            if language and _fits_better(text[piece.start : piece.end], context.host.alias, language):
                continue
        if language not in {None, context.host.language}:
            yield Passage(piece.start, piece.end, str(language), piece.confidence or sure)


def _last_told(pieces: list[_Piece]) -> list[str | None]:
    """For each piece the language of the last one up to it that has one."""
    last: str | None = None
    return [last := piece.language or last for piece in pieces]


def _fits_better(words: str, one: str, other: str) -> bool:
    ranked = scores(words)
    return len(words) >= _SHORT and ranked.of(one) >= _FITS and ranked.of(one) - ranked.of(other) >= _CLEARLY
