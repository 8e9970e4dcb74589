"""A claimed file as an input on its way."""

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Literal, Self, TypeVar

from services.fetch.arrival import Arrival
from services.fetch.core import Rejected
from services.fetch.core.names import place_uri
from services.fetch.folder import shelf
from services.fetch.folder.claim import Claim, release
from services.fetch.note import Note
from services.fetch.originals import Original, Seen
from services.fetch.threads import Threads

SCHEME = "inbox"
LARGE_BYTES = 1 << 20  # read, hashed and synced in some hundredths of a second

T = TypeVar("T")


class ClaimedFile:
    """Lies in its claim until it has its end; then it is moved to `.done` or `.rejected`, or deleted."""

    def __init__(
        self,
        claim: Claim,
        *,
        after: Literal["move", "delete"],
        max_bytes: int,
        mint: Callable[[], str],
        threads: Threads,
        copied_to: Path | None = None,
    ) -> None:
        self._claim, self._after, self._max_bytes, self._mint = claim, after, max_bytes, mint
        self._threads = threads
        self._copied_to = copied_to
        name = claim.path.rpartition("/")[2]
        self.arrival = Arrival(claim.input_id, place_uri(SCHEME, claim.path), name)

    async def size(self) -> int:
        """Of the claimed file, or of the largest that a link may lead to."""
        if self._claim.came is None:
            self._claim.came = await self._threads.to_the_end(self._claim.lies)
        came = self._claim.came
        if came is not None and stat.S_ISLNK(came.st_mode):
            return self._max_bytes
        return came.st_size if came is not None and came.st_size <= self._max_bytes else 0

    async def look(self) -> Original | Rejected | None:
        """What is to be seen of the claimed file."""
        return await self._threads.to_the_end(self._look)

    async def read(self) -> Original | Rejected | None:
        """The claimed bytes."""
        return await self._through(self._read)

    async def note(self) -> Note | None:
        """What was noted in the claim."""
        return await self._threads.to_the_end(self._claim.note) if self._claim.found else None

    async def write_note(self, note: Note) -> None:
        """Note it in the claim."""
        await self._threads.to_the_end(self._claim.write_note, note)

    async def changed(self, seen: Seen, sha256: str) -> bool:
        """Whether somebody wrote on after we had read."""
        return await self._through(self._is_changed, seen, sha256)

    async def again(self) -> Self | None:
        """What was written on, in a claim of its own."""
        claim = await self._threads.to_the_end(self._again, give_back=release)
        if claim is None:
            return None
        return type(self)(
            claim,
            after=self._after,
            max_bytes=self._max_bytes,
            mint=self._mint,
            threads=self._threads,
            copied_to=self._copied_to,
        )

    async def put_away(self, rejected: Rejected | None) -> None:
        """Off to its shelf."""
        await self._threads.to_the_end(self._put_away, rejected)

    async def drop(self) -> None:
        """The claim is empty."""
        await self._threads.to_the_end(self._claim.end)

    def release(self) -> None:
        """Whoever comes may go on."""
        self._claim.release()

    async def _through(self, function: Callable[..., T], *arguments: object) -> T:
        """For what reads all of the file: a large one, or one of which nobody knows, holds up no others."""
        came = self._claim.came
        is_small = came is not None and stat.S_ISREG(came.st_mode) and came.st_size <= LARGE_BYTES
        return await (self._threads.to_the_end if is_small else self._threads.alone)(function, *arguments)

    def _read(self) -> Original | Rejected | None:
        return self._claim.read(self._max_bytes, copied_to=self._copied_to)

    def _look(self) -> Original | Rejected | None:
        return self._claim.read(self._max_bytes, wanted="look")

    def _again(self) -> Claim | None:
        claim = self._claim.again(self._mint)
        try:
            self._claim.end()
        except BaseException:
            release(claim)
            raise
        return claim

    def _is_changed(self, seen: Seen, sha256: str) -> bool:
        now = self._claim.read(self._max_bytes, durable=False, wanted="hash")  # what we said of it is on disk already
        if now is None:  # taken away: nothing stands there
            return False
        if self._claim.is_a_link():  # the file that it led to may have gone its way; written on, it is another input
            return isinstance(now, Original) and now.seen.inode == seen.inode and now.sha256 != sha256
        return isinstance(now, Rejected) or now.seen != seen or now.sha256 != sha256

    def _put_away(self, rejected: Rejected | None) -> None:
        if self._claim.lies() is not None:
            if rejected is not None:
                shelf.reject(self._claim, self.arrival.source_uri, rejected, self.arrival.received_at)
            elif self._after == "delete":
                shelf.remove(self._claim)
            else:
                shelf.put_away(self._claim)
        self._claim.end()
