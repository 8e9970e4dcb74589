"""A line as it was set on a page."""

from __future__ import annotations

import re
from dataclasses import dataclass

MARKS = re.compile("[\ufffe\u00ad\x02]")  # where a word was divided


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
