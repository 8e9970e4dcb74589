"""What no row of dedup's memory may hold, however it came there; reads all rows, and is ended by none of them."""

from collections.abc import Iterator

from sqlmodel import Session

from services.chassis import legible
from services.chassis.legible import Rules, Unfit
from services.dedup.tables import Judged, Remembered, Row, Sketch, Standing


def unfit(session: Session) -> Iterator[list[Unfit]]:
    """Every value that its column does not hold, table by table."""
    for row, name, rules in TOLD_BY:
        table = Row.metadata.tables[str(row.__tablename__)]
        yield from legible.unfit(session.connection(), table, name, rules)


TOLD_BY: tuple[tuple[type[Row], str, Rules], ...] = (
    (Judged, "input_id", {}),
    (Remembered, "article_id", {}),
    (Sketch, "number", {}),
    (Standing, "articles", {}),
)
