"""Rows of the ledger as they are traced: what nobody can read in one is told, and ends no reading."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError
from sqlalchemy import Connection, Select, type_coerce
from sqlalchemy.types import NULLTYPE

from contracts.message import Step
from contracts.outcomes import State
from services.chassis.legible import forgiving, moment_of, readable
from services.store.tables import Input
from services.store.writing import table_of

INPUTS = table_of(Input)
STEPS, STEP = TypeAdapter(list[Any]), TypeAdapter(Step)


class TracedInput(BaseModel):
    """One input and its way. What nobody can read is None, steps left out; `unreadable` names the columns."""

    input_id: str
    parent_input_id: str | None = None
    source_uri: str | None = None
    received_at: datetime | None = None
    ended_at: datetime | None = None
    state: State | None = None
    reason: str | None = None
    detail: str | None = None
    service: str | None = None
    attempts: int | None = None
    article_id: str | None = None
    duplicate_of: str | None = None
    children: int | None = None
    original_removed_at: datetime | None = None
    steps: list[Step] = []
    unreadable: list[str] = []


def columns() -> Iterable[Any]:
    """The columns to be selected: as the driver reads them."""
    return (type_coerce(INPUTS.c[name], NULLTYPE).label(name) for name in _NAMES)


def traced(connection: Connection, asked: Select[Any]) -> list[TracedInput]:
    """The rows of a question for these columns."""
    with forgiving(connection):
        return [_traced(dict(row)) for row in connection.execute(asked).mappings()]


def _traced(row: Mapping[str, Any]) -> TracedInput:
    steps, are_whole = _steps(row["steps"])
    told = {name: moment_of(value) if name in _MOMENTS else value for name, value in row.items()}
    told |= {"input_id": readable(row["input_id"]), "steps": steps}
    unreadable = {name for name in _MOMENTS if row[name] is not None and told[name] is None}
    unreadable |= set() if are_whole else {"steps"}
    try:
        found = TracedInput.model_validate(told)
    except ValidationError as error:
        wrong = {str(problem["loc"][0]) for problem in error.errors(include_input=False)}
        found, unreadable = TracedInput.model_validate(told | dict.fromkeys(wrong)), unreadable | wrong
    found.unreadable = sorted(unreadable)
    return found


def _steps(kept: Any) -> tuple[list[Step], bool]:
    """Those of the steps that can be read, and whether they are all."""
    try:
        each = STEPS.validate_json(kept) if isinstance(kept, str | bytes) else STEPS.validate_python(kept)
    except ValueError:
        return [], False
    steps = [step for one in each if (step := _step(one)) is not None]
    return steps, len(steps) == len(each)


def _step(kept: Any) -> Step | None:
    try:
        return STEP.validate_python(kept)
    except ValidationError:
        return None


_NAMES = [name for name in TracedInput.model_fields if name != "unreadable"]
_MOMENTS = {name for name in _NAMES if name.endswith("_at")}
