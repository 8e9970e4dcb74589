"""What we owe each host: a pause between two pages, few at once, and to stay away while it asks for that."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

MAX_REMEMBERED = 10_000
FIRST_REST_SECONDS = 30.0
LONGEST_REST_SECONDS = 3600.0
TRUSTED_STRIKES = 3  # a host that asks for a moment, time and again, is in the trouble that it does not speak of
LONGEST_ASKED_SECONDS = 24 * 3600.0  # each page keeps the time that it was told; the others try again after a day
BELIEVED_SECONDS = 2 * 24 * 3600.0  # whoever asks for longer has the wrong clock, or has sent milliseconds


@dataclass(slots=True)
class _Host:
    seats: asyncio.Semaphore
    next_at: float = 0.0  # the next page may begin
    rests_until: float = 0.0
    strikes: int = field(default=0)  # in a row
    users: int = 0  # waiting, or at work


class Hosts:
    """By host, who is there and when the next may go; shared by all who ask."""

    def __init__(self, *, gap_seconds: float, at_once: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._gap_seconds, self._at_once, self._clock = gap_seconds, at_once, clock
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str, delay_seconds: float = 0.0) -> AsyncIterator[None]:
        """Wait for our turn, in the order of asking; `delay_seconds` is the pause that the host itself wants."""
        known = self._of(host)
        known.users += 1
        try:
            async with known.seats:
                at = max(self._clock(), known.next_at)
                known.next_at = at + max(self._gap_seconds, delay_seconds)
                await asyncio.sleep(at - self._clock())
                yield
        finally:
            known.users -= 1

    def waits(self) -> dict[str, float]:
        """The hosts of which no page may begin now, and in how many seconds one may."""
        now = self._clock()
        found = {host: max(known.next_at, known.rests_until) - now for host, known in self._hosts.items()}
        return {host: seconds for host, seconds in found.items() if seconds > 0}

    def rests(self) -> dict[str, float]:
        """The hosts that want to be left alone, and for how many seconds yet."""
        now = self._clock()
        found = {host: known.rests_until - now for host, known in self._hosts.items()}
        return {host: seconds for host, seconds in found.items() if seconds > 0}

    def rest_of(self, host: str) -> float:
        """For how many seconds we stay away yet."""
        known = self._hosts.get(host)
        return max(0.0, known.rests_until - self._clock()) if known is not None else 0.0

    def rest(self, host: str, asked_seconds: float | None) -> None:
        """The host wants to be left alone, for so long if it said so, and what it said can be meant."""
        known, now = self._of(host), self._clock()
        if known.rests_until <= now:  # of several that were there together one counts
            known.strikes += 1
        own = min(LONGEST_REST_SECONDS, FIRST_REST_SECONDS * 2.0 ** min(known.strikes - 1, 10))
        if asked_seconds is not None and asked_seconds <= BELIEVED_SECONDS:
            own = asked_seconds if known.strikes <= TRUSTED_STRIKES else max(own, asked_seconds)
        seconds = min(own, LONGEST_ASKED_SECONDS)
        known.rests_until = max(known.rests_until, now + seconds)

    def went_well(self, host: str) -> None:
        """The host answers as it should."""
        if (known := self._hosts.get(host)) is not None:
            known.strikes = 0

    def _of(self, host: str) -> _Host:
        if host not in self._hosts:
            if len(self._hosts) >= MAX_REMEMBERED:
                self._forget()
            self._hosts[host] = _Host(asyncio.Semaphore(self._at_once))
        return self._hosts[host]

    def _forget(self) -> None:
        """Those where nobody is and nothing is owed; if that is nobody, those who were met first."""
        now = self._clock()
        idle = [host for host, known in self._hosts.items() if not known.users]
        owed = {host for host in idle if max(self._hosts[host].next_at, self._hosts[host].rests_until) > now}
        for host in [host for host in idle if host not in owed] or idle[: MAX_REMEMBERED // 10]:
            del self._hosts[host]
