"""Which originals may go when RAW is nearly full: decisions about what the ledger says, no deeds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from contracts.outcomes import State

HIGH_WATER = 0.8  # of what RAW may hold: above it originals go
LOW_WATER = 0.7  # until it holds no more than this
ENDED = frozenset(State) - {State.IN_PROGRESS, State.DEAD}  # who is in progress or dead may still need its original
AT_ONCE = 16  # originals are removed side by side: each takes five round trips and two purges
LARGE_BYTES = 1_000_000  # what an original is taken to have as long as there was no larger one
UNNAMED_FRESH = timedelta(days=1)  # a fetch that did not tell the name put nothing again that was younger


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger says of an input and its original."""

    input_id: str
    state: State
    sha256: str | None  # empty where none was kept
    gone: bool  # it was removed, and that is on record


@dataclass(frozen=True, slots=True)
class Needs:
    """What must not be touched now."""

    names: frozenset[str]  # originals of inputs in progress or dead
    unnamed_since: datetime | None  # when the oldest input in progress came whose original the ledger does not know


@dataclass(frozen=True, slots=True)
class Fill:
    """What RAW holds, and may hold, in bytes."""

    held: int
    limit: int

    @property
    def is_high(self) -> bool:
        """Whether originals have to go."""
        return 0 < self.limit * HIGH_WATER < self.held

    @property
    def excess(self) -> int:
        """How many bytes go once that has begun: all over the low-water mark."""
        return max(0, int(self.held - self.limit * LOW_WATER))


def at_once(wanted_bytes: float, largest: int) -> int:
    """How many originals may go side by side so that none too many do, be they as large as the largest up to now."""
    return max(1, int(min(AT_ONCE, wanted_bytes / largest)))


def ended(inputs: Iterable[Known]) -> dict[str, list[Known]]:
    """By the name of the original, in the order of arrival, the inputs that have ended and may have one still."""
    found: dict[str, list[Known]] = {}
    for one in inputs:
        if one.sha256 and not one.gone and one.state in ENDED:
            found.setdefault(one.sha256, []).append(one)
    return found


def stored_before(now: datetime, fresh_seconds: float, unnamed_since: datetime | None) -> datetime:
    """Only what was put into RAW before this may go.

    Somebody may have found it there within `fresh_seconds`, and may be saying so. What is in progress under a name
    that we do not know is something that was put, or found fresh, when it came.
    """
    latest = now - timedelta(seconds=2 * fresh_seconds)
    return latest if unnamed_since is None else min(latest, unnamed_since - UNNAMED_FRESH)


def is_up_to_date(oldest_waiting: datetime | None, now: datetime, fresh_seconds: float) -> bool:
    """Whether the ledger knows all inputs that may stand on an original which was found in RAW and not put again."""
    return oldest_waiting is None or now - oldest_waiting < timedelta(seconds=fresh_seconds / 2)
