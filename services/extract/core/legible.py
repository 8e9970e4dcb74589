"""A text as its readers want it (accents on their letters, plain blanks, whole lines), and the way back to its offsets.

What is read says where in the legible text it stands; `Legible.restored` gives it the places and words of the original.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, TypeVar

from contracts.language import Language
from contracts.value import Value
from services.extract.core import layout

V = TypeVar("V", bound=Value)

_UNLIKE = re.compile(r"[\u0300-\u036f\u0653-\u0655\r\u00ad\u200b\u2060\ufeff]")
# A letter and the marks upon it (Latin, Greek, Cyrillic, Arabic); the return before a line feed; a hyphen that is not
# shown or a blank that has no width, within a word. No more than 30 marks (UAX #15, stream-safe): composing them takes
# time quadratic in their number.
_CLUSTER = re.compile(
    r"(?P<letter>[^\W\d_][\u0300-\u036f\u0653-\u0655]{1,30})|\r(?=\n)|(?<=\w)[\u00ad\u200b\u2060\ufeff]+(?=\w)"
)
_FANCY = "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_FANCY_BLANK = re.compile(_FANCY)
# Between digits they group thousands, as a plain blank does not surely.
_BLANK = re.compile(rf"(?<!\d){_FANCY}|{_FANCY}(?!\d)")
_LINE_END = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


class Legible:
    """A text without decomposed letters, returns, hidden hyphens and fancy blanks; `text` is what is to be read."""

    def __init__(self, original: str) -> None:
        self._original = original
        self._ends: list[int] = []  # in `text`, behind each place where it is shorter
        self._shifts: list[int] = []  # how many characters shorter it is from there on
        text = self._composed(original) if _UNLIKE.search(original) else original
        self.text = _BLANK.sub(" ", text) if _FANCY_BLANK.search(text) else text

    def _composed(self, original: str) -> str:
        pieces: list[str] = []
        last = shift = 0
        for cluster in _CLUSTER.finditer(original):
            composed = unicodedata.normalize("NFC", cluster.group()) if cluster["letter"] else ""
            pieces += (original[last : cluster.start()], composed)
            last = cluster.end()
            if fewer := len(cluster.group()) - len(composed):
                shift += fewer
                self._ends.append(last - shift + (not composed))  # what is left out follows nobody's last letter
                self._shifts.append(shift)
        return "".join((*pieces, original[last:]))

    def heard(self, language: Language) -> Language:
        """The language section with its spans where they stand in `text`."""
        if not self._shifts or not language.spans:
            return language
        ends = [end + shift for end, shift in zip(self._ends, self._shifts, strict=True)]

        def moved(offset: int) -> int:
            at = bisect_right(ends, offset)
            return offset - self._shifts[at - 1] if at else offset

        spans = [
            span.model_copy(update={"start": moved(span.start), "end": moved(span.end)}) for span in language.spans
        ]
        return language.model_copy(update={"spans": tuple(span for span in spans if span.start < span.end)})

    def restored(self, read: V, text: str) -> V:
        """What was read in `text` (this one, or one as long), with the offsets and the words of the original."""
        return self._restored(read, text) if text is not self._original else read

    def _restored(self, value: Any, text: str) -> Any:
        if isinstance(value, tuple):
            return tuple(self._restored(each, text) for each in value)
        if not isinstance(value, Value):
            return value
        update = dict(self._updates(value, text))
        return value.model_copy(update=update) if update else value

    def _updates(self, value: Value, text: str) -> Iterator[tuple[str, Any]]:
        for name in type(value).model_fields:
            if isinstance(inner := getattr(value, name), tuple | Value):
                yield name, self._restored(inner, text)
        start, end = getattr(value, "start", None), getattr(value, "end", None)
        if start is None or end is None:
            return
        first, last = self._back(start), self._back(end)
        yield from (("start", first), ("end", last))
        for name in ("surface", "text", "evidence"):
            if getattr(value, name, None) == text[start:end]:
                yield name, self._original[first:last]

    def _back(self, offset: int) -> int:
        at = bisect_right(self._ends, offset)
        return offset + self._shifts[at - 1] if at else offset


def unwrapped(text: str) -> str:
    """The text with a blank for every line end within a paragraph: as long as before."""
    folded = [paragraph for paragraph in layout.paragraphs(text) if paragraph.set_in_lines]
    if not folded:
        return text
    pieces: list[str] = []
    last = 0
    for paragraph in folded:
        pieces += (text[last : paragraph.start], _LINE_END.sub(" ", paragraph.text))
        last = paragraph.end
    return "".join((*pieces, text[last:]))
