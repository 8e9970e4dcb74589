"""What came out of a container, brought to its ends: each an input of its own, in an order that every repetition has.

All are read and said side by side, so that they share the server's fsyncs; those that turn out to hold others are
opened one after the other, for they draw on what all of them may unpack into together. How far that has come is written
down now and then: after a crash it is gone on with.
"""

import asyncio
from collections.abc import Mapping
from typing import Protocol

from services.chassis import faults
from services.fetch.arrival import Arrival
from services.fetch.core import Parts, ReadDocument, Rejected
from services.fetch.core.document import BadMember
from services.fetch.core.members import Allowance, Opens, Slot
from services.fetch.course import Begun, Tally
from services.fetch.load import Load
from services.fetch.opened import Opened
from services.fetch.originals import Original, Seen
from services.fetch.together import Together
from services.fetch.turns import Turns

AT_ONCE = 32  # most of the time of each is spent in waiting for acknowledgements
WEIGHT_BYTES = 4 << 20  # the most that is held in memory of a member: a text, and how it is sent
WRITE_SECONDS = 1.0  # between two notes of how far it has come; what is done in less needs none

Found = ReadDocument | Rejected | Parts | Opened


class Remembers(Protocol):
    """What keeps how far containers have come."""

    async def of(self, root: str) -> Mapping[str, Begun]:
        """How far what came in as `root`, and what lies in it, had come."""

    async def write(self, input_id: str, begun: Begun) -> None:
        """It has come so far."""

    async def forget(self, root: str) -> None:
        """What lay in `root` has its ends."""


class Takes(Protocol):
    """The intake, as far as we use it."""

    members: Load
    progress: Remembers

    async def look(self, arrival: Arrival, original: Original) -> ReadDocument | Rejected | Parts | Opens:
        """The document, its original kept, or the word that it is a container."""

    async def open(
        self, arrival: Arrival, original: Original, allowance: Allowance, begun: Mapping[str, Begun]
    ) -> Rejected | Opened:
        """What came out of a container; its original is kept when this returns, unless it is rejected."""

    async def say(self, arrival: Arrival, original: Original | None, document: Found) -> Rejected | None:
        """Wait until receipt and outcome are acknowledged; what is returned is why it was rejected."""


async def say_parts(intake: Takes, arrival: Arrival, original: Original, found: Parts) -> Tally:
    """Say all that there is to say of the articles that `arrival` holds."""
    tally = Tally()

    async def part(number: int, document: ReadDocument) -> None:
        tally.add(number, f"#{number}", await intake.say(arrival.part(number), original, document))
        faults.point("child_said")

    async with Together(AT_ONCE) as together:
        for number, document in enumerate(found.documents, 1):
            await together.start(part(number, document))
    return tally


async def expand(intake: Takes, arrival: Arrival, original: Original, found: Opened) -> Tally:
    """Say all that there is to say of the members of `arrival` that have no end yet."""
    return await _Expansion(intake, arrival, original.sha256, found).run()


class _Expansion:
    def __init__(self, intake: Takes, arrival: Arrival, sha256: str, opened: Opened) -> None:
        self._intake, self._arrival, self._sha256, self._opened = intake, arrival, sha256, opened
        self._turns = Turns()
        self._clock = asyncio.get_running_loop().time
        self._write_at = self._clock() + WRITE_SECONDS
        opened.is_noted |= bool(opened.inner)

    async def run(self) -> Tally:
        async for portion in self._opened.portions():
            if self._opened.is_further:  # from now on its members have numbers, whatever becomes of its child
                await self._write()
            async with Together(AT_ONCE) as together:
                for number, member in portion:
                    await together.start(self._ended(number, member))
        if self._opened.is_noted and "#" not in self._arrival.input_id:
            await self._write()
            await self._intake.progress.forget(self._arrival.input_id)
        return self._opened.tally

    async def _ended(self, number: int, member: Slot | BadMember) -> None:
        with self._turns.next() as turn:
            if isinstance(member, BadMember):
                child = self._arrival.member(number, member.path)
                self._add(number, member, await self._intake.say(child, None, member.rejected))
            else:
                await self._member(number, member, turn)
        await self._note()

    async def _member(self, number: int, slot: Slot, turn: "asyncio.Future[None]") -> None:
        child = self._arrival.member(number, slot.path, slot.about)
        original = Original(self._opened.bytes_of(slot), slot.sha256, Seen(0, slot.length, 0))
        async with self._intake.members.of(min(slot.length, WEIGHT_BYTES)):
            found = await self._intake.look(child, original)
            if not isinstance(found, Opens):
                self._add(number, slot, await self._intake.say(child, original, found))
                return
        await asyncio.shield(turn)  # it is others' too
        opened = await self._intake.open(child, original, self._opened.allowance(), self._opened.inner)
        try:
            ended = await self._intake.say(child, original, opened)
        finally:
            if isinstance(opened, Opened):
                opened.close()
        if isinstance(opened, Opened):
            self._opened.spent = opened.spent
            self._opened.is_noted |= opened.is_noted
        self._add(number, slot, ended)

    def _add(self, number: int, member: Slot | BadMember, ended: Rejected | None) -> None:
        self._opened.tally.add(number, member.path, ended)
        faults.point("child_said")

    async def _note(self) -> None:
        """Write down how far it has come, if that was long ago."""
        if self._clock() >= self._write_at:
            self._write_at = float("inf")  # until that is done
            await self._write()
            self._write_at = self._clock() + WRITE_SECONDS

    async def _write(self) -> None:
        self._opened.is_noted = True
        await self._intake.progress.write(self._arrival.input_id, self._opened.begun(self._sha256))
        faults.point("progress_written")
