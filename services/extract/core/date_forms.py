"""The forms in which a text writes dates: found, not yet completed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from services.extract.core import date_words
from services.extract.core.calendar_names import fold
from services.extract.core.date_anchor import Moment
from services.extract.core.date_patterns import NUMERIC, YEAR_ALONE, YEARS_APART, Calendar, calendar_of
from services.extract.core.date_words import Relative
from services.extract.core.grammar import word_set

Direction = Literal["last", "next", "this", ""]

_WORD = re.compile(r"\w+")
_AROUND = 48  # characters beside a word of the calendar that may belong to its date
_YEARS = range(1500, 2101)
_PHRASE_ENDS = frozenset(("", ".", ",", ";", ":", ")", "!", "?", "»", "\n"))
_AND = word_set("et and und y e و")
_BETWEEN = word_set("entre between zwischen tra fra de from von dal bin بين")
_LAST_WORD = re.compile(r"([^\W\d_]+)[-'’]?[ \u00a0\n]{0,2}\Z")
# The attacks of a day are a name, not a day near the article's own.
_NAMED_DAY = re.compile(
    r"(?:attenta?t[si]?|attaques?|attacks?|atentados?|anschl[äa]ge\w?)(?: \w{1,4}){0,2}\s\Z", re.IGNORECASE
)
_NAMED_DAY_AFTER = re.compile(r"(?: \w{1,12})? (?:attacks?|bombings?)\b")
_FUTURE = re.compile(date_words.FUTURE, re.IGNORECASE)
NOTHING = Moment()


@dataclass(frozen=True)
class DateForm:
    """A date as written: one moment, or the first and last of a range, or a phrase that counts from elsewhere."""

    start: int
    end: int
    first: Moment = NOTHING
    last: Moment | None = None
    relative: Relative | None = None
    weekday_only: bool = False
    direction: Direction = ""
    is_ambiguous: bool = False


def forms_in(text: str, start: int, end: int, language: str) -> Iterator[DateForm]:
    """The dates of a paragraph in reading order, the longest where several begin together; never overlapping."""
    calendar = calendar_of(language)
    for first, last in _windows(text, start, end, calendar):
        found = sorted(_candidates(text, first, last, calendar), key=lambda form: (form.start, -form.end))
        position = first
        for form in found:
            if form.start >= position:
                yield form
                position = form.end


@lru_cache(maxsize=1 << 15)
def _folded(word: str) -> str:
    return fold(word)


def _windows(text: str, start: int, end: int, calendar: Calendar) -> Iterator[tuple[int, int]]:
    """Stretches of text around words of the calendar and numbers that may be years; apart from each other."""
    first = last = start
    for match in _WORD.finditer(text, start, end):
        word = match.group()
        is_year = len(word) == 4 and word.isdecimal() and word[0] in "12١٢۱۲"
        if not is_year and _folded(word[:20]) not in calendar.words:
            continue
        if match.start() - _AROUND > last:
            if last > first:
                yield first, last
            first = max(start, match.start() - _AROUND)
        last = min(end, match.end() + _AROUND)
    if last > first:
        yield first, last


def _candidates(text: str, start: int, end: int, calendar: Calendar) -> Iterator[DateForm]:
    """Everything in a window that one of the patterns takes for a date; overlaps are not yet resolved."""
    for pattern in calendar.dated:
        for match in pattern.finditer(text, start, end):
            if form := _dated(text, match, calendar):
                yield from _told_apart(text, match, form)
    for match in NUMERIC.finditer(text, start, end):
        yield _numeric(match, calendar)
    years = (
        _year(text, match) for pattern in (YEAR_ALONE, YEARS_APART) for match in pattern.finditer(text, start, end)
    )
    yield from filter(None, years)
    for pattern, relative in calendar.relatives:
        yield from (DateForm(*match.span(), relative=relative) for match in pattern.finditer(text, start, end))
    days = (_weekday(text, match, calendar) for match in calendar.weekday.finditer(text, start, end))
    yield from filter(None, days)


def _dated(text: str, match: re.Match[str], calendar: Calendar) -> DateForm | None:
    parts = match.groupdict()
    name = parts.get("english") or parts.get("month2") or parts["month"]
    if _is_other_word(name):
        return None
    if not parts.get("day") and not parts.get("year") and not _is_month_alone(text, match):
        return None
    if parts.get("english") and not parts["year"] and _word_before(text, match.start()) == "in":
        return None  # in March 15 people …
    first = _moment(calendar, parts.get("day"), parts.get("english") or parts.get("month"), parts.get("year"), match)
    last = None
    if parts.get("day2"):
        last = _moment(
            calendar, parts["day2"], name, parts.get("year2") or (parts["year"] if "english" in parts else None), match
        )
        first = first._replace(weekday=None)
    is_named = last is None and first.year is None and _is_named_day(text, *match.span())
    return DateForm(match.start(), match.end(), first, last, is_ambiguous=is_named)


def _is_named_day(text: str, start: int, end: int) -> bool:
    return bool(_NAMED_DAY.search(text, max(0, start - 24), start) or _NAMED_DAY_AFTER.match(text, end))


def _told_apart(text: str, match: re.Match[str], form: DateForm) -> Iterator[DateForm]:
    """Two days joined by "and" are a range only after "between" or if one follows the other; else two dates."""
    first, last = form.first.day, form.last.day if form.last else None
    if first is None or last is None or last == first + 1:
        yield form
        return
    joined = set(text[match.end("day") : match.start("day2")].lower().split())
    if not joined & _AND or _word_before(text, match.start()) in _BETWEEN:
        yield form
    elif form.last is not None:
        yield DateForm(form.start, match.end("day"), form.last._replace(day=first, weekday=None))
        yield DateForm(match.start("day2"), form.end, form.last)


def _moment(calendar: Calendar, day: str | None, month: str | None, year: str | None, match: re.Match[str]) -> Moment:
    weekday = calendar.weekday.match(match.group())
    return Moment(
        int(year) if year else None,
        calendar.months.get(fold(month)) if month else None,
        int(re.sub(r"\D", "", day)) if day else None,
        calendar.weekdays.get(fold(weekday["weekday"])) if weekday and day else None,
    )


def _is_other_word(name: str) -> bool:
    """English "may" and "march", without a capital, are verbs."""
    return name in {"may", "march", "mar", "dec", "sep"}


def _is_month_alone(text: str, match: re.Match[str]) -> bool:
    """Whether a month without day and year is a date: "in October", "early June"."""
    if match["part"]:
        return True
    after = text[match.end() : match.end() + 3].strip()
    is_followed = bool(after) and after[0].isdecimal()
    return not is_followed and _word_before(text, match.start()) in date_words.MONTH_WORDS


def _numeric(match: re.Match[str], calendar: Calendar) -> DateForm:
    start, end = match.span()
    if match["iso"]:
        day = int(match["day"]) if match["day"] else None
        return DateForm(start, end, Moment(int(match["iso"]), int(match["month"]), day))
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    is_told = calendar.day_first is not None or first > 12 or second > 12 or first == second
    swaps = second > 12 or (calendar.day_first is False and first <= 12)
    day, month = (second, first) if swaps else (first, second)
    return DateForm(start, end, Moment(year, month, day), is_ambiguous=not is_told)


def _year(text: str, match: re.Match[str]) -> DateForm | None:
    """A year or a range of years, where the words beside it say that the number is one."""
    year, second = int(match["year"]), match["year2"]
    if year not in _YEARS or not _is_year(text, match):
        return None
    last = None
    if second:
        last = Moment(int(second) if len(second) == 4 else year // 100 * 100 + int(second))
    return DateForm(match.start(), match.end(), Moment(year), last)


def _is_year(text: str, match: re.Match[str]) -> bool:
    before = _word_before(text, match.start())
    if match.re is YEARS_APART:
        return before in _BETWEEN
    if match["year2"]:
        return before in date_words.YEAR_WORDS | _BETWEEN
    if before in date_words.YEAR_OF_WORDS:
        earlier = _word_before(text, match.start() - len(before) - 1)
        ends_phrase = text[match.end() : match.end() + 1] in _PHRASE_ENDS
        return ends_phrase and earlier not in date_words.NOT_A_YEAR_WORDS
    return before in date_words.YEAR_WORDS


def _weekday(text: str, match: re.Match[str], calendar: Calendar) -> DateForm | None:
    lead = fold(match["lead"] or "")
    weekday = calendar.weekdays.get(fold(match["weekday"]))
    direction: Direction = ""
    if match["last"] or lead == "last":
        direction = "last"
    elif match["next"] or lead == "next":
        direction = "next"
    elif lead in date_words.THIS:
        direction = "this"
    start = match.start() if lead in date_words.THIS | {"last", "next"} else match.start("weekday")
    if direction == "" and (lead in date_words.HABITUAL or _announces(text, match)):
        return None
    return DateForm(start, match.end(), Moment(weekday=weekday), weekday_only=True, direction=direction)


def _announces(text: str, match: re.Match[str]) -> bool:
    return bool(_FUTURE.search(text, max(0, match.start() - 80), match.end() + 80))


def _word_before(text: str, position: int) -> str:
    match = _LAST_WORD.search(text, max(0, position - 16), max(0, position))
    return match[1].lower() if match else ""
