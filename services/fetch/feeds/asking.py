"""Asking one feed: from the request to what is to be kept of it, and when it is asked again."""

import random
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Protocol

from services.fetch.core.feeds import NotAFeed
from services.fetch.core.feeds.news import Reading
from services.fetch.core.feeds.polling import Because, Bounds, Known, Wait, next_poll
from services.fetch.core.web.answer import Answer, NotModified, Page, Refused
from services.fetch.feeds.taken import Asked, Poll, Taken

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.5"
)
MOST_JITTER_SECONDS = 10.0  # for the feeds of a host that rests: not all at once when it is back


class Web(Protocol):
    """What asks for pages."""

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        accept: str | None = None,
        obey_robots: bool = True,
    ) -> Answer:
        """The page, the word that it is as it was, or why there is none; raises Unavailable without any network."""


class Reads(Protocol):
    """What reads feeds."""

    async def read(self, data: bytes, address: str, content_type: str) -> Reading | NotAFeed:
        """What the feed says, or what else it is."""


class Asking:
    """Asks feeds for what is new."""

    def __init__(
        self,
        web: Web,
        reader: Reads,
        load: Callable[[int], AbstractAsyncContextManager[None]],
        bounds: Bounds,
        *,
        clock: Callable[[], float],
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._web, self._reader, self._load, self._bounds = web, reader, load, bounds
        self._clock, self._jitter = clock, jitter

    async def ask(self, taken: Taken) -> Asked:
        """What asking the feed comes to; raises Unavailable where that says nothing about the feed."""
        answer = await self._web.get(
            taken.address,
            etag=taken.etag,
            last_modified=taken.last_modified,
            accept=ACCEPT,
            obey_robots=False,  # which is for those who find addresses by themselves: a person has named this one
        )
        if isinstance(answer, Refused):
            if answer.status is None and answer.passing and answer.retry_after_seconds is not None:
                return self._put_off(answer.retry_after_seconds)  # its host was not asked: it wants to be left alone
            gone = answer.status == HTTPStatus.GONE
            return self.failed(taken, answer.detail, gone=gone, retry_after_seconds=answer.retry_after_seconds)
        if isinstance(answer, NotModified):
            return self._well(taken, answer, taken.known, None)
        async with self._load(len(answer.data)):
            reading = await self._reader.read(answer.data, answer.url, _content_type(answer))
        if isinstance(reading, Reading) and reading.sitemaps and taken.of_an_index:
            reading = NotAFeed("it is an index of sitemaps inside another, which is followed no further")
        if isinstance(reading, NotAFeed):
            return self.failed(taken, reading.detail, retry_after_seconds=answer.retry_after_seconds)
        known = Known(reading.gap_seconds, reading.latest, reading.ttl_seconds)
        return self._well(taken, answer, known, reading)

    def failed(
        self, taken: Taken, error: str, *, gone: bool = False, retry_after_seconds: float | None = None
    ) -> Asked:
        """What is to be kept of a feed that could not be had."""
        wait = self._wait(taken.known, failures=taken.failures + 1, retry_after_seconds=retry_after_seconds)
        poll = Poll.GONE if gone else Poll.FAILED
        return Asked(poll, self._clock(), self._clock() + wait.seconds, wait.because, error=error)

    def _well(self, taken: Taken, answer: Page | NotModified, known: Known, reading: Reading | None) -> Asked:
        wait = self._wait(known, fresh_seconds=answer.fresh_seconds, retry_after_seconds=answer.retry_after_seconds)
        whole = reading is None or not reading.cut  # what was cut is to come again, changed or not
        unchanged = reading is None
        return Asked(
            Poll.NOT_MODIFIED if unchanged else Poll.READ,
            self._clock(),
            self._clock() + wait.seconds,
            wait.because,
            reading,
            etag=(answer.etag or (taken.etag if unchanged else None)) if whole else None,
            last_modified=(answer.last_modified or (taken.last_modified if unchanged else None)) if whole else None,
            moved_to=answer.moved_to if answer.moved_to != taken.address else None,
        )

    def _put_off(self, seconds: float) -> Asked:
        now = self._clock()
        later = now + seconds + MOST_JITTER_SECONDS * self._jitter()
        return Asked(Poll.PUT_OFF, now, later, Because.RETRY_AFTER)

    def _wait(
        self,
        known: Known,
        *,
        fresh_seconds: float | None = None,
        retry_after_seconds: float | None = None,
        failures: int = 0,
    ) -> Wait:
        return next_poll(
            datetime.fromtimestamp(self._clock(), UTC),
            known,
            self._bounds,
            fresh_seconds=fresh_seconds,
            retry_after_seconds=retry_after_seconds,
            failures=failures,
            jitter=self._jitter(),
        )


def _content_type(page: Page) -> str:
    if page.media_type is None:
        return ""
    return page.media_type if page.charset is None else f"{page.media_type}; charset={page.charset}"
