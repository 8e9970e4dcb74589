"""The two ways of taking a file: by claim, for those that are moved or deleted, and in place, for those that stay."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Literal

from services.fetch.carry import WANTS_ROOM, Later, carry
from services.fetch.core import Rejected
from services.fetch.folder.claim import Claim, release, unfinished
from services.fetch.folder.hands import Parked
from services.fetch.folder.holding import SCHEME, ClaimedFile
from services.fetch.folder.inbox import Inbox
from services.fetch.folder.scan import Sighting
from services.fetch.gathering import Gathering
from services.fetch.in_place import Place, PlacedFile
from services.fetch.intake import Intake
from services.fetch.originals import Original
from services.fetch.patience import Patience
from services.fetch.seen import Entry, Memory
from services.fetch.threads import Threads

Key = tuple[str, str]
Resume = Callable[[], Awaitable[object]]

CLAIMS_AT_ONCE = 32  # share the write of the folder that they have their names in
MAX_WAITING = 10_000  # files that still change; those that are gone meanwhile are not told from the others


class ByClaim:
    """Moves files into claims and from there to their shelves."""

    moving = True

    def __init__(
        self,
        intake: Intake,
        patience: Patience,
        *,
        after: Literal["move", "delete"],
        max_bytes: int,
        mint: Callable[[], str],
        copied_to: Path | None = None,
    ) -> None:
        self._intake, self._patience, self._mint = intake, patience, mint
        self._threads = Threads()
        self._hold = partial(
            ClaimedFile, after=after, max_bytes=max_bytes, mint=mint, threads=self._threads, copied_to=copied_to
        )
        self._claims: Gathering[tuple[str, str], Claim | None] = Gathering(self._claim_all, most=CLAIMS_AT_ONCE)
        self._inbox: Inbox | None = None

    def open(self, inbox: Inbox) -> None:
        """From now on files are taken from here."""
        self._inbox = inbox

    async def news(self, sightings: list[Sighting]) -> list[Sighting]:
        """All: what was taken is not there any more."""
        return sightings

    async def take(self, path: str, rejected: Rejected | None) -> Parked | None:
        """Claim the file and bring it to its end, or to where it waits for its turn."""
        claim = await self._claims.to_the_end((path, self._mint()), give_back=release)
        return await self._carry(claim, rejected) if claim is not None else None

    async def unfinished(self) -> dict[str, Resume]:
        """The claims that nobody may be holding."""
        if self._inbox is None:
            return {}
        names = await asyncio.to_thread(unfinished, self._inbox)
        return {name: partial(self._resume, name) for name in names}

    async def _resume(self, input_id: str) -> Parked | None:
        claim = await self._threads.to_the_end(Claim.take_up, self._inbox, input_id, give_back=release)
        return await self._carry(claim, None) if claim is not None else None

    async def _carry(self, claim: Claim, rejected: Rejected | None) -> Parked | None:
        input_id = claim.input_id
        ended = await carry(self._hold(claim), self._intake, self._patience, rejected=rejected)
        if ended is not WANTS_ROOM:
            return None
        return Parked(claim_key(input_id), self._intake.rooms.turn(input_id), partial(self._resume, input_id))

    async def _claim_all(self, wanted: Sequence[tuple[str, str]]) -> Sequence[Claim | OSError | None]:
        """The files at these paths under these ids, off the event loop."""
        if self._inbox is None:
            return [None] * len(wanted)
        return await asyncio.to_thread(Claim.make_all, self._inbox, wanted)


class InPlace:
    """Reads files where they lie, and remembers them."""

    moving = False

    def __init__(
        self,
        intake: Intake,
        patience: Patience,
        memory: Memory,
        *,
        max_bytes: int,
        mint: Callable[[], str],
        copied_to: Path | None = None,
    ) -> None:
        self._intake, self._patience, self._memory, self._mint = intake, patience, memory, mint
        self._max_bytes = max_bytes
        self._hold = partial(PlacedFile, memory=memory, max_bytes=max_bytes, mint=mint, copied_to=copied_to)
        self._inbox: Inbox | None = None
        self._in_work: set[bytes] = set()
        self._waiting: dict[bytes, str] = {}  # places whose files still change, and the inputs that they will be

    def open(self, inbox: Inbox) -> None:
        """From now on files are taken from here."""
        self._inbox = inbox

    async def news(self, sightings: list[Sighting]) -> list[Sighting]:
        """Those that are not remembered as they stand."""
        known = await self._memory.latest([_key(sighting.path) for sighting in sightings])
        return [sighting for sighting in sightings if not _is_known(sighting, known.get(_key(sighting.path)))]

    async def take(self, path: str, rejected: Rejected | None) -> Parked | None:
        """Bring the file to its end, or to where it waits for its turn, unless it holds what it held before."""
        place = self._place(path)
        if place is None or place.key in self._in_work:
            return None
        before = (await self._memory.latest([place.key])).get(place.key)
        if before is not None and not before.said:
            return None  # it is gone on with as what it was
        if before is not None and rejected is None and await self._is_the_same(place, before):
            return None
        input_id = self._waiting.get(place.key) or self._mint()  # else nobody's patience would ever come to its end
        ended = await self._carry(place, self._hold(place, input_id=input_id), rejected)
        return self._parked(ended, input_id, file_key(path), partial(self.take, path, rejected))

    async def unfinished(self) -> dict[str, Resume]:
        """What the memory has begun and not ended."""
        entries = await self._memory.unsaid(SCHEME.encode())
        return {entry.input_id: partial(self._resume, entry) for entry in entries if entry.place not in self._in_work}

    async def _resume(self, entry: Entry) -> Parked | None:
        place = self._place(os.fsdecode(entry.place).partition(":")[2])
        if place is None or place.key in self._in_work:
            return None
        now = (await self._memory.latest([place.key])).get(place.key)
        if now is None or now.said or now.input_id != entry.input_id:  # it had its end since the list was made
            return None
        if place.key in self._in_work:
            return None
        ended = await self._carry(place, self._hold(place, input_id=entry.input_id, noted=entry.note), None)
        return self._parked(ended, entry.input_id, claim_key(entry.input_id), partial(self._resume, entry))

    def _parked(self, ended: Rejected | Later | None, input_id: str, key: Key, resume: Resume) -> Parked | None:
        return Parked(key, self._intake.rooms.turn(input_id), resume) if ended is WANTS_ROOM else None

    async def _carry(self, place: Place, holding: PlacedFile, rejected: Rejected | None) -> Rejected | Later | None:
        self._in_work.add(place.key)
        input_id, ended = holding.arrival.input_id, None
        try:
            ended = await carry(holding, self._intake, self._patience, rejected=rejected)
        finally:
            self._in_work.discard(place.key)
            self._waiting.pop(place.key, None)
            if isinstance(ended, Later):
                self._wait_for(place.key, input_id)
            else:
                self._patience.forget(input_id)
        return ended

    def _wait_for(self, key: bytes, input_id: str) -> None:
        self._waiting[key] = input_id
        if len(self._waiting) > MAX_WAITING:
            self._patience.forget(self._waiting.pop(next(iter(self._waiting))))

    async def _is_the_same(self, place: Place, before: Entry) -> bool:
        """Whether the bytes are those that were taken, under other times perhaps, or nothing is there."""
        now = await asyncio.to_thread(place.read, self._max_bytes, wanted="look")
        if isinstance(now, Original) and not now.moving:
            now = await asyncio.to_thread(place.read, self._max_bytes, wanted="hash")
        if not isinstance(now, Original):
            return now is None
        if now.moving or now.sha256 != before.note.sha256:
            return False
        await self._memory.seen_again(before.input_id, now.seen)
        return True

    def _place(self, path: str) -> Place | None:
        if self._inbox is None:
            return None
        return Place(SCHEME, path, self._inbox.path / path, root=self._inbox.path)


def file_key(path: str) -> Key:
    """What hands know a file by."""
    return "file", path


def claim_key(input_id: str) -> Key:
    """What hands know an input by that is gone on with."""
    return "claim", input_id


def _key(path: str) -> bytes:
    return os.fsencode(f"{SCHEME}:{path}")


def _is_known(sighting: Sighting, entry: Entry | None) -> bool:
    """Whether it was taken as it stands; what was rejected may be readable when its rights have changed."""
    if entry is None or not entry.said:
        return entry is not None
    if entry.note.rejected is not None and entry.seen.ctime_ns not in {None, sighting.seen.ctime_ns}:
        return False
    return entry.seen == sighting.seen
