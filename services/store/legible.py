"""What no row of the store may hold, however it came there; reads all rows, and is ended by none of them."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import from_json
from sqlalchemy import Connection

from contracts.message import Step
from contracts.outcomes import State
from services.chassis import legible
from services.chassis.legible import Rules, Unfit, Values
from services.store.cluster_tables import ClusterMember
from services.store.columns import Row
from services.store.tables import Article, DeadMessage, Duplicate, Input, InputCount, Unannounced
from services.store.writing import table_of

STEPS = TypeAdapter(list[Step])


def state_of(value: Any) -> State | None:
    """The state that a row names; None where it is none of ours."""
    try:
        return State(value)
    except ValueError:
        return None


class Legible:
    """Rows as the driver reads them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def forgiving(self) -> AbstractContextManager[None]:
        """Meanwhile no text is refused because of its bytes."""
        return legible.forgiving(self._connection)

    def unfit(self) -> Iterator[list[Unfit]]:
        """Every value that its column does not hold, table by table."""
        for row, name, rules in TOLD_BY:
            yield from legible.unfit(self._connection, table_of(row), name, rules)


def _is_a_state(value: object, _row: Values) -> bool:
    return state_of(value) is not None


def _is_a_state_with_its_time(value: object, row: Values) -> bool:
    """Whether it is a state, and where it is an end, there is the time of it."""
    state = state_of(value)
    return state is not None and (state is State.IN_PROGRESS or row["ended_at"] is not None)


def _are_steps(value: Any, row: Values) -> bool:
    """Whether they are steps, and of what has ended at least the one that ended it."""
    try:
        steps = STEPS.validate_json(value) if isinstance(value, str) else STEPS.validate_python(value)
    except ValueError:
        return False
    return bool(steps) or state_of(row["state"]) in {None, State.IN_PROGRESS}


def _is_the_article(value: Any, row: Values) -> bool:
    """Whether what is kept as announced is of this article, and of these bytes."""
    told = _object(value)
    document = told.get("document")
    sha256 = document.get("sha256") if isinstance(document, dict) else None
    return (told.get("article_id"), sha256) == (row["article_id"], row["sha256"])


def _is_the_duplicate(value: Any, row: Values) -> bool:
    return bool(_object(value).get("input_id") == row["input_id"])


def _object(value: Any) -> dict[str, Any]:
    told = from_json(value) if isinstance(value, str) else value
    return told if isinstance(told, dict) else {}


TOLD_BY: tuple[tuple[type[Row], str, Rules], ...] = (
    (Input, "input_id", {"state": _is_a_state_with_its_time, "steps": _are_steps}),
    (InputCount, "state", {"state": _is_a_state}),
    (Article, "article_id", {"enriched": _is_the_article}),
    (Duplicate, "input_id", {"duplicated": _is_the_duplicate}),
    (ClusterMember, "article_id", {}),
    (DeadMessage, "message_id", {}),
    (Unannounced, "input_id", {}),
)
