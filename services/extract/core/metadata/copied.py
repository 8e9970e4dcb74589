"""A text that was copied off a page with all that stood around the article: menus, teasers, lists of links.

That it was is told by signs of several kinds. Of such a text the article is the densest run of prose; what stands above
its headline, and below the first sign behind it, is the page's.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from services.extract.core.layout import Paragraph, ends_a_sentence
from services.extract.core.metadata import shapes
from services.extract.core.metadata.page_labels import Finding, is_sure, label
from services.extract.core.metadata.page_lines import aside, boxed, hint, is_beside_a_comment

Findings = list[Finding | None]

_SIGNS = frozenset(("share_bar", "related", "comments", "subscription", "advertisement", "navigation"))
_KINDS_OF_SIGNS = 2
_SIGNS_OF_A_PAGE = 3
# A run of prose is as dense as its characters, each paragraph counted to here, less this for each line beside.
_MOST_OF_A_PARAGRAPH = 300
_LINE_BESIDE = 60
_ABOVE = 30
_LONG_WORD = re.compile(r"[^\W\d_]{4,}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2}")
_READ_FOR_WORDS = 3000
# Another line than the first is the headline only if it has so much more in common with the prose.
_MUCH_MORE = 2.0
_LONGEST_BUTTON = 40
_LONGEST_HINT = 200
_LONGEST_RUN = 10  # lines of a list of other articles within the article
_LONGEST_COUNT = 6
_DIGITS_OF_A_TIME = 3
# Nothing is a menu that has so much of the prose in it.
_MOST_PROSE_BESIDE = 0.2
# What ends a page rather than a part of it, and how dense what stands below may be, for the article's density.
_MOST_PROSE_BELOW = {"comments": 0.6, "copyright": 0.6, "subscription": 0.4}
# A teaser is a paragraph or two between lines; the article goes on with more.
_LONGEST_TEASER = 320
_PARAGRAPHS_OF_A_TEASER = 2
_MOST_TEASERS = 1.2  # for the article's own prose above them
_FEWEST_ABOVE = 600
_FEWEST_REPLIES = 3
_MOST_HEADS_OF_COMMENTS = 5  # a page names them at its top, too
# The headline may stand within the run, below so much of its prose.
_MOST_ABOVE = 0.1
_PARAGRAPHS_ABOVE = 2
_MOST_DENSE_ABOVE = 0.4
_ITEM_OF_PROSE = 60
# What heads a list of headlines; behind other signs only short lines follow.
_HEADS_A_LIST = frozenset(("related", "comments", "subscription"))
_ENDS = _SIGNS | {"tags", "copyright"}
_ENDS_A_RUN = _ENDS - {"advertisement", "navigation"}
_WITHIN = frozenset(("advertisement", "label", "caption", "separator"))


def with_the_pages_own(
    blocks: Sequence[Paragraph], findings: Sequence[Finding | None], dated: Collection[int] = ()
) -> tuple[Findings, int | None]:
    """Findings with those that only the whole page shows, and where its headline stands, if it is a page's copy.

    A line that is `dated` is no headline; right above one, it says when the article was published.
    """
    found = list(findings)
    signs = {(finding.kind, blocks[at].text) for at, finding in enumerate(found) if finding and finding.kind in _SIGNS}
    if len(signs) < _SIGNS_OF_A_PAGE and len({kind for kind, _ in signs}) < _KINDS_OF_SIGNS:
        for index, finding in enumerate(found):
            if finding is None or finding != label(blocks[index].text) or is_sure(blocks[index].text):
                continue
            if finding.kind != "related" or not _heads_the_end(blocks, found, index):
                found[index] = None
        return found, None
    copy = _Copy(blocks, found, dated)
    copy.read_hints()
    copy.measure()
    copy.find_end()
    copy.find_headline()
    copy.leave_above()
    copy.leave_between()
    copy.leave_asides()
    copy.leave_runs()
    copy.leave_below()
    return found, copy.headline


@dataclass
class _Copy:
    """A page's copy while it is read; `prose` has the characters of each paragraph that is prose, else 0."""

    blocks: Sequence[Paragraph]
    found: Findings
    dated: Collection[int] = ()
    prose: list[int] = field(default_factory=list)
    density: int = 0
    first: int = 0
    last: int = 0
    end: int | None = None
    headline: int | None = None

    def read_hints(self) -> None:
        """Short lines that speak of the page: its newsletter, its cookies, its script, more of its own."""
        for index, block in enumerate(self.blocks):
            if self.found[index] is not None:
                continue
            is_short = len(block.text) <= (_LONGEST_BUTTON if shapes.is_prose(block) else _LONGEST_HINT)
            if finding := boxed(block.text) or (hint(block.text) if is_short else None):
                self.found[index] = finding
            elif not any(map(str.isalpha, block.text)) and len(block.text) <= _LONGEST_COUNT:
                self.found[index] = Finding("navigation", "a count and nothing else")

    def measure(self) -> None:
        """The run of paragraphs with the most prose for the lines beside: its first and its last."""
        pairs = zip(self.blocks, self.found, strict=True)
        self.prose = [len(block.text) if _is_prose(block, finding) else 0 for block, finding in pairs]
        self.density, self.first, self.last = self._densest(0, len(self.blocks))

    def find_end(self) -> None:
        """The sign within that run which ends the article: below it is nothing but teasers, or comments."""
        are_teasers, below = self._are_teasers_below(), sum(self.prose[self.first :])
        above = heads = 0
        for index in range(self.first, self.last + 1):
            finding = self.found[index]
            if finding and finding.kind in _ENDS_A_RUN and above >= _FEWEST_ABOVE:
                heads += finding.kind == "comments"
                has_comments = finding.kind == "comments" and heads <= _MOST_HEADS_OF_COMMENTS
                has_teasers = are_teasers[index] and below <= _MOST_TEASERS * above
                if has_teasers or (has_comments and self._are_comments(index)):
                    self.density = self._densest(self.first, index)[0]
                    self.last = max(at for at in range(self.first, index) if self.prose[at])
                    self.end = index
                    return
            above += self.prose[index]
            below -= self.prose[index]

    def _are_comments(self, head: int) -> bool:
        """Whether below a head of comments is less than an article, or there stand buttons and times."""
        below = self._densest(head, len(self.blocks))[0]
        if below <= _MOST_PROSE_BELOW["comments"] * self._densest(self.first, head)[0]:
            return True
        return sum(is_beside_a_comment(block.text) for block in self.blocks[head:]) >= _FEWEST_REPLIES

    def _are_teasers_below(self) -> list[bool]:
        """From each line on, whether all prose is teasers: runs of a paragraph or two, short and between lines."""
        are_teasers = [True] * (len(self.blocks) + 1)
        together = paragraphs = 0
        for index in range(len(self.blocks) - 1, -1, -1):
            finding = self.found[index]
            if self.prose[index]:
                together, paragraphs = together + self.prose[index], paragraphs + 1
            elif not (finding and finding.kind in _WITHIN):
                together = paragraphs = 0
            is_teaser = together <= _LONGEST_TEASER and paragraphs <= _PARAGRAPHS_OF_A_TEASER
            are_teasers[index] = are_teasers[index + 1] and is_teaser
        return are_teasers

    def _densest(self, begin: int, end: int) -> tuple[int, int, int]:
        """How dense the densest run within is, its first and its last; all of it, where there is no prose."""
        best, first, last = 0, begin, end - 1
        start, total = begin, 0
        for index in range(begin, end):
            if total <= 0:
                start, total = index, 0
            finding = self.found[index]
            if self.prose[index]:
                total += min(self.prose[index], _MOST_OF_A_PARAGRAPH)
            elif not (finding and finding.kind in _WITHIN) and not self._heads_prose(index):
                total -= _LINE_BESIDE
            if total > best:
                best, first, last = total, start, index
        return best, first, last

    def find_headline(self) -> None:
        """The line above the prose that has most of its words in common with it; a teaser or two may stand above."""
        run = range(self.first, self.last + 1)
        read = "\n".join(self.blocks[index].text for index in run if self.found[index] is None)[:_READ_FOR_WORDS]
        known, best = set(_LONG_WORD.findall(read.casefold())), 0.0
        for index in self._above():
            block = self.blocks[index]
            if index in self.dated or shapes.is_trail(block.text):
                continue
            if self.found[index] is None and shapes.is_headline(block) and not shapes.is_item(block):
                own = set(_LONG_WORD.findall(block.text.casefold()))
                common = len(known & own)
                score = common / len(own) ** 0.5 if common > 1 else 0.0
                if score > best * _MUCH_MORE:
                    best, self.headline = score, index

    def _above(self) -> Iterator[int]:
        """Lines that the headline may be: those above the run, and in it what stands below hardly any of its prose."""
        yield from range(max(0, self.first - _ABOVE), self.first + 1)
        whole = sum(self.prose[self.first : self.last + 1])
        above = paragraphs = 0
        for index in range(self.first, self.last):
            above += self.prose[index]
            paragraphs += self.prose[index] > 0
            if above > _MOST_ABOVE * whole or paragraphs > _PARAGRAPHS_ABOVE or self.headline is not None:
                return
            if not self.prose[index]:
                yield index + 1

    def leave_above(self) -> None:
        """Leave out what stands above the headline, where hardly any prose does, or nothing but a menu's."""
        top = self.headline or 0
        if sum(self.prose[:top]) <= _MOST_PROSE_BESIDE * sum(self.prose[top:]) or self._is_thin(top):
            for index in range(top - 1 if top - 1 in self.dated else top):
                self._leave(index, Finding("navigation", "above the headline of what was copied off a page"))

    def _is_thin(self, top: int) -> bool:
        """Whether above there is no paragraph that is longer than a teaser and stands there once, and little of all."""
        long = Counter(self.blocks[index].text for index in range(top) if self.prose[index] > _LONGEST_TEASER)
        return 1 not in long.values() and self._densest(0, top)[0] <= _MOST_DENSE_ABOVE * self.density

    def leave_between(self) -> None:
        """Leave out names, times and counts between headline and prose."""
        for index in range(self.first if self.headline is None else self.headline + 1, self.first):
            text = self.blocks[index].text
            if index in self.dated or len(text) > _LONGEST_BUTTON or ends_a_sentence(text):
                continue
            if shapes.is_name(text):
                self._leave(index, Finding("byline", "a name between headline and prose"))
            elif sum(map(str.isdecimal, text)) >= _DIGITS_OF_A_TIME:
                self._leave(index, Finding("label", "a time between headline and prose"))

    def leave_asides(self) -> None:
        """Leave out times, counts and what is said to the reader above the headline and below the article's prose."""
        for index in (*range(self.headline or 0), *range(self.last + 1, len(self.blocks))):
            if self.found[index] is None and (finding := aside(self.blocks[index].text)):
                self.found[index] = finding

    def leave_runs(self) -> None:
        """Leave out lines without a sentence that follow a sign, up to the next prose and the heading above it."""
        sign: Finding | None = None
        at = 0
        for index in range((self.headline or 0) + 1, self.last):
            finding = self.found[index]
            if finding is not None:
                sign, at = (finding, index) if finding.kind in _SIGNS else (sign, at)
            elif self.prose[index] or index in self.dated or index - at > _LONGEST_RUN:
                sign = None
            elif sign and _follows(sign, self.blocks[index]) and not self._heads_prose(index):
                self._leave(index, Finding(sign.kind, f"a line below {sign.reason}"))

    def leave_below(self) -> None:
        """Leave out all that follows the first sign behind the article that has little enough prose below it."""
        below, whole = sum(self.prose[self.last + 1 :]), sum(self.prose)
        density = self._densest(self.last + 1, len(self.blocks))[0]
        sign: Finding | None = None
        for index in range(self.last + 1, len(self.blocks)):
            finding = self.found[index]
            if finding is None and sign:
                self._leave(index, Finding(sign.kind, f"below {sign.reason}, behind the article"))
            elif finding and finding.kind in _ENDS:
                most = _MOST_PROSE_BELOW.get(finding.kind, _MOST_PROSE_BESIDE)
                is_thin = density <= most * self.density or below <= most * whole
                sign = finding if sign or index == self.end or is_thin else None
            below -= self.prose[index]

    def _leave(self, index: int, finding: Finding) -> None:
        self.found[index] = self.found[index] or finding

    def _heads_prose(self, index: int) -> bool:
        """Whether a heading stands right above prose."""
        if index + 1 >= len(self.blocks) or shapes.is_item(self.blocks[index]):
            return False
        is_prose = _is_prose(self.blocks[index + 1], self.found[index + 1])
        block = self.blocks[index]
        return is_prose and (shapes.is_heading(block) or shapes.is_quoted_line(block)) and not self._is_listed(index)

    def _is_listed(self, index: int) -> bool:
        """Whether a line ends a list: the line above is right above, and an empty line parts it from the prose."""
        above = self.found[index - 1] if index else None
        in_list = above is not None and above.kind in _HEADS_A_LIST and self.blocks[index].apart
        return in_list and not self.blocks[index - 1].apart


def _heads_the_end(blocks: Sequence[Paragraph], found: Findings, index: int) -> bool:
    """Whether below a line are headlines and the page's own lines alone, a headline first, up to the text's end."""
    below = range(index + 1, len(blocks))
    lines = [at for at in below if found[at] is None]
    is_list = lines[:1] == [index + 1] and index > 0
    return is_list and all(shapes.is_headline(blocks[at]) or shapes.is_item(blocks[at]) for at in lines)


def _is_prose(block: Paragraph, finding: Finding | None) -> bool:
    if finding is not None or not shapes.is_prose(block):
        return False
    return not shapes.is_item(block) or (len(block.text) >= _ITEM_OF_PROSE and ends_a_sentence(block.text))


def _follows(sign: Finding, block: Paragraph) -> bool:
    return sign.kind in _HEADS_A_LIST or (len(block.text) <= _LONGEST_BUTTON and sign.kind != "advertisement")
