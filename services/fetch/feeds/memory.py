"""Fetch's memory of feeds: every entry is in it, with its id, before anything is said of it."""

from collections.abc import Callable, Collection

from pydantic import TypeAdapter
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Float,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    or_,
    update,
)
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from contracts.document import Claim
from services.chassis.database import Database
from services.fetch.commits import Commits
from services.fetch.core.feeds.polling import Known
from services.fetch.feeds import recording, subscribing
from services.fetch.feeds.recording import Limits, moment_of
from services.fetch.feeds.subscribing import Subscribed
from services.fetch.feeds.tables import Subscription, Unsaid
from services.fetch.feeds.taken import Asked, Entry, Recorded, State, Taken

CLAIMS = TypeAdapter(tuple[Claim, ...])
DUE_AT_ONCE = 256
MOST_LEASE_SECONDS = 120.0  # nobody holds one for longer: what says so was told by a clock that was put back since


class Memory:
    """All that is known of feeds; each call is one transaction, and on disk when it returns."""

    def __init__(self, database: Database, limits: Limits, mint: Callable[[], str], holder: str) -> None:
        self._database, self._limits, self._mint, self._holder = database, limits, mint, holder
        self._write = Commits(database).write

    async def subscribe(self, addresses: Collection[str], *, now: float) -> Subscribed:
        """Know these feeds and no others, sitemaps of their indexes aside."""
        keep = self._limits.keep_seconds
        return await self._database.transaction(
            lambda session: subscribing.subscribe(session, addresses, now=now, keep_seconds=keep)
        )

    async def due(self, *, now: float) -> list[int]:
        """The feeds that are to be asked, or of which something is not said yet, and that nobody holds."""
        return await self._database.transaction(lambda session: list(session.scalars(DUE, {"now": now})))

    async def take(self, feed_id: int, *, now: float, until: float) -> Taken | None:
        """Our lease on the feed; None where there is nothing to do any more, or another holds it."""

        def write(session: Session) -> Taken | None:
            mine = {"lease": self._holder, "leased_until": until}
            ours = (col(Subscription.id) == feed_id, _is_due(now), _is_free(now))
            if not session.connection().execute(update(Subscription).where(*ours).values(**mine)).rowcount:
                return None
            row = session.get(Subscription, feed_id)
            return _taken(row, now) if row is not None else None

        return await self._database.transaction(write)

    async def renew(self, feed_ids: Collection[int], *, until: float) -> None:
        """Hold these for longer, as far as they are ours still."""
        ours = (col(Subscription.id).in_(feed_ids), col(Subscription.lease) == self._holder)
        await self._database.transaction(
            lambda session: session.execute(update(Subscription).where(*ours).values(leased_until=until))
        )

    async def release(self, feed_id: int) -> None:
        """Let go of it."""
        ours = (col(Subscription.id) == feed_id, col(Subscription.lease) == self._holder)
        free = {"lease": None, "leased_until": 0.0}
        await self._database.transaction(
            lambda session: session.execute(update(Subscription).where(*ours).values(**free))
        )

    async def record(self, taken: Taken, asked: Asked) -> Recorded | None:
        """Keep what asking came to: new entries become inputs with ids. None where the lease was lost meanwhile."""

        def write(session: Session) -> Recorded | None:
            row = session.get(Subscription, taken.id)
            if row is None or row.lease != self._holder:
                return None
            return recording.record(session, row, asked, self._limits, self._mint)

        return await self._database.transaction(write)

    async def unsaid(self, feed_id: int, *, limit: int) -> list[Entry]:
        """The first entries of the feed that are not said to the end."""
        query = select(Unsaid).where(Unsaid.feed_id == feed_id).order_by(col(Unsaid.input_id)).limit(limit)
        return await self._database.transaction(lambda session: [_entry(row) for row in session.exec(query)])

    async def note(self, input_id: str, note: bytes) -> None:
        """What is noted of an entry before it is said."""
        change = update(Unsaid).where(col(Unsaid.input_id) == input_id).values(note=note)
        await self._write(lambda session: session.execute(change))

    async def said(self, input_ids: Collection[str]) -> None:
        """All that there is to say of these was acknowledged."""
        gone = delete(Unsaid).where(col(Unsaid.input_id).in_(input_ids))
        await self._write(lambda session: session.execute(gone))

    async def census(self) -> dict[str, int]:
        """How many feeds there are that are asked and answer, that fail, and that are gone."""
        failing = func.sum(case((col(Subscription.failures) > 0, 1), else_=0))
        query = select(Subscription.state, func.count(), failing).group_by(col(Subscription.state))
        rows = await self._database.transaction(lambda session: list(session.exec(query)))
        found = {state: (number, int(failed or 0)) for state, number, failed in rows}
        active, failed = found.get(State.ACTIVE, (0, 0))
        return {"active": active - failed, "failing": failed, "gone": found.get(State.GONE, (0, 0))[0]}


def _is_due(now: float | BindParameter[float]) -> ColumnElement[bool]:
    unsaid = exists().where(col(Unsaid.feed_id) == col(Subscription.id))
    asked = and_(col(Subscription.state) == State.ACTIVE, col(Subscription.next_poll_at) <= now)
    return or_(asked, unsaid)


def _is_free(now: float | BindParameter[float]) -> ColumnElement[bool]:
    until = col(Subscription.leased_until)
    return or_(col(Subscription.lease).is_(None), until <= now, until > now + MOST_LEASE_SECONDS)


def _all_due() -> SelectOfScalar[int | None]:
    """The feeds that are due at `now`."""
    now = bindparam("now", type_=Float)
    due = select(col(Subscription.id)).where(_is_due(now), _is_free(now))
    return due.order_by(col(Subscription.next_poll_at)).limit(DUE_AT_ONCE)


DUE = _all_due()  # asked every second, and building it takes longer than asking


def _taken(row: Subscription, now: float) -> Taken:
    return Taken(
        id=row.id or 0,
        url=row.url,
        address=row.address,
        due=row.state == State.ACTIVE and row.next_poll_at <= now,
        etag=row.etag,
        last_modified=row.last_modified,
        known=Known(row.gap_seconds, moment_of(row.latest), row.ttl_seconds),
        failures=row.failures,
        of_an_index=row.index_id is not None,
    )


def _entry(row: Unsaid) -> Entry:
    return Entry(row.input_id, row.url, CLAIMS.validate_json(row.claims), row.original, row.note)
