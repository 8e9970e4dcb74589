"""Fetch's memory of what it took in place: written in groups, for every commit waits for the disk."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, update
from sqlmodel import Session, col, select

from contracts.outcomes import RejectReason
from services.chassis.database import Database
from services.fetch.commits import Commits
from services.fetch.core import Rejected
from services.fetch.note import Note
from services.fetch.originals import Seen
from services.fetch.tables import Taken

PLACES_A_QUERY = 500


@dataclass(frozen=True)
class Entry:
    """What is remembered of one input: where it lay, what was noted, and whether all was said."""

    input_id: str
    place: bytes
    seen: Seen
    note: Note
    said: bool


def is_under(scheme: bytes) -> ColumnElement[bool]:
    """Whether a place is one of `scheme`, by the order of bytes: `;` is what follows `:`."""
    return and_(col(Taken.place) > scheme + b":", col(Taken.place) < scheme + b";")


class Memory:
    """Every entry is on disk when the call returns; calls that come together share a commit."""

    def __init__(self, database: Database) -> None:
        self._database, self._write = database, Commits(database).write

    async def latest(self, places: Sequence[bytes]) -> dict[bytes, Entry]:
        """The entry of each place that has one: what is not said to the end before what is, then the youngest."""
        found: dict[bytes, Entry] = {}
        for first in range(0, len(places), PLACES_A_QUERY):
            some = places[first : first + PLACES_A_QUERY]
            query = (
                select(Taken).where(col(Taken.place).in_(some)).order_by(col(Taken.said).desc(), col(Taken.input_id))
            )
            rows = await self._database.transaction(lambda session, query=query: list(session.exec(query)))  # type: ignore[misc]
            found.update((row.place, _entry(row)) for row in rows)
        return found

    async def unsaid(self, scheme: bytes) -> list[Entry]:
        """What was begun under `scheme` and not said to the end, oldest first."""
        unsaid = and_(col(Taken.said).is_(False), is_under(scheme))
        query = select(Taken).where(unsaid).order_by(col(Taken.input_id))
        rows = await self._database.transaction(lambda session: list(session.exec(query)))
        return [_entry(row) for row in rows]

    async def begin(self, input_id: str, place: bytes, seen: Seen, note: Note) -> None:
        """Remember an input before anything is said of it."""
        await self._write(lambda session: session.merge(_row(input_id, place, seen, note)))

    async def end(self, input_id: str, place: bytes) -> None:
        """All of it was said; others of the place that were said are forgotten: after a clock went back, younger ones.

        Else one of those would be taken for the latest, and the file for another one than it knows, again and again.
        """

        def write(session: Session) -> None:
            session.execute(update(Taken).where(col(Taken.input_id) == input_id).values(said=True))
            others = (col(Taken.place) == place, col(Taken.input_id) != input_id, col(Taken.said).is_(True))
            session.execute(delete(Taken).where(*others))

        await self._write(write)

    async def adopt(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Take over what another memory knew, in place of what this one knows of the same."""
        known = [Taken(**{name: value for name, value in row.items() if name in Taken.model_fields}) for row in rows]

        def write(session: Session) -> None:
            for row in known:
                session.merge(row)

        await self._database.transaction(write)

    async def seen_again(self, input_id: str, seen: Seen) -> None:
        """The same bytes stand there under other times."""
        values = {"inode": str(seen.inode), "size": seen.size, "mtime_ns": seen.mtime_ns, "ctime_ns": seen.ctime_ns}
        await self._write(
            lambda session: session.execute(update(Taken).where(col(Taken.input_id) == input_id).values(**values))
        )


def _row(input_id: str, place: bytes, seen: Seen, note: Note) -> Taken:
    return Taken(
        input_id=input_id,
        place=place,
        inode=str(seen.inode),
        size=seen.size,
        mtime_ns=seen.mtime_ns,
        ctime_ns=seen.ctime_ns,
        sha256=note.sha256,
        reason=note.rejected.reason.value if note.rejected is not None else None,
        detail=note.rejected.detail if note.rejected is not None else None,
    )


def _entry(row: Taken) -> Entry:
    seen = Seen(int(row.inode), row.size, row.mtime_ns, row.ctime_ns)
    rejected = Rejected(RejectReason(row.reason), row.detail or "") if row.reason is not None else None
    return Entry(row.input_id, row.place, seen, Note(row.sha256, seen if row.sha256 else None, rejected), row.said)
