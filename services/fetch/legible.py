"""What no row of fetch's memory may hold, however it came there; reads all rows, and is ended by none of them."""

from collections.abc import Iterator

from sqlmodel import Session

from contracts.outcomes import RejectReason
from services.chassis import legible
from services.chassis.legible import Rules, Unfit, Values, is_json
from services.fetch.feeds.tables import SeenMark, Subscription, Unsaid
from services.fetch.tables import Asked, Met, Opening, Row, Taken


def unfit(session: Session) -> Iterator[list[Unfit]]:
    """Every value that its column does not hold, table by table."""
    for row, name, rules in TOLD_BY:
        table = Row.metadata.tables[str(row.__tablename__)]
        yield from legible.unfit(session.connection(), table, name, rules)


def _is_a_number(value: str, _row: Values) -> bool:
    return value.isdecimal()


def _is_a_reason(value: str, _row: Values) -> bool:
    return value in set(RejectReason)


TOLD_BY: tuple[tuple[type[Row], str, Rules], ...] = (
    (Taken, "input_id", {"inode": _is_a_number, "reason": _is_a_reason}),
    (Asked, "input_id", {"claims": is_json, "reason": _is_a_reason}),
    (Met, "url", {}),
    (Opening, "input_id", {"begun": is_json}),
    (Subscription, "url", {}),
    (SeenMark, "feed_id", {}),
    (Unsaid, "input_id", {"claims": is_json}),
)
