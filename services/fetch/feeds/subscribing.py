"""Which feeds are known: those of the file, and the sitemaps of those that are indexes."""

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import delete
from sqlmodel import Session, col, select

from services.fetch.core.feeds import Sitemap
from services.fetch.core.feeds.polling import spread
from services.fetch.feeds.tables import SeenMark, Subscription, Unsaid
from services.fetch.feeds.taken import State


@dataclass(frozen=True)
class Subscribed:
    """What changed when the file was read."""

    added: int = 0
    dropped: int = 0


def subscribe(session: Session, addresses: Collection[str], *, now: float, keep_seconds: float) -> Subscribed:
    """Know the feeds at `addresses` and no others; what was seen in a feed that was dropped is kept for a while."""
    rows = {row.url: row for row in session.exec(select(Subscription).where(col(Subscription.index_id).is_(None)))}
    _follow_moves(session, rows, addresses)
    new = [address for address in addresses if address not in rows]
    back = [row for url, row in rows.items() if url in set(addresses) and row.state == State.DROPPED]
    gone = [row for url, row in rows.items() if url not in set(addresses) and row.state != State.DROPPED]
    within = spread(len(new) + len(back)).total_seconds()
    named_by_index = _named_by_index(session, new)
    for address in new:
        row = named_by_index.get(address) or Subscription(url=address, address=address, next_poll_at=0.0)
        row.index_id, row.state, row.dropped_at = None, State.ACTIVE, None
        row.next_poll_at = now + random.uniform(0, within)  # noqa: S311 - not to be guessed by nobody
        session.add(row)
    for row in back:
        row.state, row.dropped_at, row.address, row.failures, row.error = State.ACTIVE, None, row.url, 0, None
        row.next_poll_at = now + random.uniform(0, within)  # noqa: S311 - as above
    for row in gone:
        drop(session, row, now)
    _forget(session, now - keep_seconds)
    return Subscribed(len(new) + len(back), len(gone))


def follow(
    session: Session, index: Subscription, sitemaps: Sequence[Sitemap], *, now: float, keep_seconds: float
) -> None:
    """Know the sitemaps of an index and no others of it; what has changed by its word is asked at once.

    Some have another one every day: what was dropped long ago is forgotten here too.
    """
    wanted = {one.url: one.changed for one in sitemaps}
    of_it = select(Subscription).where(Subscription.index_id == index.id)
    rows = {row.url: row for row in session.exec(of_it)}
    elsewhere = _others(session, [url for url in wanted if url not in rows])
    within = spread(len(wanted)).total_seconds()
    for url, changed in wanted.items():
        row = rows.get(url)
        if row is None:
            if url not in elsewhere:
                soon = now + random.uniform(0, within)  # noqa: S311 - not to be guessed by nobody
                session.add(Subscription(url=url, address=url, index_id=index.id, changed=changed, next_poll_at=soon))
        elif row.state == State.DROPPED or (changed != row.changed and row.state == State.ACTIVE):
            row.state, row.dropped_at, row.changed, row.next_poll_at = State.ACTIVE, None, changed, now
    for url, row in rows.items():
        if url not in wanted and row.state != State.DROPPED:
            row.state, row.dropped_at = State.DROPPED, now
    _forget(session, now - keep_seconds)


def drop(session: Session, row: Subscription, now: float) -> None:
    """Ask it no more, nor the sitemaps that it names."""
    for one in (row, *session.exec(select(Subscription).where(Subscription.index_id == row.id))):
        one.state, one.dropped_at = State.DROPPED, now


def _follow_moves(session: Session, rows: dict[str, Subscription], addresses: Collection[str]) -> None:
    """Somebody wrote into the file where a feed has moved to: it is the same feed, and what it showed was seen.

    Where a feed of its own was there before, be it that an index names it, that stays what it is.
    """
    by_address = {row.address: row for row in rows.values() if row.address != row.url}
    moved = [address for address in addresses if address in by_address and address not in rows]
    elsewhere = _others(session, moved)
    for address in moved:
        row = by_address[address]
        if address not in elsewhere and row.url not in addresses:
            del rows[row.url]
            row.url = address
            rows[address] = row


def _named_by_index(session: Session, urls: Collection[str]) -> dict[str, Subscription]:
    """Sitemaps that an index names too: the file's word goes before the index's."""
    return {row.url: row for row in _rows(session, urls) if row.index_id is not None}


def _others(session: Session, urls: Collection[str]) -> set[str]:
    return {row.url for row in _rows(session, urls)}


def _rows(session: Session, urls: Collection[str], at_once: int = 500) -> list[Subscription]:
    listed = list(urls)
    found: list[Subscription] = []
    for first in range(0, len(listed), at_once):
        some = listed[first : first + at_once]
        found += session.exec(select(Subscription).where(col(Subscription.url).in_(some)))
    return found


def _forget(session: Session, before: float) -> None:
    """Feeds that were dropped long ago, and of which nothing is left to say."""
    unsaid = select(Unsaid.feed_id)
    old = select(Subscription.id).where(
        col(Subscription.state) == State.DROPPED,
        col(Subscription.dropped_at) < before,
        col(Subscription.id).not_in(unsaid),
    )
    for feed_id in list(session.exec(old)):
        session.execute(delete(SeenMark).where(col(SeenMark.feed_id) == feed_id))
        session.execute(delete(Subscription).where(col(Subscription.id) == feed_id))
