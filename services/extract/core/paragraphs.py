"""The paragraphs of an article's body, as the layout has them."""

from contracts.value import Span
from services.extract.core import layout


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
