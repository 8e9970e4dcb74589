"""What is measured of the pages that were asked for."""

from prometheus_client import CollectorRegistry, Counter, Histogram

from services.fetch.core.web.answer import Answer, NotModified, Page

# A page near by takes tens of milliseconds; one that drips is cut off after half a minute, and may come after others.
BUCKETS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)


class Pages:
    """Every URL that was asked for is counted once a try."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._answers = Counter(
            "wireroom_pages", "Tries to have a page, by what they came to.", ["answer"], registry=registry
        )
        self._bytes = Counter("wireroom_page_bytes", "Bytes of the pages that were had, unpacked.", registry=registry)
        self._seconds = Histogram(
            "wireroom_page_seconds",
            "Time from asking for a page to having it, redirects and the host's turn included.",
            buckets=BUCKETS,
            registry=registry,
        )

    def count(self, answer: Answer, seconds: float) -> None:
        """One try came to this."""
        self._seconds.observe(seconds)
        if isinstance(answer, Page):
            self._answers.labels("page").inc()
            self._bytes.inc(len(answer.data))
        else:
            self._answers.labels("not_modified" if isinstance(answer, NotModified) else answer.reason).inc()
