"""The sentence around each quotation, in words; whatever else is quoted in it is one word."""

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import NamedTuple

from services.extract.core.grammar import TITLES
from services.extract.core.speech.cast import QUOTED, Cast, Word, words_in
from services.extract.core.speech.quotation_marks import Marked
from services.extract.core.speech.verbs.reporting_verbs import Reporting

_MOST_WORDS = 90  # of a sentence on either side of a quotation
_ENDS = frozenset(".!?…؟")


class Frame(NamedTuple):
    """What a sentence says around one quotation, and the sentence before it."""

    before: list[Word]
    after: list[Word]
    previous: list[Word]
    is_first: bool  # of its paragraph, so that `previous` is of another one
    following: list[Word]


@dataclass
class _Stretch:
    """The words of one or more paragraphs, or of a quotation that holds others, and where its sentences begin."""

    words: list[Word] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)  # indexes of words
    starts_paragraph: set[int] = field(default_factory=set)


class Frames:
    """The frames of an article's marked passages."""

    def __init__(
        self, cast: Cast, passages: list[Marked], found_paragraphs: list[tuple[int, int]], forms: Reporting
    ) -> None:
        self._cast = cast
        self.forms = forms  # of the article's language
        self._passages = passages
        self._paragraphs = found_paragraphs
        self._holders = _holders(passages)
        self._stretches: dict[int | None, _Stretch] = {}
        self._held: dict[int | None, list[int]] = {}
        for index, holder in enumerate(self._holders):
            self._held.setdefault(holder, []).append(index)

    def around(self, index: int) -> Frame:
        """The frame of the passage with this index."""
        stretch = self._stretch(self._holders[index])
        opening = self._passages[index].opening
        at = bisect_left(stretch.words, opening, key=lambda word: word.start)
        number = bisect_left(stretch.starts, at + 1) - 1
        start = stretch.starts[number]
        end = stretch.starts[number + 1] if number + 1 < len(stretch.starts) else len(stretch.words)
        before = stretch.words[max(start, at - _MOST_WORDS) : at]
        after = stretch.words[at + 1 : min(end, at + 1 + _MOST_WORDS)]
        previous_start = stretch.starts[number - 1] if number else start
        previous = stretch.words[max(previous_start, start - _MOST_WORDS) : start]
        next_end = stretch.starts[number + 2] if number + 2 < len(stretch.starts) else len(stretch.words)
        following = stretch.words[end : min(next_end, end + _MOST_WORDS)]
        return Frame(before, after, previous, start in stretch.starts_paragraph, following)

    def holder(self, index: int) -> int | None:
        """The index of the passage within which this one stands."""
        return self._holders[index]

    def _stretch(self, holder: int | None) -> _Stretch:
        if holder not in self._stretches:
            held = [self._passages[index] for index in self._held[holder]]
            spans = self._paragraphs if holder is None else [self._inside(holder)]
            self._stretches[holder] = _read(self._cast, spans, held)
        return self._stretches[holder]

    def _inside(self, holder: int) -> tuple[int, int]:
        return self._passages[holder].start, self._passages[holder].end


def _holders(passages: list[Marked]) -> list[int | None]:
    """For each passage the one it stands in, if it stands in any."""
    holders: list[int | None] = []
    around: list[int] = []
    for index, passage in enumerate(passages):
        while around and passages[around[-1]].closing <= passage.opening:
            around.pop()
        holders.append(around[-1] if around else None)
        if not passage.headless:
            around.append(index)
    return holders


def _read(cast: Cast, spans: list[tuple[int, int]], held: list[Marked]) -> _Stretch:
    """The words of `spans`; each of the passages `held` is one of them, and ends no sentence unless it does."""
    stretch = _Stretch()
    next_held = 0
    covered = 0  # up to here a quotation has been read as one word
    for start, end in spans:
        if covered >= end:
            continue
        at, first, is_rest = max(start, covered), len(stretch.words), covered > start
        while next_held < len(held) and held[next_held].opening < end:
            passage = held[next_held]
            next_held += 1
            if passage.opening < at:
                continue
            last = passage.opening if passage.headless else max(passage.closing, passage.end)
            stretch.words += [*words_in(cast.text, at, passage.opening), Word(passage.opening, last, QUOTED)]
            at = covered = max(last, passage.opening + 1)
        if at < end:
            stretch.words += words_in(cast.text, at, end)
        if len(stretch.words) > first:
            _add_starts(cast, stretch, first, is_rest=is_rest)
    return stretch


def _add_starts(cast: Cast, stretch: _Stretch, first: int, *, is_rest: bool) -> None:
    """Note where the sentences of the words from `first` on begin; a paragraph begins one, its rest does not."""
    if not is_rest:
        stretch.starts.append(first)
        stretch.starts_paragraph.add(first)
    words = stretch.words
    for index in range(first - is_rest, len(words) - 1):
        if _ends_sentence(cast, words, index):
            stretch.starts.append(index + 1)


def _ends_sentence(cast: Cast, words: list[Word], index: int) -> bool:
    word, following, text = words[index], words[index + 1], cast.text
    if "\n" in text[word.end : following.start]:
        return True
    if word.lower in _ENDS:
        return _stops(cast, words, index)
    if word.lower == QUOTED and following.lower != QUOTED:
        last = text[word.start : word.end].rstrip(" \u00a0»”\"'’“«")[-1:]
        return last == "." and text[following.start].isupper()
    return False


def _stops(cast: Cast, words: list[Word], index: int) -> bool:
    """Whether a full stop (or its like) ends a sentence: not behind an abbreviation, in a name, or in lower case."""
    word, following, text = words[index], words[index + 1], cast.text
    if following.lower in _ENDS or following.lower in ",;)" or text[following.start].islower():
        return False
    if word.lower != ".":
        return True
    before = words[index - 1].lower if index else ""
    is_apart = following.start > word.end or following.lower == QUOTED
    is_network = before == "x" and index > 1 and words[index - 2].lower in {"sur", "on"}  # écrit-il sur X. Le maire
    if before in TITLES or (len(before) == 1 and before.isalpha() and not is_network):
        return False
    return is_apart or (text[following.start].isupper() and len(before) > 1 and not before.isdigit())
