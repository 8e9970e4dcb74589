"""Taking files and folders that a person names, where they lie: as the watched folder does it, and moving nothing."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from services.chassis import cancelling
from services.chassis.failures import BACKOFF_SECONDS
from services.chassis.logs import logger
from services.chassis.unavailable import Unavailable
from services.fetch.carry import carry_on
from services.fetch.core import Rejected
from services.fetch.folder.scan import Ignored, Sighting, walk
from services.fetch.in_place import Place, PlacedFile
from services.fetch.intake import Intake
from services.fetch.originals import Original, Seen
from services.fetch.patience import Patience
from services.fetch.seen import Entry, Memory

SCHEME = "file"
AT_ONCE = 64
MOST_QUEUED = 1000  # that wait for a room, and hold nothing that others need
LOOK_SECONDS = 1.0  # at how many wait for a room: each makes way for another file
LOOKED_UP_AT_ONCE = 500
AGAIN_SECONDS = 2.0  # then what was away is asked again


@dataclass(frozen=True)
class Ingested:
    """One file that was said on the wire; `skipped` where an earlier run had said it, under this `input_id`."""

    path: Path
    source_uri: str
    input_id: str
    rejected: Rejected | None = None
    skipped: bool = False


@dataclass(frozen=True)
class Missing:
    """Nothing is there, so nothing was said."""

    path: Path


@dataclass(frozen=True)
class Failed(Missing):
    """Something is there that could not be brought to its end now: it can be tried again with `resume`."""

    detail: str


@dataclass(frozen=True)
class PassedOver(Missing):
    """Something lies there that is not for us, as the watched folder sees it: a hidden file, one not finished."""

    detail: str


class Named(NamedTuple):
    """A file to take, and the folder that its links may not leave; none where it was named itself."""

    path: Path
    within: Path | None = None


def files_in(paths: Iterable[Path]) -> Iterator[Named | Missing]:
    """The files that `paths` name: each as it is, and what lies in folders as the watched folder would see it.

    What that passes over comes too, with the reason.
    """
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - a Path raises where we may not look
            within = path.resolve()
            for found in walk(within, moving=False):
                if isinstance(found, Sighting):
                    yield Named(path.absolute() / found.path, within)
                elif isinstance(found, Ignored):
                    yield (Failed if found.unseen else PassedOver)(path.absolute() / found.path, found.why)
        else:
            yield Named(path.absolute())


class Ingest:
    """Brings files to their end on the wire, many at once."""

    def __init__(
        self,
        intake: Intake,
        memory: Memory,
        patience: Patience,
        *,
        max_bytes: int,
        mint: Callable[[], str],
        resume: bool = False,
        copied_to: Path | None = None,
    ) -> None:
        self._intake, self._memory, self._patience = intake, memory, patience
        self._max_bytes, self._mint, self._resume, self._copied_to = max_bytes, mint, resume, copied_to
        self._waited_for = set[str]()

    async def take(self, files: Iterable[Named | Missing]) -> AsyncIterator[Ingested | Missing]:
        """Each file as soon as its outcome is acknowledged, in any order; at most `AT_ONCE` are on their way.

        Beside them so many that hold others may wait for the room that they are unpacked in.
        With `resume`, what an earlier run said to the end is only named, and what it began keeps its input.
        """
        left = self._remembered(files)
        working: set[asyncio.Task[Ingested | Missing]] = set()
        try:
            while True:
                while len(working) < AT_ONCE + self._queued() and (known := await anext(left, None)) is not None:
                    if isinstance(known, Missing):
                        yield known
                    else:
                        working.add(asyncio.create_task(self._one(*known)))
                if not working:
                    return
                done, working = await asyncio.wait(working, timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
                for task in sorted(done, key=_has_failed):  # what stops the run is raised when its neighbours are told
                    yield task.result()
        finally:
            await cancelling.end(working, grace_seconds=cancelling.GRACE_SECONDS)

    def _queued(self) -> int:
        return min(self._intake.rooms.queued, MOST_QUEUED)

    async def _remembered(
        self, files: Iterable[Named | Missing]
    ) -> AsyncIterator[tuple[Place, Entry | None] | Missing]:
        """Each file's place and, with `resume`, what an earlier run knew of it: asked for many at a time."""
        left = iter(files)
        while some := list(islice(left, LOOKED_UP_AT_ONCE)):
            places = [_place_of(named) for named in some if isinstance(named, Named)]
            before = await self._latest(places) if self._resume else {}
            for one in some:
                if isinstance(one, Missing):
                    yield one
            for place in places:
                yield place, before.get(place.key)

    async def _latest(self, places: Sequence[Place]) -> dict[bytes, Entry]:
        while True:
            try:
                return await self._memory.latest([place.key for place in places])
            except Unavailable as error:
                await self._wait_for(error)

    async def _wait_for(self, error: Unavailable) -> None:
        """A while; what is waited for is told once."""
        if error.what not in self._waited_for:
            logger().warning(f"waiting: {error}")
        self._waited_for.add(error.what)
        await asyncio.sleep(AGAIN_SECONDS)

    async def _one(self, place: Place, before: Entry | None) -> Ingested | Missing:
        path = place.full
        seen = await asyncio.to_thread(place.look)
        if seen is None and not await asyncio.to_thread(place.is_hidden_from_us):
            return Missing(path)
        if before is not None and before.said:
            if await self._is_the_same(place, seen, before):
                return Ingested(path, place.uri, before.input_id, before.note.rejected, skipped=True)
            before = None
        holding = PlacedFile(
            place,
            self._memory,
            input_id=before.input_id if before is not None else self._mint(),
            max_bytes=self._max_bytes,
            mint=self._mint,
            noted=before.note if before is not None else None,
            copied_to=self._copied_to,
        )
        return await self._carried(path, holding)

    async def _is_the_same(self, place: Place, seen: Seen | None, before: Entry) -> bool:
        if before.seen == seen:
            return True
        now = await asyncio.to_thread(place.read, self._max_bytes, wanted="hash")
        return isinstance(now, Original) and now.sha256 == before.note.sha256

    async def _carried(self, path: Path, holding: PlacedFile) -> Ingested | Missing:
        """The file's end; its own trouble is not the others', and what all depend on is waited for."""
        pauses = [*BACKOFF_SECONDS, 0.0]  # behind the last failure that is counted there is an end to be told
        while True:
            carrying = carry_on(holding, self._intake, self._patience, away=self._wait_for)
            [result] = await asyncio.gather(carrying, return_exceptions=True)
            if isinstance(result, OSError):
                return Failed(path, str(result) or type(result).__name__)
            if not isinstance(result, BaseException):
                return Ingested(path, holding.arrival.source_uri, holding.arrival.input_id, result)
            if not isinstance(result, Exception):
                raise result
            # What killed a child may do so no more, and what fails to be read has its end the fifth time; what fails
            # elsewhere, or cannot be ended either, is nobody's to try for ever.
            if not pauses:
                return Failed(path, f"it failed again and again: {type(result).__name__}")
            await asyncio.sleep(pauses.pop(0))


def _has_failed(task: asyncio.Task[Ingested | Missing]) -> bool:
    return task.cancelled() or task.exception() is not None


def _place_of(named: Named) -> Place:
    return Place(SCHEME, _absolute(named.path), named.path, named.within)


def _absolute(path: Path) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - as it was named: a link is part of the name
