"""Reading in a child process: a document may take it down, and then it is the document that is rejected."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

from contracts.outcomes import RejectReason
from services.chassis.children import SPARES
from services.chassis.failures import ChildKilled
from services.chassis.unavailable import Unavailable
from services.fetch.core import Parts, ReadDocument, Rejected
from services.fetch.core.document import Source
from services.fetch.core.members import About, Allowance, Behind, Opens, Unpacked
from services.fetch.course import Begun
from services.fetch.gathering import Gathering
from services.fetch.opened import Opened
from services.fetch.spool import Slice, SlicedSource, Spool, Stretch

ATTEMPTS = 2  # a child may have died of something else, and the time is up too where the machine slept or was stopped
PIPE_BYTES = 1 << 20  # what is larger, and lies in a file already, is read from there
SMALL_BYTES = 8 << 10  # what is larger takes longer to be read than to be brought to a child
MOST_TOGETHER = 32
# Of processor time, for some few and for each of many: eight times what a page of that size takes. What takes longer is
# read alone, and all that were with it.
TOGETHER_SECONDS, PIECE_SECONDS = 0.5, 0.06

T = TypeVar("T")
Looked = ReadDocument | Rejected | Parts | Opens  # what comes of a look


class Calls(Protocol):
    """Child processes, as far as we use them."""

    async def call(self, function: Callable[..., T], *arguments: Any, timeout_seconds: float, pieces: int = 1) -> T:
        """What `function` returns there; raises ChildKilled where the child did not live to say."""


@dataclass(frozen=True)
class Room:
    """Where a container is to be unpacked, how much of it, and what is done with already."""

    path: str
    allowance: Allowance
    behind: Behind = field(default_factory=Behind)


def load() -> None:
    """Load the parsers, for all children to share; what they grumble about is not for our logs."""
    from services.fetch.core import reading  # noqa: PLC0415 - tens of megabytes, which stay in the server

    reading.load()
    for document in (b"Un texte.", b"<html><body><p>Un texte.</p></body></html>"):
        read(document, About(), 1, None)
    for library in ("trafilatura", "py7zr"):
        logging.getLogger(library).setLevel(logging.CRITICAL)


def read(data: bytes | Slice, about: About, max_text_bytes: int, room: Room | None) -> Looked | Unpacked:
    """The core's reading, for a child to call; a container is unpacked where there is `room`."""
    from services.fetch import unpacking  # noqa: PLC0415 - 27 MB of parsers, which stay in the child
    from services.fetch.core import reading  # noqa: PLC0415 - the same

    source = SlicedSource(data, about) if isinstance(data, Slice) else Source(data, **vars(about))
    found = reading.read(source, max_text_bytes=max_text_bytes)
    if isinstance(found, ReadDocument | Rejected | Parts):
        return found
    if room is None:
        return Opens()
    in_one_go = not reading.streams(source)
    return unpacking.unpack(found, room.path, room.allowance, source.size(), room.behind, in_one_go=in_one_go)


def read_each(small: Sequence[tuple[bytes, About]], max_text_bytes: int) -> list[Looked]:
    """As `read`, for some that are small: what one of them raises is raised for all, and then each is read alone."""
    return [_looked_at(read(data, about, max_text_bytes, None)) for data, about in small]


def _looked_at(found: Looked | Unpacked) -> Looked:
    if isinstance(found, Unpacked):
        raise TypeError("a container was unpacked, though there was no room for it")
    return found


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
        at_once: int = 1 + SPARES,
    ) -> None:
        """`at_once` is how many children there are."""
        self._children, self._max_text_bytes, self._keys = children, max_text_bytes, keys
        self._small = Gathering(self._read_small, most=MOST_TOGETHER, lanes=at_once)
        self._timeout_seconds, self._unpacking_timeout_seconds = timeout_seconds, unpacking_timeout_seconds
        self._spool_folder = spool_folder

    async def look(self, data: bytes | Stretch, about: About) -> Looked:
        """The document, or the word that it is a container; rejected where it kills the child time and again."""
        tries = ATTEMPTS
        if len(data) <= SMALL_BYTES:
            try:
                together = await self._small.ask((data[:], replace(about, keys=self._keys)))
            except ChildKilled:
                tries -= 1
            else:
                if together is not None:
                    return together
        return _looked_at(await self._called(data, about, None, self._timeout_seconds, tries=tries))

    async def _read_small(self, small: Sequence[tuple[bytes, About]]) -> Sequence[Looked | None]:
        """What these are; None for all where they are to be read one by one."""
        if len(small) == 1:
            [(data, about)] = small
            return [_looked_at(await self._call(data, about, None, self._timeout_seconds))]
        seconds = min(max(TOGETHER_SECONDS, PIECE_SECONDS * len(small)), self._timeout_seconds)
        reading = self._children.call(
            read_each, list(small), self._max_text_bytes, timeout_seconds=seconds, pieces=len(small)
        )
        [found] = await asyncio.gather(reading, return_exceptions=True)
        if isinstance(found, Unavailable):
            raise found
        return found if isinstance(found, list) else [None] * len(small)

    async def open(
        self,
        data: bytes | Stretch,
        about: About,
        allowance: Allowance,
        begun: Begun | None = None,
        *,
        last_try: bool = False,
    ) -> Rejected | Opened:
        """What comes out of a container; `begun` is how far somebody came with it before.

        Raises ChildKilled where that is all that comes of it now, unless it is the `last_try`.
        """
        with ExitStack() as held:
            spool = Spool(self._spool_folder)
            held.callback(spool.close)

            async def unpacked(allowance: Allowance, behind: Behind) -> Unpacked | Rejected:
                spool.clear()
                return await self._unpacked(data, about, Room(spool.path, allowance, behind))

            opened = Opened(unpacked, spool, allowance, begun, last_try=last_try)
            if (rejected := await opened.unpack()) is not None:
                return rejected
            opened.held = held.pop_all()
            return opened

    async def _unpacked(self, data: bytes | Stretch, about: About, room: Room) -> Unpacked | Rejected:
        found = await self._called(data, about, room, self._unpacking_timeout_seconds)
        if not isinstance(found, Unpacked | Rejected):
            raise TypeError("a container was not unpacked, though there was room for it")
        return found

    async def _called(
        self,
        data: bytes | Stretch,
        about: About,
        room: Room | None,
        timeout_seconds: float,
        *,
        tries: int = ATTEMPTS,
    ) -> Looked | Unpacked:
        """What a child comes to, be it the second that tries."""
        here = data if isinstance(data, bytes) else data[:] if len(data) <= PIPE_BYTES else data.as_slice()
        told = replace(about, keys=self._keys)
        killed = ""
        for _ in range(tries):
            try:
                return await self._call(here, told, room, timeout_seconds)
            except ChildKilled as error:
                killed = str(error)
        return Killed(RejectReason.UNREADABLE, f"reading it did not end well: {killed}")

    async def _call(
        self, here: bytes | Slice, told: About, room: Room | None, timeout_seconds: float
    ) -> Looked | Unpacked:
        return await self._children.call(read, here, told, self._max_text_bytes, room, timeout_seconds=timeout_seconds)
