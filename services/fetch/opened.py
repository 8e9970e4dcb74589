"""A container that is open: its members lie in a spool, a portion at a time, until it is closed."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from services.chassis.failures import ChildKilled
from services.fetch.core import Rejected
from services.fetch.core.document import BadMember
from services.fetch.core.members import REST, Allowance, Behind, Slot, Spent, Unpacked
from services.fetch.course import Begun, Tally
from services.fetch.spool import Spool, Stretch

Unpack = Callable[[Allowance, Behind], Awaitable[Unpacked | Rejected]]


class Opened:
    """What came out of a container; `spent` grows as those among its members are opened.

    `tally` is what became of them, be it before a crash, and `inner` how far those among them came that hold others.
    `is_noted` if how far it has come, or one of those, was ever written down.
    """

    def __init__(
        self, unpack: Unpack, spool: Spool, allowance: Allowance, done: Callable[[], object], begun: Begun | None
    ) -> None:
        self._unpack, self._spool, self._allowance, self._done = unpack, spool, allowance, done
        self._begun, self.tally = begun, Tally(begun)
        self._behind = begun.behind if begun is not None else Behind()
        self._before = begun.before if begun is not None else allowance.spent
        self._given_up = begun.given_up if begun is not None else None
        self._portion: Unpacked | None = None
        self.inner: Mapping[str, Begun] = {}
        self.spent: Spent = self._before
        self.is_noted = begun is not None

    async def unpack(self) -> Rejected | None:
        """Have the next portion in the spool; why nothing comes out of the container, if that was the first.

        Raises ChildKilled where that is all that stands against a portion that was unpacked before. One that was given
        up stays so: under the number of its first member stands the rest.
        """
        begun, self._begun = self._begun, None
        self._spool.clear()
        if self._given_up is None:
            found = await self._unpack(replace(self._allowance, spent=self._before), self._behind)
            if isinstance(found, Unpacked):
                self._portion, self.spent = found, begun.spent if begun is not None else found.spent
                return None
            if begun is not None:
                raise ChildKilled(found.detail)
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
        """Whether the portion in the spool is not the first."""
        return self._behind.members > 0

    def bytes_of(self, slot: Slot) -> Stretch:
        """The bytes of a member."""
        return Stretch(self._spool, slot.start, slot.length)

    def allowance(self) -> Allowance:
        """What a container among the members may unpack into, as things stand."""
        return self._allowance.inner(self.spent)

    def begun(self, sha256: str) -> Begun:
        """How far it has come, for whoever goes on with it after a crash."""
        return self.tally.begun(
            sha256, behind=self._behind, before=self._before, spent=self.spent, given_up=self._given_up
        )

    def close(self) -> None:
        """Nobody needs the bytes any more."""
        self._spool.close()
        self._done()
        self._done = bool  # once is enough


@contextmanager
def closed_on_error(found: object) -> Iterator[None]:
    """A container is given up where the block fails: nobody else would."""
    try:
        yield
    except BaseException:
        if isinstance(found, Opened):
            found.close()
        raise
