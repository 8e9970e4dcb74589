"""A passage in another language, and how neighbouring ones become one."""

import re
from collections.abc import Iterable
from typing import NamedTuple

LETTER = re.compile(r"[^\W\d_]")


class Passage(NamedTuple):
    """Where another language is spoken."""

    start: int
    end: int
    tag: str
    confidence: float


def merged(text: str, passages: Iterable[Passage]) -> list[Passage]:
    """The passages in order, neighbours in the same language made one, whole paragraphs with their marks."""
    joined: list[Passage] = []
    for passage in sorted(passages):
        last = joined[-1] if joined else None
        if last and last.tag == passage.tag and not LETTER.search(text, last.end, passage.start):
            joined[-1] = Passage(last.start, passage.end, last.tag, max(last.confidence, passage.confidence))
        else:
            joined.append(passage)
    return [_with_marks(text, passage) for passage in joined]


def _with_marks(text: str, passage: Passage) -> Passage:
    """The passage with the brackets and quotation marks around it, if its paragraph has no other letters."""
    start = text.rfind("\n", 0, passage.start) + 1
    end = text.find("\n", passage.end)
    end = len(text) if end < 0 else end
    if LETTER.search(text, start, passage.start) or LETTER.search(text, passage.end, end):
        return passage
    paragraph = text[start:end]
    return passage._replace(start=start + len(paragraph) - len(paragraph.lstrip()), end=start + len(paragraph.rstrip()))
