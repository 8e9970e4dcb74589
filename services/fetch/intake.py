"""One input from its bytes to its end on the wire: the original kept, the receipt acknowledged, then the outcome."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from contracts.article_fetched import ArticleFetched
from contracts.document import Document
from contracts.identity import article_id
from contracts.input_expanded import InputExpanded
from contracts.input_received import InputReceived
from contracts.input_rejected import InputRejected
from contracts.message import Message
from contracts.outcomes import Outcome, RejectReason, Unfit
from services.chassis import faults
from services.chassis.failures import ChildKilled
from services.chassis.logs import logger
from services.fetch.arrival import Arrival
from services.fetch.core import Parts, ReadDocument, Rejected
from services.fetch.core.members import About, Allowance, Limits, Opens
from services.fetch.course import Begun
from services.fetch.expansion import Found, Remembers, expand, say_parts
from services.fetch.failures import Failures, keep_the_latest, never_again
from services.fetch.load import Load
from services.fetch.note import Note
from services.fetch.opened import Lost, Opened, closed_on_error
from services.fetch.originals import Original, Seen
from services.fetch.progress import NoProgress
from services.fetch.reader import Killed
from services.fetch.rooms import Rooms
from services.fetch.settings import SPOOL_BYTES, WORK_BYTES
from services.fetch.spool import IN_MEMORY_BYTES, Gathered, Stretch


class Say(Protocol):
    """Publishes and waits until all is acknowledged."""

    def __call__(self, *messages: Message, began: datetime | None = None) -> Awaitable[None]:
        """Raises Unfit where a message is too large for the wire."""


class Originals(Protocol):
    """The object store, as far as we use it."""

    async def put(self, data: bytes | Stretch, sha256: str) -> None:
        """Keep it."""

    async def get(self, sha256: str) -> bytes:
        """What was kept; raises LookupError where it is not there any more, ValueError where it is damaged."""

    async def get_into(self, sha256: str, kept: Gathered) -> None:
        """The same, for what may be large."""


class Reads(Protocol):
    """What reads documents."""

    async def look(self, data: bytes | Stretch, about: About) -> ReadDocument | Rejected | Parts | Opens:
        """The document, why there is none, or the word that it is a container."""

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


class Intake:
    """Says what there is to say of an input. Everything is repeatable: ids and times come with the arrival."""

    def __init__(
        self,
        reader: Reads,
        originals: Originals,
        say: Say,
        count: Callable[[Outcome, str], None],
        *,
        fresh_seconds: float,
        progress: Remembers | None = None,
        limits: Limits | None = None,
        work_bytes: int = WORK_BYTES,
        spool_bytes: int = SPOOL_BYTES,
        spool_folder: Path | None = None,
        clock: Callable[[], float] = time.time,
        log: Callable[..., None] | None = None,
    ) -> None:
        self._reader, self._originals, self._say, self._count = reader, originals, say, count
        self._fresh_seconds, self._clock = fresh_seconds, clock
        self.progress = progress or NoProgress()
        self._log = log or logger().info
        self._limits, self._spool_folder = limits or Limits(), spool_folder
        self.failures = Failures()
        self.load = Load(work_bytes)
        self.spooled = Load(spool_bytes)
        self.rooms = Rooms()
        self.members = Load(work_bytes)  # of containers that bear their own load already
        self.said: dict[str, Note] = {}  # to the end, but not put away yet; see `remember_said`

    @asynccontextmanager
    async def bearing(self, size: int) -> AsyncIterator[None]:
        """Wait until a file of this size may be worked on, and work on it until the block ends."""
        async with AsyncExitStack() as loads:
            if size > IN_MEMORY_BYTES:
                await loads.enter_async_context(self.spooled.of(size))
            await loads.enter_async_context(self.load.of(min(size, IN_MEMORY_BYTES)))
            yield

    def remember_said(self, input_id: str, note: Note) -> Note:
        """All is said of it, whatever becomes of its file; of too many the oldest are forgotten: they are noted."""
        self.said[input_id] = note
        keep_the_latest(self.said)
        return note

    async def read(
        self,
        arrival: Arrival,
        original: Original,
        begun: Mapping[str, Begun] | None = None,
        *,
        standing: bool = True,
    ) -> Found:
        """The document, or what came out of it; its original is kept when this returns, unless it is rejected.

        `begun` is how far somebody came before with it and with what lies in it. Who is not `standing` waits for no
        room: raises NoRoom where it needs one and none is free.
        """
        found = await self.look(arrival, original)
        if not isinstance(found, Opens):
            return found
        with await self.rooms.take(arrival.input_id, standing=standing) as held:
            opened = await self.open(arrival, original, Allowance(len(original.data), self._limits), begun or {})
            if isinstance(opened, Opened):  # those in it lie in its room
                held.callback(opened.held.close)
                opened.held = held.pop_all()
            return opened

    async def look(self, arrival: Arrival, original: Original) -> ReadDocument | Rejected | Parts | Opens:
        """The document, its original kept, or the word that it is a container."""
        found = await self._reader.look(original.data, arrival.about)
        if not isinstance(found, Rejected | Opens):
            await self._keep(original)
        return found

    async def open(
        self, arrival: Arrival, original: Original, allowance: Allowance, begun: Mapping[str, Begun]
    ) -> Rejected | Opened:
        """What came out of a container; its original is kept when this returns, unless it is rejected."""
        before = begun.get(arrival.input_id)
        if before is not None and before.sha256 != original.sha256:
            before = None
        last_try = self.failures.is_last_try(arrival.input_id.partition("#")[0])
        opened = await self._reader.open(original.data, arrival.about, allowance, before, last_try=last_try)
        with closed_on_error(opened):
            if isinstance(opened, Opened):
                opened.inner = begun
                await self._keep(original)
        return opened

    async def _keep(self, original: Original) -> None:
        await self._originals.put(original.data, original.sha256)
        faults.point("original_kept")

    async def read_again(
        self, arrival: Arrival, note: Note, original: Original | None, *, standing: bool = True
    ) -> tuple[Original | None, Found]:
        """The bytes that were read before a crash, whatever stands in the file now, and their document.

        The rest is `read`'s.
        """
        if note.rejected is not None or note.sha256 is None:
            return None, note.rejected or Rejected(RejectReason.UNREADABLE, "nothing was read of it")
        if original is None or original.sha256 != note.sha256:
            try:
                kept = Gathered(self._spool_folder)
                await self._originals.get_into(note.sha256, kept)
            except LookupError:
                return None, Rejected(RejectReason.UNREADABLE, "it was changed before it was read to the end")
            data = kept.all()
            original = Original(data, note.sha256, note.seen or Seen(0, len(data), 0))
        begun = await self.progress.of(arrival.input_id)
        document = await self.read(arrival, original, begun, standing=standing)
        if not isinstance(document, Killed):
            return original, document
        if not self.failures.is_last_try(arrival.input_id):  # it was read once, and the article may be on its way
            raise ChildKilled(document.detail)
        known = begun.get(arrival.input_id)
        if known is None or known.sha256 != original.sha256:
            return original, never_again(document)
        allowance = Allowance(len(original.data), self._limits)
        return original, await Lost.of(known, begun, allowance, document)

    async def say(self, arrival: Arrival, original: Original | None, document: Found) -> Rejected | None:
        """Wait until receipt and outcome are acknowledged, and those of all that came out of it.

        What is returned is why it was rejected, or why nothing that came out of it could be read.
        """
        began = datetime.now(UTC)
        kept = None if isinstance(document, Rejected) else original
        await self._say(
            InputReceived(
                input_id=arrival.input_id,
                source_uri=arrival.source_uri,
                received_at=arrival.received_at,
                sha256=kept.sha256 if kept is not None else None,
            ),
            began=began,
        )
        faults.point("receipt_said")
        await self._keep_still(None if isinstance(document, Lost) else kept)
        if isinstance(document, Opened | Parts) and original is not None:
            return await self._expanded(arrival, original, document, began)
        if isinstance(document, ReadDocument) and original is not None:
            try:
                await self._say(_fetched(arrival, original, document), began=began)
            except Unfit as error:  # few texts double their size on the wire, but some do
                document = Rejected(RejectReason.TOO_LARGE, str(error))
        if isinstance(document, Rejected):
            await self._say(_rejected(arrival, document), began=began)
            self._end(arrival, Outcome.REJECTED, document.reason)
            return document
        self._end(arrival, Outcome.FETCHED, "")
        return None

    async def _expanded(
        self, arrival: Arrival, original: Original, found: Opened | Parts, began: datetime
    ) -> Rejected | None:
        if isinstance(found, Parts):
            tally = await say_parts(self, arrival, original, found)
        else:
            tally = await expand(self, arrival, original, found)
        faults.point("children_said")
        await self._say(
            InputExpanded(
                input_id=arrival.input_id,
                source_uri=arrival.source_uri,
                received_at=arrival.received_at,
                children=tally.children,
            ),
            began=began,
        )
        self._end(arrival, Outcome.EXPANDED, "")
        return tally.nothing()

    async def _keep_still(self, kept: Original | None) -> None:
        """Put the original again where it took long to say that it is there: store may have made room meanwhile."""
        if kept is not None and not 0 <= self._clock() - kept.read_at < self._fresh_seconds / 2:
            await self._originals.put(kept.data, kept.sha256)

    def _end(self, arrival: Arrival, outcome: Outcome, reason: str) -> None:
        self._count(outcome, reason)
        self._log("ended", outcome=outcome, reason=reason, input_id=arrival.input_id)


def _fetched(arrival: Arrival, original: Original, document: ReadDocument) -> ArticleFetched:
    return ArticleFetched(
        input_id=arrival.input_id,
        article_id=article_id(arrival.source_uri, original.sha256, document.part.number if document.part else None),
        document=Document(
            source_uri=arrival.source_uri,
            url=document.url,
            sha256=original.sha256,
            media_type=document.media_type,
            encoding=document.encoding,
            lossy=document.lossy,
            bytes=len(original.data),
            received_at=arrival.received_at,
            part=document.part,
            claims=document.claims,
            text=document.text,
        ),
    )


def _rejected(arrival: Arrival, rejected: Rejected) -> InputRejected:
    return InputRejected(
        input_id=arrival.input_id,
        source_uri=arrival.source_uri,
        received_at=arrival.received_at,
        reason=rejected.reason,
        detail=rejected.detail,
    )
