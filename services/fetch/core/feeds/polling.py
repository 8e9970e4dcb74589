"""When to ask a feed again: by what it asks for itself, and by what was seen of its rhythm."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from statistics import median

RHYTHM_ENTRIES = 20  # the latest: a feed may have had other times
SILENCE_SHARE = 4  # a feed that has been silent for long is not asked at the pace of its better days
POLLS_A_GAP = 2
UNKNOWN_SECONDS = 1800.0  # for a feed whose entries have no dates
MOST_ASKED_SECONDS = 86_400.0  # a feed that wants to be left alone for a year is asked once a day
MOST_RETRY_SECONDS = 7 * 86_400.0
MOST_BACKOFF_SECONDS = 86_400.0
MOST_DOUBLINGS = 20
JITTER_SHARE = 0.1


class Because(StrEnum):
    """What decided when a feed is asked again."""

    RHYTHM = "rhythm"
    UNKNOWN_RHYTHM = "unknown_rhythm"
    TTL = "ttl"
    FRESHNESS = "freshness"  # Cache-Control or Expires
    RETRY_AFTER = "retry_after"
    FAILURES = "failures"


@dataclass(frozen=True)
class Known:
    """What is remembered of a feed between its readings: the median gap between entries, the latest one, its TTL."""

    gap_seconds: float | None = None
    latest: datetime | None = None
    ttl_seconds: float | None = None


@dataclass(frozen=True)
class Bounds:
    """Between these a feed is asked by its rhythm."""

    least_seconds: float
    most_seconds: float


@dataclass(frozen=True)
class Wait:
    """How long until a feed is asked again, and what decided that."""

    seconds: float
    because: Because


def rhythm(times: Iterable[datetime]) -> float | None:
    """The median gap in seconds between the latest entries; None where fewer than two have times that differ."""
    latest = sorted(set(times), reverse=True)[:RHYTHM_ENTRIES]
    gaps = [(later - earlier).total_seconds() for later, earlier in pairwise(latest)]
    return median(gaps) if gaps else None


def next_poll(
    now: datetime,
    known: Known,
    bounds: Bounds,
    *,
    fresh_seconds: float | None = None,
    retry_after_seconds: float | None = None,
    failures: int = 0,
    jitter: float = 0.0,
) -> Wait:
    """How long to wait: half the median gap within the bounds, unless the feed or its server ask for more.

    `fresh_seconds` is what Cache-Control or Expires say. `failures` in a row double the wait each time. `jitter`, 0 to
    1, lengthens it by up to a tenth: feeds that were asked together are not asked together for ever.
    """
    waits = [_by_rhythm(now, known, bounds)]
    for seconds, because in ((known.ttl_seconds, Because.TTL), (fresh_seconds, Because.FRESHNESS)):
        if seconds is not None:
            waits.append(Wait(min(seconds, MOST_ASKED_SECONDS), because))
    if failures:
        least = max(waits[0].seconds, bounds.least_seconds)
        doubled = least * 2.0 ** min(failures, MOST_DOUBLINGS)
        waits.append(Wait(max(least, min(doubled, MOST_BACKOFF_SECONDS)), Because.FAILURES))
    if retry_after_seconds is not None:
        waits.append(Wait(min(retry_after_seconds, MOST_RETRY_SECONDS), Because.RETRY_AFTER))
    wait = max(waits, key=lambda each: each.seconds)
    return Wait(wait.seconds * (1 + JITTER_SHARE * jitter), wait.because)


def _by_rhythm(now: datetime, known: Known, bounds: Bounds) -> Wait:
    if known.gap_seconds is None:
        return Wait(_within(bounds, UNKNOWN_SECONDS), Because.UNKNOWN_RHYTHM)
    silence = max(0.0, (now - known.latest).total_seconds()) if known.latest is not None else 0.0
    gap = max(known.gap_seconds, silence / SILENCE_SHARE)
    return Wait(_within(bounds, gap / POLLS_A_GAP), Because.RHYTHM)


def _within(bounds: Bounds, seconds: float) -> float:
    return min(max(seconds, bounds.least_seconds), max(bounds.most_seconds, bounds.least_seconds))


def spread(number: int) -> timedelta:
    """Over how long so many new feeds are asked for the first time: ten a second, none later than five minutes."""
    return timedelta(seconds=min(300.0, number / 10))
