"""Waiting out what is away: nobody's failure, said in readiness, measured in seconds."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from services.chassis.metrics import Measures
from services.chassis.unavailable import Unavailable
from services.chassis.waits import Trouble, Why, now

T = TypeVar("T")

FIRST_DELAY_SECONDS = 0.1
LONGEST_DELAY_SECONDS = 2.0  # work resumes within five seconds of the recovery


class Outage:
    """One wait for all who need the same thing; a probe without the message decides whether it is away at all.

    That a probe has succeeded ends the wait and not yet the outage: on a full disk one does now and then.
    """

    def __init__(self, measures: Measures, clock: Callable[[], datetime] = now) -> None:
        self._measures, self._clock = measures, clock
        self._away: dict[str, str] = {}
        self._begun: dict[str, datetime] = {}  # of each outage until work has gone through
        self._waits: dict[str, asyncio.Task[bool]] = {}

    def troubles(self) -> list[Trouble]:
        """What is being waited for."""
        return [Trouble(what, Why.AWAY, told, self._begun.get(what)) for what, told in list(self._away.items())]

    def went_through(self) -> None:
        """Work has: what is not waited for now is there again."""
        for what in self._begun.keys() - self._away.keys():
            del self._begun[what]

    async def passed(self, error: Unavailable, probe: Callable[[], Awaitable[None]]) -> bool:
        """True after an outage that is over now; False where the probe succeeds at once."""
        wait = self._waits.get(error.what)
        if wait is None:
            wait = self._waits[error.what] = asyncio.create_task(
                self._wait(error, probe), name=f"wait for {error.what}"
            )
            wait.add_done_callback(lambda _: self._waits.pop(error.what, None))
        return await asyncio.shield(wait)

    async def retry(self, work: Callable[[], Awaitable[T]]) -> T:
        """What `work` returns, once what it needs is there."""
        delay = FIRST_DELAY_SECONDS
        told: set[str] = set()  # one thing after another may have been away
        try:
            while True:
                try:
                    return await work()
                except Unavailable as error:
                    told.add(error.what)
                    await self._sleep(error.what, str(error), delay)
                    delay = min(LONGEST_DELAY_SECONDS, delay * 2)
        finally:
            for what in told:
                self._away.pop(what, None)
                self._begun.pop(what, None)

    async def stop(self) -> None:
        """Wait for nothing any more."""
        for wait in list(self._waits.values()):
            wait.cancel()
        await asyncio.gather(*self._waits.values(), return_exceptions=True)

    async def _wait(self, error: Unavailable, probe: Callable[[], Awaitable[None]]) -> bool:
        delay = FIRST_DELAY_SECONDS
        was_away = False
        before = self._begun.get(error.what)
        self._tell(error.what, str(error))  # a probe of a locked database takes its time
        while True:
            try:
                await probe()
            except Exception as still:  # noqa: BLE001 - whatever a probe raises, the thing is not well
                was_away = True
                await self._sleep(error.what, str(still), delay)
                delay = min(LONGEST_DELAY_SECONDS, delay * 2)
            else:
                self._away.pop(error.what, None)
                if before is None and not was_away:  # it was the message
                    self._begun.pop(error.what, None)
                return was_away

    def _tell(self, what: str, told: str) -> None:
        self._away[what] = told
        if what not in self._begun:
            self._begun[what] = self._clock()

    async def _sleep(self, what: str, told: str, delay: float) -> None:
        self._tell(what, told)
        begun = time.monotonic()
        try:
            await asyncio.sleep(delay)
        finally:
            self._measures.unavailable_seconds.inc(time.monotonic() - begun)
