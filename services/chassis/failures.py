"""What becomes of a message whose handler raised: another try later, or the dead letters. Decisions, no deeds."""

from dataclasses import dataclass

from contracts.outcomes import DeadReason, Unfit

BACKOFF_SECONDS = (1.0, 5.0, 30.0, 120.0)
MAX_FAILURES = len(BACKOFF_SECONDS) + 1
LONE_FROM_DELIVERY = 3  # from its third delivery on a message runs alone: it may be the one that kills
MAX_LONE_STARTS = 5


class ChildKilled(Exception):
    """A child died, or was killed for taking too long or too much memory, while it worked on something of ours."""


@dataclass(frozen=True)
class Retry:
    """Deliver it again after `delay_seconds`."""

    delay_seconds: float
    reason: str


@dataclass(frozen=True)
class Bury:
    """Dead-letter it."""

    reason: DeadReason
    attempts: int


def judge(error: BaseException, failures: int) -> Retry | Bury:
    """What a message deserves after its `failures`-th failure (from 1), which was `error`."""
    if isinstance(error, Unfit):
        return Bury(error.reason, failures)
    slow = isinstance(error, (TimeoutError, ChildKilled))
    if failures >= MAX_FAILURES:
        return Bury(DeadReason.TIMEOUT if slow else DeadReason.FAILED, failures)
    return Retry(BACKOFF_SECONDS[failures - 1], "timeout" if slow else "error")
