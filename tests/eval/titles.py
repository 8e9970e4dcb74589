"""Whether M. and Mme belong to a name is a convention: the same marks by either one, from the text and the offsets."""

import re

Marks = dict[tuple[int, int], str]

_BEFORE = re.compile(r"(?:(?:M|MM|Mr|Dr)\.|Mme|Mlle|Mr|Dr)\s*(?=[A-ZÀ-Ý])")
_LEADING = re.compile(r"(?<!\w)(?:(?:M|MM|Mr|Dr)\.|Mme|Mlle|Mr|Dr)\s?$")
_LONGEST = 5  # characters, with its blank


def without_titles(text: str, marks: Marks) -> Marks:
    """The marks, each without the abbreviated title that it begins with."""
    led = {span: _BEFORE.match(text, *span) for span in marks}
    return {(found.end() if (found := led[span]) else span[0], span[1]): kind for span, kind in marks.items()}


def with_titles(text: str, marks: Marks) -> Marks:
    """The marks, each person's with the abbreviated title right before it, as historical corpora have it."""
    return {(_start(text, start) if kind == "person" else start, end): kind for (start, end), kind in marks.items()}


def _start(text: str, start: int) -> int:
    least = max(0, start - _LONGEST)
    led = _LEADING.search(text, least, start)
    return led.start() if led else start
