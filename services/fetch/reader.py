"""Reading in a child process: a document may take it down, and then it is the document that is rejected."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

from contracts.outcomes import RejectReason
from services.chassis.failures import ChildKilled
from services.fetch.core import Parts, ReadDocument, Rejected
from services.fetch.core.document import BadMember, Source
from services.fetch.core.members import About, Allowance, Opens, Slot, Spent, Unpacked
from services.fetch.spool import Slice, SlicedSource, Spool, Stretch

ATTEMPTS = 2  # a child may have died of something else, and the time is up too where the machine slept or was stopped
ROOTS_AT_ONCE = 2  # containers that lie unpacked, with all that is nested in them
PIPE_BYTES = 1 << 20  # what is larger, and lies in a file already, is read from there

T = TypeVar("T")


class Calls(Protocol):
    """Child processes, as far as we use them."""

    async def call(self, function: Callable[..., T], *arguments: Any, timeout_seconds: float) -> T:
        """What `function` returns there; raises ChildKilled where the child did not live to say."""


@dataclass(frozen=True)
class Room:
    """Where a container is to be unpacked, and how much of it."""

    path: str
    allowance: Allowance


class Opened:
    """A container whose members lie in a spool, until it is closed; `spent` grows as those among them are opened."""

    def __init__(self, unpacked: Unpacked, spool: Spool, allowance: Allowance, done: Callable[[], object]) -> None:
        self.members: tuple[Slot | BadMember, ...] = unpacked.members
        self.spent: Spent = unpacked.spent
        self._spool, self._allowance, self._done = spool, allowance, done

    def bytes_of(self, slot: Slot) -> Stretch:
        """The bytes of a member."""
        return Stretch(self._spool, slot.start, slot.length)

    def allowance(self) -> Allowance:
        """What a container among the members may unpack into, as things stand."""
        return self._allowance.inner(self.spent)

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


def load() -> None:
    """Load the parsers, for all children to share; what they grumble about is not for our logs."""
    from services.fetch.core import reading  # noqa: PLC0415 - tens of megabytes, which stay in the server

    reading.load()
    for document in (b"Un texte.", b"<html><body><p>Un texte.</p></body></html>"):
        read(document, About(), 1, None)
    for library in ("trafilatura", "py7zr"):
        logging.getLogger(library).setLevel(logging.CRITICAL)


def read(
    data: bytes | Slice, about: About, max_text_bytes: int, room: Room | None
) -> ReadDocument | Rejected | Parts | Unpacked | Opens:
    """The core's reading, for a child to call; a container is unpacked where there is `room`."""
    from services.fetch import unpacking  # noqa: PLC0415 - 27 MB of parsers, which stay in the child
    from services.fetch.core import reading  # noqa: PLC0415 - the same

    source = SlicedSource(data, about) if isinstance(data, Slice) else Source(data, **vars(about))
    found = reading.read(source, max_text_bytes=max_text_bytes)
    if isinstance(found, ReadDocument | Rejected | Parts):
        return found
    return unpacking.unpack(found, room.path, room.allowance, source.size()) if room is not None else Opens()


class Killed(Rejected):
    """Rejected because the child did not live to say anything of it: the machine may have had its part in that."""


class Reader:
    """Reads documents into text and opens containers, each with limits of time and memory."""

    def __init__(
        self,
        children: Calls,
        *,
        max_text_bytes: int,
        timeout_seconds: float,
        unpacking_timeout_seconds: float,
        spool_folder: Path,
        keys: tuple[tuple[str, str], ...] = (),
    ) -> None:
        self._children, self._max_text_bytes, self._keys = children, max_text_bytes, keys
        self._timeout_seconds, self._unpacking_timeout_seconds = timeout_seconds, unpacking_timeout_seconds
        self._spool_folder = spool_folder
        self._rooms = asyncio.Semaphore(ROOTS_AT_ONCE)

    async def read(
        self, data: bytes | Stretch, about: About, allowance: Allowance
    ) -> ReadDocument | Rejected | Parts | Opened:
        """The document, or what came out of it; rejected as unreadable where it kills the child time and again."""
        killed = ""
        for _ in range(ATTEMPTS):
            try:
                found = await self._call(data, about, None, self._timeout_seconds)
                if isinstance(found, Opens | Unpacked):
                    return await self._opened(data, about, allowance)
            except ChildKilled as error:
                killed = str(error)
            else:
                return found
        return Killed(RejectReason.UNREADABLE, f"reading it did not end well: {killed}")

    async def _opened(
        self, data: bytes | Stretch, about: About, allowance: Allowance
    ) -> ReadDocument | Rejected | Parts | Opened:
        is_a_root = allowance.depth == 1  # those in it lie in its room
        if is_a_root:
            await self._rooms.acquire()
        done = self._rooms.release if is_a_root else bool
        with ExitStack() as given_up:
            given_up.callback(done)
            spool = Spool(self._spool_folder)
            given_up.callback(spool.close)
            room = Room(spool.path, allowance)
            found = await self._call(data, about, room, self._unpacking_timeout_seconds)
            if isinstance(found, Unpacked):
                given_up.pop_all()
                return Opened(found, spool, allowance, done)
        if isinstance(found, Opens):
            raise TypeError("a container was not unpacked, though there was room for it")
        return found

    async def _call(
        self, data: bytes | Stretch, about: About, room: Room | None, timeout_seconds: float
    ) -> ReadDocument | Rejected | Parts | Unpacked | Opens:
        here = data if isinstance(data, bytes) else data[:] if len(data) <= PIPE_BYTES else data.as_slice()
        told = replace(about, keys=self._keys)
        return await self._children.call(read, here, told, self._max_text_bytes, room, timeout_seconds=timeout_seconds)
