"""What the article quotes, in which way, and who said it."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from contracts.extraction import Entity, Quotation
from contracts.value import Span
from services.extract.core.attribution import (
    Attribution,
    attributed_after,
    attributed_before,
    attributed_inside,
)
from services.extract.core.cast import Cast, words_in
from services.extract.core.paragraphs import paragraphs
from services.extract.core.quotation_marks import MOST_BLOCK_PARAGRAPHS, Marked, marked
from services.extract.core.reporting_verbs import Reporting, reporting
from services.extract.core.sentences import sentence_start
from services.extract.core.wording import Wording, wording

Kind = Literal["direct", "partial", "indirect", "block", "scare"]

_THAT_BEFORE = re.compile(r"\b(?:que?|that|dass|che|أن)['’]?\s*\Z")
_FEWEST_WORDS = 5  # of a quotation that nothing introduces
_LONGEST_SENTENCE = 1000  # characters that a quotation without its opening mark may have
_MOST_NEIGHBOURS = 40  # passages looked at on either side


@dataclass(frozen=True)
class _Told:
    """A marked passage, its wording, and what introduces it within `start` to `end`."""

    passage: Marked
    wording: Wording
    start: int
    attribution: Attribution | None


def quotations(text: str, body: tuple[Span, ...], entities: tuple[Entity, ...], language: str) -> tuple[Quotation, ...]:
    """The marked passages of `body` in reading order, an outer one before its inner; `language` is a primary subtag.

    Words in marks that nobody is shown to have said (irony, names, titles of works) come out as `scare`, not `direct`.
    What is said without marks is not looked for: `indirect` is only what a closing mark without its opening ends.
    """
    found_paragraphs = paragraphs(text, body)
    cast, forms = Cast(text, entities), reporting(language)
    passages = marked(text, found_paragraphs, language)
    told: list[_Told] = []
    for index, passage in enumerate(passages):
        words = wording(cast, passage.start, passage.end)
        start, end = _bounds(passages, index, found_paragraphs)
        attribution = None if passage.headless else _attribution(cast, passage, words, (start, end), forms)
        if attribution is None and not passage.headless:
            attribution = _heralded(cast, passage, found_paragraphs, forms)
        told.append(_inherited(text, _Told(passage, words, start, attribution), told, found_paragraphs))
    read = (_quotation(cast, one, found_paragraphs, forms) for one in told)
    return tuple(quotation for quotation in read if quotation is not None)


def _bounds(passages: list[Marked], index: int, found_paragraphs: list[tuple[int, int]]) -> tuple[int, int]:
    """What may tell of a passage: its paragraph, within the quotation around it, between the ones beside it."""
    passage = passages[index]
    start, end = found_paragraphs[passage.paragraph]
    if passage.block:
        later = found_paragraphs[passage.paragraph : passage.paragraph + MOST_BLOCK_PARAGRAPHS + 1]
        end = next((last for _, last in later if last >= passage.closing), end)
    for other in reversed(passages[max(0, index - 4) : index]):
        if other.closing > passage.opening:
            start, end = max(start, other.start), min(end, max(other.end, passage.closing))
            break
        start = max(start, other.closing)
    following = (p.opening for p in passages[index + 1 : index + _MOST_NEIGHBOURS] if not p.headless)
    return start, next((opening for opening in following if passage.closing <= opening < end), end)


def _attribution(
    cast: Cast, passage: Marked, words: Wording, bounds: tuple[int, int], forms: Reporting
) -> Attribution | None:
    before = attributed_before(cast, bounds[0], passage.opening, forms)
    is_clause = words.is_clause and words.words > 3
    is_open = cast.text[passage.end - 1] in ",!?…"
    after = None
    if passage.closed:
        after = attributed_after(cast, passage.closing, bounds[1], forms, is_open=is_open, is_clause=is_clause)
    if before and before.strength == "strong" and (before.speaker or not after):
        return before
    if found := after or before:
        return found
    return attributed_inside(cast, passage.start, passage.end, forms) if is_clause else None


def _heralded(
    cast: Cast, passage: Marked, found_paragraphs: list[tuple[int, int]], forms: Reporting
) -> Attribution | None:
    """The attribution in the paragraph before, where that ends with a colon and the quotation opens its own."""
    if not passage.paragraph or passage.opening != found_paragraphs[passage.paragraph][0]:
        return None
    start, end = found_paragraphs[passage.paragraph - 1]
    return attributed_before(cast, start, end, forms) if cast.text[end - 1] == ":" else None


def _inherited(text: str, one: _Told, told: list[_Told], found_paragraphs: list[tuple[int, int]]) -> _Told:
    """A quotation that goes on after another one has the same speaker: in its sentence, or as a clause of its own."""
    if not told or one.passage.headless:
        return one
    last, passage = told[-1], one.passage
    if one.attribution is not None:
        is_shared = (
            one.attribution.is_gerund and sentence_start(text, one.start, passage.opening) == last.passage.closing
        )
        speaker = last.attribution.speaker if is_shared and last.attribution else one.attribution.speaker
        return replace(one, attribution=replace(one.attribution, speaker=speaker))
    if last.attribution is None or last.attribution.speaker is None or last.passage.closing > passage.opening:
        return one
    same_paragraph = last.passage.paragraph == passage.paragraph
    starts_next = (
        passage.paragraph == last.passage.paragraph + 1 and passage.opening == found_paragraphs[passage.paragraph][0]
    )
    same_sentence = (
        same_paragraph and sentence_start(text, last.passage.closing, passage.opening) == last.passage.closing
    )
    if last.attribution.strength == "woven" and not same_sentence:
        return one
    is_own = one.wording.is_clause and one.wording.words >= _FEWEST_WORDS
    goes_on = is_own and _opens_sentence(text, passage, found_paragraphs)
    if (goes_on and (same_paragraph or starts_next)) or (same_sentence and last.attribution.strength != "naming"):
        return replace(one, attribution=replace(last.attribution, cue=None, strength="woven"))
    return one


def _quotation(cast: Cast, one: _Told, found_paragraphs: list[tuple[int, int]], forms: Reporting) -> Quotation | None:
    passage, attribution = one.passage, one.attribution
    if passage.headless:
        return _headless(cast, one, forms)
    kind, confidence = _kind(cast.text, one, found_paragraphs)
    if not passage.closed and (kind == "scare" or one.wording.words < _FEWEST_WORDS):
        return None  # a stray mark
    is_said = kind != "scare"
    return Quotation(
        start=passage.start,
        end=passage.end,
        text=cast.text[passage.start : passage.end],
        kind=kind,
        speaker=attribution.speaker if attribution and is_said else None,
        cue=attribution.cue if attribution and is_said else None,
        direct=is_said,
        confidence=confidence * (1.0 if passage.closed else 0.6),
    )


def _kind(text: str, one: _Told, found_paragraphs: list[tuple[int, int]]) -> tuple[Kind, float]:
    """How the passage is quoted and how sure that is (rules of thumb, not a measured probability)."""
    passage, attribution, words = one.passage, one.attribution, one.wording
    is_strong = attribution is not None and attribution.strength == "strong"
    if passage.block:
        return "block", 0.8
    if words.is_name and not (is_strong and words.is_clause):
        return "scare", 0.8
    opens = _opens_sentence(text, passage, found_paragraphs)
    if attribution is None:
        return _kind_alone(text, passage, words, opens=opens)
    return _kind_told(attribution, words, is_capital=not text[passage.start].islower(), opens=opens)


def _kind_alone(text: str, passage: Marked, words: Wording, *, opens: bool) -> tuple[Kind, float]:
    """The kind of a passage that nothing introduces: speech only if it is a clause, and long enough for one."""
    if words.words < _FEWEST_WORDS:
        return "scare", 0.7
    if words.has_verb and _THAT_BEFORE.search(text, max(0, passage.opening - 8), passage.opening):
        return "partial", 0.5
    is_sentence = words.has_verb and text[passage.start].isupper()
    return ("direct", 0.5) if is_sentence or (words.is_clause and opens) else ("scare", 0.7)


def _kind_told(attribution: Attribution, words: Wording, *, is_capital: bool, opens: bool) -> tuple[Kind, float]:
    """The kind of a passage that something introduces: a sentence of its own, words in another one, or a mere name."""
    if attribution.strength == "naming":
        return "partial", 0.8
    if attribution.strength == "strong":
        is_sentence = words.is_clause and (is_capital or opens) and not attribution.after_that
        return ("direct", 0.9) if is_sentence else ("partial", 0.8)
    is_title = is_capital and words.words < _FEWEST_WORDS
    if words.words < 2 or is_title:
        return "scare", 0.7
    is_sentence = is_capital and words.words >= _FEWEST_WORDS and not attribution.after_that
    return ("direct" if is_sentence else "partial"), 0.6


def _headless(cast: Cast, one: _Told, forms: Reporting) -> Quotation | None:
    """Words that only a closing mark shows to be somebody's: from the "that" of a reporting verb to the mark."""
    text, passage = cast.text, one.passage
    begin = sentence_start(text, one.start, passage.end, _LONGEST_SENTENCE)
    words = words_in(text, begin, passage.end)
    that = next((i for i, word in enumerate(words) if word.lower in {"que", "qu'", "that", "dass", "che"}), None)
    if that is None or len(words) - that <= _FEWEST_WORDS:
        return None
    attribution = attributed_before(cast, begin, words[that].end, forms)
    if attribution is None or attribution.strength != "strong":
        return None
    start = words[that + 1].start
    return Quotation(
        start=start,
        end=passage.end,
        text=text[start : passage.end],
        kind="indirect",
        speaker=attribution.speaker,
        cue=attribution.cue,
        direct=False,
        confidence=0.5,
    )


def _opens_sentence(text: str, passage: Marked, found_paragraphs: list[tuple[int, int]]) -> bool:
    start = found_paragraphs[passage.paragraph][0]
    before = text[max(start, passage.opening - 3) : passage.opening].rstrip()
    return not before or before[-1] in '.!?:…»”"–—-'
