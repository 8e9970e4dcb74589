"""The way of one input from where it lies to where it goes: any step may be cut off by a crash, and is repeated."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol

from contracts.outcomes import RejectReason
from services.chassis import faults
from services.chassis.unavailable import Unavailable
from services.fetch.arrival import Arrival
from services.fetch.core import Rejected
from services.fetch.expansion import Found
from services.fetch.intake import Intake
from services.fetch.note import Note
from services.fetch.opened import Opened, closed_on_error
from services.fetch.originals import Original, Seen
from services.fetch.patience import Patience, Verdict
from services.fetch.rooms import NoRoom

LOOKED_AT_BYTES = 1 << 20  # what is larger, and somebody writes, is not read in vain


class Holding(Protocol):
    """A file that is ours for now, and the place where we note what we read of it."""

    @property
    def arrival(self) -> Arrival:
        """The input that it is."""

    async def size(self) -> int:
        """How many bytes it has now; 0 where none are read of it."""

    async def look(self) -> Original | Rejected | None:
        """What is to be seen of it, unread: without bytes and hash; None where it is gone."""

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
class Later:
    """The file is let go of as it stands, and looked at again at another turn: it still changes, or wants a room."""

    wants_room: bool = False


LATER, WANTS_ROOM = Later(), Later(wants_room=True)


async def carry(
    holding: Holding, intake: Intake, patience: Patience, *, rejected: Rejected | None = None
) -> Rejected | Later | None:
    """Bring the input to its end, and those that follow where somebody writes on; returns why the first was rejected.

    With `rejected` that is its end, unread. What is held is let go of, whatever happens. What still changes has one
    reading a turn, and what wants a room has it in its turn of `intake.rooms`; it is for others to come again.
    """
    first, successor = await _carry_one(holding, intake, patience, rejected=rejected, resting=True)
    while successor is not None:
        _, successor = await _carry_one(successor, intake, patience, resting=False)
    return first


async def carry_on(
    holding: Holding,
    intake: Intake,
    patience: Patience,
    *,
    away: Callable[[Unavailable], Awaitable[None]] | None = None,
) -> Rejected | None:
    """As `carry`, for a file that nobody comes to again: it waits until the file rests.

    What it needs and is `away` is waited for in that way, where there is one; else that is raised.
    """
    first, successor = await _waited_for(holding, intake, patience, away, resting=True)
    while successor is not None:
        _, successor = await _waited_for(successor, intake, patience, away, resting=False)
    return first


async def _waited_for(
    holding: Holding,
    intake: Intake,
    patience: Patience,
    away: Callable[[Unavailable], Awaitable[None]] | None,
    *,
    resting: bool,
) -> tuple[Rejected | None, Holding | None]:
    while True:
        try:
            ended, successor = await _carry_one(holding, intake, patience, resting=resting)
            if ended is WANTS_ROOM:
                async with intake.rooms.turn(holding.arrival.input_id):
                    ended, successor = await _carry_one(holding, intake, patience, resting=resting)
        except Unavailable as error:
            if away is None:
                raise
            await away(error)
            continue
        if not isinstance(ended, Later):
            return ended, successor
        await asyncio.sleep(patience.settle_seconds)


async def _carry_one(
    holding: Holding, intake: Intake, patience: Patience, *, rejected: Rejected | None = None, resting: bool
) -> tuple[Rejected | Later | None, Holding | None]:
    try:
        async with intake.bearing(await holding.size()):
            said = await _said(holding, intake, patience, rejected=rejected, resting=resting)
            if isinstance(said, Later):
                return said, None
            if said is None:
                await holding.drop()
                return None, None
            return said.rejected, await _parted(holding, intake, said)
    except NoRoom:
        return WANTS_ROOM if intake.rooms.may_queue else LATER, None
    finally:
        holding.release()


async def _said(
    holding: Holding, intake: Intake, patience: Patience, *, rejected: Rejected | None, resting: bool
) -> Note | Later | None:
    """The note of an input of which all is said, now or before; None where there never was one."""
    input_id = holding.arrival.input_id
    if (said := intake.said.get(input_id)) is not None:
        return said
    if (noted := await holding.note()) is not None and noted.said:
        return noted
    ending = intake.failures.end_of(input_id)
    with intake.failures.counted(input_id):
        told = await _told(holding, intake, patience, noted, rejected=ending or rejected, resting=resting)
        if not isinstance(told, Told):
            return told
        try:
            ended = await intake.say(holding.arrival, told.original, told.document)
        finally:
            if isinstance(told.document, Opened):
                told.document.close()
    faults.point("outcome_said")
    return intake.remember_said(input_id, replace(told.note, rejected=ended, said=True))


async def _parted(holding: Holding, intake: Intake, said: Note) -> Holding | None:
    """Put the file away; what somebody wrote on instead is returned. Where that fails, it alone is done again."""
    successor = None
    try:
        if said.seen is not None and said.sha256 is not None and await holding.changed(said.seen, said.sha256):
            successor = await holding.again()
        else:
            await holding.put_away(said.rejected)
            faults.point("put_away")
    except (OSError, Unavailable):
        with suppress(OSError, Unavailable):
            await holding.write_note(said)
        raise
    intake.said.pop(holding.arrival.input_id, None)
    return successor


@dataclass(frozen=True)
class Told:
    """What there is to say of an input, and the note that makes it the same after a crash."""

    note: Note
    original: Original | None
    document: Found


async def _told(
    holding: Holding,
    intake: Intake,
    patience: Patience,
    noted: Note | None,
    *,
    rejected: Rejected | None,
    resting: bool,
) -> Told | Later | None:
    """What there is to say of the input, noted; the same as before a crash, if there was one. None where it is gone."""
    if noted is not None and rejected is None:
        now = await holding.read()
        bytes_now = now if isinstance(now, Original) else None
        return Told(noted, *await intake.read_again(holding.arrival, noted, bytes_now, standing=False))
    read = rejected or await _rested(holding, patience, resting=resting)
    if read is None or isinstance(read, Later):
        return read
    original = read if isinstance(read, Original) else None
    document = await intake.read(holding.arrival, read, standing=False) if isinstance(read, Original) else read
    note = Note.of(original, document if isinstance(document, Rejected) else None)
    with closed_on_error(document):
        await holding.write_note(note)
        faults.point("noted")
    return Told(note, original, document)


async def _rested(holding: Holding, patience: Patience, *, resting: bool) -> Original | Rejected | Later | None:
    """The bytes when they were the same before, a rest ago; once is enough where the file is `resting`.

    Whoever writes may hold a file open for hours: what is known to change is read when it rests, and not before.
    """
    input_id = holding.arrival.input_id
    if patience.watches(input_id) or await holding.size() > LOOKED_AT_BYTES:
        seen = _judged(await holding.look(), input_id, patience, resting=resting)
        if not isinstance(seen, Original):
            return seen
    read = _judged(await holding.read(), input_id, patience, resting=resting)
    if not isinstance(read, Later):
        patience.forget(input_id)
    return read


def _judged(
    seen: Original | Rejected | None, input_id: str, patience: Patience, *, resting: bool
) -> Original | Rejected | Later | None:
    """What is to be believed whole; nothing is known of it any more where it has an end."""
    if not isinstance(seen, Original):
        patience.forget(input_id)
        return seen
    verdict = patience.judge(input_id, seen.seen, moving=seen.moving, resting=resting)
    if verdict is Verdict.GIVE_UP:
        return Rejected(RejectReason.NEVER_SETTLED, f"it changed for {patience.timeout_seconds:g} s without a rest")
    return seen if verdict is Verdict.TAKE else LATER
