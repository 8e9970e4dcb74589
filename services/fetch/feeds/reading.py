"""What is remembered of feeds, for whoever only wants to look."""

from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from pydantic import BaseModel
from sqlalchemy import Engine, create_engine, func, make_url
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from services.chassis.unavailable import Unavailable
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


def remembered(url: str) -> list[Remembered]:
    """All feeds that are not dropped, those of the file first; none where no fetch has looked at any yet."""
    engine = _opened(url)
    if engine is None:
        return []
    try:
        with Session(engine) as session:
            return _all(session)
    except DBAPIError as error:
        if "no such table" in str(error.orig):  # a fetch of before there were feeds
            return []
        raise Unavailable("fetch's database", str(error.orig)) from error
    finally:
        engine.dispose()


def _opened(url: str) -> Engine | None:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return create_engine(parsed)
    path = Path(parsed.database).absolute()
    if not path.exists():
        return None
    only = parsed.set(database=f"file:{quote(str(path))}").update_query_dict({"mode": "ro", "uri": "true"})
    return create_engine(only)


def _all(session: Session) -> list[Remembered]:
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
