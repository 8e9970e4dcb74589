"""The poller: asks the feeds of the file as they come due, a few at once, each by one fetch at a time."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from services.chassis.logs import logger
from services.chassis.unavailable import Unavailable
from services.fetch.core.feeds.listing import Listing
from services.fetch.feeds.asking import Asking
from services.fetch.feeds.file import FeedFile
from services.fetch.feeds.gauges import Gauges
from services.fetch.feeds.memory import Memory
from services.fetch.feeds.saying import Saying
from services.fetch.feeds.taken import Asked, Poll, Taken
from services.fetch.folder.hands import Hands

LOOK_SECONDS = 1.0  # at the file, and at what is due
SHOW_SECONDS = 15.0
LEASE_SECONDS = 60.0
RENEW_SECONDS = LEASE_SECONDS / 4
STOP_SECONDS = 2.0


class Poller:
    """Asks feeds until it is cancelled."""

    def __init__(
        self,
        file: FeedFile,
        memory: Memory,
        asking: Asking,
        saying: Saying,
        gauges: Gauges,
        *,
        at_once: int,
        not_ready: dict[str, str],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._file, self._memory, self._asking, self._saying = file, memory, asking, saying
        self._gauges, self._not_ready, self._clock = gauges, not_ready, clock
        self._hands = Hands(at_once, doing="asking feeds")
        self._held: set[int] = set()
        self._listing: Listing | None = None
        self._show_at = self._renew_at = 0.0

    async def run(self) -> None:
        """Ask; while the memory is away nothing is asked, for nothing could be told from what was seen."""
        self._hands.start()
        try:
            while True:
                [result] = await asyncio.gather(self._look(), return_exceptions=True)
                if isinstance(result, Unavailable):
                    self._not_ready["feeds"] = str(result)
                elif isinstance(result, BaseException):
                    raise result
                elif (words := self._hands.troubles.words) is not None:
                    self._not_ready["feeds"] = words
                else:
                    self._not_ready.pop("feeds", None)
                await asyncio.sleep(LOOK_SECONDS)
        finally:
            await self._hands.stop(STOP_SECONDS)

    async def _look(self) -> None:
        """Once: the file if it has changed, what is due, what is ours still, and what there is to show."""
        if (listing := self._file.news() or self._listing) is not None:
            self._listing = listing  # until it is in the memory: the file has no news of it any more
            changed = await self._memory.subscribe(listing.addresses, now=self._clock())
            self._listing = None
            if changed.added or changed.dropped:
                logger().info("feeds", file=str(self._file.path), added=changed.added, dropped=changed.dropped)
            self._show_at = 0.0
        self._hands.look_again()
        for feed_id in await self._memory.due(now=self._clock()):
            self._hands.offer(feed_id, partial(self._poll, feed_id))
        now = self._clock()
        if self._held and not now < self._renew_at:
            self._renew_at = now + RENEW_SECONDS
            await self._memory.renew(self._held, until=now + LEASE_SECONDS)
        if not now < self._show_at:
            self._show_at = now + SHOW_SECONDS
            self._gauges.show(await self._memory.census())

    async def _poll(self, feed_id: int) -> None:
        """Ask one feed, if it is ours to ask, and say what it announced; what was left unsaid goes first."""
        now = self._clock()
        taken = await self._memory.take(feed_id, now=now, until=now + LEASE_SECONDS)
        if taken is None:
            return
        self._held.add(feed_id)
        try:
            await self._saying.say_all(taken)
            if taken.due:
                await self._ask(taken)
        finally:
            self._held.discard(feed_id)
            with suppress(Unavailable):  # the lease ends by itself
                await self._memory.release(feed_id)

    async def _ask(self, taken: Taken) -> None:
        asked = await self._asked(taken)
        recorded = await self._memory.record(taken, asked)
        if recorded is None:
            return  # it took so long that another has asked meanwhile
        self._gauges.polled(asked.poll)
        _tell(taken, asked)
        if recorded.passed_over:
            logger().warning("only the latest entries of a new feed", feed=taken.url, passed_over=recorded.passed_over)
        await self._saying.say_all(taken)

    async def _asked(self, taken: Taken) -> Asked:
        """What asking comes to; what nobody foresaw is a failure of that feed, and no other waits for it."""
        [result] = await asyncio.gather(self._asking.ask(taken), return_exceptions=True)
        if not isinstance(result, BaseException):
            return result
        if isinstance(result, Unavailable | OSError) or not isinstance(result, Exception):
            raise result
        logger().warning("asking a feed failed in an unforeseen way", feed=taken.url, exc_info=result)
        return self._asking.failed(taken, f"asking it failed: {type(result).__name__}")


def _tell(taken: Taken, asked: Asked) -> None:
    """In the log: what a person may want to do something about, once."""
    if asked.moved_to is not None:
        logger().warning("a feed has moved for good", feed=taken.url, to=asked.moved_to)
    if asked.poll is Poll.GONE:
        logger().warning("a feed is gone for good, and is asked no more", feed=taken.url)
    elif asked.error is not None and not taken.failures:
        logger().warning("a feed cannot be read", feed=taken.url, error=asked.error)
    elif asked.error is None and taken.failures:
        logger().info("a feed can be read again", feed=taken.url, failures=taken.failures)
