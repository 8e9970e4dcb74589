"""Taking a file where it lies: nothing is moved, the memory holds what the name of a claim would."""

import asyncio
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from contracts.outcomes import RejectReason
from services.fetch.arrival import Arrival
from services.fetch.core import Rejected
from services.fetch.core.names import place_uri
from services.fetch.folder.links import target_of
from services.fetch.note import Note
from services.fetch.originals import Original, Seen, Wanted, kind_of, read_original
from services.fetch.seen import Memory


@dataclass(frozen=True)
class Place:
    """Where a file lies: `scheme:path` on the wire; links are followed within `root`, or anywhere without one."""

    scheme: str
    path: str
    full: Path
    root: Path | None = None

    @property
    def key(self) -> bytes:
        """What the memory knows it by."""
        return os.fsencode(f"{self.scheme}:{self.path}")

    @property
    def uri(self) -> str:
        """What it is called on the wire."""
        return place_uri(self.scheme, self.path)

    def is_hidden_from_us(self) -> bool:
        """Whether something may be there that we are not allowed to see."""
        try:
            self.full.lstat()
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError:
            return True
        return False

    def look(self) -> Seen | None:
        """What is to be seen of it, or of what it leads to; None where there is nothing."""
        try:
            found = self.full.lstat()
            target = self._target() if stat.S_ISLNK(found.st_mode) else None
            return Seen.of(target.stat() if isinstance(target, Path) else found)
        except OSError:
            return None

    def read(
        self, max_bytes: int, copied_to: Path | None = None, *, wanted: Wanted = "bytes"
    ) -> Original | Rejected | None:
        """Its bytes, or those of what it leads to; None where it is gone. The rest is `read_original`'s."""
        try:
            found = self.full.lstat()
            if stat.S_ISLNK(found.st_mode):
                return self._followed(max_bytes, copied_to, wanted=wanted)
            if kind := kind_of(found):
                return Rejected(RejectReason.NOT_A_FILE, f"it is {kind}, not a file")
            return read_original(os.fsencode(self.full), max_bytes=max_bytes, copied_to=copied_to, wanted=wanted)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except PermissionError as error:
            return Rejected(RejectReason.UNREADABLE, f"it cannot be reached: {error.strerror}")

    def _followed(self, max_bytes: int, copied_to: Path | None, *, wanted: Wanted) -> Original | Rejected:
        target = self._target()
        if isinstance(target, Rejected):
            return target
        return read_original(
            os.fsencode(target), max_bytes=max_bytes, within=self.root, copied_to=copied_to, wanted=wanted
        )

    def _target(self) -> Path | Rejected:
        if self.root is not None:
            return target_of(self.root, self.path, os.fspath(self.full.readlink()))
        try:
            return self.full.resolve(strict=True)
        except (OSError, RuntimeError):
            return Rejected(RejectReason.NOT_A_FILE, "it is a symbolic link to nothing, or to itself")


class PlacedFile:
    """A file as an input on its way, that stays where it is."""

    def __init__(
        self,
        place: Place,
        memory: Memory,
        *,
        input_id: str,
        max_bytes: int,
        mint: Callable[[], str],
        noted: Note | None = None,
        copied_to: Path | None = None,
    ) -> None:
        self._copied_to = copied_to
        self.place, self._memory, self._max_bytes, self._mint, self._noted = place, memory, max_bytes, mint, noted
        self.arrival = Arrival(input_id, place.uri, place.full.name)
        self._looked_at: Seen | None = None

    async def size(self) -> int:
        """Of the file, or of what a link leads to."""
        seen = await asyncio.to_thread(self.place.look)
        return seen.size if seen is not None and seen.size <= self._max_bytes else 0

    async def look(self) -> Original | Rejected | None:
        """What is to be seen of it."""
        return await asyncio.to_thread(self.place.read, self._max_bytes, wanted="look")

    async def read(self) -> Original | Rejected | None:
        """Its bytes as they stand."""
        return await asyncio.to_thread(self._read)

    async def note(self) -> Note | None:
        """What the memory held of it."""
        return self._noted

    async def write_note(self, note: Note) -> None:
        """Remember it, with what is to be seen of it; that all is said is for `put_away` to remember."""
        if note.said:
            return
        seen = note.seen or self._looked_at or await asyncio.to_thread(self.place.look) or Seen(0, 0, 0)
        await self._memory.begin(self.arrival.input_id, self.place.key, seen, note)
        self._noted = note  # who tries again goes on with it, as after a crash

    async def changed(self, seen: Seen, sha256: str) -> bool:
        """Whether something else stands there now."""
        now = await asyncio.to_thread(self.place.read, self._max_bytes, wanted="hash")
        if now is None:
            return False
        return isinstance(now, Rejected) or now.seen != seen or now.sha256 != sha256

    async def again(self) -> Self | None:
        """What stands there now."""
        await self._memory.end(self.arrival.input_id, self.place.key)
        return type(self)(
            self.place,
            self._memory,
            input_id=self._mint(),
            max_bytes=self._max_bytes,
            mint=self._mint,
            copied_to=self._copied_to,
        )

    async def put_away(self, rejected: Rejected | None) -> None:  # noqa: ARG002 - it stays, whatever it was
        """It stays where it is, and is remembered as done."""
        await self._memory.end(self.arrival.input_id, self.place.key)

    async def drop(self) -> None:
        """Nothing was remembered."""

    def release(self) -> None:
        """Nothing is held."""

    def _read(self) -> Original | Rejected | None:
        self._looked_at = self.place.look()  # before: what changes while we fail to read it is to be read again
        return self.place.read(self._max_bytes, self._copied_to)
