"""A text's blocks and what each looks like: where headlines may stand, and which of them are looked at together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from services.fetch.core.splitting import shapes
from services.fetch.core.splitting.blocks import Block
from services.fetch.core.splitting.quoted import quoted
from services.fetch.core.splitting.stretches import Stretches
from services.fetch.core.splitting.terms import terms
from services.fetch.core.splitting.threads import Threads

_FURTHER_AHEAD = 40
_LOOK_AHEAD = 5  # blocks between a headline and its prose: kicker, byline, a standfirst
_LONGEST_HEADER = 600
_MOST_KICKERS = 2
_MOST_WORDS_OF_A_LABEL = 3
_SHORTEST_SECTION = 120


@dataclass(frozen=True)
class Sheet:
    """A text's blocks; the `titles` are their words without numbers and marks before them."""

    text: str
    blocks: Sequence[Block]
    titles: Sequence[str]
    numbers: Sequence[int]
    levels: Sequence[int]
    heads: Sequence[bool]
    proses: Sequence[bool]

    @classmethod
    def of(cls, text: str, found: Sequence[Block]) -> "Sheet":
        """The sheet of a text."""
        levels, words = zip(*map(_unmarked, found), strict=True) if found else ((), ())
        counts = _counts([shapes.numbered(title) for title in words])
        titles = [
            title[shapes.numbered(title)[1] :] if count else title for title, count in zip(words, counts, strict=True)
        ]
        proses = [shapes.is_prose(title) for title in titles]
        heads = [
            not prose and not shapes.is_date_line(title) and shapes.is_headline(title, block.lines)
            for block, title, prose in zip(found, titles, proses, strict=True)
        ]
        return cls(text, found, titles, counts, levels, heads, proses)

    @cached_property
    def words(self) -> Sequence[set[str]]:
        """The longer words of each block."""
        return [terms(title) for title in self.titles]

    @cached_property
    def stretches(self) -> Stretches:
        """The longer words of each stretch of the text."""
        return Stretches(self.text)

    @cached_property
    def threads(self) -> Threads:
        """The words that run through the text; a line that comes again and again is no thread of it."""
        told = [set[str]() if self.recurs(at) else found for at, found in enumerate(self.words)]
        return Threads(told, [len(title) for title in self.titles])

    def heading(self, index: int) -> bool:
        """Whether a block could be the headline of the prose that follows it."""
        return self.heads[index] and self.prose_below(index) is not None and not self._is_broken(index)

    def prose_below(self, index: int) -> int | None:
        """The first prose under a block, if it is near and no other headline is set apart between them."""
        for at in range(index + 1, min(index + 1 + _LOOK_AHEAD, len(self.blocks))):
            if self.blocks[at].ruled or (self.is_apart(at) and not self.proses[at]):
                return None
            if self.proses[at]:
                return at
        return None

    @cached_property
    def opener(self) -> int | None:
        """The headline that the text opens with, below its header; None where it opens with prose."""
        first: int | None = None
        for index, block in enumerate(self.blocks):
            if self.heading(index) and (first is None or self.numbers[index] or self.levels[index]):
                first = index
            dated = any(shapes.is_date_line(one.text) for one in self.blocks[index + 1 : index + 2])
            if self.proses[index] and not (first is None and dated and block.end <= _LONGEST_HEADER):
                break
        return first

    @cached_property
    def numbered(self) -> bool:
        """Whether the first headline has a number: then articles are counted, and not the items of a list in one."""
        return self.opener is not None and self.numbers[self.opener] > 0

    @cached_property
    def usual_gap(self) -> int:
        """How many empty lines stand between most blocks."""
        gaps = sorted(block.gap for block in self.blocks[1:])
        return gaps[len(gaps) // 2] if gaps else 1

    @cached_property
    def gaps_told(self) -> float:
        """How far wider gaps tell headlines: the part of them that stands before such, or a word or two above one."""
        below = (at for at in range(1, len(self.blocks)) if not self.heads[at - 1])
        wide = [at for at in below if self.blocks[at].gap > self.usual_gap]
        told = sum(self.heads[at] or shapes.is_kicker(self.blocks[at]) for at in wide)
        return told / len(wide) if wide else 1.0

    def top(self, at: int) -> int:
        """Where what belongs to a headline begins: at a kicker above it that is set apart from what goes before."""
        for above in range(at, max(0, at - 1 - _MOST_KICKERS), -1):
            block = self.blocks[above]
            if above != at and (self.proses[above] or not shapes.is_kicker(block)):
                break
            if self.is_apart(above):
                return above
        return at - 1 if self.labelled and self._is_label(at - 1) else at

    @cached_property
    def labelled(self) -> bool:
        """Whether a word or two, or a day, stand above the headline that the text opens with: then above others too."""
        return self.opener in (0, 1) and len(self.blocks) > 1 and self.heads[1] and self._is_label(0)

    @cached_property
    def signed(self) -> bool:
        """Whether the text ends with a line below its prose: then its other articles do too."""
        return len(self.blocks) > 1 and not self.proses[-1] and shapes.is_signature(self.blocks[-1].text)

    @cached_property
    def bylined(self) -> bool:
        """Whether who wrote it is told under the headline that the text opens with: then under others too."""
        return self.opener is not None and self.is_signed_below(self.opener)

    def is_signed_below(self, at: int) -> bool:
        """Whether who wrote it is told between a headline and its prose."""
        prose = self.prose_below(at)
        return prose is not None and any(shapes.is_byline(self.blocks[line].text) for line in range(at + 1, prose))

    @cached_property
    def ended(self) -> bool:
        """Whether the text closes with a mark that an article ends, or its address: then its other articles do too."""
        return bool(self.blocks) and (shapes.is_end_mark(self.blocks[-1].text) or self._is_addressed)

    @cached_property
    def _is_addressed(self) -> bool:
        return shapes.is_address(self.blocks[-1].text)

    def is_behind_an_end(self, at: int) -> bool:
        """Whether the mark that the text closes with stands before a block, or an address as the one it closes with."""
        if at == 0 or not self.ended:
            return False
        line = self.blocks[at - 1].text
        return shapes.is_address(line) if self._is_addressed else line == self.blocks[-1].text

    @cached_property
    def bracketed(self) -> bool:
        """Whether a section in brackets stands above the headline that the text opens with: then above others too."""
        return self.labelled and shapes.is_in_brackets(self.blocks[0].text)

    def _is_label(self, at: int) -> bool:
        text = self.blocks[at].text
        if shapes.is_date_line(text) or shapes.is_date_line(self.blocks[0].text):
            return shapes.is_date_line(text) and shapes.is_date_line(self.blocks[0].text)
        if shapes.is_in_brackets(text) or shapes.is_in_brackets(self.blocks[0].text):
            return shapes.is_in_brackets(text) and shapes.is_in_brackets(self.blocks[0].text)
        if self.proses[at] or shapes.is_aside(text) or not shapes.is_kicker(self.blocks[at]):
            return False
        return shapes.words(text) <= _MOST_WORDS_OF_A_LABEL

    def above(self, at: int) -> int:
        """The block before one; above a signature, or a word, that the text ends with as well."""
        line = self.blocks[at - 1].text
        closes = (self.signed and shapes.is_signature(line)) or line == self.blocks[-1].text
        return at - 2 if at > 1 and closes else at - 1

    def is_small(self, at: int) -> bool:
        """Whether a block could be a headline but that it opens with a small letter, where a sentence has ended."""
        block, title = self.blocks[at], self.titles[at]
        if not title[0].islower() or self.proses[at] or not self._is_alone(at):
            return False
        return shapes.is_headline(title[0].upper() + title[1:], block.lines) and self.prose_below(at) is not None

    def is_far(self, at: int) -> bool:
        """Whether a block could be a headline but that a table stands between it and its prose, and has its words."""
        if not self.heads[at] or not self._is_alone(at) or self.prose_below(at) is not None:
            return False
        below = terms(" ".join(self.titles[at + 1 : at + 1 + _LOOK_AHEAD]))
        return not below.isdisjoint(terms(self.titles[at])) and any(self.proses[at + 1 : at + 1 + _FURTHER_AHEAD])

    def _is_alone(self, at: int) -> bool:
        """Whether a block stands between empty lines, below the end of a sentence."""
        alone = self.blocks[at].gap and self.blocks[at + 1].gap
        return bool(alone) and shapes.ends_a_sentence(self.blocks[at - 1].text)

    @cached_property
    def _told_until(self) -> Sequence[int]:
        """How many blocks of prose stand before each."""
        return [0, *accumulate(self.proses)]

    @cached_property
    def _same(self) -> dict[str, tuple[int, int]]:
        """Where the blocks with the same words first and last stand."""
        found: dict[str, tuple[int, int]] = {}
        for at, block in enumerate(self.blocks):
            found[block.text] = (found.get(block.text, (at, at))[0], at)
        return found

    def recurs(self, at: int) -> bool:
        """Whether the same words stand elsewhere as a block, and prose between: a headline is told twice above it."""
        first, last = self._same[self.blocks[at].text]
        return self._told_until[last] > self._told_until[at] or self._told_until[at] > self._told_until[first]

    def is_apart(self, at: int) -> bool:
        """Whether a rule stands before a block, or more empty lines than elsewhere."""
        return self.blocks[at].ruled or self.blocks[at].gap > self.usual_gap

    def runs(self) -> Iterator[list[int]]:
        """The headlines below the first article's prose, in order; those without prose between are one run."""
        run: list[int] = []
        first = next((at for at in range(self.opener or 0, len(self.blocks)) if self.proses[at]), len(self.blocks))
        prose_since = True
        for at in range(first + 1, len(self.blocks) - 1):
            if self._is_place(at):
                if run and (prose_since or self._is_section(run[0], at)):
                    yield run
                    run = []
                run.append(at)
                prose_since = False
            prose_since = prose_since or self.proses[at]
        if run:
            yield run

    @cached_property
    def quoted(self) -> frozenset[int]:
        """The blocks of dispatches that an article quotes."""
        return quoted([block.text for block in self.blocks])

    def _is_place(self, at: int) -> bool:
        if at in self.quoted:
            return False
        if self.heading(at) or self.is_small(at) or self.is_far(at):
            return True
        block = self.blocks[at]
        apart = self.is_apart(at) and not self.proses[at] and not shapes.is_date_line(block.text)
        if not apart or self._is_broken(at):
            return False
        return shapes.is_headline_set_apart(block.text, block.lines, ruled=block.ruled)

    def _is_broken(self, at: int) -> bool:
        """Whether the line below goes on with what a block says, or is a footnote: no article opens with such."""
        below = self.blocks[at + 1]
        goes_on = not below.gap and not below.ruled and not self.levels[at] and below.text[0].islower()
        return goes_on or shapes.is_footnote(below.text)

    def _is_section(self, first: int, at: int) -> bool:
        far = self.blocks[at].start - self.blocks[first].end >= _SHORTEST_SECTION
        return self.is_apart(at) and (far or not self.is_apart(first))


def _unmarked(block: Block) -> tuple[int, str]:
    level, begin = shapes.marked(block.text)
    return level or block.level, block.text[begin:]


def _counts(numbers: list[tuple[int, int]]) -> list[int]:
    """The numbers that count blocks from one, each where it stands; nought for others, as for lists below a number.

    What another number follows at once is an item of a list: nothing is told under it.
    """
    counts = [0] * len(numbers)
    counted: list[int] = []
    below = 0  # how far a list has come that began since
    for at, (number, _) in enumerate(numbers):
        if not number or (at + 1 < len(numbers) and numbers[at + 1][0] == number + 1):
            continue
        if counted and number == below + 1:
            below = number
        elif number == len(counted) + 1:
            counted.append(at)
            below = 0
    for number, at in enumerate(counted if len(counted) > 1 else (), 1):
        counts[at] = number
    return counts
