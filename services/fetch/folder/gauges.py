"""What the inbox shows of itself to Prometheus."""

import time
from typing import Literal, get_args

from prometheus_client import CollectorRegistry, Counter, Gauge

# Why the inbox is looked through and not heard of: it is another machine's, the kernel has no watches left for all of
# its folders, or gives no hints at all.
Polled = Literal["network_folder", "no_watches", "no_inotify"]


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
        self._polled = Gauge(
            "wireroom_inbox_polled",
            "1 where the kernel gives no hints of the inbox, so that it is only looked through, by reason.",
            ["reason"],
            registry=registry,
        )
        self._overflows = Counter(
            "wireroom_inotify_overflows",
            "How often the kernel lost hints of the inbox, so that all of it was looked through at once.",
            registry=registry,
        )
        self.show_polled(None)

    def show_polled(self, why: Polled | None) -> None:
        """Why the inbox is only looked through; None where hints come."""
        for reason in get_args(Polled):
            self._polled.labels(reason=reason).set(reason == why)

    def overflowed(self) -> None:
        """Hints were lost once more."""
        self._overflows.inc()

    def show(self, *, waiting: int, ignored: int, oldest_at: float | None) -> None:
        """`oldest_at` is in seconds since 1970."""
        self._waiting.set(waiting)
        self._ignored.set(ignored)
        self._oldest.set(max(0.0, time.time() - oldest_at) if oldest_at is not None else 0.0)
