"""Dates in feeds: kept as exact as they were written, and as a moment where that is all that is wanted."""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

W3C = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})"
    r"(?:[Tt ](?P<time>\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(?P<zone>[Zz]|[+-]\d{2}:?\d{2})?)?\Z"
)
EARLIEST_YEAR = 1970


def as_written(value: str) -> str:
    """The date for a claim: RFC 822 becomes ISO 8601 with its own zone, anything else stays as it is."""
    text = " ".join(value.split())
    if W3C.match(text):
        return text
    found = _rfc822(text)
    return found.isoformat() if found is not None else text


def moment(value: str) -> datetime | None:
    """The moment that a date means, in UTC; what names no zone is taken for UTC. None where it means none."""
    text = " ".join(value.split())
    found = _w3c(text) or _rfc822(text)
    if found is None:
        return None
    try:
        at = (found if found.tzinfo is not None else found.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        return None
    return at if at.year >= EARLIEST_YEAR else None


def _w3c(text: str) -> datetime | None:
    if (match := W3C.match(text)) is None:
        return None
    try:
        if match["time"] is None:
            day = date.fromisoformat(match["day"])
            return datetime(day.year, day.month, day.day, tzinfo=UTC)
        return datetime.fromisoformat(f"{match['day']}T{match['time']}{(match['zone'] or '').upper()}")
    except ValueError:
        return None


def _rfc822(text: str) -> datetime | None:
    if not any(character.isalpha() for character in text):  # the parser is content with any numbers
        return None
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
