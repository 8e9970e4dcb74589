"""One errand from where it stands to its end, or to another time: any step may be cut off, and is repeated."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from contracts.outcomes import RejectReason
from services.chassis import faults
from services.fetch.arrival import Arrival
from services.fetch.core import ReadDocument, Rejected
from services.fetch.core.members import About
from services.fetch.core.web.answer import NotModified, Page, Refused
from services.fetch.core.web.canonical import place
from services.fetch.core.web.times import again
from services.fetch.core.web.urls import named, shown
from services.fetch.errands.memory import Errand, Found, Known, Memory
from services.fetch.expansion import Found as Read
from services.fetch.intake import Intake, Originals
from services.fetch.note import Note
from services.fetch.opened import Opened, closed_on_error
from services.fetch.originals import Original, Seen
from services.fetch.web.client import Web


@dataclass(frozen=True)
class _Ready:
    """All that there is to say of it."""

    arrival: Arrival
    original: Original | None
    document: Read


class Runner:
    """Asks for pages and says what they come to."""

    def __init__(
        self,
        web: Web,
        intake: Intake,
        originals: Originals,
        memory: Memory,
        *,
        give_up_seconds: float,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._web, self._intake, self._originals, self._memory = web, intake, originals, memory
        self._give_up_seconds, self._clock = give_up_seconds, clock

    async def run(self, errand: Errand) -> None:
        """Bring it to its end, or keep it for later; raises Unavailable where that needs what is away."""
        ending = self._intake.failures.end_of(errand.input_id)
        with self._intake.failures.counted(errand.input_id):
            ready = await self._ready(errand, ending)
            if ready is None:
                return
            try:
                await self._intake.say(ready.arrival, ready.original, ready.document)
            finally:
                if isinstance(ready.document, Opened):
                    ready.document.close()
        faults.point("outcome_said")
        await self._memory.end(errand.input_id, self._clock())

    async def _ready(self, errand: Errand, ending: Rejected | None) -> _Ready | None:
        if errand.found is not None and ending is None:
            return await self._again(errand, errand.found)
        page = ending or await self._page(errand)
        if page is None:
            return None
        if isinstance(page, Rejected):
            return await self._noted(errand, Found(shown(errand.url), Note(rejected=page)), None, page)
        return await self._read(errand, page)

    async def _read(self, errand: Errand, page: Page) -> _Ready:
        sha256 = hashlib.sha256(page.data).hexdigest()
        original = Original(page.data, sha256, Seen(0, len(page.data), 0), read_at=self._clock())
        found = Found(page.url, Note(sha256), page.url, page.media_type, page.charset)
        document = await self._intake.read(_arrival(errand, found), original)
        with closed_on_error(document):
            if isinstance(document, ReadDocument):
                found = replace(found, source_uri=place(page.url, document.url))
            if isinstance(document, Rejected):
                return await self._noted(errand, replace(found, note=Note(rejected=document)), None, document)
            if page.etag or page.last_modified:
                await self._memory.met(errand.url, page, sha256, self._clock())
            return await self._noted(errand, found, original, _placed(document, found.source_uri))

    async def _noted(self, errand: Errand, found: Found, original: Original | None, document: Read) -> _Ready:
        """From now on the input has this end, whoever brings it there; where another fetch was quicker, the other's."""
        noted = await self._memory.note(errand.input_id, found, instead=errand.found is not None)
        faults.point("noted")
        if noted == found:
            return _Ready(_arrival(errand, found), original, document)
        if isinstance(document, Opened):
            document.close()
        return await self._again(errand, noted)

    async def _again(self, errand: Errand, found: Found) -> _Ready:
        """What was noted, read anew."""
        arrival = _arrival(errand, found)
        original, document = await self._intake.read_again(arrival, found.note, None)
        return _Ready(arrival, original, _placed(document, arrival.source_uri))

    async def _page(self, errand: Errand) -> Page | Rejected | None:
        """The page, or why there is none; None where the errand is kept for later.

        What is away of ours is waited for, however long, and is counted against no page.
        """
        if errand.kept_seconds >= self._give_up_seconds:
            return Rejected(RejectReason.HTTP_STATUS, f"{errand.waits_for}, and was for {errand.kept_seconds:.0f} s")
        answer = await self._asked(errand)
        if isinstance(answer, Page):
            return answer
        later = again(
            answer, tries=errand.tries, kept_seconds=errand.kept_seconds, give_up_seconds=self._give_up_seconds
        )
        if later is None:
            tried = f" (tried {errand.tries + 1} times)" if errand.tries and answer.passing else ""
            return Rejected(answer.reason, answer.detail + tried)
        seconds, tries = later
        await self._memory.keep(
            errand.input_id,
            due_at=self._clock() + seconds,
            tries=tries,
            kept_seconds=errand.kept_seconds + seconds,
            waits_for=f"{answer.reason}: {answer.detail}",
        )
        return None

    async def _asked(self, errand: Errand) -> Page | Refused:
        known = await self._memory.known(errand.url)
        if known is not None:
            answer = await self._web.get(errand.url, etag=known.etag, last_modified=known.last_modified)
            if not isinstance(answer, NotModified):
                return answer
            if (page := await self._kept(known)) is not None:
                await self._memory.met_again(errand.url, self._clock())
                return page
        answer = await self._web.get(errand.url)
        if isinstance(answer, NotModified):
            return Refused(RejectReason.HTTP_STATUS, "the server says that nothing has changed, and was not asked")
        return answer

    async def _kept(self, known: Known) -> Page | None:
        """The page as it was had before; None where its original is not kept any more."""
        try:
            data = await self._originals.get(known.sha256)
        except (LookupError, ValueError):
            return None
        return Page(known.page_url, data, known.media_type, known.charset)


def _arrival(errand: Errand, found: Found) -> Arrival:
    url = found.page_url or found.source_uri
    name = named(url)
    about = About(name, found.media_type, found.charset, url, errand.claims)
    return Arrival(errand.input_id, found.source_uri, name, about)


def _placed(document: Read, source_uri: str) -> Read:
    """A document whose URL is its place: what a page says of its own was judged."""
    return replace(document, url=source_uri) if isinstance(document, ReadDocument) else document
