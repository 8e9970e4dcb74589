"""What the feeds show of themselves to Prometheus; no address is ever a label."""

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge

from services.fetch.feeds.taken import Poll

SERVICE = "fetch"
KINDS = ("linked", "full")


class Gauges:
    """Counted at every poll, and counted anew now and then."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._polls = Counter(
            "wireroom_feed_polls", "Feeds asked, by how that ended.", ["service", "outcome"], registry=registry
        )
        self._entries = Counter(
            "wireroom_feed_entries",
            "Entries of feeds that became inputs: linked, or full where the feed carried the whole article.",
            ["service", "kind"],
            registry=registry,
        )
        self._feeds = Gauge("wireroom_feeds", "Feeds by how they are.", ["service", "state"], registry=registry)
        for outcome in Poll:
            self._polls.labels(SERVICE, outcome)
        for kind in KINDS:
            self._entries.labels(SERVICE, kind)

    def polled(self, outcome: Poll) -> None:
        """A feed was asked."""
        self._polls.labels(SERVICE, outcome).inc()

    def said(self, *, linked: int = 0, full: int = 0) -> None:
        """So many entries went on their way."""
        for kind, number in zip(KINDS, (linked, full), strict=True):
            self._entries.labels(SERVICE, kind).inc(number)

    def show(self, census: Mapping[str, int]) -> None:
        """How many feeds there are."""
        for state, number in census.items():
            self._feeds.labels(SERVICE, state).set(number)
