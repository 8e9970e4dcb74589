"""Fetch's memory of URLs: an errand is on disk before its message is acknowledged, and until its end was."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, case, delete, func, insert, or_, select, update
from sqlmodel import Session, col

from contracts.document import Claim
from contracts.outcomes import RejectReason
from services.chassis.database import Database
from services.chassis.unavailable import Unavailable
from services.fetch.commits import Commits
from services.fetch.core import Rejected
from services.fetch.core.web.answer import Page
from services.fetch.note import Note
from services.fetch.tables import Asked, Met

KEPT_SECONDS = 7 * 24 * 3600.0  # after its end: a message is heard again within minutes, or after a restore within days
MOST_MET = 100_000
MOST_WAITING = 100_000
FORGOTTEN_AT_ONCE = 1000
PARAMETERS = 500  # in one IN (…)
FREE: dict[str, Any] = {"lease": None, "leased_until": 0.0}
MOST_LEASE_SECONDS = 60.0  # nobody holds one for longer: what says so was told by a clock that was put back since
# Each is one look into an index; asked for together they would be a look at every row.
NUMBER = select(func.count()).select_from(Asked).where(col(Asked.ended_at).is_(None))
OLDEST = select(func.min(col(Asked.asked_at))).where(col(Asked.ended_at).is_(None))

_CLAIMS = TypeAdapter(tuple[Claim, ...])


@dataclass(frozen=True)
class Found:
    """What a URL came to: the place of what it led to, and how it is read; noted before anything is said of it."""

    source_uri: str
    note: Note
    page_url: str | None = None
    media_type: str | None = None
    charset: str | None = None


@dataclass(frozen=True)
class Errand:
    """One URL that was asked for and has no end yet."""

    input_id: str
    url: str
    host: str = ""
    claims: tuple[Claim, ...] = ()
    asked_at: float = 0.0
    due_at: float = 0.0
    tries: int = 0
    kept_seconds: float = 0.0
    waits_for: str | None = None
    found: Found | None = None


@dataclass(frozen=True)
class Known:
    """A page that was had before, and what its server wants to be told."""

    etag: str | None
    last_modified: str | None
    page_url: str
    media_type: str | None
    charset: str | None
    sha256: str


class Memory:
    """Everything is on disk when a call returns; raises Unavailable where the database does not answer."""

    def __init__(self, database: Database, *, most: int = MOST_WAITING, holder: str = "") -> None:
        self._database, self._most, self._holder = database, most, holder
        self._write = Commits(database).write

    async def probe(self) -> None:
        """Raise Unavailable while the database does not answer, or so many wait that no more are taken."""
        await self._database.probe()
        await self._check_room()

    async def begin(self, errands: Iterable[Errand]) -> None:
        """Keep these; what is known already, ended or not, stays as it is. Raises Unavailable where too many wait."""
        await self._check_room()
        rows = {errand.input_id: _row(errand) for errand in errands}

        def write(session: Session) -> None:
            known: set[str] = set()
            for some in _portions(list(rows)):
                known |= set(session.scalars(select(col(Asked.input_id)).where(col(Asked.input_id).in_(some))))
            if new := [row for input_id, row in rows.items() if input_id not in known]:
                session.execute(insert(Asked), new)

        await self._database.transaction(write)

    async def due(self, now: float, *, but: Collection[str], busy: Collection[str], limit: int) -> list[Errand]:
        """Some that are due and nobody's, longest first; none of the inputs `but`, none that needs a `busy` host."""
        may_go = or_(col(Asked.host).not_in(list(busy)), col(Asked.source_uri).is_not(None))
        query = (
            select(Asked)
            .where(*_is_due(now), col(Asked.input_id).not_in(list(but)), may_go)
            .order_by(col(Asked.due_at))
            .limit(limit)
        )
        return await self._database.transaction(lambda session: [_errand(row) for row in session.scalars(query)])

    async def claim(self, input_ids: Collection[str], now: float, *, until: float) -> list[Errand]:
        """Those of them that are ours to ask for, as they stand now; another fetch may have been quicker."""
        mine = update(Asked).where(col(Asked.input_id).in_(list(input_ids)), *_is_due(now))
        held = select(Asked).where(*self._ours(input_ids))

        def write(session: Session) -> list[Errand]:
            session.execute(mine.values(lease=self._holder, leased_until=until))
            return [_errand(row) for row in session.scalars(held)]

        return await self._database.transaction(write)

    async def renew(self, input_ids: Collection[str], *, until: float) -> None:
        """Hold these for longer, as far as they are ours still."""
        await self._change(*self._ours(input_ids), leased_until=until)

    async def release(self, input_ids: Collection[str]) -> None:
        """Let go of these as they stand."""
        await self._change(*self._ours(input_ids), **FREE)

    async def keep(self, input_id: str, *, due_at: float, tries: int, kept_seconds: float, waits_for: str) -> None:
        """Keep it for later, and say why; nothing happens where another fetch asks for it by now."""
        values = {"due_at": due_at, "tries": tries, "kept_seconds": kept_seconds, "waits_for": waits_for}
        await self._change(*self._ours([input_id]), **values, **FREE)

    async def note(self, input_id: str, found: Found, *, instead: bool = False) -> Found:
        """Note what it came to: whoever takes it up after a crash says the same.

        What is returned is to be said: what another fetch had noted before, unless this is to stand `instead`.
        """
        rejected = found.note.rejected
        values = {
            "source_uri": found.source_uri,
            "page_url": found.page_url,
            "media_type": found.media_type,
            "charset": found.charset,
            "sha256": found.note.sha256,
            "reason": rejected.reason.value if rejected is not None else None,
            "detail": rejected.detail if rejected is not None else None,
        }

        def write(session: Session) -> Found:
            row = session.get(Asked, input_id, with_for_update=True)
            before = _errand(row).found if row is not None and not instead else None
            if before is None:
                session.execute(update(Asked).where(col(Asked.input_id) == input_id).values(**values))
            return before or found

        return await self._database.transaction(write)

    async def put_off(self, host: str, now: float, *, until: float) -> None:
        """A host wants to be left alone: what would be asked of it before is kept for as long, though nobody asks."""
        waiting = (col(Asked.ended_at).is_(None), col(Asked.host) == host, col(Asked.due_at) < until)
        begins = case((col(Asked.due_at) < now, now), else_=col(Asked.due_at))
        kept_seconds = col(Asked.kept_seconds) + until - begins
        waits_for = f"{host} wants to be left alone"
        which = (*waiting, _is_free(now), col(Asked.source_uri).is_(None))
        await self._change(*which, kept_seconds=kept_seconds, due_at=until, waits_for=waits_for)

    async def end(self, input_id: str, now: float) -> None:
        """All that there is to say of it was acknowledged, be it that another fetch says it again just now."""
        await self._change(col(Asked.input_id) == input_id, ended_at=now, **FREE)

    async def _check_room(self) -> None:
        number, _ = await self.waiting()
        if number >= self._most:
            raise Unavailable("room for URLs", f"{number} wait: WIREROOM_FETCH_MAX_WAITING_URLS")

    async def unended(self, *, after: str, limit: int) -> list[str]:
        """The inputs that have no end yet, in the order of their ids."""
        query = select(col(Asked.input_id)).where(col(Asked.ended_at).is_(None), col(Asked.input_id) > after)
        query = query.order_by(col(Asked.input_id)).limit(limit)
        return await self._database.transaction(lambda session: list(session.scalars(query)))

    async def adopt(self, rows: Iterable[dict[str, Any]]) -> None:
        """Take over what another memory knew, in place of what this one knows of the same."""
        known = [Asked(**{name: value for name, value in row.items() if name in Asked.model_fields}) for row in rows]

        def write(session: Session) -> None:
            for row in known:
                session.merge(row)

        await self._database.transaction(write)

    async def end_all(self, input_ids: Collection[str]) -> None:
        """All that there is to say of these was acknowledged at some time: they are kept as what was just heard."""
        await self._change(col(Asked.input_id).in_(list(input_ids)), ended_at=col(Asked.due_at))

    async def next_after(self, now: float) -> float | None:
        """When the next one is due that is not yet."""
        query = select(func.min(col(Asked.due_at))).where(col(Asked.ended_at).is_(None), col(Asked.due_at) > now)
        return await self._database.transaction(lambda session: session.scalars(query).one())

    async def waiting(self) -> tuple[int, float | None]:
        """How many have no end yet, and when the oldest of them was heard."""
        return await self._database.transaction(
            lambda session: (session.scalars(NUMBER).one(), session.scalars(OLDEST).one())
        )

    async def known(self, url: str) -> Known | None:
        """The page that the URL led to before."""
        row = await self._database.transaction(lambda session: session.get(Met, url))
        if row is None:
            return None
        return Known(row.etag, row.last_modified, row.page_url, row.media_type, row.charset, row.sha256)

    async def met(self, url: str, page: Page, sha256: str, now: float) -> None:
        """The URL led to this page; pages whose servers want nothing to be told are not remembered."""
        row = Met(
            url=url, etag=page.etag, last_modified=page.last_modified, page_url=page.url,
            media_type=page.media_type, charset=page.charset, sha256=sha256, met_at=now,
        )  # fmt: skip
        await self._database.transaction(lambda session: session.merge(row))

    async def met_again(self, url: str, now: float) -> None:
        """The page is still what it was: it is not the one that was had longest ago."""
        mine = col(Met.url) == url
        await self._database.transaction(lambda session: session.execute(update(Met).where(mine).values(met_at=now)))

    async def forget(self, now: float) -> bool:
        """Make room: of errands that ended long ago, and of the pages that were had longest ago; whether all is."""
        ended = select(col(Asked.input_id)).where(col(Asked.ended_at) < now - KEPT_SECONDS).limit(FORGOTTEN_AT_ONCE)
        oldest = select(col(Met.url)).order_by(col(Met.met_at)).limit(FORGOTTEN_AT_ONCE)

        def write(session: Session) -> bool:
            gone = list(session.scalars(ended))
            for some in _portions(gone):
                session.execute(delete(Asked).where(col(Asked.input_id).in_(some)))
            too_many = session.scalars(select(func.count()).select_from(Met)).one() - MOST_MET
            if too_many > 0:
                session.execute(delete(Met).where(col(Met.url).in_(oldest)))
            return len(gone) < FORGOTTEN_AT_ONCE and too_many <= FORGOTTEN_AT_ONCE

        return await self._database.transaction(write)

    async def _change(self, *which: ColumnElement[bool], **values: Any) -> None:
        change = update(Asked).where(*which).values(**values)
        await self._write(lambda session: session.execute(change))

    def _ours(self, input_ids: Collection[str]) -> tuple[ColumnElement[bool], ...]:
        """Those of them that we hold."""
        return (col(Asked.input_id).in_(list(input_ids)), col(Asked.lease) == self._holder)


def _is_due(now: float) -> tuple[ColumnElement[bool], ...]:
    """That its time has come, and nobody asks for it just now."""
    return (col(Asked.ended_at).is_(None), col(Asked.due_at) <= now, _is_free(now))


def _is_free(now: float) -> ColumnElement[bool]:
    until = col(Asked.leased_until)
    return or_(col(Asked.lease).is_(None), until <= now, until > now + MOST_LEASE_SECONDS)


def _portions(values: Sequence[str]) -> Iterable[Sequence[str]]:
    return (values[start : start + PARAMETERS] for start in range(0, len(values), PARAMETERS))


def _row(errand: Errand) -> dict[str, Any]:
    return {
        "input_id": errand.input_id,
        "url": errand.url,
        "host": errand.host,
        "claims": _CLAIMS.dump_json(errand.claims).decode(),
        "asked_at": errand.asked_at,
        "due_at": errand.due_at,
        "tries": 0,
        "kept_seconds": 0.0,
        **FREE,
    }


def _errand(row: Asked) -> Errand:
    rejected = Rejected(RejectReason(row.reason), row.detail or "") if row.reason is not None else None
    found = None
    if row.source_uri is not None:
        found = Found(row.source_uri, Note(row.sha256, None, rejected), row.page_url, row.media_type, row.charset)
    claims = _CLAIMS.validate_json(row.claims)
    return Errand(
        row.input_id,
        row.url,
        row.host,
        claims,
        asked_at=row.asked_at,
        due_at=row.due_at,
        tries=row.tries,
        kept_seconds=row.kept_seconds,
        waits_for=row.waits_for,
        found=found,
    )
