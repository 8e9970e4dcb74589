"""What is looked at while a child computes: whether it goes on behind all others, and when its time is over."""

import math
import os
import time
from contextlib import suppress
from pathlib import Path

import psutil

from services.chassis.settings import longest_seconds

GIVES_WAY_SECONDS = 0.25  # of processor time: most articles take a fifth of it
GIVING_WAY = 10  # steps of niceness: a tenth of a core beside what is busy, so that a loop comes to its end there too
LEAST = 19  # there is nothing behind it
NANOSECONDS = 1e9


class Watch:
    """Over one call to a child, from now on. `gives_way` once it goes on behind others, which nobody may take back.

    It may compute for so long, and take several times as long by a clock that leaves out what it waited for a
    processor: whoever goes on behind all others does that for long.
    """

    def __init__(self, child: psutil.Process | None, computing_seconds: float | None) -> None:
        self._child = child
        self._computing_seconds = math.inf if computing_seconds is None else computing_seconds
        self._began, self._waited = time.monotonic(), _waited(child)
        self._computed, self._behind = _computed(child), os.getpriority(os.PRIO_PROCESS, 0) + GIVING_WAY
        self.gives_way = False

    def look(self) -> None:
        """Let it give way where it has computed for long; raises TimeoutError where it has for longer than it may."""
        computed = _computed(self._child) - self._computed
        elapsed = time.monotonic() - self._began - (_waited(self._child) - self._waited)
        if computed > self._computing_seconds or elapsed > longest_seconds(self._computing_seconds):
            raise TimeoutError
        if computed >= GIVES_WAY_SECONDS and self._child is not None and not self.gives_way:
            with suppress(psutil.Error):
                if self._child.nice() < min(self._behind, LEAST):  # what is read apart gives way from the start
                    self._child.nice(min(self._behind, LEAST))
                    self.gives_way = True


def _computed(child: psutil.Process | None) -> float:
    """Seconds of processor time since it is there."""
    with suppress(psutil.NoSuchProcess):
        return sum(child.cpu_times()[:2]) if child is not None else 0.0
    return 0.0


def _waited(child: psutil.Process | None) -> float:
    """Seconds in which it could have computed and others did, since it is there; 0 where the kernel does not say."""
    with suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{child.pid}/schedstat").read_text().split()[1]) / NANOSECONDS if child else 0.0
    return 0.0
