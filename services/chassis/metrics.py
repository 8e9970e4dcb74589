"""What every service measures for Prometheus; labels are closed lists, never an id, a URL or an exception's text."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, PlatformCollector, ProcessCollector

from contracts.outcomes import DeadReason, Outcome

# Language takes under a millisecond, entities of a long article seconds, a reading child may take minutes.
HANDLER_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)
# An idle system needs tens of milliseconds from file to event; a backlog hours.
AGE_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 4 * 3600, 24 * 3600)


class Measures:
    """The metrics of one service, on a registry of their own."""

    def __init__(self, service: str, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry or CollectorRegistry()
        self.service = service
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        self._outcomes = Counter(
            "wireroom_outcomes",
            "Ends of deliveries and intakes, each counted once.",
            ["service", "outcome", "reason"],
            registry=self.registry,
        )
        self._ends: dict[tuple[Outcome, str], Counter] = {}  # a look-up by labels costs as much as the rest of a count
        self._dead = Counter("wireroom_dead_letters", "Messages buried.", ["service", "reason"], registry=self.registry)
        self.handler_seconds = self._histogram(
            "wireroom_handler_seconds", "Time a handler took for one call.", HANDLER_BUCKETS
        )
        self.age_seconds = self._histogram(
            "wireroom_article_age_seconds",
            "Time from the receipt of an input to the end of its delivery here.",
            AGE_BUCKETS,
        )
        self.redelivered = self._counter(
            "wireroom_redelivered_messages", "Deliveries that were not the first of their message."
        )
        self.unavailable_seconds = self._counter(
            "wireroom_unavailable_seconds", "Time spent waiting for a dependency that was away."
        )
        self.in_flight = self._gauge("wireroom_in_flight_messages", "Messages held by this process and not yet ended.")
        self.pending = self._gauge(
            "wireroom_pending_messages", "Messages that wait on the stream and are not delivered yet."
        )
        self.oldest_waiting_seconds = self._gauge(
            "wireroom_oldest_waiting_seconds", "Age of the oldest message on the stream; 0 where there is none."
        )
        self.ready = self._gauge("wireroom_ready", "1 while /readyz says yes.")
        self.child_memory_bytes = self._gauge(
            "wireroom_child_memory_bytes", "Memory of this service's child processes; what they share is counted once."
        )
        self._stream_bytes = Gauge("wireroom_stream_bytes", "Bytes a stream holds.", ["stream"], registry=self.registry)
        self._stream_limit_bytes = Gauge(
            "wireroom_stream_limit_bytes", "Bytes a stream may hold.", ["stream"], registry=self.registry
        )

    def count(self, outcome: Outcome, reason: str = "") -> None:
        """One delivery or intake ended."""
        ends = self._ends.get((outcome, reason))
        if ends is None:
            ends = self._ends[outcome, reason] = self._outcomes.labels(self.service, outcome, reason)
        ends.inc()

    def bury(self, reason: DeadReason) -> None:
        """One message was buried."""
        self._dead.labels(self.service, reason).inc()
        self.count(Outcome.DEAD, reason)

    def fill(self, stream: str, held: int, limit: int) -> None:
        """A stream holds `held` of `limit` bytes."""
        self._stream_bytes.labels(stream).set(held)
        self._stream_limit_bytes.labels(stream).set(limit)

    def _counter(self, name: str, help_text: str) -> Counter:
        return Counter(name, help_text, ["service"], registry=self.registry).labels(self.service)

    def _gauge(self, name: str, help_text: str) -> Gauge:
        return Gauge(name, help_text, ["service"], registry=self.registry).labels(self.service)

    def _histogram(self, name: str, help_text: str, buckets: tuple[float, ...]) -> Histogram:
        return Histogram(name, help_text, ["service"], buckets=buckets, registry=self.registry).labels(self.service)
