"""Taking files and folders that a person names, where they lie: as the watched folder does it, and moving nothing."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from services.fetch.carry import Patience, carry
from services.fetch.core import Rejected
from services.fetch.core.names import place_uri
from services.fetch.folder.scan import Sighting, walk
from services.fetch.in_place import Place, PlacedFile
from services.fetch.intake import Intake
from services.fetch.originals import Original
from services.fetch.seen import Memory

SCHEME = "file"
AT_ONCE = 64


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


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that `paths` name: each as it is, and what lies in folders as the watched folder would see it."""
    for path in paths:
        if path.is_dir():
            for found in walk(path, moving=False):
                if isinstance(found, Sighting):
                    yield path.absolute() / found.path
        else:
            yield path.absolute()


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
    ) -> None:
        self._intake, self._memory, self._patience = intake, memory, patience
        self._max_bytes, self._mint, self._resume = max_bytes, mint, resume

    async def take(self, paths: Iterable[Path]) -> AsyncIterator[Ingested | Missing]:
        """Each file as soon as its outcome is acknowledged, in any order; at most `AT_ONCE` are on their way.

        With `resume`, what an earlier run said to the end is only named, and what it began keeps its input.
        """
        files = iter(paths)
        working: set[asyncio.Task[Ingested | Missing]] = set()
        try:
            while True:
                while len(working) < AT_ONCE and (path := next(files, None)) is not None:
                    working.add(asyncio.create_task(self._one(path)))
                if not working:
                    return
                done, working = await asyncio.wait(working, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    yield task.result()
        finally:
            for task in working:
                task.cancel()
            await asyncio.gather(*working, return_exceptions=True)

    async def _one(self, path: Path) -> Ingested | Missing:
        place = Place(SCHEME, _absolute(path), path)
        uri = place_uri(SCHEME, place.path)
        seen = place.look()
        if seen is None:
            return Missing(path)
        before = (await self._memory.latest([place.key])).get(place.key) if self._resume else None
        if before is not None and before.said:
            now = await asyncio.to_thread(place.read, self._max_bytes)
            if before.seen == seen or (isinstance(now, Original) and now.sha256 == before.note.sha256):
                return Ingested(path, uri, before.input_id, before.note.rejected, skipped=True)
            before = None
        noted = before.note if before is not None else None
        input_id = before.input_id if before is not None else self._mint()
        holding = PlacedFile(
            place, self._memory, input_id=input_id, max_bytes=self._max_bytes, mint=self._mint, noted=noted
        )
        rejected = await carry(holding, self._intake, self._patience)
        return Ingested(path, uri, input_id, rejected)


def _absolute(path: Path) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - as it was named: a link is part of the name
