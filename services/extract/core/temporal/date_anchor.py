"""Completing a date that lacks its year: by the date of publication, and only where one reading is left."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from contracts.extraction import Precision, Published
from services.extract.core.temporal.date_words import Unit

# "last", "next" and "this" as words have it; "past" and "coming" as the verbs beside it do.
Way = Literal["last", "next", "this", "past", "coming", "since", ""]

NEAR_DAYS = 60  # a day without its year that is no farther from the publication belongs to it
NEARER_DAYS = 3  # a weekday four to six days ago is one to three days ahead
_THURSDAY = 3
_FARTHEST_DAYS = 199  # half a year and the half month by which either year could be meant
_FARTHEST_MONTHS = 6


class Moment(NamedTuple):
    """What a mention tells: any part may be missing; the weekday counts from 0, Monday."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None

    @property
    def precision(self) -> Precision:
        """The smallest part told."""
        return "day" if self.day else "month" if self.month else "year"


def iso(moment: Moment) -> str | None:
    """ISO 8601 cut to its precision; None without a year or for what the calendar does not have."""
    year, month, day, _ = moment
    if year is None:
        return None
    if month is None:
        return f"{year:04}"
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= monthrange(year, month)[1]):
        return None
    return f"{year:04}-{month:02}" if day is None else f"{year:04}-{month:02}-{day:02}"


@dataclass(frozen=True)
class Anchor:
    """The date of publication as far as it is known."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, published: Published | None) -> "Anchor":
        """The anchor that a publication date gives; one without parts where there is none."""
        return cls.at(published.value if published else None)

    @classmethod
    def at(cls, value: str | None) -> "Anchor":
        """The anchor that a date in ISO 8601 gives; of a run its end."""
        if value is None:
            return cls()
        parts = [int(part) for part in value.rpartition("/")[2][:10].split("-")]
        return cls(*[*parts, None, None][:3])

    @property
    def value(self) -> str | None:
        """The date itself."""
        return iso(Moment(self.year, self.month, self.day))

    def completed(self, moment: Moment, way: Way = "") -> Moment:
        """`moment` with its year: the nearest, if no other is about as near and the weekday does not contradict.

        "Last" and "next" say on which side of the publication it lies, and a verb where both are about as near.
        """
        if moment.year is not None or moment.month is None or self.year is None or self.month is None:
            return moment
        if way == "this":
            return moment._replace(year=self.year)
        every = [moment._replace(year=year) for year in (self.year - 1, self.year, self.year + 1)]
        near = [one for one in every if self._is_near(one)]
        if way == "since":
            return next((one for one in reversed(every) if not self._is_later(one)), moment)
        is_doubted = len(near) > 1 or (len(near) == 1 and self._is_contradicted(near[0], way))
        if way in {"last", "next"} or (is_doubted and way in {"past", "coming"}):
            sides = self._before(every) if way in {"last", "past"} else self._behind(every)
            return sides[0] if sides else moment
        return near[0] if len(near) == 1 else moment

    def _is_contradicted(self, moment: Moment, way: Way) -> bool:
        """Whether a day is so far behind that a verb which says that it is to come tells of the next year's."""
        value = iso(moment)
        is_day_to_come = way == "coming" and value is not None and moment.day is not None
        return is_day_to_come and self.days_from(value or "") > NEAR_DAYS and (value or "") < (self.value or "")

    def _before(self, moments: Sequence[Moment]) -> list[Moment]:
        """Those before the publication, the nearest first; of its own month none."""
        here = self.value or ""
        return [one for one in reversed(moments) if (value := iso(one)) and value < here[: len(value)]]

    def _is_later(self, moment: Moment) -> bool:
        """Whether a month or a day is yet to come; the publication's own month is not."""
        here, value = self.value or "", iso(moment) or ""
        return value[: len(here)] > here[: len(value)]

    def _behind(self, moments: Sequence[Moment]) -> list[Moment]:
        here = self.value or ""
        return [one for one in moments if (value := iso(one)) and value > here[: len(value)]]

    def shifted(self, days: int) -> str | None:
        """The day so many days from the publication; None if that is not known so precisely."""
        day = self.as_day()
        return None if day is None else (day + timedelta(days=days)).isoformat()

    def days_from(self, value: str) -> int:
        """About how many days a day or month is away."""
        year, month, day = ([*map(int, value.split("-")), 15, 15])[:3]
        here = date(self.year or year, self.month or month, self.day or 15)
        return abs((date(year, month, day) - here).days)

    def is_before(self, value: str) -> bool:
        """Whether a day or month is yet to come, as far as that is known: no part of the month that this one is in."""
        here = self.value or ""
        return bool(here) and value[: len(here)] > here[: len(value)]

    def run_of(self, unit: Unit, way: Way) -> tuple[str | None, Precision]:
        """The last, this or the next week (from Monday on), week-end, month or year."""
        offset = {"last": -1, "next": 1}.get(way, 0)
        if unit in {"year", "month"}:
            return self.counted(unit, offset)
        day = self.as_day()
        if day is None:
            return None, "day"
        if unit == "weekend" and way in {"this", "past", ""}:
            # Until Wednesday "the week-end" is the one behind, from Thursday on the one ahead.
            offset = 0 if day.weekday() >= _THURSDAY and way != "past" else -1
            offset = 0 if way == "past" and day.weekday() > 4 else offset
        monday = day - timedelta(days=day.weekday()) + timedelta(weeks=offset)
        first, last = monday + timedelta(days=5 if unit == "weekend" else 0), monday + timedelta(days=6)
        return f"{first.isoformat()}/{last.isoformat()}", "day"

    def weekday(self, weekday: int, way: Way) -> date | None:
        """The day meant by a weekday, as "last", "next" or the verb has it; bare, the last."""
        day = self.as_day()
        if day is None:
            return None
        back = (day.weekday() - weekday) % 7  # days since that weekday, 0 for the day itself
        ahead = (7 - back) % 7
        offsets = {
            "last": -(back or 7),
            "next": ahead or 7,
            "coming": ahead,
            "this": -back if back <= NEARER_DAYS else ahead,
        }
        return day + timedelta(days=offsets.get(way, -back))

    def day_called(self, weekday: int, number: int) -> date | None:
        """The nearest day of that number on that weekday: Wednesday the 5th."""
        day = self.as_day()
        if day is None and self.year and self.month and number <= monthrange(self.year, self.month)[1]:
            told = date(self.year, self.month, number)  # of the month that is known alone
            return told if told.weekday() == weekday else None
        if day is None:
            return None
        near = (day + timedelta(days=away * sign) for away in range(46) for sign in (1, -1))
        return next((one for one in near if (one.weekday(), one.day) == (weekday, number)), None)

    def season(self, month: int, way: Way) -> str | None:
        """The year of the last, this or the next season of three months that ends with one."""
        if self.year is None or (way != "this" and self.month is None):
            return None
        here = self.month or month
        offset = {"last": -(here <= month), "next": int(here >= month - 2)}.get(way, 0)
        return f"{self.year + offset:04}"

    def counted(self, unit: Unit, offset: int) -> tuple[str | None, Precision]:
        """The year or the month so many years or months away, as far as that is known."""
        if self.year is None or (unit == "month" and self.month is None):
            return None, "month" if unit == "month" else "year"
        if unit == "year":
            return f"{self.year + offset:04}", "year"
        year, month = divmod(self.year * 12 + (self.month or 1) - 1 + offset, 12)
        return f"{year:04}-{month + 1:02}", "month"

    def as_day(self) -> date | None:
        """The day of publication, if it is known."""
        return date(self.year, self.month, self.day) if self.year and self.month and self.day else None

    def _is_near(self, moment: Moment) -> bool:
        value, day = iso(moment), self.as_day()
        if value is None or moment.year is None or moment.month is None or self.year is None or self.month is None:
            return False
        if moment.day and moment.weekday is not None and date.fromisoformat(value).weekday() != moment.weekday:
            return False
        if day is not None and moment.day:
            return abs((date.fromisoformat(value) - day).days) <= _FARTHEST_DAYS
        return abs((moment.year - self.year) * 12 + moment.month - self.month) <= _FARTHEST_MONTHS
