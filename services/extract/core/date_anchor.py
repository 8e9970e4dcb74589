"""Completing a date that lacks its year: by the date of publication, and only where one reading is left."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from contracts.extraction import Precision, Published
from services.extract.core.date_words import Unit

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
        if published is None:
            return cls()
        parts = [int(part) for part in published.value[:10].split("-")]
        return cls(*[*parts, None, None][:3])

    def completed(self, moment: Moment) -> Moment:
        """`moment` with its year: the nearest, if no other is about as near and the weekday does not contradict."""
        if moment.year is not None or moment.month is None or self.year is None or self.month is None:
            return moment
        years = [
            year for year in (self.year - 1, self.year, self.year + 1) if self._is_near(moment._replace(year=year))
        ]
        return moment._replace(year=years[0]) if len(years) == 1 else moment

    def counted(self, unit: Unit, offset: int) -> str | None:
        """The day, month or year `offset` units from the publication; None if that is not known so precisely."""
        if self.year is None:
            return None
        if unit == "year":
            return f"{self.year + offset:04}"
        if self.month is None:
            return None
        if unit == "month":
            year, month = divmod(self.year * 12 + self.month - 1 + offset, 12)
            return f"{year:04}-{month + 1:02}"
        day = self.as_day()
        return None if day is None else (day + timedelta(days=offset)).isoformat()

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
