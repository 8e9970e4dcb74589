"""A container that is open: its members lie in a spool, a portion at a time, until it is closed."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Self

from services.chassis.failures import ChildKilled
from services.fetch.core import Rejected
from services.fetch.core.document import BadMember
from services.fetch.core.members import REST, Allowance, Behind, Slot, Spent, Unpacked
from services.fetch.course import Begun, Tally
from services.fetch.failures import never_again
from services.fetch.originals import Original, Seen
from services.fetch.spool import Spool, Stretch

Unpack = Callable[[Allowance, Behind], Awaitable[Unpacked | Rejected]]


class Opened:
    """What came out of a container; `spent` grows as those among its members are opened.

    `tally` is what became of them, be it before a crash, and `inner` how far those among them came that hold others.
    `is_long` if how far it has come, or one of those, was written down again after it was begun. What is `held` for it
    is given up when it is closed.
    """

    def __init__(
        self,
        unpack: Unpack,
        spool: Spool | None,  # none where none of its members can be had
        allowance: Allowance,
        begun: Begun | None,
        *,
        last_try: bool = False,
    ) -> None:
        self._unpack, self._spool, self._allowance = unpack, spool, allowance
        self._begun, self._last_try, self.tally = begun, last_try, Tally(begun)
        self._behind = begun.behind if begun is not None else Behind()
        self._before = begun.before if begun is not None else allowance.spent
        self._given_up = begun.given_up if begun is not None else None
        self._portion: Unpacked | None = None
        self.inner: Mapping[str, Begun] = {}
        self.spent: Spent = self._before
        self.is_long = begun is not None
        self.held = ExitStack()

    async def unpack(self) -> Rejected | None:
        """Have the next portion in the spool; why nothing comes out of the container, if that was the first.

        Raises ChildKilled where that is all that stands against a portion that was unpacked before; if it is the last
        try, those of its members that have no end cannot be read, and what is behind it is gone on with. One that was
        never unpacked is given up, and stays so: under the number of its first member stands the rest.
        """
        begun, self._begun = self._begun, None
        if self._given_up is None:
            found = await self._unpack(replace(self._allowance, spent=self._before), self._behind)
            if isinstance(found, Unpacked):
                self._portion, self.spent = found, begun.spent if begun is not None else found.spent
                return None
            if begun is not None and not self._last_try:
                raise ChildKilled(found.detail)
            if begun is not None and begun.ahead is not None:
                self._portion, self.spent = _unreadable(begun, begun.ahead, found), begun.spent
                return None
            if not self._behind.members:
                return found
            self._given_up = found
        self._portion, self.spent = Unpacked((BadMember(REST, self._given_up),), self._before), self._before
        return None

    async def portions(self) -> AsyncIterator[Iterator[tuple[int, Slot | BadMember]]]:
        """Those of the members that have no end yet, with their numbers: a portion, and the next when that is done."""
        while (portion := self._portion) is not None:
            numbered = enumerate(portion.members, self._behind.members + 1)
            yield ((number, member) for number, member in numbered if not self.tally.has(number))
            if not portion.more:
                return
            self._behind, self._before = portion.behind, self.spent
            await self.unpack()

    @property
    def is_further(self) -> bool:
        """Whether the portion in work is not the first."""
        return self._behind.members > 0

    def bytes_of(self, slot: Slot) -> Stretch:
        """The bytes of a member."""
        if self._spool is None:
            raise TypeError("a container of which nothing can be had has no member to be read")
        return Stretch(self._spool, slot.start, slot.length)

    def allowance(self) -> Allowance:
        """What a container among the members may unpack into, as things stand."""
        return self._allowance.inner(self.spent)

    def begun(self, sha256: str) -> Begun:
        """How far it has come, for whoever goes on with it after a crash."""
        begun = Begun(sha256, self._behind, self._before, self.spent, given_up=self._given_up)
        if self._portion is not None and self._given_up is None:
            begun = replace(begun, ahead=self._portion.behind, more=self._portion.more)
        return self.tally.added_to(begun)

    async def lost(self, input_id: str, why: Rejected) -> "Lost":
        """One of its members that was opened once, and cannot be had any more.

        Raises ChildKilled unless it is the last try.
        """
        if not self._last_try:
            raise ChildKilled(why.detail)
        return await Lost.of(self.inner[input_id], self.inner, self.allowance(), why)

    def close(self) -> None:
        """Nobody needs the bytes any more."""
        self.held.close()


class Lost(Opened):
    """A container that was opened once, and of which nothing can be had but how far it had come.

    `original` tells which bytes it had, and has none.
    """

    original: Original

    @classmethod
    async def of(cls, begun: Begun, inner: Mapping[str, Begun], allowance: Allowance, why: Rejected) -> Self:
        """Opened, with a rejected child for each of its members that has no end."""

        async def never(_: Allowance, __: Behind) -> Rejected:
            return never_again(why)

        lost = cls(never, None, allowance, begun, last_try=True)
        lost.inner, lost.original = inner, Original(b"", begun.sha256, Seen(0, 0, 0))
        await lost.unpack()
        return lost


def _unreadable(begun: Begun, ahead: Behind, why: Rejected) -> Unpacked:
    """A portion of which only the number of its members is known: each of them by its own."""
    members = (BadMember(REST, never_again(why)),) * (ahead.members - begun.behind.members)
    return Unpacked(members, begun.spent, ahead, begun.more)


@contextmanager
def closed_on_error(found: object) -> Iterator[None]:
    """A container is given up where the block fails: nobody else would."""
    try:
        yield
    except BaseException:
        if isinstance(found, Opened):
            found.close()
        raise
