"""What speaks for a headline's opening another article, weighed: layout, form, and what is written about."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from services.fetch.core.splitting import shapes
from services.fetch.core.splitting.sheet import Sheet
from services.fetch.core.splitting.story import Story, opening
from services.fetch.core.splitting.terms import names, share

_AFTER_CHARACTERS = 1500
_LEAD_CHARACTERS = 800
_SECTION_CHARACTERS = 3000
_FURTHER_CHARACTERS = 4000
_GAPS = (0.0, 1.0, 1.5)  # by how many empty lines more than usual
_FROM_THE_TOP = 1.5  # what opens with a number has no headline above all: an article with counted sections has
_FEW_WORDS, _SOME_WORDS, _MANY_WORDS = 2, 4, 22
_LONG_SECTION_CHARACTERS = 1800
_SHORTEST_OPENING = 300  # of an article with sections; what is shorter is an item of a list


@dataclass(frozen=True, slots=True)
class Signs:
    """What is to be seen of one place where an article may begin; mostly 0 to 1."""

    ruled: float  # a line of marks stands before it
    barred: float  # and that is a bar across the page
    gap: float  # more empty lines before it than elsewhere
    tight: float  # no empty line before it, as between others
    dense: float  # no empty line before it, nor anywhere
    ranked: float  # 1: its marks are of the first headline's level or above; -1: of a lower one
    numbered: float  # it is counted, as the first headline is
    listed: float  # it is counted, as the first headline is not
    bracketed: float  # and it is a section in brackets
    labelled: float  # a word or two stand above it, as above the first headline
    weak: float  # it would be no headline if it were not set apart
    small: float  # it opens with a small letter
    far: float  # a table or a list stands between it and its prose
    recurs: float  # the same words stand elsewhere as a line
    few_words: float
    some_words: float
    many_words: float
    stopped: float  # it ends with a full stop
    sentences: float  # it goes on after the end of a sentence
    signature: float  # it could be a name below an article
    signed: float  # and the text ends with such a line
    asked: float
    quoted: float
    capitals: float  # it is set in capitals and the first headline is too
    size: float  # its length beside the first headline's
    date_below: float  # a date line stands between it and the prose
    after_sentence: float  # what goes before ends with a sentence
    distant: float  # other lines stand between it and its prose
    own: float  # of its words, those of the prose below it
    echoed: float  # the lead opens with it, or it is told twice; no name: who wrote an article is told so below it
    back: float  # of its words, those of the prose above it
    recurring: float  # of the words of the headline before it, those in what it would head
    shared: float  # of the names below it, those named above
    carried: float  # of what the article above is about, what is named below it
    drop: float  # of the words below it, how many fewer than usual are in the article above
    again: float  # the lead opens as the article above did
    resumed: float  # of what the article above is about, what comes again further below
    across: float  # of the words that come again near it, those on both sides
    lasting: float  # of its words, those that come again further below
    length: float  # of what it would head
    above: float  # of what goes before, since the article before began
    dated: float  # the lead opens with its day or an agency
    both_dated: float  # and so does the first article's
    day: float  # the lead tells its day and year
    bylined: float  # who wrote it is told between it and the prose, and so it is below the first headline
    ended: float  # a mark that an article ends stands before it, and at the end of the text


# Fitted on half of many single and joined articles, intertitres among them: tests/eval/eval_splitting.py reports the
# other half. What a sign adds to the logarithm of the odds; `small`, `far` and
# `recurs` were set by hand near what a fit beside the others gave (decision 55); `bylined` and `ended` by hand alone:
# of that half's 7,249 single articles none has the one below its first headline, or closes with the other's marks;
# so were `barred`, `bracketed`, and that an address ends an article (decision 74).
WEIGHTS = Signs(
    ruled=1.2, barred=1.5, gap=2.2, tight=-3.1, dense=-2.8, ranked=2.0, numbered=1.2, listed=-4.0,
    bracketed=2.5, labelled=1.5, weak=1.2, small=0.0, far=-0.5, recurs=-1.3,
    few_words=-1.2, some_words=-0.7, many_words=-2.6, stopped=-3.3, sentences=-0.6, signature=-0.8, signed=-2.9,
    asked=-0.9, quoted=-0.8, capitals=2.5, size=2.2, date_below=1.4, after_sentence=0.8, distant=-2.2, own=2.1,
    echoed=3.6, back=-3.7, recurring=-1.5, shared=-1.8, carried=-4.0, drop=9.7, again=3.5, resumed=-3.4,
    across=-2.0, lasting=1.8, length=4.5, above=2.8, dated=1.0, both_dated=2.8, day=1.3,
    bylined=4.0, ended=4.0,
)  # fmt: skip
BIAS = -9.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A headline that may open another article, and the signs of that."""

    index: int
    start: int
    signs: Signs
    odds: float

    @property
    def probability(self) -> float:
        """That it does."""
        return self.odds / (1 + self.odds)


@dataclass(frozen=True)
class Before:
    """The article before a place: its headline, if it has one, where it begins, and what it has told."""

    head: int | None
    start: int
    story: Story


def weighed(sheet: Sheet, at: int, before: Before, *, until: int) -> Candidate:
    """A headline as the beginning of an article up to `until`, below the article that came before."""
    top = sheet.top(at)
    found = dict(
        (*_of_layout(sheet, at, top), *_of_form(sheet, at), *_of_lead(sheet, at), *_of_story(sheet, at, before, until))
    )
    if found["both_dated"]:  # the dispatches of a day are about the same
        found["across"] = 0
    found["above"] = _long(sheet.blocks[top].start - before.start)
    signs = Signs(**found)
    weight = sum(getattr(WEIGHTS, name) * getattr(signs, name) for name in Signs.__slots__)
    return Candidate(at, sheet.blocks[top].start, signs, math.exp(weight + BIAS))


Sign = tuple[str, float]


def _of_layout(sheet: Sheet, at: int, top: int) -> Iterator[Sign]:
    apart = sheet.blocks[top]
    yield "ruled", apart.ruled
    yield "barred", apart.barred
    yield "gap", _GAPS[min(2, max(0, apart.gap - sheet.usual_gap))] * sheet.gaps_told
    close = not (apart.gap or apart.ruled or sheet.levels[at])  # what is marked as a headline is set as one
    yield "tight", close and sheet.usual_gap > 0
    yield "dense", close and sheet.usual_gap == 0
    first = sheet.levels[sheet.opener] if sheet.opener is not None else 0
    yield "ranked", 0 if not sheet.levels[at] else 1 if sheet.levels[at] <= first else -1
    counted = sheet.numbers[at] > 0
    yield "numbered", counted and sheet.numbered * (_FROM_THE_TOP if sheet.opener == 0 else 1)
    yield "listed", counted and not sheet.numbered
    yield "labelled", sheet.labelled and top < at
    yield "bracketed", sheet.bracketed and top < at
    small = sheet.is_small(at)
    yield "small", small
    yield "far", not sheet.is_apart(at) and sheet.is_far(at)
    yield "recurs", sheet.recurs(at)
    yield "weak", not sheet.heads[at] and not small
    yield "bylined", sheet.bylined and sheet.is_signed_below(at)
    yield "ended", sheet.is_behind_an_end(top)
    yield "after_sentence", shapes.ends_a_sentence(sheet.blocks[sheet.above(top)].text)


def _of_form(sheet: Sheet, at: int) -> Iterator[Sign]:
    title, opener = sheet.titles[at], sheet.opener
    first = sheet.titles[opener] if opener is not None else None
    count = shapes.words(title)
    final = title.rstrip("\"'»”’)] \u00a0")[-1:]
    yield "few_words", count <= _FEW_WORDS
    yield "some_words", _FEW_WORDS < count <= _SOME_WORDS
    yield "many_words", count > _MANY_WORDS
    yield "stopped", shapes.ends_a_sentence(title) and final not in "?؟？!！…"
    yield "sentences", shapes.has_sentences(title)
    yield "signature", shapes.is_signature(title)
    yield "signed", sheet.signed and shapes.is_signature(title)
    yield "asked", final in ("?", "؟", "？")
    yield "quoted", title[:1] in "«\"“„‘'"
    yield "capitals", first is not None and shapes.is_in_capitals(title) and shapes.is_in_capitals(first)
    yield "size", min(1.0, len(title) / len(first)) if first else 0.5


def _of_lead(sheet: Sheet, at: int) -> Iterator[Sign]:
    lead_at, opener = sheet.prose_below(at), sheet.opener
    lead = sheet.titles[at + 1 if lead_at is None else lead_at]
    title = opening(sheet.titles[at])
    opened = opening(lead).startswith(title[: len(lead)])
    told = lead[len(sheet.titles[at]) :] if opened else lead
    twice = title in map(opening, sheet.titles[at + 1 : at + 1 if lead_at is None else lead_at])
    first = sheet.prose_below(opener) if opener is not None else None
    first_lead = sheet.titles[first] if first is not None else ""
    dated = shapes.opens_as_a_dispatch(told)
    yield "distant", min(3, lead_at - at - 1) / 3 if lead_at is not None else 0
    yield "date_below", any(map(_is_dated, sheet.titles[at + 1 : at + 3 if lead_at is None else lead_at]))
    yield "echoed", (opened or twice) and not shapes.is_signature(sheet.titles[at])
    yield "dated", dated
    yield "both_dated", dated and shapes.opens_as_a_dispatch(first_lead)
    yield "day", shapes.tells_its_day(told)


def _is_dated(line: str) -> bool:
    return shapes.is_date_line(line) or shapes.tells_its_day(line)


def _of_story(sheet: Sheet, at: int, before: Before, until: int) -> Iterator[Sign]:
    text, block, story = sheet.text, sheet.blocks[at], before.story
    about = sheet.words[at]
    lead_at = sheet.prose_below(at)
    begin = block.end if lead_at is None else min(until, sheet.blocks[lead_at].start)
    end = min(until, begin + _AFTER_CHARACTERS)
    terms = sheet.stretches.terms
    yield "own", share(about, terms(begin, min(end, begin + _LEAD_CHARACTERS)))
    again = lead_at is not None and not sheet.recurs(at) and story.opens_like(sheet.titles[lead_at])
    yield "again", again
    named = names(text[begin:end])
    head = sheet.words[before.head] if before.head is not None else set[str]()
    # Where the same is told once more, that its words come again says nothing.
    yield "back", 0 if again else share(about, story.words)
    yield "recurring", 0 if again else share(head, terms(block.start, min(until, block.start + _SECTION_CHARACTERS)))
    yield "shared", 0 if again else story.named(named)
    yield "carried", 0 if again else story.carried(named)
    yield "drop", 0 if again else story.known(terms(begin, end))
    further = terms(until, until + _FURTHER_CHARACTERS)
    yield "resumed", 0 if again else story.carried(further, head)
    yield "across", 0 if again else sheet.threads.across(before.head or 0, at)
    is_listed = until - block.end < _SHORTEST_OPENING or sheet.recurs(at)
    yield "lasting", 0 if again or is_listed else share(about, further)
    yield "length", _long(until - block.end)


def _long(characters: int) -> float:
    return min(1.0, math.log(1 + max(0, characters)) / math.log(1 + _LONG_SECTION_CHARACTERS))
