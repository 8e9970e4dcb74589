"""What came out of a container, brought to its ends: each an input of its own, in an order that every repetition has.

What may open in turn is read one after the other, for it draws on what all of them may unpack into together; the
others are read and said side by side, so that they share the server's fsyncs.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Protocol

from contracts.outcomes import RejectReason
from services.chassis import faults
from services.fetch.arrival import Arrival
from services.fetch.core import Parts, ReadDocument, Rejected
from services.fetch.core.document import BadMember
from services.fetch.core.members import Allowance, Slot
from services.fetch.load import Load
from services.fetch.originals import Original, Seen
from services.fetch.reader import Opened
from services.fetch.together import Together

AT_ONCE = 32  # most of the time of each is spent in waiting for acknowledgements
NAMED = 20  # of the members that failed, in what is told of the container
WEIGHT_BYTES = 4 << 20  # the most that is held in memory of a member: a text, and how it is sent

Found = ReadDocument | Rejected | Parts | Opened


class Takes(Protocol):
    """The intake, as far as we use it."""

    members: Load

    async def read(self, arrival: Arrival, original: Original, allowance: Allowance | None = None) -> Found:
        """The document; its original is kept when this returns, unless it is rejected."""

    async def say(self, arrival: Arrival, original: Original | None, document: Found) -> Rejected | None:
        """Wait until receipt and outcome are acknowledged; what is returned is why it was rejected."""


@dataclass
class Tally:
    """What became of the children of a container."""

    children: int = 0
    failed: list[tuple[str, Rejected]] = field(default_factory=list)
    reasons: Counter[RejectReason] = field(default_factory=Counter)

    def add(self, path: str, rejected: Rejected | None) -> None:
        """One of them has its end."""
        self.children += 1
        if rejected is None:
            return
        self.reasons[rejected.reason] += 1
        if len(self.failed) < NAMED:
            self.failed.append((path, rejected))

    def nothing(self) -> Rejected | None:
        """Why the container is no use, if nothing in it could be read."""
        failed = self.reasons.total()
        if failed < self.children:
            return None
        reason = next(iter(self.reasons)) if len(self.reasons) == 1 else RejectReason.UNREADABLE
        named = [f"{path} ({rejected.reason}: {rejected.detail})" for path, rejected in sorted(self.failed)]
        more = f"; and {failed - len(named)} more" if failed > len(named) else ""
        return Rejected(reason, f"nothing that came out of it could be read: {'; '.join(named)}{more}")


async def expand(intake: Takes, arrival: Arrival, original: Original, found: Opened | Parts) -> Tally:
    """Say all that there is to say of the children of `arrival`."""
    tally = Tally()
    async with Together(AT_ONCE) as together:
        if isinstance(found, Parts):
            for number, document in enumerate(found.documents, 1):
                await together.start(_part(intake, arrival.part(number), original, document, tally))
            return tally
        for number, member in enumerate(found.members, 1):
            if isinstance(member, BadMember):
                await together.start(_bad(intake, arrival.member(number, member.path), member, tally))
                continue
            child = arrival.member(number, member.path, member.about)
            if member.opens:
                await _member(intake, child, found, member, tally)
            else:
                await together.start(_leaf(intake, child, found, member, tally))
    return tally


async def _part(intake: Takes, child: Arrival, original: Original, document: ReadDocument, tally: Tally) -> None:
    tally.add(f"#{child.input_id.rpartition('#')[2]}", await intake.say(child, original, document))
    faults.point("child_said")


async def _bad(intake: Takes, child: Arrival, member: BadMember, tally: Tally) -> None:
    tally.add(member.path, await intake.say(child, None, member.rejected))
    faults.point("child_said")


async def _leaf(intake: Takes, child: Arrival, opened: Opened, slot: Slot, tally: Tally) -> None:
    async with intake.members.of(min(slot.length, WEIGHT_BYTES)):
        await _member(intake, child, opened, slot, tally)


async def _member(intake: Takes, child: Arrival, opened: Opened, slot: Slot, tally: Tally) -> None:
    original = Original(opened.bytes_of(slot), slot.sha256, Seen(0, slot.length, 0))
    found = await intake.read(child, original, opened.allowance())
    try:
        ended = await intake.say(child, original, found)
    finally:
        if isinstance(found, Opened):
            opened.spent = found.spent
            found.close()
    tally.add(slot.path, ended)
    faults.point("child_said")
