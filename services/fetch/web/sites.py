"""What sites say to robots: asked for once, remembered for a while, and of so many sites."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from contracts.outcomes import RejectReason
from services.fetch.core.web import headers as told
from services.fetch.core.web import times
from services.fetch.core.web.addresses import Allowed, wrong_with_port
from services.fetch.core.web.answer import Refused
from services.fetch.core.web.robots import MAX_BYTES, Robots
from services.fetch.core.web.urls import Url
from services.fetch.web.asking import Asking, Limits, Received

MAX_SITES = 1000
MAX_REDIRECTS = 5  # as the RFC has it
SECONDS = 15.0
LEAST_KEPT_SECONDS, MOST_KEPT_SECONDS = 3600.0, 24 * 3600.0
TROUBLE_KEPT_SECONDS = 60.0


@dataclass(slots=True)
class _Site:
    asking: asyncio.Lock = field(default_factory=asyncio.Lock)  # who comes meanwhile waits for the same answer
    robots: Robots | None = None
    until: float = 0.0


class Sites:
    """The robots.txt of the sites that were asked lately."""

    def __init__(self, agent: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.agent, self._clock = agent, clock
        self._sites: OrderedDict[str, _Site] = OrderedDict()

    async def robots(self, asking: Asking, url: Url, allowed: Allowed) -> Robots:
        """What the site of `url` says; raises Unavailable as asking does."""
        site = self._sites.setdefault(url.origin, _Site())
        self._sites.move_to_end(url.origin)
        if len(self._sites) > MAX_SITES:
            self._sites.popitem(last=False)
        async with site.asking:
            if site.robots is None or site.until <= self._clock():
                site.robots, seconds = await _asked(asking, Url(url.scheme, url.host, url.port, "/robots.txt"), allowed)
                site.until = self._clock() + seconds
            return site.robots


async def _asked(asking: Asking, url: Url, allowed: Allowed) -> tuple[Robots, float]:
    """The rules, and for how many seconds they are good."""
    onward: Url | Refused | None = url
    for _ in range(MAX_REDIRECTS + 1):
        if not isinstance(onward, Url) or wrong_with_port(onward, allowed) is not None:
            break
        limits = Limits(min(SECONDS, asking.limits.seconds), MAX_BYTES, cut=True)
        received = await asking.ask(onward, {}, limits)
        if isinstance(received, Refused):
            return Robots(trouble=_told(received, redirected=onward != url)), TROUBLE_KEPT_SECONDS
        if (to := told.redirected(onward, received.status, received.headers)) is None:
            return await _read(received)
        onward = to
    return Robots(), LEAST_KEPT_SECONDS  # it leads nowhere: there is none


def _told(refused: Refused, *, redirected: bool) -> Refused:
    """What is said of a page that was not asked for, where that is not the same for the page itself."""
    if not redirected and refused.reason is not RejectReason.TIMED_OUT:
        return refused
    return replace(refused, detail=f"its robots.txt cannot be had: {refused.detail}")


async def _read(received: Received) -> tuple[Robots, float]:
    now = datetime.now(UTC)
    refused = told.wrong_with_status(received.status, received.headers, now)
    if isinstance(received.body, Refused):
        refused = received.body
    if refused is not None:
        robots = Robots.without(refused, received.status)
        return robots, LEAST_KEPT_SECONDS if robots.trouble is None else TROUBLE_KEPT_SECONDS
    kept = min(max(times.fresh(received.headers, now) or 0.0, LEAST_KEPT_SECONDS), MOST_KEPT_SECONDS)
    body = received.body if isinstance(received.body, bytes) else b""
    return await asyncio.to_thread(Robots.of, body), kept  # half a megabyte takes its time
