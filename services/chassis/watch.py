"""What is looked at while a child computes: whether it goes on behind all others, and when its time is over."""

import math
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil

from services.chassis.settings import longest_seconds

GIVES_WAY_SECONDS = 0.25  # of processor time, at least: most articles take a fifth of it
LONG = 5.0  # times what calls usually take
SUPPOSED_SECONDS = 0.1  # that calls usually take, until some have come to their end
LEARNED = 0.2  # of what a call took, into what they usually do
GIVING_WAY = 15  # steps of niceness: a thirtieth of a core beside what is busy, so that loops come to their end too
LEAST = 19  # there is nothing behind it
NANOSECONDS = 1e9


class Crowded(Exception):
    """One that takes long cannot go on here: as many as may go on behind the others do so already."""


class Usual:
    """What calls have computed lately: on a slow machine, and in a child that is cold, every one of them takes long.

    By a number of seconds alone each call gave way there, its child was replaced, and the next was as cold: of 300
    articles a minute 4 were left.
    """

    def __init__(self) -> None:
        self._seconds = SUPPOSED_SECONDS

    def long_seconds(self) -> float:
        """From where on a call takes long."""
        return max(GIVES_WAY_SECONDS, LONG * self._seconds)

    def learn(self, seconds: float) -> None:
        """What one has taken that came to its end; the longest say no more than that they were long, and twice that."""
        self._seconds += LEARNED * (min(seconds, 2 * self.long_seconds()) - self._seconds)


class Watch:
    """Over one call to a child, from now on. `gives_way` once it goes on behind others, which nobody may take back.

    It may compute for so long, and take several times as long by a clock that leaves out what it waited for a
    processor: whoever goes on behind all others does that for long.
    """

    def __init__(
        self,
        child: psutil.Process | None,
        computing_seconds: float | None,
        usual: Usual,
        is_crowded: Callable[[], bool] = lambda: False,
    ) -> None:
        self._child, self._usual, self._is_crowded = child, usual, is_crowded
        self._computing_seconds = math.inf if computing_seconds is None else computing_seconds
        self._began, self._waited, self._before = time.monotonic(), _waited(child), _computed(child)
        self._behind = min(os.getpriority(os.PRIO_PROCESS, 0) + GIVING_WAY, LEAST)
        self.gives_way = False

    def look(self) -> None:
        """Let it give way where it has computed for long.

        Raises TimeoutError where it has for longer than it may, Crowded where no more may give way.
        """
        computed = self._computed()
        elapsed = time.monotonic() - self._began - (_waited(self._child) - self._waited)
        if computed > self._computing_seconds or elapsed > longest_seconds(self._computing_seconds):
            raise TimeoutError
        if computed >= self._usual.long_seconds() and self._child is not None and not self.gives_way:
            with suppress(psutil.Error):
                if self._child.nice() < self._behind:  # what is read apart gives way from the start
                    if self._is_crowded():
                        raise Crowded
                    self._child.nice(self._behind)
                    self.gives_way = True

    def ended(self) -> None:
        """It came to its end; the time of one that may compute without end is that of no call."""
        if self._computing_seconds < math.inf:
            self._usual.learn(self._computed())

    def _computed(self) -> float:
        return _computed(self._child) - self._before


def _computed(child: psutil.Process | None) -> float:
    """Seconds of processor time since it is there."""
    with suppress(psutil.NoSuchProcess):
        return sum(child.cpu_times()[:2]) if child is not None else 0.0
    return 0.0


def waited_seconds(pid: int) -> float:
    """How long a process could have computed and others did, since it is there; 0 where the kernel does not say."""
    with suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[1]) / NANOSECONDS
    return 0.0


def _waited(child: psutil.Process | None) -> float:
    return waited_seconds(child.pid) if child is not None else 0.0
