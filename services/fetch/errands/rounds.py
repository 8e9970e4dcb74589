"""The rounds: of all that waits, what is due and whose host may be asked now goes, many at once."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from services.chassis.unavailable import Unavailable
from services.fetch.errands.gauges import Gauges
from services.fetch.errands.memory import Errand, Memory
from services.fetch.errands.running import Runner
from services.fetch.folder.hands import Hands
from services.fetch.web.hosts import Hosts

LONGEST_PAUSE_SECONDS = 5.0
AGAIN_SECONDS = 2.0  # where the memory is away
SHORTEST_PAUSE_SECONDS = 0.02
LEASE_SECONDS = 20.0  # what a fetch that was killed had in work is taken up then
RENEW_SECONDS = LEASE_SECONDS / 4
FORGET_EVERY_SECONDS = 600.0
MOST_RESTING = 10_000  # of which others are told in one look: SQLite takes 32,766 values in a statement
NAME = "urls"


class Rounds:
    """Looks for what is due whenever something has come or ended, and every few seconds."""

    def __init__(
        self,
        runner: Runner,
        memory: Memory,
        hosts: Hosts,
        gauges: Gauges,
        not_ready: dict[str, str],
        *,
        at_once: int,
        host_at_once: int,
        stop_seconds: float,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._runner, self._memory, self._hosts, self._gauges, self._not_ready = (
            runner,
            memory,
            hosts,
            gauges,
            not_ready,
        )
        self._at_once, self._host_at_once, self._stop_seconds, self._clock = at_once, host_at_once, stop_seconds, clock
        self._hands = Hands(at_once, doing="asking for URLs")
        self._going: dict[str, str] = {}  # the host, by input
        self._news = asyncio.Event()
        self._forget_at = self._renew_at = 0.0
        self._left: set[str] = set()
        self._put_off_until: dict[str, float] = {}

    def hear(self) -> None:
        """Something is due, or a hand is free."""
        self._news.set()

    async def run(self) -> None:
        """Until cancelled; what is cut off then waits in the memory as it stands."""
        self._hands.start()
        try:
            while True:
                self._news.clear()
                seconds = await self._round()
                # Not wait_for: before Python 3.12 it swallows a cancellation that comes together with the news.
                with suppress(TimeoutError):
                    async with asyncio.timeout(seconds):
                        await self._news.wait()
        finally:
            await self._hands.stop(self._stop_seconds)
            with suppress(Unavailable):  # the leases end by themselves
                await self._memory.release({*self._going, *self._left})

    async def _round(self) -> float:
        """How long to wait for news after it."""
        try:
            await self._hold()
            await self._put_off()
            await self._forget()
            self._hands.look_again()
            number, oldest = await self._memory.waiting()
            self._gauges.show(waiting=number, oldest_seconds=self._clock() - oldest if oldest is not None else 0.0)
            seconds = LONGEST_PAUSE_SECONDS
            if number:  # mostly nothing waits, and each look into the memory costs more than all else of a round
                await self._send_out()
                seconds = await self._pause()
        except Unavailable as error:
            self._not_ready[NAME] = str(error)
            return AGAIN_SECONDS
        self._tell()
        return seconds

    async def _hold(self) -> None:
        """What is in work stays ours, and what was left as it stood is anybody's."""
        now = self._clock()
        if left := self._left - self._going.keys():
            await self._memory.release(left)
            self._left -= left
        if self._going and _has_come(self._renew_at, now, RENEW_SECONDS):
            self._renew_at = now + RENEW_SECONDS
            await self._memory.renew(list(self._going), until=now + LEASE_SECONDS)

    async def _put_off(self) -> None:
        """What waits for a host that wants to be left alone is told so, once a rest: it waits for that host alone."""
        now, rests = self._clock(), self._hosts.rests()
        self._put_off_until = {host: until for host, until in self._put_off_until.items() if host in rests}
        for host, seconds in rests.items():
            if now + seconds > self._put_off_until.get(host, 0.0) + LONGEST_PAUSE_SECONDS:
                await self._memory.put_off(host, now, until=now + seconds)
                self._put_off_until[host] = now + seconds

    async def _forget(self) -> None:
        now = self._clock()
        if _has_come(self._forget_at, now, FORGET_EVERY_SECONDS):
            is_all = await self._memory.forget(now)
            self._forget_at = now + (FORGET_EVERY_SECONDS if is_all else LONGEST_PAUSE_SECONDS)

    async def _send_out(self) -> None:
        now = self._clock()
        resting: set[str] = set()
        while len(self._going) < self._at_once and len(resting) < MOST_RESTING:
            room = self._at_once - len(self._going)
            busy = {*self._hosts.waits(), *self._full()}
            due = await self._memory.due(now, but={*self._going, *resting}, busy=busy, limit=room)
            resting |= {errand.input_id for errand in due if self._hands.troubles.rests(errand.input_id)}
            going = [errand.input_id for errand in due if errand.input_id not in resting and self._may_go(errand)]
            if going:
                await self._send(going, now)
            elif not due or not resting & {errand.input_id for errand in due}:
                return

    def _full(self) -> set[str]:
        """The hosts of which as many pages are asked for as may be at once."""
        at_work = Counter(host for host in self._going.values() if host)
        return {host for host, number in at_work.items() if number >= self._host_at_once}

    def _may_go(self, errand: Errand) -> bool:
        """Whether there is room at its host, if it needs that; then its place there is taken."""
        if errand.found is None and errand.host in self._full():
            return False
        self._going[errand.input_id] = errand.host if errand.found is None else ""  # nothing is asked of it any more
        return True

    async def _send(self, input_ids: list[str], now: float) -> None:
        """Those of them that no other fetch has taken meanwhile."""
        in_hand: set[str] = set()
        try:
            for errand in await self._memory.claim(input_ids, now, until=now + LEASE_SECONDS):
                self._left.add(errand.input_id)  # unless it comes to its end
                if self._hands.may_have(errand.input_id) and self._hands.offer(
                    errand.input_id, partial(self._run, errand)
                ):
                    in_hand.add(errand.input_id)
        finally:
            for input_id in set(input_ids) - in_hand:
                del self._going[input_id]

    async def _run(self, errand: Errand) -> None:
        try:
            await self._runner.run(errand)
            self._left.discard(errand.input_id)
        finally:
            del self._going[errand.input_id]
            self._news.set()

    async def _pause(self) -> float:
        now = self._clock()
        due = await self._memory.next_after(now)
        pauses = [*self._hosts.waits().values(), LONGEST_PAUSE_SECONDS, *([due - now] if due is not None else [])]
        return max(SHORTEST_PAUSE_SECONDS, min(pauses))

    def _tell(self) -> None:
        if (words := self._hands.troubles.words) is None:
            self._not_ready.pop(NAME, None)
        else:
            self._not_ready[NAME] = words


def _has_come(at: float, now: float, seconds: float) -> bool:
    """Whether the time has come for what is done once in so many seconds, be it that the clock was put back."""
    return not now < at <= now + seconds
