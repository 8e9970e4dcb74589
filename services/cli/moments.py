"""Times in words for people."""

from datetime import datetime, timedelta


def at_second(at: datetime) -> str:
    """A time in UTC, to the second."""
    return f"{at:%Y-%m-%d %H:%M:%S}Z"


def since(at: datetime, now: datetime) -> str:
    """Since when something is so, and how long that is by now."""
    return f"since {at_second(at)} ({lasted(now - at)})"


def lasted(time: timedelta) -> str:
    """How long, in one unit."""
    seconds = max(0, int(time.total_seconds()))
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
