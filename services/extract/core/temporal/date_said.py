"""Words that were said or sent on another day than the article's: what "yesterday" means in them counts from theirs."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from contracts.value import Span
from services.extract.core.temporal.date_forms import DateForm

_MARKS = re.compile(r"[«»“”„\"]")
_CLOSING = {"«": "»", "“": "”", "„": "“”", '"': '"'}
_REACH = 200  # characters of its sentence before a quotation
_OPENING = 300  # characters of a dispatch, its headline among them, before its day
_BEHIND = 45  # characters from a quotation's end to the day on which somebody said it
_SENTENCE_ENDS = re.compile(r"[.!?…][»”\"]?\s")
_ENDS = re.compile(r"[.!?…](?:\s|\Z)|\n")
# Between the quotation and its day: a break, then who said it; nothing that somebody did before.
_BREAK_BEFORE = ",!?…"
_ANOTHERS = re.compile(
    r"\b(?:qui|dont|depuis|avant|après|before|after|ahead|vor|nach|who|whose|which|since|seit|que|der|die|das)\b|[.;:]",
    re.IGNORECASE,
)
_AUXILIARY = re.compile(
    r"(?:\b(?:a|ont|ai|avait|avaient|eut|est|sont)\b|-t?-?(?:il|elle|on|ils|elles))(?:\s\w+){0,2}\s\Z"
)
_PARTICIPLE = re.compile(r"\b\w{2,}(?:ée?s?)\s(?:\w{2,3}\s)?\Z")
_RIGHT_BEFORE = re.compile(r"\s?[:,]?\s?(?:que\s|that\s)?")
_OPENS = re.compile(r"\W{0,2}(?:(?:le|la|en|ce|cet|cette|dès|on|in|am|im|el|il|un|l['’])\s?)?", re.IGNORECASE)
_WRITING = re.compile(
    r"\b(?:lettre|courrier|discours|entretien|interview|message|communiqué|tweet|billet|journal|dépêche|article|note"
    r"|mémo|télégramme|carnet|letter|speech|diary|statement|memo|cable|post|report|dispatch|brief|rede|carta|discurso"
    r"|lettera|discorso)\s(?:\w+\s)?(?:du|daté(?:e?) du|of|dated|vom|del|datada? el)?\s?\Z",
    re.IGNORECASE,
)
# BEYROUTH, 3 mai 2019 (AFP) - : behind a day, it is the day of what follows.
_DATELINED = re.compile(r"\s?\([^()\d]{2,30}\)\s?[-\u2013\u2014]{1,2}\s")
_NAMED = frozenset(("day", "month", "year", "figures", "weekday", "near", "ago"))


class Said(NamedTuple):
    """A passage of the text, and the form that tells on which day its words were said or sent; none for a title."""

    start: int
    end: int
    on: DateForm | None


def passages_said(text: str, start: int, end: int, forms: Sequence[DateForm]) -> list[Said]:
    """The quotations of a paragraph of which it tells the day, dispatches of which it does, titles that are a day."""
    if not forms:
        return []
    quoted = _quoted(text, start, end)
    outside = [
        form
        for form in forms
        if form.kind in _NAMED and form.last is None and not any(a <= form.start < b for a, b in quoted)
    ]
    found = [Said(form.end, end, form) for form in outside if _is_dateline(text, form)]
    for opening, closing in quoted:
        inside = [form for form in forms if opening <= form.start < closing]
        if not inside:
            continue
        if len(inside) == 1 and text[opening + 1 : closing - 1].strip() == text[inside[0].start : inside[0].end]:
            found.append(Said(opening, closing, None))
        elif day := _day_before(text, start, opening, outside) or _day_behind(text, closing, end, outside):
            found.append(Said(opening, closing, day))
    return found


def works_sent(text: str, works: Sequence[Span], forms: Sequence[DateForm]) -> list[Said]:
    """The works that are quoted, both in reading order, of which a dateline tells the day."""
    if not works:
        return []
    days = [form for form in forms if _is_dateline(text, form)]
    first = ((work, next((day for day in days if work.start <= day.start < work.end), None)) for work in works)
    return [Said(day.end, work.end, day) for work, day in first if day and day.start - work.start <= _OPENING]


def _is_dateline(text: str, form: DateForm) -> bool:
    is_day = form.kind in {"day", "figures"} and form.first.year is not None and form.first.day is not None
    return is_day and _DATELINED.match(text, form.end, form.end + 40) is not None


def _quoted(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Passages in quotation marks, with them; what is opened and not closed goes on to the end."""
    found: list[tuple[int, int]] = []
    opened, closes = -1, ""
    for match in _MARKS.finditer(text, start, end):
        mark = match.group()
        if opened < 0 and mark in _CLOSING:
            opened, closes = match.start(), _CLOSING[mark]
        elif opened >= 0 and mark in closes:
            found.append((opened, match.end()))
            opened = -1
    return [*found, (opened, end)] if opened >= 0 else found


def _day_before(text: str, start: int, opening: int, outside: Sequence[DateForm]) -> DateForm | None:
    """The day told in the sentence that leads to a quotation: where it opens, right before the mark, or of a letter."""
    low = max(start, opening - _REACH)
    ends = [match.end() for match in _SENTENCE_ENDS.finditer(text, low, opening)]
    low = ends[-1] if ends else low
    for form in reversed(outside):
        if not low <= form.start < form.end <= opening:
            continue
        is_right_before = _RIGHT_BEFORE.fullmatch(text, form.end, opening)
        opens = _OPENS.fullmatch(text, low, form.start)
        if is_right_before or opens or _WRITING.search(text, max(low, form.start - 40), form.start):
            return form
    return None


def _day_behind(text: str, closing: int, end: int, outside: Sequence[DateForm]) -> DateForm | None:
    """The day told right behind a quotation, in the words that say whose it is."""
    following = _ENDS.search(text, closing, end)
    form = next((one for one in outside if one.start >= closing), None)
    if form is None or form.start - closing > _BEHIND or (following and following.start() < form.start):
        return None
    between = text[closing : form.start]
    breaks = text[closing - 2 : closing - 1].strip() or text[closing - 3 : closing - 2]
    goes_on = breaks in _BREAK_BEFORE and between.lstrip()[:1].islower()
    if not (goes_on or between.lstrip()[:1] in {",", "-", "–", "—"}) or _ANOTHERS.search(between):
        return None
    participle = _PARTICIPLE.search(between)
    if participle and not _AUXILIARY.search(between[: participle.start()]):
        return None
    return form
