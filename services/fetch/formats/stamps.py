"""Stamps of time as agencies write them, in the form that everybody reads."""

import re
from datetime import UTC, datetime

MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
SPELLED = re.compile(r"(\d{1,2})-([A-Za-z]{3})-(\d{4})(?:\s+(\d{2}):(\d{2}):(\d{2}))?")


def iso_moment(stamp: str) -> str:
    """`stamp` as ISO 8601 with its zone, or without one where it has none; unchanged where it is no known form."""
    bare = stamp.strip()
    if (found := SPELLED.match(bare)) is not None and (month := MONTHS.get(found[2].lower())) is not None:
        day = f"{found[3]}-{month:02}-{int(found[1]):02}"
        bare = f"{day}T{found[4]}:{found[5]}:{found[6]}" if found[4] else day
    if re.fullmatch(r"\d{4}|\d{4}-\d{2}|\d{4}-\d{2}-\d{2}", bare):
        return bare
    try:
        moment = datetime.fromisoformat(bare)
    except ValueError:
        return bare
    return moment.date().isoformat() if re.fullmatch(r"\d{8}", bare) else moment.isoformat()


def utc_moment(year: int, month: int, day: int, hour: int, minute: int) -> str:
    """A time that a wire tells in figures, empty where there is no such day."""
    try:
        return datetime(
            year if year > 99 else 2000 + year if year < 70 else 1900 + year, month, day, hour, minute, tzinfo=UTC
        ).isoformat()
    except ValueError:
        return ""
