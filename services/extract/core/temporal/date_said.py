"""Words that were said or sent on another day than the article's: what "yesterday" means in them counts from theirs."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from contracts.value import Span
from services.extract.core.temporal.date_forms import DateForm

_MARKS = re.compile(r"[«»“”„\"]")
_CLOSING = {"«": "»", "“": "”", "„": "“”", '"': '"'}
_REACH = 200  # characters of its sentence before a quotation
_OPENING = 300  # characters of a dispatch, its headline among them, before its day
_MOST_BEFORE = 8  # dates in the sentence that leads to a quotation
_BEHIND = 45  # characters from a quotation's end to the day on which somebody said it
_SENTENCE_ENDS = re.compile(r"[.!?…][»”\"]?\s")
_ENDS = re.compile(r"[.!?…](?:\s|\Z)|\n")
# Between the quotation and its day: a break, then who said it; nothing that somebody did before.
_BREAK_BEFORE = ",!?…"
_ANOTHERS = re.compile(
    r"\b(?:qui|dont|depuis|avant|après|before|after|ahead|vor|nach|who|whose|which|since|seit|que|der|die|das)\b|[.;:]"
    r"|,\s\w+ed\s(?:in|on)\b",
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


def said_on(text: str, start: int, end: int, forms: Sequence[DateForm]) -> dict[DateForm, DateForm | None]:
    """Of a paragraph's dates in reading order those within words of another day, and the form that tells which.

    Words are a quotation's, or what a dateline opens. A date that is all between two marks is a title's: None.
    """
    quoted = _quoted(text, start, end) if forms else []
    starts = [opening for opening, _ in quoted]
    inside: dict[int, list[DateForm]] = {}
    outside: list[DateForm] = []
    for form in forms:
        at = bisect_right(starts, form.start) - 1
        if at >= 0 and form.start < quoted[at][1]:
            inside.setdefault(at, []).append(form)
        elif form.kind in _NAMED and form.last is None:
            outside.append(form)
    found: dict[DateForm, DateForm | None] = {}
    if day := next((form for form in outside if _is_dateline(text, form)), None):
        found = {form: day for form in forms if form.start > day.start}
    places = [form.start for form in outside]
    for at, within in inside.items():
        opening, closing = quoted[at]
        if len(within) == 1 and text[opening + 1 : closing - 1].strip() == text[within[0].start : within[0].end]:
            found[within[0]] = None
            continue
        place = bisect_right(places, opening)
        before = outside[max(0, place - _MOST_BEFORE) : place]
        day = _day_before(text, start, opening, before) or _day_behind(text, closing, outside[place : place + 1])
        found |= dict.fromkeys(within, day) if day else {}
    return found


def sent_on(text: str, works: Sequence[Span], forms: Sequence[DateForm]) -> dict[DateForm, DateForm | None]:
    """Of an article's dates in reading order those within the works that it quotes, and the form in their dateline."""
    found: dict[DateForm, DateForm | None] = {}
    places = [form.start for form in forms] if works else []
    for work in works:
        within = forms[bisect_left(places, work.start) : bisect_left(places, work.end)]
        opening = (form for form in within if form.start - work.start <= _OPENING)
        if day := next((form for form in opening if _is_dateline(text, form)), None):
            found |= {form: day for form in within if form.start > day.start}
    return found


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


def _day_behind(text: str, closing: int, following: Sequence[DateForm]) -> DateForm | None:
    """The day told right behind a quotation, in the words that say whose it is."""
    form = next(iter(following), None)
    if form is None or form.start - closing > _BEHIND or _ENDS.search(text, closing, form.start):
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
