"""A line of several buttons, links and counters, as blogs and papers set above and below an article."""

import re
from collections.abc import Callable

from services.extract.core.metadata.page_labels import Finding

_LONGEST = 200
_FEWEST = 2
_BETWEEN = re.compile(r"\s*[|•·▪«»‹›]\s*|\s{2,}|\t")
# How often a button was used, how large letters are: Tweeter +1 A+ A-
COUNTERS = re.compile(
    r"\bA\s?[+\u2013\u2014-]|\bAa\b|\b\d{1,3}\s?min\b\.?|[+(\[]{0,2}\b\d{1,5}(?:[.,]\d{1,2})?\s?[KkM]?\b[)\]]?",
    re.IGNORECASE,
)


def bar_of_buttons(line: str, button: Callable[[str], Finding | None]) -> Finding | None:
    """What a line is that says only what two buttons and more say, by what `button` tells of each; else None."""
    if len(line) > _LONGEST:
        return None
    pieces = [" ".join(COUNTERS.sub(" ", piece).split()) for piece in _BETWEEN.split(line)]
    pieces = [piece for piece in pieces if any(map(str.isalpha, piece))]
    if len(pieces) < _FEWEST:
        return None
    kinds = [found.kind if (found := button(piece)) else None for piece in pieces]
    told = [kind for kind in kinds if kind]
    if len(told) < len(kinds):
        return None
    return Finding("share_bar" if "share_bar" in told else told[0], "buttons and nothing else")
