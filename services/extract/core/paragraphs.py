"""The paragraphs of an article's body, as the layout has them."""

from itertools import pairwise

from contracts.value import Span
from services.extract.core import layout

_LONGEST_HEADING = 110
_QUOTES = '"«»“”„:'


def headings(text: str, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of the paragraphs that head the next one: short, a line without a mark at its end or one that quotes."""
    return [
        (start, end)
        for (start, end), (following, last) in pairwise(found)
        if end - start <= _LONGEST_HEADING < last - following
        and text[end - 1].isalnum()
        and text[start].isupper()
        and not any(mark in text[start:end] for mark in _QUOTES)
    ]


def paragraphs(text: str, body: tuple[Span, ...]) -> list[tuple[int, int]]:
    """Start and end of each paragraph that lies in `body`, or of its part that does, in reading order."""
    found = []
    spans = iter(sorted(body, key=lambda span: span.start))
    span = next(spans, None)
    for paragraph in layout.paragraphs(text):
        while span is not None and span.end <= paragraph.start:
            span = next(spans, None)
        while span is not None and span.start < paragraph.end:
            start, end = max(span.start, paragraph.start), min(span.end, paragraph.end)
            if text[start:end].strip():
                found.append((start, end))
            if span.end > paragraph.end:
                break
            span = next(spans, None)
    return found
