"""When to come again: what a server asks for, in either form, and what we owe one that does not answer well."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from services.fetch.core.web.answer import Refused

SECONDS = re.compile(r"[0-9]{1,10}")
DIRECTIVE = re.compile(r'([a-z-]+)(?:\s*=\s*(?:"([^"]*)"|([^\s,;"]*)))?')
BACKOFF_SECONDS = (10.0, 60.0, 300.0, 1800.0)
LEAST_SECONDS = 1.0  # a host that says: at once
MOST_WAITS = 4  # of a length, before they grow: in two days it is asked some fifty times
MAX_TRIES = len(BACKOFF_SECONDS) + 1
MAX_FRESH_SECONDS = 366 * 24 * 3600.0


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """The seconds that `Retry-After` asks for, as a number or as a date (RFC 9110, 10.2.3); None where it does not."""
    value = headers.get("retry-after", "").strip()
    if SECONDS.fullmatch(value):
        return float(value)
    at = http_date(value)
    return max(0.0, (at - now).total_seconds()) if at is not None else None


def fresh(headers: Mapping[str, str], now: datetime) -> float | None:
    """For how many seconds the server vouches for its answer (RFC 9111, 4.2.1); None where it does not say."""
    directives = {found[1]: found[2] or found[3] or "" for found in DIRECTIVE.finditer(_low(headers, "cache-control"))}
    if "no-cache" in directives or "no-store" in directives:
        return 0.0
    age = _low(headers, "age")
    old = float(age) if SECONDS.fullmatch(age) else 0.0
    if SECONDS.fullmatch(directives.get("max-age", "")):
        return _bounded(float(directives["max-age"]) - old)
    if (expires := headers.get("expires")) is None:
        return None
    until, sent = http_date(expires), http_date(headers.get("date", "")) or now
    return 0.0 if until is None else _bounded((until - sent).total_seconds() - old)


def http_date(text: str) -> datetime | None:
    """A date as headers have it, in any of its three forms, with a zone; None where it is none."""
    try:
        at = parsedate_to_datetime(text)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def backoff(tries: int) -> float | None:
    """How long to wait after so many tries that came to nothing; None where that was the last one."""
    return BACKOFF_SECONDS[tries - 1] if tries < MAX_TRIES else None


def again(refused: Refused, *, tries: int, kept_seconds: float, give_up_seconds: float) -> tuple[float, int] | None:
    """In how many seconds a refused URL is to be asked for again, and how many tries count by then; None for its end.

    A host that asks us to wait is waited for: that counts as no try. One that asks for a moment, time and again, is
    given ever more, until the URL was kept for `give_up_seconds`: `kept_seconds` is for how long it was by now.
    """
    if not refused.passing:
        return None
    asked = refused.retry_after_seconds
    counted = tries if asked is not None else tries + 1
    seconds = max(asked, LEAST_SECONDS, kept_seconds / MOST_WAITS) if asked is not None else backoff(counted)
    if seconds is None or kept_seconds + seconds > give_up_seconds:
        return None
    return seconds, counted


def _bounded(seconds: float) -> float:
    return max(0.0, min(seconds, MAX_FRESH_SECONDS))


def _low(headers: Mapping[str, str], name: str) -> str:
    return headers.get(name, "").strip().lower()
