"""URLs that fetch was asked for and that have no end yet, as its memory has them: read from outside."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from contracts.outcomes import State
from services.chassis.settings import House
from services.cli import memory
from services.fetch.core.web.urls import shown
from services.fetch.tables import Asked
from services.store.core import storable
from services.store.traced import TracedInput

ALL = select(Asked).where(col(Asked.ended_at).is_(None))


@dataclass(frozen=True)
class Unended:
    """One of them, and why it is kept for later if it is."""

    input_id: str
    url: str
    asked_at: datetime
    due_at: datetime
    waits_for: str | None

    @property
    def words(self) -> str:
        """Where it stands, for people."""
        return words(self.due_at, self.waits_for)

    def traced(self) -> TracedInput:
        """As the ledger will have it once something is said of it."""
        return TracedInput(
            input_id=self.input_id,
            source_uri=self.url,
            received_at=self.asked_at,
            state=State.IN_PROGRESS,
            detail=self.words,
        )


def words(due_at: datetime, waits_for: str | None) -> str:
    """When fetch asks for it, for people."""
    if waits_for is None:
        return "fetch has it among the URLs to ask for"
    return f"fetch asks for it again at {due_at:%Y-%m-%d %H:%M:%S}Z ({waits_for})"


def unended(settings: House, reference: str | None = None) -> list[Unended]:
    """All of them, or those with this URL or input_id; none where fetch has no memory, or an older one."""
    query = ALL.order_by(col(Asked.asked_at))
    if reference is not None:
        named = storable(reference)  # a file's name need not be one that a database takes
        query = query.where((col(Asked.url) == named) | (col(Asked.input_id) == named))
    return [_told(row) for row in memory.rows(settings, query)]


def waiting(settings: House, most: int) -> tuple[int, list[Unended]]:
    """How many there are, and those whose turn is next; raises Told where fetch's memory cannot be read."""
    number = select(func.count()).select_from(Asked).where(col(Asked.ended_at).is_(None))
    numbers, next_ones = memory.answers(settings, number, ALL.order_by(col(Asked.due_at)).limit(most))
    return sum(number for (number,) in numbers), [_told(row) for row in next_ones]


def _told(row: Any) -> Unended:
    return Unended(row.input_id, shown(row.url), _at(row.asked_at), _at(row.due_at), row.waits_for)


def _at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
