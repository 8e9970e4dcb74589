"""Keeping what asking a feed came to: in one transaction, new entries get their ids and are remembered as seen."""

import hashlib
import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, insert, update
from sqlmodel import Session, col, select

from services.fetch.core.feeds import Sitemap
from services.fetch.core.feeds.dates import moment
from services.fetch.core.feeds.news import Announced, Reading, new_entries
from services.fetch.feeds import subscribing
from services.fetch.feeds.tables import SeenMark, Subscription, Unsaid
from services.fetch.feeds.taken import Asked, Poll, Recorded, State

DAY_SECONDS = 86_400.0
MARKS_A_STATEMENT = 500
MAX_ERROR_CHARACTERS = 500
EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Limits:
    """How much is remembered, and for how long."""

    keep_seconds: float  # that a mark stays after its entry has left the feed
    first_entries: int  # of a feed that is new to us, that become inputs
    max_sitemaps: int  # of an index, that are followed


def record(session: Session, row: Subscription, asked: Asked, limits: Limits, mint: Callable[[], str]) -> Recorded:
    """Write it all down; nothing of it is seen by anybody before it is committed."""
    row.next_poll_at, row.because = asked.next_poll_at, asked.because
    if asked.poll is Poll.PUT_OFF:
        return Recorded()
    row.polled_at = asked.at
    if asked.moved_to is not None:
        row.address = asked.moved_to
    if asked.poll is Poll.GONE:
        row.state = State.GONE
    if asked.error is not None:
        row.failures += 1
        row.error, row.failed_at = asked.error[:MAX_ERROR_CHARACTERS], asked.at
        return Recorded()
    row.failures = 0
    row.etag, row.last_modified = asked.etag, asked.last_modified
    if asked.reading is None:
        return Recorded()
    return _read(session, row, asked.reading, asked.at, limits=limits, mint=mint)


def moment_of(seconds: float | None) -> datetime | None:
    """Seconds since 1970 as a time with a zone."""
    return datetime.fromtimestamp(seconds, UTC) if seconds is not None else None


def _read(
    session: Session, row: Subscription, reading: Reading, now: float, *, limits: Limits, mint: Callable[[], str]
) -> Recorded:
    first = row.read_at is None
    row.read_at, row.title, row.ttl_seconds = now, reading.title, reading.ttl_seconds
    row.gap_seconds = reading.gap_seconds
    row.latest = reading.latest.timestamp() if reading.latest is not None else None
    found = (*reading.announced, *_come_again(row, reading.half))
    seen = dict(session.exec(select(SeenMark.mark, SeenMark.seen_at).where(SeenMark.feed_id == row.id)).all())
    new = new_entries(found, seen)
    old = max(0, len(new) - limits.first_entries) if first else 0
    if new[old:]:
        session.execute(insert(Unsaid), [_unsaid(row, one, mint()) for one in new[old:]])
    _remember(session, row, found, seen, now)
    if not reading.cut:  # what was cut shows not all that is in it
        gone = (col(SeenMark.feed_id) == row.id, col(SeenMark.seen_at) < now - limits.keep_seconds - DAY_SECONDS)
        session.execute(delete(SeenMark).where(*gone))
    left_out = 0 if reading.cut else _follow(session, row, reading.sitemaps, now, limits)
    row.found += len(new) - old
    row.passed_over = left_out or row.passed_over + old
    return Recorded(len(new) - old, old)


def _come_again(row: Subscription, half: Announced | None) -> list[Announced]:
    """The last entry of a feed that is cut, where it was cut there the last time too: then that is all of it."""
    before, row.half = row.half, hashlib.sha256(repr(half).encode()).digest() if half is not None else None
    return [half] if half is not None and row.half == before else []


def _follow(session: Session, row: Subscription, sitemaps: Sequence[Sitemap], now: float, limits: Limits) -> int:
    """Know the sitemaps of an index; how many of them are too many."""
    if not sitemaps and not _has_sitemaps(session, row):
        return 0
    followed = latest_of(sitemaps, limits.max_sitemaps)
    subscribing.follow(session, row, followed, now=now, keep_seconds=limits.keep_seconds)
    return len(sitemaps) - len(followed)


def latest_of(sitemaps: Sequence[Sitemap], number: int) -> list[Sitemap]:
    """So many of an index's sitemaps, those that changed last by its word; of those that do not say, the first."""
    dated = sorted(sitemaps, key=lambda one: moment(one.changed) or EARLIEST, reverse=True)
    return dated[:number]


def _unsaid(row: Subscription, one: Announced, input_id: str) -> dict[str, object]:
    return {
        "input_id": input_id,
        "feed_id": row.id,
        "url": one.url,
        "claims": json.dumps([claim.model_dump() for claim in one.claims]),
        "original": one.original,
        "note": None,
    }


def _remember(
    session: Session, row: Subscription, found: Collection[Announced], seen: dict[bytes, float], now: float
) -> None:
    """That these entries are in the feed: what is known is written again once a day."""
    marks = {mark for one in found for mark in one.marks}
    new = [{"feed_id": row.id, "mark": mark, "seen_at": now} for mark in marks if mark not in seen]
    if new:
        session.execute(insert(SeenMark), new)
    stale = [mark for mark in marks if mark in seen and seen[mark] < now - DAY_SECONDS]
    for start in range(0, len(stale), MARKS_A_STATEMENT):
        some = stale[start : start + MARKS_A_STATEMENT]
        them = (col(SeenMark.feed_id) == row.id, col(SeenMark.mark).in_(some))
        session.execute(update(SeenMark).where(*them).values(seen_at=now))


def _has_sitemaps(session: Session, row: Subscription) -> bool:
    return session.exec(select(Subscription.id).where(Subscription.index_id == row.id).limit(1)).first() is not None
