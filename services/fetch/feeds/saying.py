"""What a feed announced goes on its way: a link as a request for its page, a whole article as an input of its own."""

import hashlib
from collections.abc import Sequence
from typing import Self

from contracts.url_requested import UrlRequested
from services.fetch.arrival import Arrival
from services.fetch.carry import carry_on
from services.fetch.core import Rejected
from services.fetch.core.feeds.news import MEDIA_TYPE
from services.fetch.core.members import About
from services.fetch.feeds.gauges import Gauges
from services.fetch.feeds.memory import Memory
from services.fetch.feeds.taken import Entry, Taken
from services.fetch.intake import Intake, Say
from services.fetch.note import Note
from services.fetch.originals import Original, Seen
from services.fetch.patience import Patience
from services.fetch.together import Together

ENTRIES_AT_ONCE = 64
WHOLE_AT_ONCE = 32  # whole articles of them: most of the time of each is spent in waiting for acknowledgements
REQUESTED_BY = "feed"
AT_REST = Patience(0.0, 1.0)  # what lies in the database does not change


class Saying:
    """Says what was committed; what a crash cut off is said again under the same ids."""

    def __init__(self, memory: Memory, intake: Intake, say: Say, gauges: Gauges) -> None:
        self._memory, self._intake, self._say, self._gauges = memory, intake, say, gauges

    async def say_all(self, taken: Taken) -> None:
        """Until nothing of the feed is unsaid."""
        while entries := await self._memory.unsaid(taken.id, limit=ENTRIES_AT_ONCE):
            linked = [entry for entry in entries if entry.original is None]
            if linked:
                await self._request(linked)
            async with Together(WHOLE_AT_ONCE) as together:
                for entry in entries:
                    if entry.original is not None:
                        await together.start(self._carry(entry, entry.original))

    async def _carry(self, entry: Entry, original: bytes) -> None:
        await carry_on(HeldEntry(entry, original, self._memory), self._intake, AT_REST)
        self._gauges.said(full=1)

    async def _request(self, entries: Sequence[Entry]) -> None:
        requests = [_request_of(entry) for entry in entries]
        await self._say(*requests)
        await self._memory.said([entry.input_id for entry in entries])
        self._gauges.said(linked=len(entries))


class HeldEntry:
    """A whole article that a feed carried, as an input on its way: its bytes lie in our database until its end."""

    def __init__(self, entry: Entry, data: bytes, memory: Memory) -> None:
        self._entry, self._data, self._memory = entry, data, memory
        self.arrival = _arrival_of(entry)

    async def size(self) -> int:
        """Of what the entry carried."""
        return len(self._data)

    async def look(self) -> Original | Rejected | None:
        """The same as its bytes: they are at hand."""
        return await self.read()

    async def read(self) -> Original | Rejected | None:
        """What it carried; it never changes."""
        return Original(self._data, hashlib.sha256(self._data).hexdigest(), Seen(0, len(self._data), 0))

    async def note(self) -> Note | None:
        """What was noted before a crash."""
        return Note.from_json(self._entry.note) if self._entry.note is not None else None

    async def write_note(self, note: Note) -> None:
        """Note it beside the bytes."""
        await self._memory.note(self._entry.input_id, note.to_json())

    async def changed(self, seen: Seen, sha256: str) -> bool:  # noqa: ARG002 - nobody writes on
        """Nothing changes in the database."""
        return False

    async def again(self) -> Self | None:
        """Nothing follows."""
        return None

    async def put_away(self, rejected: Rejected | None) -> None:  # noqa: ARG002 - whatever it was
        """It is said, and its bytes are in RAW."""
        await self._memory.said([self._entry.input_id])

    async def drop(self) -> None:
        """It is there."""

    def release(self) -> None:
        """The lease is the feed's."""


def _request_of(entry: Entry) -> UrlRequested:
    return UrlRequested(
        input_id=entry.input_id,
        url=entry.url,
        requested_at=_arrival_of(entry).received_at,
        requested_by=REQUESTED_BY,
        claims=entry.claims,
    )


def _arrival_of(entry: Entry) -> Arrival:
    return Arrival(entry.input_id, entry.url, "entry.atom", About("entry.atom", MEDIA_TYPE, "utf-8", _page_of(entry)))


def _page_of(entry: Entry) -> str | None:
    """The page of the entry, if it has one and is not just a place in its feed."""
    return next((claim.value for claim in entry.claims if claim.field == "url"), None)
