"""What is remembered of feeds, for whoever only wants to look."""

from datetime import datetime

from pydantic import BaseModel
from sqlalchemy import func
from sqlmodel import Session, col, select

from services.fetch.feeds.recording import moment_of
from services.fetch.feeds.tables import Subscription, Unsaid
from services.fetch.feeds.taken import State


class Remembered(BaseModel):
    """A feed as fetch knows it; a sitemap of an index names that as `index`."""

    url: str
    address: str
    index: str | None
    state: str
    title: str
    polled_at: datetime | None
    read_at: datetime | None
    next_poll_at: datetime | None
    because: str
    entries: int
    passed_over: int
    waiting: int
    failures: int
    error: str | None
    failed_at: datetime | None
    gap_seconds: float | None
    latest_entry_at: datetime | None


def remembered(session: Session) -> list[Remembered]:
    """All feeds that are not dropped, those of the file first."""
    unsaid = dict(session.exec(select(Unsaid.feed_id, func.count()).group_by(col(Unsaid.feed_id))).all())
    order = (col(Subscription.index_id).is_not(None), col(Subscription.id))
    rows = list(session.exec(select(Subscription).where(Subscription.state != State.DROPPED).order_by(*order)))
    urls = {row.id: row.url for row in rows}
    return [_told(row, urls.get(row.index_id), unsaid.get(row.id or 0, 0)) for row in rows]


def _told(row: Subscription, index: str | None, waiting: int) -> Remembered:
    return Remembered(
        url=row.url,
        address=row.address,
        index=index,
        state=_state(row),
        title=row.title,
        polled_at=moment_of(row.polled_at),
        read_at=moment_of(row.read_at),
        next_poll_at=moment_of(row.next_poll_at) if row.state == State.ACTIVE else None,
        because=row.because,
        entries=row.found,
        passed_over=row.passed_over,
        waiting=waiting,
        failures=row.failures,
        error=row.error,
        failed_at=moment_of(row.failed_at),
        gap_seconds=row.gap_seconds,
        latest_entry_at=moment_of(row.latest),
    )


def _state(row: Subscription) -> str:
    if row.state != State.ACTIVE:
        return row.state
    if row.failures:
        return "failing"
    return "active" if row.polled_at is not None else "new"
