"""A line as it was set on a page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import bidirectional

MARKS = re.compile("[\ufffe\u00ad\x02]")  # where a word was divided
BOLD = re.compile(r"bold|black|heavy|demi|fett|cmbx", re.IGNORECASE)
FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")  # scripts that are
FROM_THE_RIGHT_SHARE = 0.3  # of the letters


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, and where it stands where that is known: in points, from below, as PDFs count."""

    text: str
    left: float = 0.0
    top: float = 0.0
    height: float = 0.0  # of its letters; 0 where nothing is known of its place
    right: float = 0.0
    font: str = ""  # the one of all of it, where that is known
    is_whole: bool = True  # no wide spaces stand in it, as between cells
    last: Line | None = None  # where a divided word has led on to another line already

    @property
    def end(self) -> Line:
        """The line of the page in which it ends."""
        return self.last or self

    @property
    def is_bold(self) -> bool:
        """Whether the one font of all of it is."""
        return BOLD.search(self.font) is not None


def is_from_the_right(text: str) -> bool:
    """Whether a text is written from the right to the left, numbers and foreign names in it aside."""
    if FROM_THE_RIGHT.search(text) is None:
        return False
    letters = [each for each in text if each.isalpha()]
    return sum(bidirectional(each) in {"R", "AL"} for each in letters) > FROM_THE_RIGHT_SHARE * len(letters)
