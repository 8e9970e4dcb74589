"""The store's database: every call is one transaction, and takes along the marks of what was announced meanwhile."""

import math
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Self, TypeVar

from sqlmodel import Session

from contracts.article_duplicated import ArticleDuplicated
from contracts.article_enriched import ArticleEnriched
from contracts.article_extracted import ArticleExtracted
from contracts.dead_letter import DeadLetter
from contracts.duplicate_found import DuplicateFound
from contracts.message import Message, Step
from contracts.outcomes import Outcome, State
from services.chassis.database import Database
from services.chassis.version import VERSION
from services.store import announcements, articles, ledger, originals
from services.store.announcements import Announcement, Key
from services.store.core import Entry
from services.store.core.removal import Known, Needs

T = TypeVar("T")


def now() -> datetime:
    """What the clock says, in UTC."""
    return datetime.now(UTC)


class Store:
    """What the handlers ask for; raises Unavailable where the database does not answer.

    Raises Unfit where what was heard could be stored and never announced: its letter may have `room_bytes`.
    """

    def __init__(self, url: str, clock: Callable[[], datetime] = now, *, room_bytes: float = math.inf) -> None:
        self._database = Database(url)
        self._clock = clock
        self._room_bytes = room_bytes
        self._announced: set[Key] = set()

    async def record(self, entries: Iterable[Entry]) -> None:
        """Take entries into the ledger."""
        await self._transaction(lambda session: ledger.record(session, entries))

    async def keep(self, heard: Sequence[tuple[ArticleExtracted, str]], at: datetime) -> list[ArticleEnriched]:
        """Store articles, each with the way that it came; what is to be announced, in the same order."""
        step, room = self._step(Outcome.STORED, at), self._room_bytes
        return await self._transaction(lambda session: articles.keep(session, heard, step, room_bytes=room))

    async def keep_duplicates(
        self, heard: Sequence[tuple[DuplicateFound, str]], at: datetime
    ) -> list[ArticleDuplicated]:
        """Store duplicates, each with the way that it came; what is to be announced, in the same order."""
        step, room = self._step(Outcome.DUPLICATE, at), self._room_bytes
        return await self._transaction(lambda session: articles.keep_duplicates(session, heard, step, room_bytes=room))

    async def bury(self, letters: Sequence[tuple[DeadLetter, bytes]]) -> None:
        """Keep dead letters and what they mean for the ledger."""
        await self._transaction(lambda session: ledger.bury(session, letters))

    async def originals(self, *, after: str, limit: int) -> tuple[Known, ...]:
        """What the ledger says of the originals of the next `limit` inputs that came after the input `after`."""
        return await self._transaction(lambda session: originals.inputs(session, after=after, limit=limit))

    async def needs(self) -> Needs:
        """Which originals must stay."""
        return await self._transaction(originals.needs)

    async def originals_removed(self, input_ids: Iterable[str], at: datetime) -> None:
        """The originals of these inputs are not in RAW any more."""
        await self._transaction(lambda session: originals.removed(session, input_ids, at))

    async def counts(self) -> dict[State, int]:
        """How many inputs are in each state."""
        return await self._transaction(ledger.counts)

    async def unannounced(
        self, *, before: datetime, after: Key, limit: int
    ) -> list[tuple[Key, Announcement | None, str]]:
        """Up to `limit` of what was stored `before` and is not known to be announced, in the order of their keys."""
        return await self._transaction(
            lambda session: announcements.unannounced(session, before=before, after=after, limit=limit)
        )

    def announced(self, said: Iterable[Message]) -> None:
        """These were acknowledged; the next transaction writes it down, so that it costs no write of its own."""
        self._announced.update(announcements.key_of(one) for one in said if isinstance(one, Announcement))

    def outdated(self, keys: Iterable[Key]) -> None:
        """These need not be announced any more."""
        self._announced.update(keys)

    async def settle(self) -> None:
        """Write down what was announced, if nothing else has done so."""
        if self._announced:
            await self._transaction(lambda _session: None)

    async def probe(self) -> None:
        """Raise Unavailable while the database takes no large write: disk full, locked, or away."""
        await self._database.probe()
        await self._database.transaction(ledger.counts)  # without tables it is away too

    def _step(self, outcome: Outcome, at: datetime) -> Step:
        """Our part in the way, told here and not by the chassis, so that what is kept is what is said."""
        seconds = max(0.0, (self._clock() - at).total_seconds())
        return Step(service="store", version=VERSION, at=at, seconds=seconds, outcome=outcome)

    async def _transaction(self, work: Callable[[Session], T]) -> T:
        announced, self._announced = self._announced, set()

        def with_marks(session: Session) -> T:
            announcements.settle(session, announced)
            return work(session)

        try:
            return await self._database.transaction(with_marks)
        except BaseException:
            self._announced |= announced  # nothing of it was committed
            raise

    async def __aenter__(self) -> Self:
        await self._database.__aenter__()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._database.__aexit__(*error)
