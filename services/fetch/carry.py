"""The way of one input from where it lies to where it goes: any step may be cut off by a crash, and is repeated."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from contracts.outcomes import RejectReason
from services.fetch.core import ReadDocument, Rejected
from services.fetch.intake import Arrival, Intake
from services.fetch.note import Note
from services.fetch.originals import Original, Seen


class Holding(Protocol):
    """A file that is ours for now, and the place where we note what we read of it."""

    @property
    def arrival(self) -> Arrival:
        """The input that it is."""

    async def read(self) -> Original | Rejected | None:
        """Its bytes as they stand; None where it is gone."""

    async def note(self) -> Note | None:
        """What was noted before a crash."""

    async def write_note(self, note: Note) -> None:
        """Note it; from now on the input has its end, whoever brings it there."""

    async def changed(self, seen: Seen, sha256: str) -> bool:
        """Whether something else stands there now than what was read."""

    async def again(self) -> "Holding | None":
        """What stands there now, as another input; this one is done with."""

    async def put_away(self, rejected: Rejected | None) -> None:
        """The input has its end: the file goes where such files go."""

    async def drop(self) -> None:
        """There never was such an input: the file is gone and nothing was said."""

    def release(self) -> None:
        """Let go of it as it stands; nothing happens where it has its end."""


@dataclass(frozen=True)
class Patience:
    """How long a file must rest, and how long we wait for that."""

    settle_seconds: float
    timeout_seconds: float


async def carry(
    holding: Holding, intake: Intake, patience: Patience, *, rejected: Rejected | None = None
) -> Rejected | None:
    """Bring the input to its end, and those that follow where somebody writes on; returns why the first was rejected.

    With `rejected` that is its end, unread. What is held is let go of, whatever happens.
    """
    first, successor = await _carry_one(holding, intake, patience, rejected=rejected, resting=True)
    while successor is not None:
        _, successor = await _carry_one(successor, intake, patience, resting=False)
    return first


async def _carry_one(
    holding: Holding, intake: Intake, patience: Patience, *, rejected: Rejected | None = None, resting: bool
) -> tuple[Rejected | None, Holding | None]:
    try:
        told = await _told(holding, intake, patience, rejected=rejected, resting=resting)
        if told is None:
            await holding.drop()
            return None, None
        note, original, document = told
        ended = await intake.say(holding.arrival, original, document)
        if note.seen is not None and note.sha256 is not None and await holding.changed(note.seen, note.sha256):
            return ended, await holding.again()
        await holding.put_away(ended)
        return ended, None
    finally:
        holding.release()


async def _told(
    holding: Holding, intake: Intake, patience: Patience, *, rejected: Rejected | None, resting: bool
) -> tuple[Note, Original | None, ReadDocument | Rejected] | None:
    """What there is to say of the input, noted; the same as before a crash, if there was one. None where it is gone."""
    if (note := await holding.note()) is not None:
        now = await holding.read()
        bytes_now = now if isinstance(now, Original) else None
        return note, *await intake.read_again(holding.arrival, note, bytes_now)
    read = rejected or await settled(holding.read, patience, resting=resting)
    if read is None:
        return None
    original = read if isinstance(read, Original) else None
    document = await intake.read(holding.arrival, read) if isinstance(read, Original) else read
    note = Note.of(original, document if isinstance(document, Rejected) else None)
    await holding.write_note(note)
    return note, original, document


async def settled(
    read: Callable[[], Awaitable[Original | Rejected | None]], patience: Patience, *, resting: bool
) -> Original | Rejected | None:
    """What `read` gives when it gives the same twice with a rest between; once is enough where it is `resting`."""
    began = time.monotonic()
    before: Seen | None = None
    while True:
        original = await read()
        if not isinstance(original, Original):
            return original
        if not original.moving and (resting or original.seen == before):
            return original
        if time.monotonic() - began > patience.timeout_seconds:
            return Rejected(RejectReason.NEVER_SETTLED, f"it changed for {patience.timeout_seconds:g} s without a rest")
        before, resting = original.seen, False
        await asyncio.sleep(patience.settle_seconds)
