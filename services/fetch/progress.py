"""How far containers have come, in fetch's database: after a crash they are gone on with, and not begun anew.

What is written down lags behind what was said by a second at most; that is said again, under its ids.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import and_, bindparam, delete, or_, select, update
from sqlmodel import Session, col

from services.chassis.database import Database
from services.chassis.failures import ChildKilled
from services.chassis.version import VERSION
from services.fetch.course import Begun
from services.fetch.tables import Opening

# Of one that has its end, until its file is put away, which may take its time; and of another version, which goes by
# nothing that this one wrote. One without an end is kept however long it takes: it may be paused for a month.
KEPT_SECONDS = 7 * 24 * 3600.0
SWEEP_SECONDS = 3600.0  # until the next time that all of them are looked at
_BEGUN = TypeAdapter(Begun)
ENDED = delete(Opening).where(
    or_(
        col(Opening.input_id) == bindparam("own"),
        and_(col(Opening.input_id) > bindparam("first"), col(Opening.input_id) < bindparam("behind")),
    )
)


class Progress:
    """Everything is on disk when a call returns; raises Unavailable where the database does not answer."""

    def __init__(self, database: Database, *, clock: Callable[[], float] = time.time, version: str = VERSION) -> None:
        self._database, self._clock, self._version = database, clock, version
        self._sweep_at = 0.0

    async def of(self, root: str) -> Mapping[str, Begun]:
        """How far what came in as `root`, and what lies in it, had come; another version may count otherwise."""
        query = select(Opening).where(
            or_(col(Opening.input_id) == root, _inner(root)),
            col(Opening.version) == self._version,
        )
        rows = await self._database.transaction(lambda session: list(session.scalars(query)))
        return {row.input_id: begun for row in rows if (begun := _begun(row.begun)) is not None}

    async def write(self, input_id: str, begun: Begun, ended: Sequence[str] = ()) -> None:
        """It has come so far; what is written of those within that have their ends in that is no use any more."""
        row = Opening(
            input_id=input_id,
            version=self._version,
            begun=_BEGUN.dump_json(begun).decode(),
            written_at=self._clock(),
        )
        others = [{"own": one, "first": f"{one}#", "behind": f"{one}$"} for one in ended]

        def write(session: Session) -> None:
            session.merge(row)
            if others:
                session.connection().execute(ENDED, others)

        await self._database.transaction(write)

    async def forget(self, root: str, *, wholly: bool) -> None:
        """What lay in `root` has its ends, and it has its own; what ended long ago is no use any more.

        Of one that was quick nothing is kept: where its file is not put away yet, it is said again.
        """
        now = self._clock()
        its_own = col(Opening.input_id) == root
        is_late = now >= self._sweep_at
        if is_late:
            self._sweep_at = now + SWEEP_SECONDS

        def write(session: Session) -> None:
            session.execute(delete(Opening).where(_inner(root)))
            session.execute(
                delete(Opening).where(its_own) if wholly else update(Opening).where(its_own).values(ended_at=now)
            )
            if is_late:
                session.execute(delete(Opening).where(self._is_old(now)))

        await self._database.transaction(write)

    def _is_old(self, now: float) -> Any:
        others = and_(col(Opening.version) != self._version, col(Opening.written_at) < now - KEPT_SECONDS)
        return or_(others, col(Opening.ended_at) < now - KEPT_SECONDS)

    async def forget_all(self) -> None:
        """Nobody knows what of it is known elsewhere: all of them begin anew."""
        await self._database.transaction(lambda session: session.execute(delete(Opening)))


class NoProgress:
    """For those who say again what was said: they begin anew each time, and give nothing up in the middle."""

    async def of(self, root: str) -> Mapping[str, Begun]:  # noqa: ARG002 - whatever it is
        """Nothing."""
        return {}

    async def write(self, input_id: str, begun: Begun, ended: Sequence[str] = ()) -> None:  # noqa: ARG002 - as above
        """It is not kept; raises ChildKilled where it was given up, for its next number may be that of a member."""
        if begun.given_up is not None:
            raise ChildKilled(begun.given_up.detail)

    async def forget(self, root: str, *, wholly: bool) -> None:
        """It never was."""


def _inner(root: str) -> Any:
    """What lies in it, by the key's order: `$` is what follows `#`."""
    return and_(col(Opening.input_id) > f"{root}#", col(Opening.input_id) < f"{root}$")


def _begun(written: str) -> Begun | None:
    try:
        return _BEGUN.validate_json(written)
    except ValidationError:
        return None
