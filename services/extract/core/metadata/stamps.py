"""A date as documents claim it: a stamp for machines, or what a page shows; what computers write for none is none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from contracts.extraction import Precision
from services.extract.core.calendar_names import CalendarNames, any_calendar_names
from services.extract.core.layout import Paragraph
from services.extract.core.metadata.date_lines import DateLine, Label, date_line, dates_said
from services.extract.core.temporal.written_dates import in_utc, with_time, written_dates

_LONGEST = 160
_ISO_MOMENT = re.compile(
    r"(?P<day>\d{4}-?\d{2}-?\d{2})[T ](?P<time>\d{2}:?\d{2}(?P<seconds>:?\d{2}(?:[.,]\d+)?)?) ?"
    r"(?P<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?",
    re.IGNORECASE,
)
_COMPACT_DAY = re.compile(r"(?P<year>[12]\d{3})(?P<month>\d{2})(?P<day>\d{2})(?!\d)")
_COUNTED = re.compile(r"(?P<seconds>[1-9]\d{8,9})(?P<milliseconds>\d{3})?(?:\.\d+)?")
_TOO_EARLY = 315_532_800  # 1980: what is counted and smaller is no moment of a page's
# Where the clocks of computers begin: what is told so was told by nobody.
_NEVER = frozenset(("1601-01-01", "1899-12-30", "1899-12-31", "1900-01-01", "1969-12-31", "1970-01-01"))

Told = tuple[str, Precision]


@dataclass(frozen=True, slots=True)
class Shown:
    """A date that a page shows: what it calls it, and how surely it was read."""

    value: str
    precision: Precision
    label: Label
    certainty: float


def stamped(stamp: str, names: CalendarNames) -> Told | None:
    """Read a claim that is a date and nothing else; None where it is none."""
    stamp = stamp.strip()[:100]
    told = _counted(stamp) or _moment(stamp) or _day(stamp, names)
    return told if told and told[0][:10] not in _NEVER else None


def shown(value: str, names: CalendarNames, *, alone: bool) -> Shown | None:
    """Read what is called a date: the first that is no modification's; `alone` where the line may say little else."""
    value = value.strip()[:_LONGEST]
    if _ISO_MOMENT.match(value) or _COMPACT_DAY.fullmatch(value) or _counted(value):
        told = stamped(value, names)
        return Shown(*told, "none", 1.0) if told else None
    for calendar in (names, any_calendar_names(names.day_first)):
        lines = [line for line in _lines(value, calendar, alone=alone) if line.date.value[:10] not in _NEVER]
        if lines:
            best = min(lines, key=lambda line: ("published", "none", "modified").index(line.label))
            # A year by itself is a copyright's, or half of a date that was not read.
            if best.label == "modified" or best.date.precision == "year":
                return None
            return Shown(best.date.value, best.date.precision, best.label, best.date.certainty)
    return None


def _lines(value: str, names: CalendarNames, *, alone: bool) -> Iterator[DateLine]:
    paragraph = Paragraph(0, len(value), value, apart=True)
    if not alone:
        yield from dates_said(value, paragraph, names)
    elif line := date_line(value, paragraph, names):
        yield line


def _counted(stamp: str) -> Told | None:
    """A moment as the seconds, or milliseconds, since 1970."""
    if not (match := _COUNTED.fullmatch(stamp)) or (seconds := int(match["seconds"])) < _TOO_EARLY:
        return None
    return _cut(datetime.fromtimestamp(seconds, UTC), seconds=True)


def _moment(stamp: str) -> tuple[str, Precision] | None:
    """Read a day and time into UTC; without a zone, or at midnight, no more than the day is told."""
    if match := _ISO_MOMENT.match(stamp):
        zone = (match["zone"] or "").upper().replace("UTC", "Z").replace("GMT", "Z")
        try:
            moment = datetime.fromisoformat(f"{match['day']}T{match['time'].replace(',', '.')}{zone}")
        except ValueError:
            return None
        return _cut(moment, seconds=match["seconds"] is not None)
    try:
        moment = parsedate_to_datetime(stamp)
    except (ValueError, TypeError, IndexError):
        return None
    return _cut(moment, seconds=stamp.count(":") > 1)


def _cut(moment: datetime, *, seconds: bool) -> tuple[str, Precision] | None:
    if not 1000 <= moment.year <= 2999:
        return None
    midnight = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    if moment.tzinfo is None or midnight:
        # Midnight sharp is how systems write a day whose time they do not know.
        return moment.strftime("%Y-%m-%d"), "day"
    precision: Precision = "second" if seconds else "minute"
    return in_utc(moment, precision), precision


def _day(stamp: str, names: CalendarNames) -> tuple[str, Precision] | None:
    if match := _COMPACT_DAY.match(stamp):
        stamp = "-".join(match.groups()) + stamp[match.end() :]
    found = next(written_dates(stamp, 0, len(stamp), names), None)
    if found is None:
        return (stamp, "year") if re.fullmatch(r"[12]\d{3}", stamp) else None
    dated = with_time(stamp, found, len(stamp))
    return dated.value, dated.precision
