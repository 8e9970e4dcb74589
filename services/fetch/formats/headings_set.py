"""Headings that are set over more than one line: known by letters that are larger or bolder than those of the body.

How much must speak for it depends on how large they are: what is much larger is a headline and little else, while
lists of names, labels and addresses are bold or a little larger too.
"""

import re
from collections import Counter
from collections.abc import Sequence
from unicodedata import east_asian_width

from services.fetch.formats.set_line import BOLD, MARKS, Line

SAME_SIZE = 0.08  # of the height
MUCH_LARGER = 1.25  # times the body's height
LINE_DISTANCE = 1.3  # heights
SAME_DISTANCE = 1.15  # times that of the lines above
ALIGNED = 0.6  # heights
LEAST_LENGTH = 25  # characters of a line that goes on in small letters, where the letters are not much larger
MUCH_FULL, FULL = 0.75, 0.97  # of the column, with the first word of the next line
OUTLIERS = 0.1  # of the lines of a column, on either side
MOST_LINES = 200  # of a page that are looked at to know its columns
SENTENCE_END = re.compile(r"[.!?…][»”\"’')\]]*\s*\Z")
OPENING = " «“„\"'‘’([—–-…"


class Headings:
    """What is known of a document's headings."""

    def __init__(self, pages: Sequence[Sequence[Line]]) -> None:
        styles = Counter[tuple[float, str]]()
        for page in pages:
            for line in page:
                if line.height:
                    styles[round(line.height, 1), line.font] += len(line.text)
        self.height, font = max(styles, key=styles.__getitem__, default=(0.0, ""))
        self.is_bold = BOLD.search(font) is not None

    def columns(self, page: Sequence[Line]) -> list[Line]:
        """The lines of a page that show how wide its columns are: those of the body, or all where there are none."""
        placed = [line for line in page if line.height and line.is_whole][:MOST_LINES]
        return [line for line in placed if abs(line.height - self.height) <= SAME_SIZE * self.height] or placed

    def goes_on(self, line: Line, following: Line, above: Line | None, columns: Sequence[Line]) -> bool:
        """Whether a heading does, from a line to the following one; `above` is the line from which it came itself."""
        end = line.end
        if not (self._is_heading(end) and _is_set_alike(end, following)):
            return False
        distance = end.top - following.top
        if above is not None and distance > SAME_DISTANCE * (above.end.top - line.top):
            return False
        return 0 < distance <= LINE_DISTANCE * end.height and self._is_one(line, following, columns)

    def _is_heading(self, line: Line) -> bool:
        if not line.height or not self.height:
            return False
        is_bolder = line.is_bold and not self.is_bold
        return line.height > (1 + SAME_SIZE) * self.height or (
            is_bolder and line.height >= (1 - SAME_SIZE) * self.height
        )

    def _is_one(self, line: Line, following: Line, columns: Sequence[Line]) -> bool:
        """Whether the words go on in small letters, or the next word had no room in the column."""
        is_much_larger = line.height >= MUCH_LARGER * self.height
        if following.text.lstrip(OPENING)[:1].islower():
            return is_much_larger or len(line.end.text) >= LEAST_LENGTH
        if SENTENCE_END.search(line.text) or (line.text.isupper() and following.text.upper() != following.text):
            return False
        room = _width(line.end, columns) * (MUCH_FULL if is_much_larger else FULL)
        return line.end.right - line.end.left + _first_word(following) > room


def _is_set_alike(line: Line, following: Line) -> bool:
    """Whether both are in letters of one size and font, and share an edge or their middle."""
    if not (line.is_whole and following.is_whole) or abs(line.height - following.height) > SAME_SIZE * line.height:
        return False
    if line.font and following.font and line.font != following.font:
        return False
    left, right = following.left - line.left, following.right - line.right
    return min(abs(left), abs(right), abs(left + right) / 2) <= ALIGNED * line.height


def _width(line: Line, columns: Sequence[Line]) -> float:
    """Of the column or columns below and above which the line stands."""
    around = [each for each in columns if each.left < line.right and each.right > line.left] or [line]
    outliers = int(OUTLIERS * len(around))
    return sorted(each.right for each in around)[-1 - outliers] - sorted(each.left for each in around)[outliers]


def _first_word(line: Line) -> float:
    """How wide the first word is, with a space before it."""
    set_text = MARKS.split(line.text, maxsplit=1)[0]
    word = set_text.split(maxsplit=1)[0] if set_text.strip() else ""
    if word and east_asian_width(word[0]) in "WF":
        word = word[0]  # where no spaces part the words, a line may end after any of them
    return (line.right - line.left) * (len(word) + 1) / max(1, len(set_text))
