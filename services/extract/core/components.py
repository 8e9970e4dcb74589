"""Passages of an article that are works of their own: dispatches of an agency that it quotes at length."""

import re
from collections.abc import Iterator, Sequence

from contracts.extraction import Component
from services.extract.core.layout import Paragraph, paragraphs
from services.extract.core.metadata import shapes
from services.extract.core.metadata.agencies import agency_named
from services.extract.core.metadata.furniture import furniture

_LONGEST_INTRODUCTION = 250
_SHORTEST_DISPATCH = 150  # a line or two that is quoted is a quotation
_INTRODUCED, _DATELINED = 0.9, 0.7

_DISPATCH = re.compile(
    r"\b(?:dépêches?|dispatch(?:es)?|wire (?:story|report|copy)|(?:agentur|eil)?meldung(?:en)?|despachos?|teletipos?"
    r"|dispaccio?|depesz[aey]|depeš[aei]|депеш[аеиу]|сообщени[ея])\b|برقية",
    re.IGNORECASE,
)
_ENDS_OPEN = re.compile(r"[:\uff1a]\W{0,2}\Z")
_OPENS, _CLOSES = "«“„", "»”"
# ALEP, 28 oct (AFP) - · MOSCOW (Reuters) — · (Sputnik) -
_DATELINE = re.compile(r"(?:[^\W\d_a-zß-öø-ÿ][^().!?]{0,60})?\((?P<agency>[^()]{2,30})\)\s?[-\u2013\u2014]{1,2}\s")


def components(text: str) -> tuple[Component, ...]:
    """The dispatches that are quoted in a text, in order: behind a line that announces one, or below a rule.

    A text that opens as a dispatch is one, and holds none.
    """
    blocks = paragraphs(text)
    return tuple(_found(blocks)) if not any(map(_dateline, blocks[:2])) else ()


def _found(blocks: Sequence[Paragraph]) -> Iterator[Component]:
    at = 1
    while at < len(blocks):
        announced = _announced(blocks[at])
        agency = announced or (_dateline(blocks[at]) if _is_below_a_rule(blocks, at) else None)
        first = at + 1 if announced else at
        if agency is None or first == len(blocks):
            at += 1
            continue
        last = _last(blocks, first)
        start, end = blocks[first].start, blocks[last].end
        if end - start >= _SHORTEST_DISPATCH:
            yield Component(
                start=start,
                end=end,
                agency=agency,
                headline=_headline(blocks[first - 1]),
                confidence=_INTRODUCED if announced else _DATELINED,
            )
        at = last + 1


def _announced(block: Paragraph) -> str | None:
    """The agency whose dispatch a line says will follow."""
    if len(block.text) > _LONGEST_INTRODUCTION or not _ENDS_OPEN.search(block.text):
        return None
    return agency_named(block.text) if _DISPATCH.search(block.text) else None


def _dateline(block: Paragraph) -> str | None:
    """The agency in the dateline that a paragraph opens with."""
    found = _DATELINE.match(block.text)
    return agency_named(found["agency"]) if found else None


def _is_below_a_rule(blocks: Sequence[Paragraph], at: int) -> bool:
    """Whether a rule stands above it, or above its headline."""
    above = at - 1 if not shapes.is_headline(blocks[at - 1]) else at - 2
    return above >= 0 and _is_rule(blocks[above])


def _is_rule(block: Paragraph) -> bool:
    found = furniture(block.text)
    return found is not None and found.kind == "separator"


def _last(blocks: Sequence[Paragraph], first: int) -> int:
    """The last paragraph of what begins at `first`: where its quotation marks close, else above the next rule."""
    end = next((at for at in range(first, len(blocks)) if _is_rule(blocks[at])), len(blocks))
    if blocks[first].text[0] in _OPENS:
        depth = 0
        for at in range(first, end):
            depth += sum((mark in _OPENS) - (mark in _CLOSES) for mark in blocks[at].text)
            if depth <= 0:
                return at
    return max(first, end - 1)


def _headline(above: Paragraph) -> str | None:
    if _is_rule(above) or shapes.is_prose(above):
        return None
    return " ".join(above.text.rstrip(" :\uff1a\u00a0\u202f").split()) or None
