"""What a service waits for, why, and since when: told in words in readiness, and as a time to Prometheus."""

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector


class Why(StrEnum):
    """Why something is waited for; a closed list, because it is a label."""

    NOT_CONNECTED = "not_connected"  # to NATS
    FULL = "full"  # the stream, or the room of the server
    NOT_LAID = "not_laid"  # there is no such stream or consumer
    NO_ACKNOWLEDGEMENT = "no_acknowledgement"  # of what was published
    NO_WORD = "no_word"  # from the consumer
    PAUSED = "paused"  # the consumer, by an operator
    REFUSED = "refused"  # the server answers with another error
    AWAY = "away"  # a dependency: database, RAW, disk
    NOT_READY = "not_ready"  # the service's own reasons: starting, its inbox, its models


# What comes back so soon was never over: a stream that is full takes a message now and then, and that is longer than
# between two tries. Who says that a thing is away has seen it there: that is only longer than a try that goes half way.
BACK_WITHIN, BACK_AT_ONCE = timedelta(seconds=5), timedelta(seconds=1)
KNOWN_TO_BE_OVER = frozenset({Why.NOT_CONNECTED, Why.AWAY, Why.NOT_READY})


@dataclass(frozen=True)
class Trouble:
    """One thing that stands in the way: a stream, a dependency, or what a service says of itself."""

    what: str
    why: Why
    words: str
    since: datetime | None = None  # where whoever tells it knows when it began


NOT_CONNECTED = Trouble("NATS", Why.NOT_CONNECTED, "not connected to NATS")


@dataclass(frozen=True)
class Wait:
    """A trouble and when it began."""

    what: str
    reason: Why
    words: str
    since: datetime


def now() -> datetime:
    """What the clock says, in UTC."""
    return datetime.now(UTC)


class Since:
    """Remembers when each trouble was first seen; who asks often enough gets times that are true."""

    def __init__(self, clock: Callable[[], datetime] = now) -> None:
        self._clock = clock
        self._seen: dict[tuple[str, Why], tuple[datetime, datetime]] = {}  # first and last time
        self._over: datetime | None = None
        self._lock = threading.Lock()  # asked by the event loop and by the threads that answer

    def of(self, troubles: Iterable[Trouble]) -> list[Wait]:
        """The troubles with the time at which each began; the same words only once."""
        by_words = {trouble.words: trouble for trouble in troubles}
        at = self._clock()
        with self._lock:
            seen = {key: times for key, times in self._seen.items() if at - times[1] <= _back_within(key[1])}
            for trouble in by_words.values():
                key = (trouble.what, trouble.why)
                seen[key] = (trouble.since or (seen[key][0] if key in seen else at), at)
            self._seen = seen
            self._over = None if by_words else self._over or at
            return [Wait(one.what, one.why, one.words, seen[one.what, one.why][0]) for one in by_words.values()]

    def over(self) -> datetime | None:
        """Since when nothing is waited for any more; None while something is."""
        return self._over


def _back_within(why: Why) -> timedelta:
    return BACK_AT_ONCE if why in KNOWN_TO_BE_OVER else BACK_WITHIN


class WaitingSince(Collector):
    """Shows waits to Prometheus: a series is there for as long as it is waited."""

    def __init__(self, service: str, waits: Callable[[], list[Wait]]) -> None:
        self._service, self._waits = service, waits

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """The metric without its series."""
        yield _family()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """What is waited for now."""
        family = _family()
        for (what, reason), since in {(wait.what, wait.reason): wait.since for wait in self._waits()}.items():
            family.add_metric([self._service, what, reason], since.timestamp())
        yield family


def _family() -> GaugeMetricFamily:
    return GaugeMetricFamily(
        "wireroom_waiting_since_timestamp_seconds",
        "Since when the service waits for something, in seconds since 1970; absent where it waits for nothing.",
        labels=["service", "what", "reason"],
    )
