"""Full and partial dates as people write them, at a known place of a text: read, never completed."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone

from contracts.extraction import Precision
from services.extract.core.calendar_names import CalendarNames, fold

# Letters of a month's name; two words for the Levant's months, a second name in brackets beside the first.
_MONTH = r"(?P<month>[^\W\d_]{1,15}(?:[ \u00a0][^\W\d_]{2,8})?)\.?(?: ?\([^\W\d_ ]{2,12}\))?"
_GAP = r"[\s,.]{1,3}"
_OF = r"(?:(?:de|del|of|d['’])[ \u00a0])?"
_YEAR = r"(?P<year>[12١٢۱۲]\d{3})(?!\d)"
_DAY = r"(?<![\d.,/:-])(?P<day>\d{1,2})"
_FORMS = (
    re.compile(
        r"(?<![\d/.-])(?P<year>[12١٢۱۲]\d{3})(?P<sep>[-/.])(?P<number>\d{1,2})(?:(?P=sep)(?P<day>\d{1,2}))?(?![\d-])"
    ),
    re.compile(r"(?P<year>[12١٢۱۲]\d{3}) ?[年년] ?(?P<number>\d{1,2}) ?[月월](?: ?(?P<day>\d{1,2}) ?[日일])?"),
    re.compile(rf"{_DAY}(?:er|re|st|nd|rd|th|[.ºª°])?[\s-]{{1,2}}{_OF}{_MONTH}[\s,./-]{{1,3}}{_OF}{_YEAR}"),
    re.compile(rf"(?<![^\W_]){_MONTH}{_GAP}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_GAP}{_YEAR}"),
    re.compile(rf"{_YEAR}{_GAP}(?:m\. )?{_MONTH}{_GAP}(?P<day>\d{{1,2}})(?!\d)"),
    re.compile(r"(?<![\d/.-])(?P<first>\d{1,2})(?P<sep>[/.-])(?P<second>\d{1,2})(?P=sep)(?P<year>[12١٢۱۲]\d{3})(?!\d)"),
    re.compile(rf"(?<![\d/.-])(?P<number>\d{{1,2}})[/.-]{_YEAR}"),
    re.compile(rf"(?<![^\W_]){_MONTH}[ \u00a0]{{1,2}}{_OF}{_YEAR}"),
)
_TIME = re.compile(
    r"(?:T|[\s,\u2013\u2014|-]{0,4}(?:à|at|um|a las|alle|às|kl\.?|в|o|الساعة)?\s{0,2})"
    r"(?P<hour>[012]?\d) ?(?::|h|\.) ?(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?"
    r"(?: ?(?P<half>[ap])\.?m\.?)?"
    r"(?: ?\(?(?P<zone>(?:UTC|GMT) ?[+-]\d{1,2}(?::?\d\d)?|Z|UTC|GMT|CET|CEST|[+-]\d\d:?\d\d)\b\)?)?(?!\d)",
    re.IGNORECASE,
)
# A day before a month: 31 Feb 2024 is no date, and so no month either.
_DAY_BEFORE = re.compile(r"(?<!\d)(?P<day>\d{1,2})(?:er|re|st|nd|rd|th|[.ºª°])?[\s-]{1,2}(?:de |del |of )?\Z")
_WEEKDAY_BEFORE = re.compile(r"([^\W\d_]{2,12}(?:[ -][^\W\d_]{2,8})?)[.,]?[\s,]{1,2}\Z")
_ZONES = {"z": 0, "utc": 0, "gmt": 0, "cet": 1, "cest": 2}


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date at `start` to `end` of a text: ISO 8601 `value` cut to its precision, and how surely it was read."""

    value: str
    precision: Precision
    start: int
    end: int
    certainty: float = 1.0


def written_dates(text: str, start: int, end: int, names: CalendarNames) -> Iterator[WrittenDate]:
    """Dates with a year in `text[start:end]`, in order; what is no date of the calendar is none here."""
    position = start
    while position < end:
        found = [date for form in _FORMS if (date := _first(form, text, position, end, names))]
        if not found:
            return
        # Of those that begin earliest the longest: 13 July 2016 and not July 2016.
        best = min(found, key=lambda date: (date.start, -date.end))
        yield _with_weekday(text, start, best, names)
        position = best.end


def with_time(text: str, written: WrittenDate, end: int) -> WrittenDate:
    """Put the time after a day into the date, in UTC, where its zone is told; without a zone only the day is sure."""
    if written.precision != "day" or not (match := _TIME.match(text, written.end, min(end, written.end + 40))):
        return written
    offset = _offset(match["zone"])
    hour = int(match["hour"]) % 12 + 12 * (match["half"] in {"p", "P"}) if match["half"] else int(match["hour"])
    if offset is None or hour > 23:
        return written
    precision: Precision = "second" if match["second"] else "minute"
    local = datetime.fromisoformat(written.value).replace(
        hour=hour, minute=int(match["minute"]), second=int(match["second"] or 0), tzinfo=timezone(offset)
    )
    return replace(written, value=in_utc(local, precision), precision=precision, end=match.end())


def time_after(text: str, position: int, end: int) -> int:
    """Where a time of day that begins at `position` ends; `position` where there is none."""
    match = _TIME.match(text, position, min(end, position + 40))
    return match.end() if match else position


def in_utc(moment: datetime, precision: Precision) -> str:
    """Write a moment with a zone as ISO 8601 in UTC, to the minute or to the second."""
    form = "%Y-%m-%dT%H:%MZ" if precision == "minute" else "%Y-%m-%dT%H:%M:%SZ"
    return moment.astimezone(UTC).strftime(form)


def _first(form: re.Pattern[str], text: str, start: int, end: int, names: CalendarNames) -> WrittenDate | None:
    for match in form.finditer(text, start, end):
        parts = match.groupdict()
        year, certainty = int(parts["year"]), 1.0
        day = int(parts["day"]) if parts.get("day") else None
        month = int(parts["number"]) if parts.get("number") else None
        start = match.start()
        if parts.get("month"):
            month, skipped = _month(parts["month"], names)
            start += skipped if match.start("month") == start else 0
        elif parts.get("first"):
            day, month, certainty = _ordered(int(parts["first"]), int(parts["second"]), names.day_first)
        elif month is None:
            continue
        if parts.get("month") and day is None and _is_half(text, start, year, month):
            continue
        if (value := _iso(year, month, day)) and (month or not parts.get("month")):
            precision: Precision = "day" if day and month else "month" if month else "year"
            return WrittenDate(value, precision, start, match.end(), certainty)
    return None


def _is_half(text: str, start: int, year: int, month: int | None) -> bool:
    """Whether a month is what is left of a day that its calendar does not have."""
    before = _DAY_BEFORE.search(text, max(0, start - 10), start)
    return before is not None and _iso(year, month, int(before["day"])) is None


def _month(name: str, names: CalendarNames) -> tuple[int | None, int]:
    """Look the month up, of two words also as the first or the last alone; and how many characters are before it."""
    if (number := names.months.get(fold(name))) or len(parts := name.split()) == 1:
        return number, 0
    if number := names.months.get(fold(parts[0])):
        return number, 0
    return names.months.get(fold(parts[-1])), len(name) - len(parts[-1])


def _ordered(first: int, second: int, day_first: bool | None) -> tuple[int | None, int | None, float]:
    if first == second or first > 12:
        return first, second, 1.0
    if second > 12:
        return second, first, 1.0
    if day_first is None:
        return None, None, 0.8
    return (first, second, 0.8) if day_first else (second, first, 0.8)


def _iso(year: int, month: int | None, day: int | None) -> str | None:
    if month is None:
        return f"{year:04}"
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= monthrange(year, month)[1]):
        return None
    return f"{year:04}-{month:02}" if day is None else f"{year:04}-{month:02}-{day:02}"


def _with_weekday(text: str, start: int, written: WrittenDate, names: CalendarNames) -> WrittenDate:
    if written.precision != "day" or not (
        match := _WEEKDAY_BEFORE.search(text, max(start, written.start - 26), written.start)
    ):
        return written
    begin, number = match.start(1), names.weekdays.get(fold(match[1]))
    if number is None:
        last = re.split(r"[ -]", match[1])[-1]
        begin, number = match.end(1) - len(last), names.weekdays.get(fold(last))
    if number is None:
        return written
    agrees = date.fromisoformat(written.value).weekday() == number
    return replace(written, start=begin, certainty=written.certainty * (1.0 if agrees else 0.5))


def _offset(zone: str | None) -> timedelta | None:
    if not zone:
        return None
    if zone.lower() in _ZONES:
        return timedelta(hours=_ZONES[zone.lower()])
    digits = re.sub(r"\D", "", zone)  # GMT+3, +03:00
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    return timedelta(hours=hours, minutes=minutes) * (-1 if "-" in zone else 1) if hours < 15 else None
