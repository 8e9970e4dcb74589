"""What people do about dead letters: sent again with a note of it, thrown away.

Beside the service, this alone writes the store's database. Each call is one transaction under the same lock: who finds
the other writing waits its turn.
"""

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, select, update
from sqlmodel import Session

from contracts.dead_letter import DeadLetter
from contracts.identity import requeue_of
from services.chassis.database import Database
from services.store.chosen import Chosen
from services.store.tables import DeadMessage
from services.store.writing import table_of

DEAD = table_of(DeadMessage)
FACTS = DeadLetter.model_fields.keys() - {"headers"}


@dataclass(frozen=True)
class Requeue:
    """A dead letter that is to be sent again, and the number that is noted for it."""

    message_id: str
    input_id: str | None
    letter: DeadLetter
    body: bytes
    number: int
    repeated: bool  # it was noted before, and nobody knows whether it was sent


class DeadLetters:
    """The dead letters, to be changed; raises Unavailable where the database does not answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def number(self, chosen: Chosen, *, anew: bool = False) -> list[Requeue]:
        """Note one more requeue of each, before it is sent: whatever happens then, the next one has another id.

        One that was noted and not acknowledged keeps its number, for it is the same requeue; `anew`, it does not.
        """
        return await self._database.transaction(lambda session: list(_numbered(session, chosen, anew=anew)))

    async def sent(self, message_ids: Sequence[str], at: datetime) -> None:
        """Note that these were acknowledged by their streams."""
        noted = update(DEAD).where(DEAD.c.message_id.in_(message_ids)).values(requeued_at=at)
        await self._database.transaction(lambda session: session.connection().execute(noted))

    async def purge(self, message_ids: Sequence[str]) -> int:
        """Throw away facts and bodies, and say of how many; the ledger keeps its `dead`, with the reason."""
        gone = delete(DEAD).where(DEAD.c.message_id.in_(message_ids))
        return await self._database.transaction(lambda session: session.connection().execute(gone).rowcount)


@asynccontextmanager
async def open_dead_letters(url: str) -> AsyncIterator[DeadLetters]:
    """The dead letters of the store at this SQLAlchemy URL."""
    async with Database(url) as database:
        yield DeadLetters(database)


def _numbered(session: Session, chosen: Chosen, *, anew: bool) -> Iterator[Requeue]:
    connection = session.connection()
    asked = select(DEAD).where(*chosen.conditions()).order_by(DEAD.c.buried_at, DEAD.c.message_id)
    for row in connection.execute(asked).mappings().all():
        letter, (noted, buried) = _letter(row), _numbers_of_kin(connection, row)
        repeated = not anew and row["requeued_at"] is None and row["requeues"] == noted > buried
        number = noted if repeated else max(noted, buried) + 1
        one_more = update(DEAD).where(DEAD.c.message_id == row["message_id"])
        connection.execute(one_more.values(requeues=number, requeued_at=None))
        yield Requeue(row["message_id"], row["input_id"], letter, row["body"], number, repeated)


def _numbers_of_kin(connection: Connection, row: RowMapping) -> tuple[int, int]:
    """Of all burials of one message, the greatest number that is noted, and the greatest that was buried again.

    What one of them was sent with is no other's.
    """
    kin = (DEAD.c.message_id == row["message_id"]) | (
        (DEAD.c.input_id == row["input_id"]) & (DEAD.c.subject == row["subject"])
    )
    facts = select(*(DEAD.c[name] for name in FACTS), DEAD.c.headers, DEAD.c.requeues).where(kin)
    found = connection.execute(facts).mappings().all()
    ids = (_letter(one).original_id() or "" for one in found)
    return max(one["requeues"] for one in found), max(map(requeue_of, ids))


def _letter(row: RowMapping) -> DeadLetter:
    facts: dict[str, Any] = {name: row[name] for name in FACTS}
    return DeadLetter(headers=json.loads(row["headers"]), **facts)
