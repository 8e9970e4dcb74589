"""What the article quotes, in which way, and who said it."""

from dataclasses import dataclass, replace
from typing import Literal

from contracts.extraction import Entity, Quotation
from contracts.value import Span
from services.extract.core.attribution import (
    Attribution,
    attributed_after,
    attributed_before,
    attributed_inside,
    sentence_start,
)
from services.extract.core.paragraphs import paragraphs
from services.extract.core.quotation_marks import Marked, marked
from services.extract.core.reporting_verbs import Reporting, reporting
from services.extract.core.speakers import Cast, words_in

Kind = Literal["direct", "partial", "indirect", "block", "scare"]

_FEWEST_WORDS = 5  # of a quotation that nothing introduces
_LONGEST_SENTENCE = 1000  # characters that a quotation without its opening mark may have
_WORDS_LOOKED_AT = 600  # characters of a quotation that decide on its kind
# Words that only clauses have, in the six languages: pronouns that are subjects, and the commonest verbs.
_CLAUSE_WORDS = frozenset(
    "je j' il elle on nous vous ils elles est sont a ont était étaient sera seront serait avait avaient fait faut peut "
    "peuvent doit doivent va vont n' ne c' qu' suis sommes avons veut "
    "i we he she they you it is are was were be has have had will would can could must should do does did don isn it's "
    "ich er wir ihr ist sind war waren hat haben wird werden kann muss soll nicht "
    "yo él ella nosotros es son era eran fue ha han había hay será puede debe no "
    "io lui lei noi sono è era erano hanno sarà può deve non "
    "هو هي نحن هم كان كانت لا لن لم ليس".split()
)


@dataclass(frozen=True)
class _Told:
    """A marked passage and what introduces it."""

    passage: Marked
    attribution: Attribution | None
    is_inherited: bool = False


def quotations(text: str, body: tuple[Span, ...], entities: tuple[Entity, ...], language: str) -> tuple[Quotation, ...]:
    """The marked passages of `body` in reading order, nested ones after their outer one; `language` is a primary subtag.

    Words in marks that nobody is shown to have said (irony, names, titles of works) come out as `scare`, not `direct`.
    Who says it without marks is not looked for: `indirect` is only what a closing mark without its opening ends.
    """
    found_paragraphs = paragraphs(text, body)
    cast, forms = Cast(text, entities), reporting(language)
    passages = marked(text, found_paragraphs, language)
    told: list[_Told] = []
    for index, passage in enumerate(passages):
        following = _next_opening(passages, index)
        bounds = _bounds(passage, told, found_paragraphs, following)
        attribution = _attribution(cast, passage, bounds, forms) or _heralded(cast, passage, found_paragraphs, forms)
        told.append(_inherited(text, _Told(passage, attribution), told, found_paragraphs))
    read = (_quotation(cast, one, found_paragraphs, forms) for one in told)
    return tuple(quotation for quotation in read if quotation is not None)


def _next_opening(passages: list[Marked], index: int) -> int | None:
    """Where the next passage opens that is not inside this one."""
    closing = passages[index].closing
    return next((p.opening for p in passages[index + 1 : index + 40] if p.opening >= closing and not p.headless), None)


def _bounds(
    passage: Marked, told: list[_Told], found_paragraphs: list[tuple[int, int]], following: int | None
) -> tuple[int, int]:
    """What may tell of the passage: its paragraph, within the quotation around it, between the ones beside it."""
    start, end = found_paragraphs[passage.paragraph]
    if passage.block:
        end = next((last for _, last in found_paragraphs[passage.paragraph :] if last >= passage.closing), end)
    for one in reversed(told[-4:]):
        if one.passage.closing > passage.opening:
            start, end = max(start, one.passage.start), min(end, max(one.passage.end, passage.closing))
            break
        start = max(start, one.passage.closing)
    return start, min(end, following) if following is not None else end


def _attribution(cast: Cast, passage: Marked, bounds: tuple[int, int], forms: Reporting) -> Attribution | None:
    text = cast.text
    before = attributed_before(cast, bounds[0], passage.opening, forms)
    if passage.headless:
        return None
    is_clause = _is_clause(text, passage) and _word_count(text, passage) > 3
    is_open = text[passage.end - 1] in ",!?…"
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
    if one.attribution or not told or one.passage.headless:
        return one
    last, passage = told[-1], one.passage
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
    goes_on = _is_clause(text, passage) and _word_count(text, passage) >= _FEWEST_WORDS
    if goes_on and (same_paragraph or starts_next) or same_sentence and last.attribution.strength != "naming":
        return replace(one, attribution=replace(last.attribution, cue=None, strength="woven"), is_inherited=True)
    return one


def _quotation(cast: Cast, one: _Told, found_paragraphs: list[tuple[int, int]], forms: Reporting) -> Quotation | None:
    passage, attribution = one.passage, one.attribution
    if passage.headless:
        return _headless(cast, passage, found_paragraphs, forms)
    kind, confidence = _kind(cast, one, found_paragraphs)
    if not passage.closed and (kind == "scare" or _word_count(cast.text, passage) < _FEWEST_WORDS):
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


def _kind(cast: Cast, one: _Told, found_paragraphs: list[tuple[int, int]]) -> tuple[Kind, float]:
    """How the passage is quoted and how sure that is (rules of thumb, not a measured probability)."""
    text, passage, attribution = cast.text, one.passage, one.attribution
    words, is_clause = _word_count(text, passage), _is_clause(text, passage)
    if passage.block:
        return "block", 0.8
    is_strong = attribution is not None and attribution.strength == "strong"
    if _is_name_like(cast, passage) and not (is_strong and is_clause):
        return "scare", 0.8
    if attribution is None:
        stands_alone = is_clause and _opens_sentence(text, passage, found_paragraphs)
        has_verb = is_clause and _has_clause_word(text, passage) and text[passage.start].isupper()
        return ("direct", 0.5) if words >= _FEWEST_WORDS and (stands_alone or has_verb) else ("scare", 0.7)
    if attribution.strength == "naming":
        return "partial", 0.8
    if is_strong:
        return ("direct", 0.9) if is_clause and not attribution.after_that else ("partial", 0.8)
    if words < 2:
        return "scare", 0.7
    return ("direct" if is_clause and words >= _FEWEST_WORDS else "partial"), 0.6


def _headless(
    cast: Cast, passage: Marked, found_paragraphs: list[tuple[int, int]], forms: Reporting
) -> Quotation | None:
    """Words that only a closing mark shows to be somebody's: from the "that" of a reporting verb to the mark."""
    text = cast.text
    begin = sentence_start(text, found_paragraphs[passage.paragraph][0], passage.end, _LONGEST_SENTENCE)
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


def _word_count(text: str, passage: Marked) -> int:
    words = words_in(text, passage.start, min(passage.end, passage.start + _WORDS_LOOKED_AT))
    return sum(word.lower[0].isalnum() for word in words)


def _has_clause_word(text: str, passage: Marked) -> bool:
    words = words_in(text, passage.start, min(passage.end, passage.start + _WORDS_LOOKED_AT))
    return any(word.lower in _CLAUSE_WORDS or "-" in word.lower[1:-1] and word.lower.endswith("-t") for word in words)


def _is_clause(text: str, passage: Marked) -> bool:
    """Whether the words stand for themselves: they begin as a sentence does, or have a verb of their own."""
    first = text[passage.start]
    return first.isupper() or not first.isalpha() or not first.islower() or _has_clause_word(text, passage)


def _opens_sentence(text: str, passage: Marked, found_paragraphs: list[tuple[int, int]]) -> bool:
    start = found_paragraphs[passage.paragraph][0]
    before = text[max(start, passage.opening - 3) : passage.opening].rstrip()
    return not before or before[-1] in '.!?:…»”"–—-'


def _is_name_like(cast: Cast, passage: Marked) -> bool:
    """Whether the words are a name in marks: one that the article's entities hold, or all capitalised."""
    if cast.is_name(passage.start, passage.end):
        return True
    words = [w for w in words_in(cast.text, passage.start, min(passage.end, passage.start + 80)) if w.lower.isalpha()]
    long_words = [word for word in words if len(word.lower) > 3]
    return 0 < len(words) <= 4 and all(cast.text[word.start].isupper() for word in long_words or words)
