"""How long a file that is ours already must rest before it is believed whole, and how long we wait for that."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from services.fetch.originals import Seen


class Verdict(Enum):
    """What is to be done with a file."""

    TAKE = "take"
    WAIT = "wait"
    GIVE_UP = "give up"


@dataclass(slots=True)
class _Watch:
    seen: Seen
    first: float
    since: float


class Patience:
    """Remembers, from turn to turn, the inputs that were seen to change; everybody waits without holding a hand."""

    def __init__(
        self, settle_seconds: float, timeout_seconds: float, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.settle_seconds, self.timeout_seconds, self._clock = settle_seconds, timeout_seconds, clock
        self._watches: dict[str, _Watch] = {}

    def judge(self, input_id: str, seen: Seen, *, moving: bool, resting: bool) -> Verdict:
        """What to do with what was just seen; `moving` if it changed meanwhile, `resting` if it is to be believed.

        What is taken is remembered until it is forgotten: it may have changed before it was read.
        """
        now = self._clock()
        watch = self._watches.get(input_id)
        if watch is None:
            if resting and not moving:
                return Verdict.TAKE
            self._watches[input_id] = _Watch(seen, now, now)
            return Verdict.WAIT
        if moving or watch.seen != seen:
            watch.seen, watch.since = seen, now
        elif now - watch.since >= self.settle_seconds:
            return Verdict.TAKE
        if now - watch.first >= self.timeout_seconds:
            self.forget(input_id)
            return Verdict.GIVE_UP
        return Verdict.WAIT

    def watches(self, input_id: str) -> bool:
        """Whether it was seen to change."""
        return input_id in self._watches

    def forget(self, input_id: str) -> None:
        """It is gone, or will come under another id."""
        self._watches.pop(input_id, None)
