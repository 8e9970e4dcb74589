"""The ledger in the database: read what is known of some inputs, write what became of them, and count."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields

from sqlalchemy import bindparam, select, update
from sqlmodel import Session

from contracts.dead_letter import DeadLetter
from contracts.identity import parent_input_id
from contracts.outcomes import State
from services.store import core
from services.store.core import Entry
from services.store.core.ledger import buried_input, dead, folded, moved
from services.store.tables import DeadMessage, Input, InputCount
from services.store.writing import add, add_missing, table_of, upsert, without_nul

INPUTS = table_of(Input)
COUNTS = table_of(InputCount)
FIELDS = tuple(field.name for field in fields(Entry))


def record(session: Session, heard: Iterable[Entry]) -> None:
    """Take `heard` into the ledger; ends never go backwards, and what changes nothing is not written."""
    entries = list(heard)
    known = recall(session, {entry.input_id for entry in entries})
    after = folded(known, entries)
    # A plain INSERT, and no upsert: were another store to write the same input at this moment, this transaction fails
    # and is tried again, and then reads what the other one wrote; an upsert would overwrite it unread.
    add(session, Input, [_row(entry) for input_id, entry in sorted(after.items()) if input_id not in known])
    _change(session, [entry for input_id, entry in after.items() if input_id in known])
    _count(session, moved(known, after))


def recall(session: Session, input_ids: Iterable[str]) -> dict[str, Entry]:
    """What the ledger knows of these inputs, by their ids; locked, where a database has locks, until the commit."""
    columns = [INPUTS.c[name] for name in FIELDS]
    rows = session.connection().execute(
        select(*columns)
        .where(INPUTS.c.input_id.in_(sorted(input_ids)))
        .order_by(INPUTS.c.input_id)  # two stores lock in one order, or they wait for each other
        .with_for_update()
    )
    return {row[0]: Entry(row[0], State(row[1]), *row[2:]) for row in rows}


def counts(session: Session) -> dict[State, int]:
    """How many inputs are in each state, 0 included."""
    known = {State(state): number for state, number in session.connection().execute(select(COUNTS))}
    return {state: known.get(state, 0) for state in State}


def bury(session: Session, letters: Sequence[tuple[DeadLetter, bytes]]) -> None:
    """Keep dead letters, and say so in the ledger of the inputs that they speak of."""
    add_missing(session, DeadMessage, [grave_row(letter, body) for letter, body in letters])
    record(session, [entry for letter, body in letters if (entry := dead(letter, body)) is not None])


def _row(entry: Entry) -> dict[str, object]:
    known = {name: getattr(entry, name) for name in FIELDS}  # asdict would copy every value, at seven times the cost
    return {**known, "parent_input_id": parent_input_id(entry.input_id)}


def _change(session: Session, entries: Sequence[Entry]) -> None:
    if entries:
        changed = update(INPUTS).where(INPUTS.c.input_id == bindparam("this"))
        session.connection().execute(
            changed, [without_nul({**_row(entry), "this": entry.input_id}) for entry in entries]
        )


def _count(session: Session, moved: dict[State, int]) -> None:
    if moved:
        more = upsert(session, InputCount)
        more = more.on_conflict_do_update(
            index_elements=["state"], set_={"inputs": COUNTS.c.inputs + more.excluded.inputs}
        )
        changes = [{"state": state, "inputs": number} for state, number in sorted(moved.items())]
        session.connection().execute(more, changes)


def grave_row(letter: DeadLetter, body: bytes) -> dict[str, object]:
    """The row of `dead_letters`."""
    return {
        "message_id": core.storable(letter.message_id()),
        "input_id": buried_input(letter, body),
        "service": core.storable(letter.service),
        "reason": letter.reason,
        "detail": core.storable(letter.detail),
        "attempts": letter.attempts,
        "first_heard_at": letter.first_heard_at,
        "buried_at": letter.buried_at,
        "subject": core.storable(letter.subject),
        "stream": core.storable(letter.stream),
        "sequence": letter.sequence,
        "headers": json.dumps(letter.headers),
        "body": body,
        "body_kept": letter.body_kept,
    }
