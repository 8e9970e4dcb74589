"""What the inbox shows of itself to Prometheus."""

import time

from prometheus_client import CollectorRegistry, Gauge


class Gauges:
    """Set after every look through the inbox."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._waiting = Gauge("wireroom_files_waiting", "Files in the inbox that are not taken yet.", registry=registry)
        self._oldest = Gauge(
            "wireroom_oldest_file_seconds",
            "Time since the oldest waiting file came; 0 where none waits.",
            registry=registry,
        )
        self._ignored = Gauge("wireroom_ignored_files", "Files in the inbox that are passed over.", registry=registry)

    def show(self, *, waiting: int, ignored: int, oldest_at: float | None) -> None:
        """`oldest_at` is in seconds since 1970."""
        self._waiting.set(waiting)
        self._ignored.set(ignored)
        self._oldest.set(max(0.0, time.time() - oldest_at) if oldest_at is not None else 0.0)
