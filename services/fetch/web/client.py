"""Asking for a page: each hop is looked at, asked for in its host's turn, and read no further than it is wanted."""

import ssl
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import httpcore

from contracts.outcomes import RejectReason
from services.fetch.core.web import headers as told
from services.fetch.core.web.addresses import wrong_with_port
from services.fetch.core.web.answer import Answer, Refused
from services.fetch.core.web.robots import product
from services.fetch.core.web.urls import Url, parse
from services.fetch.settings import FetchSettings
from services.fetch.web.asking import Asking, Limits, Received
from services.fetch.web.guard import Guard
from services.fetch.web.hosts import Hosts
from services.fetch.web.pages import Pages
from services.fetch.web.resolver import Resolve, Resolver
from services.fetch.web.sites import Sites
from services.fetch.web.wire import Wire, trust

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@dataclass(frozen=True)
class _Wish:
    """What is asked of every hop."""

    headers: dict[str, str]
    conditional: bool
    obey_robots: bool


class Web:
    """The web, for all in this process who ask for pages: they share its manners towards each host."""

    def __init__(
        self,
        settings: FetchSettings,
        *,
        resolve: Resolve | None = None,
        network: httpcore.AsyncNetworkBackend | None = None,
        pages: Pages | None = None,
    ) -> None:
        self._allowed, self._agent, self._obey_robots = settings.allowed(), settings.agent(), settings.obey_robots
        self._resolve, self._network = resolve or Resolver(), network
        self._tls: ssl.SSLContext = trust(settings)
        self._limits = Limits(settings.page_timeout_seconds, settings.max_page_bytes)
        self._max_redirects, self._pages = settings.max_redirects, pages
        self._sites = Sites(product(self._agent))
        self.hosts = Hosts(gap_seconds=settings.host_gap_seconds, at_once=settings.host_pages_at_once)

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        accept: str | None = None,
        obey_robots: bool = True,
    ) -> Answer:
        """What the URL comes to; raises Unavailable where the network or the name server is away altogether."""
        headers = {"Accept": accept or ACCEPT}
        headers |= {"If-None-Match": etag} if etag else {}
        headers |= {"If-Modified-Since": last_modified} if last_modified else {}
        wish = _Wish(headers, bool(etag or last_modified), obey_robots and self._obey_robots)
        begun = time.monotonic()
        async with self._opened() as asking:
            answer = await self._followed(asking, parse(url), wish)
        if self._pages is not None:
            self._pages.count(answer, time.monotonic() - begun)
        return answer

    @asynccontextmanager
    async def _opened(self) -> AsyncIterator[Asking]:
        guard = Guard(self._resolve, self._allowed, self._network)
        async with Wire(guard, self._tls) as wire:
            yield Asking(wire, self._agent, self._limits)

    async def _followed(self, asking: Asking, url: Url | Refused, wish: _Wish) -> Answer:
        way: list[Url] = []
        moved = True
        while isinstance(url, Url):
            if url in way or len(way) > self._max_redirects:
                return Refused(RejectReason.TOO_MANY_REDIRECTS, _circle(url, way))
            received = await self._hop(asking, url, wish, visited={each.host for each in way})
            if isinstance(received, Refused):
                return received
            way.append(url)
            onward = told.redirected(url, received.status, received.headers)
            if onward is None:
                return self._answer(received, url, wish, moved=moved and len(way) > 1)
            moved = moved and received.status in told.PERMANENT
            url = onward
        return url

    async def _hop(self, asking: Asking, url: Url, wish: _Wish, *, visited: set[str]) -> Received | Refused:
        """One answer; on the way to a page its hosts are waited for once each."""
        refused = wrong_with_port(url, self._allowed) or self._resting(url.host)
        if refused is not None:
            return refused
        delay = 0.0
        if wish.obey_robots:
            robots = await self._sites.robots(asking, url, self._allowed)
            if (refused := robots.wrong_with(url, self._sites.agent)) is not None:
                return refused
            delay = robots.delay_seconds(self._sites.agent)
        if url.host in visited:
            return await asking.ask(url, wish.headers)
        async with self.hosts.turn(url.host, delay):
            # Others may have been turned away while we waited.
            return self._resting(url.host) or await asking.ask(url, wish.headers)

    def _resting(self, host: str) -> Refused | None:
        if not (seconds := self.hosts.rest_of(host)):
            return None
        detail = f"{host} wants to be left alone for {seconds:.0f} s yet"
        return Refused(RejectReason.HTTP_STATUS, detail, passing=True, retry_after_seconds=seconds)

    def _answer(self, received: Received, url: Url, wish: _Wish, *, moved: bool) -> Answer:
        now = datetime.now(UTC)
        headers = received.headers
        refused = told.wrong_with_status(received.status, headers, now, conditional=wish.conditional)
        if refused is not None:
            if told.host_asks_to_wait(refused):
                self.hosts.rest(url.host, refused.retry_after_seconds)
            if (asked := refused.retry_after_seconds) is not None:  # it has asked too often to be believed
                return replace(refused, retry_after_seconds=max(asked, self.hosts.rest_of(url.host)))
            return refused
        self.hosts.went_well(url.host)
        if isinstance(received.body, Refused):
            return received.body
        return told.answer(url, received.status, headers, received.body, now, moved=moved)


def _circle(url: Url, way: list[Url]) -> str:
    if url in way:
        return f"the redirects go round in a circle, back to {url}"
    return f"more than {len(way) - 1} redirects"
