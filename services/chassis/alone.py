"""What has a service to itself for long, because it may be what kills it: told, though the service is ready."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from services.chassis.delivery import Delivery


@dataclass(frozen=True)
class Alone:
    """A message that is tried by itself; where it `holds_up` the others, nothing else runs until it has its end."""

    stream: str
    sequence: int
    message_id: str
    since: datetime
    lone_starts: int  # before this one, without an end
    holds_up: bool

    @classmethod
    def of(cls, delivery: Delivery, since: datetime, *, holds_up: bool) -> "Alone":
        """What is to be told of a delivery."""
        return cls(
            delivery.stream, delivery.sequence, delivery.message_id, since, delivery.lone_starts or 0, holds_up=holds_up
        )


class AloneSince(Collector):
    """Shows it to Prometheus: a series is there for as long as something runs so."""

    def __init__(self, service: str, alone: Callable[[], list[Alone]]) -> None:
        self._service, self._alone = service, alone

    def describe(self) -> Iterator[Metric]:
        """The metric without its series."""
        yield _family()

    def collect(self) -> Iterator[Metric]:
        """What runs so now."""
        family = _family()
        for one in self._alone():
            family.add_metric([self._service, one.stream, str(one.holds_up).lower()], one.since.timestamp())
        yield family


def _family() -> GaugeMetricFamily:
    return GaugeMetricFamily(
        "wireroom_alone_since_timestamp_seconds",
        "Since when a message is tried by itself because it may have killed its process, in seconds since 1970; absent "
        "for the first ten seconds. holds_up: whether nothing else of its stream runs until it has its end.",
        labels=["service", "stream", "holds_up"],
    )
