"""The watch over the inbox: hints at once, a look through everything now and then, files taken as they settle."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from contracts.outcomes import RejectReason
from services.chassis.unavailable import Unavailable
from services.fetch.arrival import minted_at
from services.fetch.core import Rejected
from services.fetch.core.names import is_ignored
from services.fetch.folder import census
from services.fetch.folder.census import CHUNK
from services.fetch.folder.gauges import Gauges
from services.fetch.folder.hands import MAX_QUEUED, Hands
from services.fetch.folder.hints import Hints
from services.fetch.folder.inbox import Inbox
from services.fetch.folder.inotify import Hint
from services.fetch.folder.scan import Sighting, look
from services.fetch.folder.settling import Settling
from services.fetch.folder.takers import claim_key, file_key
from services.fetch.patience import Verdict
from services.fetch.settings import FetchSettings

LOOK_SHARE = 0.05  # of our time goes into looking through a large inbox
RETURN_SECONDS = 1.0  # how soon an inbox that is back is seen
STOP_SECONDS = 2.0


class Taker(Protocol):
    """What takes a file: claims and moves it, or reads it where it lies."""

    moving: bool

    def open(self, inbox: Inbox) -> None:
        """From now on files are taken from here."""

    async def news(self, sightings: list[Sighting]) -> list[Sighting]:
        """Those that were not taken before."""

    async def take(self, path: str, rejected: Rejected | None) -> object:
        """Bring the file to its end; with `rejected` that is its end. Hands are told where it is parked."""

    async def unfinished(self) -> dict[str, Callable[[], Awaitable[object]]]:
        """What a crash left on its way, by id, and how to go on with it."""


class Folder:
    """Watches one inbox until it is cancelled."""

    def __init__(self, settings: FetchSettings, taker: Taker, gauges: Gauges, not_ready: dict[str, str]) -> None:
        self._settings, self._taker, self._gauges, self._not_ready = settings, taker, gauges, not_ready
        self._path: Path = settings.house.inbox
        self._hands = Hands(settings.concurrency)
        self._settling = Settling(settings.settle_seconds, settings.settle_timeout_seconds)
        self._hinted = asyncio.Event()
        self._hints = Hints(gauges, self._hinted.set, every_seconds=settings.rescan_seconds)
        self._more = False  # there was no room for all that waits
        self._look_at = 0.0
        self._soon = 0.0  # the earliest time for another look
        self._new_folders: set[str] = set()

    async def run(self) -> None:
        """Watch; an inbox that is not there or not ours is waited for."""
        self._hands.start()
        try:
            while True:
                inbox = await self._opened()
                try:
                    await self._watch(inbox)
                except (OSError, Unavailable) as error:
                    # The disk, or the memory, without which nothing can be told from what was taken; an inbox that
                    # went in the middle of a look is found missing below.
                    if isinstance(error, Unavailable) or inbox.is_still_there():
                        self._not_ready["folder"] = str(error)
                        await asyncio.sleep(RETURN_SECONDS)
                        continue
                finally:
                    self._hints.close()
                self._not_ready["inbox"] = f"the inbox {self._path} is gone or cannot be written"
        finally:
            await self._hands.stop(STOP_SECONDS)

    async def _opened(self) -> Inbox:
        while True:
            try:
                inbox = Inbox(self._path, moving=self._taker.moving)
            except OSError as error:
                self._not_ready["inbox"] = _missing(self._path, error)
                await asyncio.sleep(RETURN_SECONDS)
            else:
                self._not_ready.pop("inbox", None)
                self._taker.open(inbox)
                self._hints.open(inbox.path)
                self._look_at = 0.0
                return inbox

    async def _watch(self, inbox: Inbox) -> None:
        while inbox.is_still_there():
            now = time.monotonic()
            if now >= self._look_at or (self._more and self._hands.queued < MAX_QUEUED // 8):
                await self._look_through(inbox)
            while self._new_folders:  # what came with them was not told
                await self._look_into(inbox, self._new_folders.pop())
            for number, path in enumerate(self._settling.due(time.monotonic()), start=1):
                self._judge(inbox, path)
                if number % CHUNK == 0:
                    await asyncio.sleep(0)  # thousands may be due at once
            await self._rest()
            for hint in self._hints.since():
                self._follow(inbox, hint)
            self._show_trouble()

    async def _rest(self) -> None:
        """Until a hint, a file that may have settled, or the next look through."""
        until = min(self._look_at, self._settling.next_due() or self._look_at)
        if self._more:
            until = min(until, time.monotonic() + 0.1)
        with suppress(TimeoutError):
            async with asyncio.timeout(max(0.0, min(RETURN_SECONDS, until - time.monotonic()))):
                await self._hinted.wait()
        self._hinted.clear()
        await asyncio.sleep(0)  # nobody waits for an event that is set: others have their turn all the same

    async def _look_through(self, inbox: Inbox) -> None:
        began = time.monotonic()
        self._more = False
        self._new_folders.clear()
        self._hands.look_again()
        unfinished = await self._taker.unfinished()
        for key, resume in unfinished.items():
            self._hands.offer(claim_key(key), resume)
        found = await self._look_into(inbox, "")
        for input_id in unfinished:
            found.count(_minted_at(input_id))
        self._gauges.show(waiting=found.waiting, ignored=found.ignored, oldest_at=found.oldest_at)
        self._hints.watch(found.folders)
        now = time.monotonic()
        rest = (now - began) / LOOK_SHARE
        self._look_at, self._soon = now + max(self._settings.rescan_seconds, rest), now + max(RETURN_SECONDS, rest)

    async def _look_into(self, inbox: Inbox, start: str) -> census.Census:
        return await census.take(
            inbox.path,
            moving=self._taker.moving,
            start=start,
            news=self._taker.news,
            found=self._decide_all,
        )

    def _decide_all(self, sightings: list[Sighting]) -> None:
        for sighting in sightings:
            self._decide(sighting)

    def _follow(self, inbox: Inbox, hint: Hint) -> None:
        if hint.lost:
            self._look_at = 0.0
        elif any(is_ignored(part) for part in hint.path.split("/")):
            return
        elif hint.folder:
            self._new_folders.add(hint.path)
            self._hints.add(hint.path)
        elif hint.whole:
            sighting = look(inbox.path, hint.path, moving=self._taker.moving)
            if sighting is not None and sighting.is_link:  # what it leads to may not be whole
                self._decide(sighting)
            elif sighting is not None:
                self._settling.forget(hint.path)
                self._offer(sighting.path, None)
        else:
            self._judge(inbox, hint.path)

    def _judge(self, inbox: Inbox, path: str) -> None:
        sighting = look(inbox.path, path, moving=self._taker.moving)
        if sighting is None:
            self._settling.forget(path)
        else:
            self._decide(sighting)

    def _decide(self, sighting: Sighting) -> None:
        if self._hands.hold(file_key(sighting.path)):
            return
        verdict = self._settling.judge(sighting, now=time.monotonic(), wall=time.time())
        if verdict is Verdict.TAKE:
            self._offer(sighting.path, None)
        elif verdict is Verdict.GIVE_UP:
            waited = f"it changed for {self._settings.settle_timeout_seconds:g} s without a rest"
            self._offer(sighting.path, Rejected(RejectReason.NEVER_SETTLED, waited))

    def _offer(self, path: str, rejected: Rejected | None) -> None:
        if not self._hands.offer(file_key(path), lambda: self._taker.take(path, rejected)):
            self._more = True

    def _show_trouble(self) -> None:
        troubles = self._hands.troubles
        if troubles.words is None:
            self._not_ready.pop("folder", None)
            return
        self._not_ready["folder"] = troubles.words
        if self._look_at > self._soon and not self._hands.queued:
            # What was let go of is taken up as soon as that may go well.
            self._look_at = min(self._look_at, max(self._soon, troubles.next_try()))


def _minted_at(input_id: str) -> float | None:
    try:
        return minted_at(input_id)
    except ValueError:  # somebody else's folder among the claims
        return None


def _missing(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"there is no inbox {path}: create it or set WIREROOM_INBOX"
    return f"the inbox {path} cannot be used: {error.strerror}"
