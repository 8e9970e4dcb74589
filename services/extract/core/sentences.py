"""Where the sentence around a quotation begins and ends."""

import re

WINDOW = 400  # characters before or after a quotation where its verb may stand
SENTENCE_END = re.compile(
    r"(?:(?<=[^\W\d_]{2})|(?<=[»”)%])|(?<=\d{4}))(?<!\bMr)(?<!\bDr)(?<!\bMrs)(?<!\bGen)(?<!\bSen)(?<!\bRep)(?<!\bLt)(?<!\bCol)(?<!\bMme)"
    r"[.!?…؟]+[»”\"'’]?(?:\s+(?=[«“„\"'‘(]?\s?[A-ZÀ-ÞĀ-Ž\u0600-\u06ff])|(?=[A-ZÀ-Þ][a-zà-ÿ])|\s*\Z)|\n\s*\n"
)


def sentence_start(text: str, start: int, position: int, window: int = WINDOW) -> int:
    """Where the sentence begins in which `position` stands; not before `start`, nor more than `window` back."""
    start = max(start, position - window)
    return max((match.end() for match in SENTENCE_END.finditer(text, start, position)), default=start)
