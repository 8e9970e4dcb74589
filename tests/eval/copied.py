"""Pages as somebody copies them into a text, and where in that text the article's gold body stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import lxml.html

from tests.eval.scoring import Place

_APART_NAMES = """
    address article aside blockquote body br button dd details div dl dt fieldset figcaption figure footer form h1 h2
    h3 h4 h5 h6 header hr li main nav ol option p pre section select summary table tbody td tfoot th thead tr ul
"""
_APART = frozenset(_APART_NAMES.split())
_UNSEEN = frozenset(("script", "style", "noscript", "template", "svg", "iframe", "head"))
_SENTENCE = re.compile(r"(?<=[.!?…»”])\s+")
_ENCODING = re.compile(r"<\?xml[^>]*\?>")


@dataclass(frozen=True)
class Aligned:
    """Where a body stands in a text, and which share of its characters was found there."""

    places: tuple[Place, ...]
    share: float


def copied(page: str) -> str:
    """The words of a page as they are read from top to bottom: a paragraph an element that stands apart."""
    pieces = "".join(_pieces(lxml.html.document_fromstring(_ENCODING.sub("", page))))
    lines = (" ".join(line.split()) for line in pieces.split("\n"))
    return "\n\n".join(line for line in lines if line) + "\n"


def _pieces(root: lxml.html.HtmlElement) -> Iterator[str]:
    open_ends: list[tuple[lxml.html.HtmlElement, bool]] = [(root, False)]
    while open_ends:
        element, is_read = open_ends.pop()
        is_apart = element.tag in _APART
        if is_read:
            yield ("\n" if is_apart else "") + " ".join((element.tail or "").split("\n"))
            continue
        open_ends.append((element, True))
        if isinstance(element.tag, str) and element.tag not in _UNSEEN:
            yield ("\n" if is_apart else "") + " ".join((element.text or "").split("\n"))
            open_ends.extend((child, False) for child in reversed(element))


def aligned(text: str, body: str) -> Aligned:
    """The paragraphs of a body in a text, blanks apart; sentence by sentence where one is not there as a whole."""
    squeezed, offsets = _squeezed(text)
    places: list[Place] = []
    at = found = wanted = 0
    for piece in _wanted(body, squeezed):
        wanted += len(piece)
        start = squeezed.find(piece, at)
        start = squeezed.find(piece) if start < 0 else start
        if start >= 0:
            at = start + len(piece)
            found += len(piece)
            places.append((offsets[start], offsets[at - 1] + 1))
    return Aligned(tuple(places), found / wanted if wanted else 0.0)


def _wanted(body: str, squeezed: str) -> Iterator[str]:
    for paragraph in body.splitlines():
        whole, _ = _squeezed(paragraph)
        pieces = [paragraph] if whole in squeezed else _SENTENCE.split(paragraph)
        yield from filter(None, (_squeezed(piece)[0] for piece in pieces))


def _squeezed(text: str) -> tuple[str, list[int]]:
    """A text without blanks and soft marks, and where each of its characters stood."""
    kept = [(mark, at) for at, mark in enumerate(text) if not mark.isspace() and mark not in "\u200b\ufeff\u00ad"]
    return "".join(mark for mark, _ in kept), [at for _, at in kept]
