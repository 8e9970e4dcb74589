"""Passages in another language than the text's: runs of another script, and sentences that fit another better."""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from services.language.core.guesses import UNKNOWN, Opinion, confidence, scores
from services.language.core.scripts import EAST_ASIAN, GAP, Letters, Run, letters, runs
from services.language.core.tags import LANGUAGE_OF_SCRIPT, script_in, tagged

_MARKS = r'\n.!?…。！？«»“”„()\[\]"' + GAP
_PIECE = re.compile(rf"[^{_MARKS}]+(?:[.!?…]+(?=[^\s{_MARKS}])[^{_MARKS}]+)*[.!?…。！？]*")
_PARAGRAPH = re.compile(r"[^\n]+")
_EDGE = " \t\r\f\v\u00a0\u202f\u2009,;:–—-"  # stands between pieces, in neither
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]{2,}")

_LEAST_LETTERS = 24  # a shorter piece goes with its neighbours
_LEAST_PLAIN_WORDS = 3  # words without a capital: fewer, and it is a name or a title
_FITS = 0.5  # a piece must fit its language as well as this
_ALONE = 0.3  # a margin that needs no second opinion
_CLEARLY = 0.15  # a short piece that fits the text's language so much better than its neighbours' stays
# How much better than the text's own language a piece of so many letters must fit another. On the 57,482 pieces of 2,500
# articles in one language these leave one in two thousand, nearly all of them true quotations and titles.
_LEAST_MARGINS = ((100, 0.08), (60, 0.15), (40, 0.2), (0, 0.3))

_RUN_LETTERS = 6
_RUN_WORDS = 2  # of another script: one foreign word is a name
_LATIN_RUN_WORDS = 4  # names of firms and programs stand in Latin letters everywhere
_RUN_MARGIN = 0.05
_SCRIPT_TELLS = 0.95
_SCRIPT_ALONE = 0.5
_UNSPACED = frozenset({EAST_ASIAN, "Khmr", "Laoo", "Mymr", "Thai", "Tibt"})


class Passage(NamedTuple):
    """Where another language is spoken."""

    start: int
    end: int
    tag: str
    confidence: float


class Host(NamedTuple):
    """The language of the whole, and what eldc takes it for, which differs where eldc does not know it."""

    language: str
    alias: str


def foreign_runs(text: str, found: Letters, system: str, opinion: Opinion) -> list[Passage]:
    """The runs of words in other scripts than the text's own."""
    named = (_named_run(text, run, opinion) for run in runs(text, found, system))
    return [passage for passage in named if passage]


def _named_run(text: str, run: Run, opinion: Opinion) -> Passage | None:
    words = text[run.start : run.end]
    found = letters(words)
    least_words = _LATIN_RUN_WORDS if run.system == "Latn" else _RUN_WORDS
    if found.weight() < _RUN_LETTERS or (run.words < least_words and run.system not in _UNSPACED):
        return None
    if run.system == "Latn" and _plain_words(words) < _LEAST_PLAIN_WORDS:
        return None
    language, sure = _language_of_run(words, found, opinion)
    return Passage(run.start, run.end, tagged(language, script_in(found, language, run.system)), sure)


def _language_of_run(words: str, found: Letters, opinion: Opinion) -> tuple[str, float]:
    for script, language in LANGUAGE_OF_SCRIPT.items():
        if found.by_script[script] * 4 >= found.by_script.total():
            return language, _SCRIPT_TELLS
    if "Hani" in found.by_script:
        return "zh", _SCRIPT_TELLS
    ranked = scores(words)
    second, probability = opinion(words)
    if ranked.margin() >= _RUN_MARGIN or second == ranked.best:
        return ranked.best, confidence(ranked, found.weight(), second, probability)
    return UNKNOWN, _SCRIPT_ALONE


class _Piece(NamedTuple):
    start: int
    end: int
    language: str | None  # None: it is too short to tell
    confidence: float


def foreign_sentences(text: str, host: Host, opinion: Opinion) -> Iterator[Passage]:
    """The sentences, quotations and bracketed parts of `text` (one writing system) in other languages than `host`."""
    for paragraph in _PARAGRAPH.finditer(text):
        pieces = list(_pieces(text, *paragraph.span(), host, opinion))
        told = {piece.language for piece in pieces} - {None}
        if told != {host.language} and pieces:
            yield from _foreign_pieces(text, pieces, host, opinion)


def _pieces(text: str, start: int, end: int, host: Host, opinion: Opinion) -> Iterator[_Piece]:
    for match in _PIECE.finditer(text, start, end):
        if words := match[0].strip(_EDGE):
            begin = match.start() + match[0].index(words)
            yield _Piece(begin, begin + len(words), *_language_of(words, host, opinion))


def _foreign_pieces(text: str, pieces: list[_Piece], host: Host, opinion: Opinion) -> Iterator[Passage]:
    """The foreign pieces of a paragraph; those too short to tell go with their neighbours."""
    whole, sure = _language_of(text[pieces[0].start : pieces[-1].end], host, opinion)
    before, after = _last_told(pieces), _last_told(pieces[::-1])[::-1]
    for piece, left, right in zip(pieces, before, after, strict=True):
        language = piece.language
        if language is None:
            near = left or right or whole
            agree = (left or whole) == (right or whole) == near
            language = near if agree and near and not _fits_better(text[piece.start : piece.end], host, near) else None
        if language not in {None, host.language}:
            yield Passage(piece.start, piece.end, str(language), piece.confidence or sure)


def _last_told(pieces: list[_Piece]) -> list[str | None]:
    """For each piece the language of the last one up to it that has one."""
    told: Iterator[str | None] = (piece.language for piece in pieces)
    return list(accumulate(told, lambda last, language: language or last))


def _fits_better(words: str, host: Host, language: str) -> bool:
    ranked = scores(words)
    plain = len(words) >= _RUN_LETTERS and ranked.of(host.alias) >= _FITS
    return plain and ranked.of(host.alias) - ranked.of(language) >= _CLEARLY


def _language_of(words: str, host: Host, opinion: Opinion) -> tuple[str | None, float]:
    if len(words) < _LEAST_LETTERS or (count := len(_LETTER.findall(words))) < _LEAST_LETTERS:
        return None, 0.0
    ranked = scores(words)
    first = ranked.best
    if first == host.alias:
        return host.language, 1.0
    margin = ranked.of(first) - ranked.of(host.alias)
    if margin < _least_margin(count) or ranked.of(first) < _FITS or _plain_words(words) < _LEAST_PLAIN_WORDS:
        return None, 0.0
    second, probability = opinion(words)
    if second == first or (margin >= _ALONE and second not in host):
        return first, confidence(ranked, count, second, probability)
    return None, 0.0


def _least_margin(count: int) -> float:
    return next(margin for least, margin in _LEAST_MARGINS if count >= least)


def _plain_words(words: str) -> int:
    return sum(not word[0].isupper() for word in _WORD.findall(words))


def merged(text: str, passages: list[Passage]) -> list[Passage]:
    """The passages in order, neighbours in the same language made one, whole paragraphs with their marks."""
    joined: list[Passage] = []
    for passage in sorted(passages):
        last = joined[-1] if joined else None
        if last and last.tag == passage.tag and not _LETTER.search(text, last.end, passage.start):
            joined[-1] = Passage(last.start, passage.end, last.tag, max(last.confidence, passage.confidence))
        else:
            joined.append(passage)
    return [_whole_paragraph(text, passage) for passage in joined]


def _whole_paragraph(text: str, passage: Passage) -> Passage:
    """The passage with the marks around it where its paragraph has no other letters."""
    start = text.rfind("\n", 0, passage.start) + 1
    end = text.find("\n", passage.end)
    end = len(text) if end < 0 else end
    if _LETTER.search(text, start, passage.start) or _LETTER.search(text, passage.end, end):
        return passage
    whole = text[start:end]
    return passage._replace(start=start + len(whole) - len(whole.lstrip()), end=start + len(whole.rstrip()))
