"""Which dead letters are meant, by whoever reads them or does something about them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_

from contracts.outcomes import State
from services.store.tables import DeadMessage, Input
from services.store.writing import table_of

DEAD, INPUTS = table_of(DeadMessage), table_of(Input)
LATER = DEAD.alias("later")


@dataclass(frozen=True)
class Chosen:
    """Which dead letters are meant: those for which everything holds that is given."""

    message_ids: tuple[str, ...] = ()
    service: str | None = None
    reason: str | None = None
    since: datetime | None = None
    before: datetime | None = None
    unsettled: bool = False  # no better end came, no later burial on that subject, and it was not sent again since

    def conditions(self) -> Iterator[ColumnElement[bool]]:
        """As SQL, all of which must hold."""
        if self.message_ids:
            yield DEAD.c.message_id.in_(self.message_ids)
        if self.service is not None:
            yield DEAD.c.service == self.service
        if self.reason is not None:
            yield DEAD.c.reason == self.reason
        if self.since is not None:
            yield DEAD.c.buried_at >= self.since
        if self.before is not None:
            yield DEAD.c.buried_at < self.before
        if self.unsettled:
            yield DEAD.c.requeued_at.is_(None)
            yield ~exists().where(INPUTS.c.input_id == DEAD.c.input_id, INPUTS.c.state != State.DEAD)
            yield ~exists().where(LATER.c.input_id == DEAD.c.input_id, LATER.c.subject == DEAD.c.subject, _is_later())


ALL = Chosen()


def _is_later() -> ColumnElement[bool]:
    at_once = and_(LATER.c.buried_at == DEAD.c.buried_at, LATER.c.message_id > DEAD.c.message_id)
    return or_(LATER.c.buried_at > DEAD.c.buried_at, at_once)
