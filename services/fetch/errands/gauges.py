"""What the errands show of themselves to Prometheus."""

from prometheus_client import CollectorRegistry, Gauge


class Gauges:
    """Set after every round."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._waiting = Gauge(
            "wireroom_urls_waiting", "URLs that were asked for and have no end yet.", registry=registry
        )
        self._oldest = Gauge(
            "wireroom_oldest_url_seconds",
            "Time since the oldest of them was asked for; 0 where there is none.",
            registry=registry,
        )

    def show(self, *, waiting: int, oldest_seconds: float) -> None:
        """What there is now."""
        self._waiting.set(waiting)
        self._oldest.set(max(0.0, oldest_seconds))
