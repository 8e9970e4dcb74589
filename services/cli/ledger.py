"""What `wireroom status` tells of the store: how many inputs have ended how, and which have not for too long."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from services.cli import account, kept
from services.cli.account import Stuck
from services.cli.asked import Asked
from services.cli.errors import Told
from services.cli.in_time import in_thread, why
from services.store.reading import Received


@dataclass
class Ledger:
    """What the store knows; `trouble` where it cannot be read."""

    inputs: dict[str, int] = field(default_factory=dict)
    dead_letters: list[dict[str, Any]] = field(default_factory=list)
    duplicates_of_never_stored: list[dict[str, Any]] = field(default_factory=list)  # some of them
    duplicates_of_never_stored_count: int = 0
    stuck_inputs: int = 0
    stuck: list[Stuck] = field(default_factory=list)  # the oldest, and where they are
    trouble: str | None = None


async def ledger_of(asked: Asked) -> Ledger:
    """The ledger as it stands, and where its stuck inputs are as far as that can be found out soon."""
    before = datetime.now(UTC) - timedelta(seconds=asked.settings.stuck_after_seconds)
    try:
        ledger, stuck = await in_thread(partial(_read, asked, before))
    except (Told, kept.NoStore, TimeoutError) as error:
        return Ledger(trouble=f"the store: {why(error)}" if isinstance(error, TimeoutError) else str(error))
    ledger.stuck = await account.whereabouts_of(asked, stuck)
    if any(not one.places for one in ledger.stuck):
        await _leave_out_what_has_ended(ledger, asked, before)
    return ledger


async def _leave_out_what_has_ended(ledger: Ledger, asked: Asked, before: datetime) -> None:
    """Of what ended while it was looked for no message is anywhere, and nothing is lost: the ledger is asked again."""
    with suppress(Told, kept.NoStore, TimeoutError):
        ledger.stuck_inputs, still = await in_thread(partial(_still_stuck, asked, before))
        ledger.stuck = [one for one in ledger.stuck if one.places or one.input_id in still]


def _still_stuck(asked: Asked, before: datetime) -> tuple[int, set[str]]:
    with kept.opened(asked.settings) as reading, reading.legible.forgiving():
        return reading.stuck_count(before=before), {one.input_id for one in reading.stuck(before=before)}


def _read(asked: Asked, before: datetime) -> tuple[Ledger, list[Received]]:
    with kept.opened(asked.settings) as reading, reading.legible.forgiving():
        unstored = reading.unstored.never_stored()
        ledger = Ledger(
            inputs={str(state): number for state, number in reading.ledger_counts().items()},
            dead_letters=[
                {"service": service, "reason": reason, "count": number}
                for service, reason, number in reading.dead_letters_by_reason()
            ],
            duplicates_of_never_stored=[one.model_dump() for one in unstored.some],
            duplicates_of_never_stored_count=unstored.number,
            stuck_inputs=reading.stuck_count(before=before),
        )
        return ledger, reading.stuck(before=before)
