"""What speaks for a headline's opening another article, weighed: layout, form, and what is written about."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from services.fetch.core.splitting import shapes
from services.fetch.core.splitting.blocks import Block
from services.fetch.core.splitting.terms import names, share, terms

_LOOK_AHEAD = 5  # blocks between a headline and its prose: kicker, byline, a standfirst
_BEFORE_CHARACTERS = 8000
_AFTER_CHARACTERS = 1500
_LEAD_CHARACTERS = 800
_SECTION_CHARACTERS = 3000
_MOST_GAP = 3
_MOST_KICKERS = 2
_FEW_WORDS, _SOME_WORDS, _MANY_WORDS = 2, 4, 22
_LONG_SECTION_CHARACTERS = 1800
_LONGEST_HEADER = 600


@dataclass(frozen=True, slots=True)
class Signs:
    """What is to be seen of one place where an article may begin; 0 to 1 but for the gap, which counts empty lines."""

    ruled: float  # a line of marks stands before it
    gap: float  # more empty lines before it than elsewhere
    alone: float  # empty lines on both sides
    few_words: float
    some_words: float
    many_words: float
    stopped: float  # it ends with a full stop
    asked: float
    quoted: float
    size: float  # its length beside the first headline's
    date_below: float  # a date line stands between it and the prose
    after_sentence: float  # what goes before ends with a sentence
    own: float  # of its words, those of the prose below it
    back: float  # of its words, those of the prose above it
    recurring: float  # of the words of the headline before it, those in what it would head
    shared: float  # of the names below it, those named above
    length: float  # of what it would head
    dated: float  # the lead opens with its day
    both_dated: float  # and so does the first article's


# Fitted on half of many single and joined articles, intertitres among them: tests/eval/eval_splitting.py reports the
# other half. What a sign adds to the logarithm of the odds.
WEIGHTS = Signs(
    ruled=3.9, gap=2.7, alone=5.5, few_words=-1.8, some_words=-1.4, many_words=-1.5, stopped=-3.2, asked=-1.4,
    quoted=-1.1, size=1.6, date_below=1.5, after_sentence=1.0, own=2.6, back=-3.5, recurring=-2.0, shared=-3.8,
    length=1.5, dated=1.7, both_dated=1.6,
)  # fmt: skip
BIAS = -9.3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A headline that may open another article, and the signs of that."""

    index: int
    start: int
    signs: Signs

    @property
    def probability(self) -> float:
        """That it does."""
        weighed = sum(getattr(WEIGHTS, name) * getattr(self.signs, name) for name in Signs.__slots__)
        return 1 / (1 + math.exp(-(weighed + BIAS)))


@dataclass(frozen=True)
class Sheet:
    """A text's blocks and what each looks like."""

    text: str
    blocks: Sequence[Block]
    heads: Sequence[bool]
    proses: Sequence[bool]

    @classmethod
    def of(cls, text: str, found: Sequence[Block]) -> "Sheet":
        """The sheet of a text."""
        proses = [shapes.is_prose(block) for block in found]
        heads = [
            shapes.is_headline(block) and not prose and not shapes.is_date_line(block.text)
            for block, prose in zip(found, proses, strict=True)
        ]
        return cls(text, found, heads, proses)

    def heading(self, index: int) -> bool:
        """Whether a block could be the headline of the prose that follows it."""
        return self.heads[index] and any(self.proses[index + 1 : index + 1 + _LOOK_AHEAD])

    def lead(self, index: int) -> Block:
        """The first prose at or below a block."""
        return next(self.blocks[at] for at in range(index, len(self.blocks)) if self.proses[at])

    @cached_property
    def opener(self) -> int | None:
        """The headline that the text opens with, below its header; None where it opens with prose."""
        for index in range(len(self.blocks)):
            if self.heading(index):
                return index
            dated = any(shapes.is_date_line(block.text) for block in self.blocks[index + 1 : index + 2])
            if self.proses[index] and not (dated and self.blocks[index].end <= _LONGEST_HEADER):
                return None
        return None

    @cached_property
    def usual_gap(self) -> int:
        """How many empty lines stand between most blocks."""
        gaps = sorted(block.gap for block in self.blocks[1:])
        return gaps[len(gaps) // 2] if gaps else 1


def runs(sheet: Sheet, most: int) -> list[list[int]]:
    """The headlines below the first article's prose, at most so many; those without prose between are one run."""
    start = next((at for at in range(sheet.opener or 0, len(sheet.blocks)) if sheet.proses[at]), len(sheet.blocks))
    heads = islice((at for at in range(start + 1, len(sheet.blocks) - 1) if _is_place(sheet, at)), most)
    found: list[list[int]] = []
    for at in heads:
        if found and not any(sheet.proses[found[-1][-1] + 1 : at]):
            found[-1].append(at)
        else:
            found.append([at])
    return found


def weighed(sheet: Sheet, at: int, before: Candidate | None, *, until: int) -> Candidate:
    """A headline as the beginning of an article up to `until`, where `before` began the one before, if any did."""
    return Candidate(at, sheet.blocks[_top(sheet, at)].start, _signs(sheet, at, before, until))


def _top(sheet: Sheet, at: int) -> int:
    """Where what belongs to a headline begins: at a kicker above it that is set apart from what goes before."""
    for above in range(at, max(0, at - 1 - _MOST_KICKERS), -1):
        block = sheet.blocks[above]
        if above != at and (sheet.proses[above] or not shapes.is_kicker(block)):
            break
        if block.gap > sheet.usual_gap or block.ruled:
            return above
    return at


def _is_place(sheet: Sheet, at: int) -> bool:
    apart = sheet.blocks[at].gap or sheet.blocks[at].ruled or sheet.blocks[at + 1].gap
    return bool(apart) and sheet.heading(at)


def _signs(sheet: Sheet, at: int, before: Candidate | None, end: int) -> Signs:
    top, opener = _top(sheet, at), sheet.opener
    block, apart, text = sheet.blocks[at], sheet.blocks[top], sheet.text
    first = sheet.blocks[opener] if opener is not None else None
    below = text[block.end : min(end, block.end + _AFTER_CHARACTERS)]
    since = before.start if before is not None else 0
    above = text[max(since, block.start - _BEFORE_CHARACTERS) : block.start]
    head = sheet.blocks[before.index] if before is not None else first
    about, said_above = terms(block.text), terms(above)
    count = shapes.words(block.text)
    final = block.text.rstrip("\"'»”’)] \u00a0")[-1:]
    lead = sheet.lead(at).text
    dated = shapes.opens_with_its_day(lead)
    return Signs(
        ruled=apart.ruled,
        gap=min(_MOST_GAP, max(0, apart.gap - sheet.usual_gap)),
        alone=(apart.gap > 0 or apart.ruled) and sheet.blocks[at + 1].gap > 0,
        few_words=count <= _FEW_WORDS,
        some_words=_FEW_WORDS < count <= _SOME_WORDS,
        many_words=count > _MANY_WORDS,
        stopped=shapes.ends_a_sentence(block.text) and final not in "?؟？!！",
        asked=final in ("?", "؟", "？"),
        quoted=block.text[0] in "«\"“„‘'",
        size=min(1.0, len(block.text) / len(first.text)) if first is not None else 0.5,
        date_below=any(map(shapes.is_date_line, (one.text for one in sheet.blocks[at + 1 : at + 3]))),
        after_sentence=shapes.ends_a_sentence(sheet.blocks[top - 1].text),
        own=share(about, terms(below[:_LEAD_CHARACTERS])),
        back=share(about, said_above),
        recurring=share(terms(head.text), terms(text[block.start : end][:_SECTION_CHARACTERS])) if head else 0,
        shared=share(names(below), names(above)),
        length=min(1.0, math.log(1 + end - block.end) / math.log(1 + _LONG_SECTION_CHARACTERS)),
        dated=dated,
        both_dated=dated and first is not None and shapes.opens_with_its_day(sheet.lead(opener or 0).text),
    )
