"""When a process is started again, and when it counts as hanging: decisions about numbers, without a clock."""

import signal
from dataclasses import dataclass

PAUSES_SECONDS = (0.5, 1.0, 2.0, 4.0, 8.0, 10.0)  # the last repeats, for ever
STEADY_SECONDS = 60.0  # who ran so long begins again at the first pause


@dataclass(frozen=True)
class Timing:
    """How often is looked, and how long is waited; tests make it short."""

    look_seconds: float = 5.0
    look_for_ready_seconds: float = 0.1
    look_at_the_sick_seconds: float = 1.0  # whether they may be started again
    missing_seconds: float = 30.0  # without a sign of life
    start_seconds: float = 120.0  # until the first sign of life: a cold disk and a large model
    first_stop_seconds: float = 1.5  # the head start of those that stop first
    stop_seconds: float = 8.0  # for all but those that stop last; a service finishes what it began within 6
    last_stop_seconds: float = 9.5


def losses_after(losses: int, ran_seconds: float) -> int:
    """How many times in a row a process has now been lost, after it ran for so long."""
    return 1 if ran_seconds >= STEADY_SECONDS else losses + 1


def pause_before(losses: int) -> float:
    """Seconds to wait before the start after the n-th loss in a row (n from 1)."""
    return PAUSES_SECONDS[min(losses, len(PAUSES_SECONDS)) - 1]


def is_hanging(now: float, started: float, seen_alive: float | None, timing: Timing) -> bool:
    """Whether a process that runs has been without a sign of life for too long (all in seconds of one clock)."""
    if seen_alive is None:
        return now - started > timing.start_seconds
    return now - seen_alive > timing.missing_seconds


def ending(code: int) -> str:
    """How a process ended, in words, from its return code (negative: a signal)."""
    if code >= 0:
        return f"exit code {code}"
    try:
        return f"killed by {signal.Signals(-code).name}"
    except ValueError:
        return f"killed by signal {-code}"
