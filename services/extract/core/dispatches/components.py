"""Passages of an article that are works of their own: dispatches of an agency that it quotes at length."""

import re
from collections.abc import Iterator, Sequence

from contracts.extraction import Component
from services.extract.core.dispatches.dispatch_ends import (
    agency_of_credit,
    own_end,
    return_to_article,
    without_sign_off,
)
from services.extract.core.dispatches.quoted_passages import Passage, passage
from services.extract.core.layout import Paragraph, paragraphs
from services.extract.core.metadata import shapes, signatures
from services.extract.core.metadata.agencies import agencies_in, agency_named
from services.extract.core.metadata.furniture import furniture

_LONGEST_INTRODUCTION = 250
_SHORTEST_DISPATCH = 150  # a line or two that is quoted is a quotation
_SHORTEST_SIGNED_DISPATCH = 80  # but one with its agency
_MOST_PARAGRAPHS = 40  # of a dispatch, up to its source line
_MOST_ABOVE = 3  # lines between an introduction and a dateline: a headline, who wrote it, a day
_INTRODUCED, _QUOTED, _DATELINED = 0.9, 0.9, 0.7

_DISPATCH = re.compile(
    r"\b(?:dépêches?|dispatch(?:es)?|wire (?:story|report|copy)|(?:agentur|eil)?meldung(?:en)?|despachos?|teletipos?"
    r"|dispaccio?|depesz[aey]|depeš[aei]|депеш[аеиу]|сообщени[ея])\b|برقية",
    re.IGNORECASE,
)
_ENDS_OPEN = re.compile(r"[:\uff1a]\W{0,2}\Z")
_OPENS, _CLOSES = "«“„", "»”"
# ALEP, 28 oct (AFP) - · MOSCOW (Reuters) — · (Sputnik) -
_DATELINE = re.compile(r"(?:[^\W\d_a-zß-öø-ÿ][^().!?]{0,60})?\((?P<agency>[^()]{2,30})\)\s?[-\u2013\u2014]{1,2}\s")
# Whoever quotes presents what follows: a sentence, and nobody's title.
_PRESENTS = re.compile(
    r"(?:here\s(?:is|are|'s)|here’s|this\s(?:is|was)|below|(?:the\s)?following|what\s|voici|voilà|ci-(?:dessous|après)"
    r"|hier\s(?:ist|die|der)|es\sfolgt|das\sist|aquí|a\scontinuación|est[ae]\ses|ecco|quest[ao]\sè|di\sseguito)\b",
    re.IGNORECASE,
)
# Reuters, 12 November:
_SOURCE_LINE = re.compile(r"(?P<agency>[^,:()\d]{2,30}?)\s?[,(\u2013\u2014-][^:]{0,20}\d[^:]{0,20}[:\uff1a]\s*")


def components(text: str) -> tuple[Component, ...]:
    """The dispatches that are quoted in a text, in order.

    They stand behind a line that announces one, below a rule, or set as quotations (between marks, or behind `>`) and
    with their agency: in the dateline, in a source line at either end. Their headline stands above or, within marks,
    is their first line. A text that opens as a dispatch is one, and holds none.
    """
    blocks = paragraphs(text)
    return tuple(_found(blocks)) if not any(map(_dateline, blocks[:2])) else ()


class _Rules:
    """Which paragraphs are rules, found out where somebody asks and once only: that takes longer than all else."""

    def __init__(self, blocks: Sequence[Paragraph]) -> None:
        self._blocks, self._known = blocks, dict[int, bool]()
        self._looked_from, self._next = 0, -1

    def at(self, at: int) -> bool:
        """Whether this one is."""
        if at not in self._known:
            found = furniture(self._blocks[at].text)
            self._known[at] = found is not None and found.kind == "separator"
        return self._known[at]

    def next(self, at: int) -> int:
        """The first one from there on; how many paragraphs there are, if none is."""
        if not self._looked_from <= at <= self._next:
            self._next = next((one for one in range(at, len(self._blocks)) if self.at(one)), len(self._blocks))
            self._looked_from = at
        return self._next


def _found(blocks: Sequence[Paragraph]) -> Iterator[Component]:
    at, rules = 1, _Rules(blocks)
    while at < len(blocks):
        found = _quoted(blocks, at) or _announced_or_ruled(blocks, at, rules) or _led_to(blocks, at, rules)
        if found is None:
            at += 1
            continue
        component, last = found
        if component is not None:
            yield component
        at = last + 1


def _quoted(blocks: Sequence[Paragraph], at: int) -> tuple[Component, int] | None:
    """The dispatch that a paragraph begins to quote, and the paragraph in which it ends."""
    quoted = passage(blocks, at)
    if quoted is None or quoted.end - quoted.start < _SHORTEST_SIGNED_DISPATCH:
        return None
    lead = next((number for number, line in enumerate(quoted.lines[:2]) if _agency_of_dateline(line)), None)
    if lead is not None:
        agency = _agency_of_dateline(quoted.lines[lead])
    else:
        long = quoted.end - quoted.start >= _SHORTEST_DISPATCH
        agency = _credited(blocks, at, quoted) if long else None
    if agency is None:
        return None
    above = _headline_above(blocks, at) if not quoted.introduction else None
    headline = quoted.lines[0] if lead == 1 else above
    return _component(quoted.start, quoted.end, agency, headline, _QUOTED), quoted.last


def _credited(blocks: Sequence[Paragraph], at: int, quoted: Passage) -> str | None:
    """The agency in the source line of a quoted passage: above it with a day, in it or, if one is announced, behind."""
    line = _SOURCE_LINE.fullmatch(quoted.introduction or blocks[at - 1].text)
    if line is not None and (named := agencies_in(line["agency"])):
        return named[0]
    announced = _DISPATCH.search(quoted.introduction or blocks[at - 1].text)
    end = f"{quoted.lines[-1]}{quoted.rest}" if announced else quoted.lines[-1]
    return agency_of_credit(end)


def _announced_or_ruled(blocks: Sequence[Paragraph], at: int, rules: _Rules) -> tuple[Component | None, int] | None:
    announced = _announced(blocks[at])
    agency = announced or _ruled(blocks, at, rules)
    first = at + 1 if announced else at
    if agency is None or first == len(blocks):
        return None
    if announced and _below_headline(blocks, first):
        first += 1
    set_apart = _quoted(blocks, first) if announced else None
    if set_apart is not None:
        component, last = set_apart
        headline = component.headline or _headline(blocks, first - 1, rules)
        return component.model_copy(update={"headline": headline}), last
    quoted = passage(blocks, first) if blocks[first].text[0] == ">" else None
    last = quoted.last if quoted else _last(blocks, first, rules, is_ruled=not announced)
    start, end = blocks[first].start, blocks[last].end
    if end - start < _SHORTEST_DISPATCH:
        return None, last
    confidence = _INTRODUCED if announced else _DATELINED
    return _component(start, end, agency, _headline(blocks, first - 1, rules), confidence), last


def _led_to(blocks: Sequence[Paragraph], at: int, rules: _Rules) -> tuple[Component, int] | None:
    """The dispatch that a line with a colon leads to and that no marks set apart: told by its dateline.

    It goes on until its own ending or, where the line speaks of an agency, until the author does again; where neither
    stands before the next rule, the author may go on behind its lead.
    """
    dateline = _dateline_below(blocks, at + 1) if _leads_on(blocks[at]) else None
    if dateline is None:
        return None
    first = at + 1 if dateline == at + 1 else at + 2
    stop = _next_dispatch(blocks, dateline, min(dateline + _MOST_PARAGRAPHS, len(blocks)))
    stop = next((number for number in range(dateline, stop) if rules.at(number)), stop)
    back = return_to_article(blocks, dateline, stop)
    last = own_end(blocks, dateline, stop if back is None else back)
    if last is None:
        of_agency = agency_named(blocks[at].text) or _DISPATCH.search(blocks[at].text)
        last = back - 1 if back is not None and of_agency else dateline
    agency, headline = _dateline(blocks[dateline]), blocks[at + 1].text if first > at + 1 else None
    return _component(blocks[first].start, blocks[last].end, agency, headline, _DATELINED), last


def _below_headline(blocks: Sequence[Paragraph], at: int) -> bool:
    """Whether a paragraph is the headline of the dispatch below it: above its dateline, or else its prose."""
    if at + 1 == len(blocks) or not _is_headline(blocks[at]):
        return False
    return _dateline_below(blocks, at) is not None or shapes.is_prose(blocks[at + 1])


def _dateline_below(blocks: Sequence[Paragraph], at: int) -> int | None:
    """The paragraph with a dateline, this one or below a headline here and the lines under it that are no prose."""
    for number in range(at, min(at + _MOST_ABOVE + 1, len(blocks))):
        if _dateline(blocks[number]):
            return number
        if shapes.is_prose(blocks[number]) or (number == at and not _is_headline(blocks[at])):
            return None
    return None


def _is_headline(block: Paragraph) -> bool:
    return shapes.is_headline(block) and not signatures.is_byline(block.text) and block.text[0] not in _OPENS + '">'


def _next_dispatch(blocks: Sequence[Paragraph], first: int, stop: int) -> int:
    """Where another one is announced, or led to, behind the prose with which one begins; `stop` where none is."""
    near = range(first, min(first + _MOST_ABOVE, stop))
    lead = next((at for at in near if shapes.is_prose(blocks[at])), first)
    return next((at for at in range(lead + 1, stop) if _announced(blocks[at]) or _leads_to_one(blocks, at)), stop)


def _leads_to_one(blocks: Sequence[Paragraph], at: int) -> bool:
    return _leads_on(blocks[at]) and _dateline_below(blocks, at + 1) is not None


def _leads_on(block: Paragraph) -> bool:
    """Whether a line ends with a colon, and is no longer than whoever introduces something writes."""
    return len(block.text) <= _LONGEST_INTRODUCTION and _ENDS_OPEN.search(block.text) is not None


def _component(start: int, end: int, agency: str | None, headline: str | None, confidence: float) -> Component:
    return Component(start=start, end=end, agency=agency, headline=headline, confidence=confidence)


def _announced(block: Paragraph) -> str | None:
    """The agency whose dispatch a line says will follow."""
    return agency_named(block.text) if _leads_on(block) and _DISPATCH.search(block.text) else None


def _dateline(block: Paragraph) -> str | None:
    """The agency in the dateline that a paragraph opens with."""
    return _agency_of_dateline(block.text)


def _agency_of_dateline(text: str) -> str | None:
    found = _DATELINE.match(text)
    return agency_named(found["agency"]) if found else None


def _ruled(blocks: Sequence[Paragraph], at: int, rules: _Rules) -> str | None:
    """The agency in the dateline of a paragraph that stands below a rule, or whose headline does."""
    agency = _dateline(blocks[at])  # asked first: few have one, and what is a rule takes longer to tell
    if agency is None:
        return None
    above = at - 1 if not shapes.is_headline(blocks[at - 1]) else at - 2
    return agency if above >= 0 and rules.at(above) else None


def _last(blocks: Sequence[Paragraph], first: int, rules: _Rules, *, is_ruled: bool) -> int:
    """The last paragraph of what begins at `first`: where its quotation marks close, else where it says that it ends.

    Where it does not, before its quoter speaks again, or above the next rule; one that a rule opens a rule ends.
    """
    end = rules.next(first)
    if blocks[first].text[0] in _OPENS:
        depth = 0
        for at in range(first, end):
            depth += sum((mark in _OPENS) - (mark in _CLOSES) for mark in blocks[at].text)
            if depth <= 0:
                return at
    other = _next_dispatch(blocks, first, end)
    back = return_to_article(blocks, first, other) if not is_ruled or end == len(blocks) else None
    last = own_end(blocks, first, other if back is None else back)
    if last is not None:
        return last
    back = other if back is None and other < end else back
    return back - 1 if back is not None else without_sign_off(blocks, first, end)


def _headline(blocks: Sequence[Paragraph], at: int, rules: _Rules) -> str | None:
    above = blocks[at]
    if rules.at(at) or shapes.is_prose(above) or (_ENDS_OPEN.search(above.text) and _PRESENTS.match(above.text)):
        return None
    return " ".join(above.text.rstrip(" :\uff1a\u00a0\u202f").split()) or None


def _headline_above(blocks: Sequence[Paragraph], at: int) -> str | None:
    """The headline above a paragraph, if it is not the article's own."""
    return blocks[at - 1].text if at > 1 and shapes.is_headline(blocks[at - 1]) else None
