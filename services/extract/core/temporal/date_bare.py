"""Days of a month that the text has just named: « Le 8, … », « depuis le 19 ». French alone writes them so."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from services.extract.core.temporal.date_anchor import Moment
from services.extract.core.temporal.date_forms import DateForm

_LAST_DAY = 31
_PART_OF_A_DAY = (
    r"\s(?:dans (?:la (?:matinée|soirée|journée|nuit)|l['’]après-midi)|au (?:matin|soir|petit matin)"
    r"|en (?:soirée|matinée|fin d['’]après-midi|début d['’]après-midi)|à (?:l['’]aube|midi|minuit)|vers \d)"
)
_OPENS = re.compile(  # its sentence, or what follows a semicolon
    rf"(?:\A|(?<=[.!?;:»”]\s)|(?<=\n))[Ll]e (?P<day>1er|\d{{1,2}})(?=,\s[^\d\s]|{_PART_OF_A_DAY})"
)
_LED = re.compile(
    r"\b(?:depuis|dès|avant|jusqu['’]au|après) (?P<whole>(?:le )?(?P<day>1er|\d{1,2}))"
    rf"(?=[,.;]|\sà l['’]|{_PART_OF_A_DAY})"
)


def with_bare_days(text: str, start: int, end: int, forms: Sequence[DateForm], language: str) -> list[DateForm]:
    """The dates of a paragraph, and the days in it that are told by their number alone, in reading order."""
    if language != "fr":
        return list(forms)
    bare = [
        DateForm(*match.span("whole" if "whole" in match.re.groupindex else 0), "told_day", Moment(day=day))
        for pattern in (_OPENS, _LED)
        for match in pattern.finditer(text, start, end)
        if 0 < (day := int(match["day"].removesuffix("er"))) <= _LAST_DAY
    ]
    starts = [form.start for form in forms]
    free = []
    for one in bare:  # the forms are in order and apart: only the last that begins before its end may hold it
        at = bisect_left(starts, one.end) - 1
        if at < 0 or forms[at].end <= one.start:
            free.append(one)
    return sorted([*forms, *free], key=lambda form: form.start)
