"""What stops inputs: whose trouble it is, when each may be tried again, and what people are told of it."""

import time
from collections.abc import Callable, Container, Hashable
from dataclasses import dataclass

from services.chassis.failures import BACKOFF_SECONDS
from services.chassis.logs import logger
from services.chassis.unavailable import Unavailable

MAX_PROBE_SECONDS = 2.0  # work resumes within five seconds of the recovery


@dataclass(slots=True)
class _Trouble:
    words: str
    look: int  # that found the input last
    went_well: int  # how many others had, by then
    times: int  # that it was this input's own
    until: float  # it rests


class Troubles:
    """While what all need (the disk, the wire) is away one input is tried; one with trouble of its own rests.

    An `OSError` may be either: it is the input's own where others went well between two of them.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, *, doing: str = "taking files") -> None:
        self._clock, self._doing = clock, doing
        self._troubles: dict[Hashable, _Trouble] = {}
        self._look = 0
        self._went_well = 0
        self._probes = 0  # that failed since something went well
        self._probe_at = 0.0
        self._told = ""

    @property
    def words(self) -> str | None:
        """What stops some input, the first that was met; None where nothing does."""
        return next((trouble.words for trouble in self._troubles.values()), None)

    @property
    def is_everybodys(self) -> bool:
        """Whether one input is to be tried before the others are."""
        return self._probes > 0

    def seconds_to_probe(self) -> float:
        """How long to wait before that."""
        return max(0.0, self._probe_at - self._clock())

    def next_try(self) -> float:
        """The earliest moment, by our clock, at which something that was let go of may be tried again."""
        return min((trouble.until for trouble in self._troubles.values()), default=0.0)

    def rests(self, key: Hashable) -> bool:
        """It was found again; whether it is not to be tried yet."""
        trouble = self._troubles.get(key)
        if trouble is None:
            return False
        trouble.look = self._look
        return self._clock() < trouble.until

    def over(self, key: Hashable) -> None:
        """It went well."""
        self._troubles.pop(key, None)
        self._went_well += 1
        self._probes = 0

    def met(self, key: Hashable, error: BaseException) -> None:
        """It was stopped, and waits where it is."""
        before = self._troubles.pop(key, None)
        foreseen = isinstance(error, Unavailable | OSError)
        own = not foreseen or (before is not None and before.went_well != self._went_well)
        times = (before.times if before is not None else 0) + own
        until = self._clock() + BACKOFF_SECONDS[min(times, len(BACKOFF_SECONDS)) - 1] if own else 0.0
        if not own:
            self._probe_at = self._clock() + min(MAX_PROBE_SECONDS, 2.0**self._probes)
            self._probes += 1
        self._troubles[key] = _Trouble(self._tell(error, foreseen=foreseen), self._look, self._went_well, times, until)

    def look_again(self, held: Container[Hashable]) -> None:
        """Everything that still waits is going to be offered; trouble with what was not, for a whole look, is over."""
        self._look += 1
        for key, trouble in list(self._troubles.items()):
            if trouble.look < self._look - 1 and key not in held:
                del self._troubles[key]

    def _tell(self, error: BaseException, *, foreseen: bool) -> str:
        """In words for /readyz, and in the log when they change: the same trouble stops thousands."""
        text = str(error) if foreseen else f"{type(error).__name__}: {error}"
        kind = (isinstance(error, OSError) and error.strerror) or text
        if not foreseen or kind != self._told:
            logger().warning("held back", error=text, exc_info=None if foreseen else error)
        self._told = kind
        return f"{self._doing}: {text}"
