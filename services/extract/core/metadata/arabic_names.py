"""Who wrote an article, in a script without capitals: behind a label, or beside a place and a dash."""

import re

_WORD = r"[\u0621-\u063f\u0641-\u064a]{2,}"
_NAME = rf"{_WORD}(?:\s{_WORD}){{1,3}}"
_PLACED = re.compile(rf"{_WORD}(?:\s{_WORD}){{0,4}}\s?[\u0640\u2013\u2014-]\s{_WORD}(?:\s{_WORD}){{0,2}}")
_LABELLED = re.compile(
    rf"(?:بقلم|إعداد|اعداد|تحرير|(?:كتبت?|تقرير)(?=\s?[:/\u2013-]))\s?[:/\u2013-]?\s{{0,2}}(?P<name>{_NAME})"
)
_DASH = re.compile(r"\s?[\u0640\u2013\u2014-]\s")
_LONGEST = 50


def is_placed(line: str) -> bool:
    """Whether a line is a name or two, a dash and a place, in either order, as such papers sign above."""
    return len(line) <= _LONGEST and _PLACED.fullmatch(line) is not None


def author(line: str) -> str | None:
    """Whoever wrote it, as a line says that is nothing else; None where a name and a place cannot be told apart."""
    if len(line) > _LONGEST:
        return None
    if match := _LABELLED.fullmatch(line):
        return match["name"]
    sides = [side.strip() for side in _DASH.split(line)] if is_placed(line) else []
    names = [side for side in sides if " " in side]
    return names[0] if len(sides) == 2 and len(names) == 1 and re.fullmatch(_NAME, names[0]) else None
