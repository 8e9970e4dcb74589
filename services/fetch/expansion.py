"""What came out of a container, brought to its ends: each an input of its own, in an order that every repetition has.

All are read and said side by side, so that they share the server's fsyncs; those that turn out to hold others are
opened one after the other, for they draw on what all of them may unpack into together. How far that has come is written
down now and then: after a crash it is gone on with.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Protocol

from services.chassis import faults
from services.fetch.arrival import Arrival
from services.fetch.core import Parts, ReadDocument, Rejected
from services.fetch.core.document import BadMember
from services.fetch.core.members import Allowance, Behind, Opens, Slot
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

    async def write(self, input_id: str, begun: Begun, ended: Sequence[str] = ()) -> None:
        """It has come so far, and of what lies in it these containers have their ends in that."""

    async def forget(self, root: str, *, wholly: bool) -> None:
        """What lay in `root` has its ends; `wholly`, where it was quick to say again."""


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
    tally, is_begun = Tally(), asyncio.Event()

    async def begin() -> None:
        begun = Begun(original.sha256, ahead=Behind(len(found.documents)))
        await intake.progress.write(arrival.input_id, begun)
        is_begun.set()

    async def part(number: int, document: ReadDocument) -> None:
        await is_begun.wait()
        tally.add(number, f"#{number}", await intake.say(arrival.part(number), original, document))
        faults.point("child_said")

    async with Together(AT_ONCE) as together:
        await together.start(begin())
        for number, document in enumerate(found.documents, 1):
            await together.start(part(number, document))
    if "#" not in arrival.input_id:
        await intake.progress.forget(arrival.input_id, wholly=True)
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
        opened.is_long |= bool(opened.inner)
        self._ended_within: list[str] = []  # containers: what is written of them is no use once that is written of this
        self._is_begun = asyncio.Event()  # that the portion in work has so many members, whatever becomes of its child

    async def run(self) -> Tally:
        async for portion in self._opened.portions():
            self._is_begun.clear()
            async with Together(AT_ONCE) as together:
                await together.start(self._begin())  # while the first of them are read
                for number, member in portion:
                    await together.start(self._ended(number, member))
        if "#" not in self._arrival.input_id:
            if self._opened.is_long:
                await self._write()
            await self._intake.progress.forget(self._arrival.input_id, wholly=not self._opened.is_long)
        return self._opened.tally

    async def _begin(self) -> None:
        self._opened.is_long |= self._opened.is_further
        await self._write()
        self._is_begun.set()

    async def _ended(self, number: int, member: Slot | BadMember) -> None:
        with self._turns.next() as turn:
            if isinstance(member, BadMember):
                await self._rejected(number, self._arrival.member(number, member.path), member, member.rejected, turn)
            else:
                await self._member(number, member, turn)
        await self._note()

    async def _member(self, number: int, slot: Slot, turn: "asyncio.Future[None]") -> None:
        child = self._arrival.member(number, slot.path, slot.about)
        original = Original(self._opened.bytes_of(slot), slot.sha256, Seen(0, slot.length, 0))
        async with self._intake.members.of(min(slot.length, WEIGHT_BYTES)):
            found = await self._intake.look(child, original)
            if not isinstance(found, Opens | Rejected):
                self._add(number, child, found, slot, await self._say(child, original, found))
                return
        if isinstance(found, Rejected):
            await self._rejected(number, child, slot, found, turn)
            return
        await asyncio.shield(turn)  # it is others' too
        opened = await self._intake.open(child, original, self._opened.allowance(), self._opened.inner)
        self._add(number, child, opened, slot, await self._say_opened(child, original, opened))

    async def _rejected(
        self, number: int, child: Arrival, member: Slot | BadMember, why: Rejected, turn: "asyncio.Future[None]"
    ) -> None:
        """What came out of it once has its end too."""
        if child.input_id not in self._opened.inner:
            self._add(number, child, why, member, await self._say(child, None, why))
            return
        await asyncio.shield(turn)
        lost = await self._opened.lost(child.input_id, why)
        self._add(number, child, lost, member, await self._say_opened(child, lost.original, lost))

    async def _say_opened(self, child: Arrival, original: Original, opened: Opened | Rejected) -> Rejected | None:
        try:
            ended = await self._say(child, original, opened)
        finally:
            if isinstance(opened, Opened):
                opened.close()
        if isinstance(opened, Opened):
            self._opened.spent = opened.spent
            self._opened.is_long |= opened.is_long
        return ended

    async def _say(self, child: Arrival, original: Original | None, found: Found) -> Rejected | None:
        await self._is_begun.wait()
        return await self._intake.say(child, original, found)

    def _add(self, number: int, child: Arrival, found: Found, member: Slot | BadMember, ended: Rejected | None) -> None:
        self._opened.tally.add(number, member.path, ended)
        if isinstance(found, Opened | Parts):
            self._ended_within.append(child.input_id)
        faults.point("child_said")

    async def _note(self) -> None:
        """Write down how far it has come, if that was long ago."""
        if self._clock() >= self._write_at:
            self._write_at = float("inf")  # until that is done
            self._opened.is_long = True
            await self._write()
            self._write_at = self._clock() + WRITE_SECONDS

    async def _write(self) -> None:
        ended, self._ended_within = self._ended_within, []
        await self._intake.progress.write(self._arrival.input_id, self._opened.begun(self._sha256), ended)
        faults.point("progress_written")
