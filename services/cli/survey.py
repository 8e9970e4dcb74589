"""What can be found out about a system, each part by itself: what does not answer leaves a gap, never an error."""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from contracts.topology import SERVICES
from services.chassis.beginnings import OPENED
from services.cli.local import probes
from services.cli.local.home import Addresses
from services.cli.local.journal import readable
from services.cli.moments import at_second, since
from services.cli.queues import Queue

RATE_SECONDS = 1.0  # between two looks at the counters
ANSWER_SECONDS = 2.0
LOG_TAIL_BYTES = 1 << 16
NO_PROGRESS = {"failed", "released"}  # ends of a delivery that will come again

Samples = dict[str, float]


@dataclass(frozen=True)
class Wait:
    """What a service waits for, why (`reason` of a closed list, `words` for people), and since when."""

    what: str
    reason: str
    words: str
    since: datetime

    def told(self, now: datetime) -> str:
        """One line for people."""
        return f"{self.words}, {since(self.since, now)}"


@dataclass(frozen=True)
class Alone:
    """A message that is tried by itself; where it `holds_up` the others, nothing beside it runs."""

    stream: str
    message_id: str
    since: datetime
    holds_up: bool

    def told(self, now: datetime) -> str:
        """One line for people."""
        others = "nothing else runs until it has its end" if self.holds_up else "the others run beside it"
        named = f"{self.stream} {self.message_id}".strip()
        return f"{named} may have killed its process and is tried by itself {since(self.since, now)}; {others}"


@dataclass(frozen=True)
class Service:
    """How one service is; None where that could not be found out."""

    name: str
    ready: bool
    reasons: list[str]
    waits: list[Wait] = field(default_factory=list)
    alone: list[Alone] = field(default_factory=list)
    pending: int | None = None
    in_flight: int | None = None
    redelivered: int | None = None
    rate: float | None = None  # deliveries and intakes ended a second
    files_waiting: int | None = None
    inbox_polled: str | None = None  # why the inbox is only looked through
    last_error: str | None = None
    last_error_at: datetime | None = None
    ready_since: datetime | None = None  # as far as it says
    log_ends_at: datetime | None = None  # where it does not answer


@dataclass(frozen=True)
class Loud:
    """A warning or error as a log has it, and when it was written."""

    words: str
    at: datetime | None


@dataclass(frozen=True)
class Log:
    """What a service's log tells."""

    ends_at: datetime | None = None  # when something was written last
    loud: Loud | None = None  # the last that is


@dataclass(frozen=True)
class Pages:
    """What a service answered (status 0: nothing, and why): its readiness, and its metrics twice."""

    readiness: tuple[int, str]
    metrics: tuple[tuple[int, str], tuple[int, str]]


async def pages(addresses: Addresses, home: str | None = None) -> dict[str, Pages]:
    """What every service says, asked at the same time; takes a second, for the rates.

    What a service of another home than `home` says is no answer.
    """
    said = await asyncio.gather(*(_pages_of(addresses, service, home) for service in SERVICES))
    return dict(zip(SERVICES, said, strict=True))


def services(said: dict[str, Pages], queues: dict[str, Queue], logs: Path) -> list[Service]:
    """Every service, by what it said and the server knows."""
    return [
        service_of(name, said[name].readiness, said[name].metrics, queues.get(name), log_of(logs / f"{name}.log"))
        for name in SERVICES
    ]


def doubts(services: list[Service]) -> list[str]:
    """What may not be so although it can be read: of a file that is not the one in which the store keeps it."""
    told = [wait.words for one in services for wait in one.waits if one.name == "store" and OPENED in wait.words]
    return [f"whether the numbers of inputs are true: {told[0]}"] if told else []


def service_of(
    name: str,
    readiness: tuple[int, str],
    metrics: tuple[tuple[int, str], tuple[int, str]],
    queue: Queue | None,
    log: Log,
) -> Service:
    """A service from what it and the server answered (status 0: nothing, and why), and what it wrote."""
    status, body = readiness
    reasons = [] if status == 200 else [probes.reasons(body) if status else body]
    waits = waits_of(body)
    before, after = (samples_of(text) if code == 200 else None for code, text in metrics)
    rate = None if before is None or after is None else max(0.0, ended(after) - ended(before)) / RATE_SECONDS
    waiting = None if after is None else after.get("wireroom_files_waiting")
    polled = samples_by_label(metrics[1][1], "wireroom_inbox_polled", "reason") if after is not None else {}
    return Service(
        name,
        ready=status == 200,
        reasons=reasons,
        waits=waits,
        alone=alone_of(body),
        # What a service has measured of its queue is as old as its last answer from the server: it is no news.
        pending=queue.pending if queue else None,
        in_flight=queue.in_flight if queue else _whole(after, "wireroom_in_flight_messages"),
        redelivered=queue.redelivered if queue else None,
        rate=rate,
        files_waiting=None if waiting is None else int(waiting),
        inbox_polled=next((reason for reason, value in polled.items() if value), None),
        last_error=log.loud.words if log.loud else None,
        last_error_at=log.loud.at if log.loud else None,
        ready_since=ready_since(body) if status == 200 else None,
        log_ends_at=None if status else log.ends_at,
    )


async def _pages_of(addresses: Addresses, service: str, home: str | None) -> Pages:
    first = (_get(addresses, service, path, home) for path in ("/metrics", "/readyz"))
    before, readiness = await asyncio.gather(*first)
    if not before[0]:
        return Pages(readiness, (before, before))  # nothing comes of asking it again
    await asyncio.sleep(RATE_SECONDS)
    return Pages(readiness, (before, await _get(addresses, service, "/metrics", home)))


async def _get(addresses: Addresses, service: str, path: str, home: str | None) -> tuple[int, str]:
    port = addresses.metrics_ports[service]
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            return await probes.get(addresses.metrics_host, port, path, home=home)
    except TimeoutError:
        return 0, f"no answer on port {port} within {ANSWER_SECONDS:g} s"
    except probes.AnotherHomes as error:
        return 0, str(error)
    except OSError:
        return 0, f"no answer on port {port}"


def samples_of(text: str) -> Samples:
    """The sum of every metric's samples by name; the outcomes that are no progress left out."""
    sums: Samples = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            if sample.labels.get("outcome") not in NO_PROGRESS:
                sums[sample.name] = sums.get(sample.name, 0.0) + sample.value
    return sums


def samples_by_label(text: str, name: str, label: str) -> Samples:
    """The values of one metric by one of its labels."""
    return {
        sample.labels[label]: sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == name
    }


def ready_since(body: str) -> datetime | None:
    """Since when a service is ready, by its readiness; None where it does not say so in our way."""
    return _moment(probes.said(body).get("ready_since"))


def waits_of(body: str) -> list[Wait]:
    """What a service says that it waits for; nothing where it does not say so in our way."""
    try:
        said = probes.said(body)["waits"]
        return [Wait(one["what"], one["reason"], one["words"], datetime.fromisoformat(one["since"])) for one in said]
    except (ValueError, KeyError, TypeError):
        return []


def alone_of(body: str) -> list[Alone]:
    """What runs by itself for long, by a service's readiness; nothing where it does not say so in our way."""
    try:
        said = probes.said(body)["alone"]
        return [
            Alone(one["stream"], one["message_id"], datetime.fromisoformat(one["since"]), bool(one["holds_up"]))
            for one in said
        ]
    except (ValueError, KeyError, TypeError):
        return []


def ended(samples: Samples) -> float:
    """How many deliveries and intakes have ended."""
    return samples.get("wireroom_outcomes_total", 0.0)


def _whole(samples: Samples | None, name: str) -> int | None:
    return None if samples is None or name not in samples else int(samples[name])


def log_of(path: Path) -> Log:
    """What the end of a log tells; nothing where there is none."""
    try:
        with path.open("rb") as file:
            found = path.stat()
            file.seek(max(0, found.st_size - LOG_TAIL_BYTES))
            lines = file.read().splitlines()
    except OSError:
        return Log()
    return Log(datetime.fromtimestamp(found.st_mtime, UTC) if lines else None, last_loud(lines))


def last_loud(lines: Iterable[bytes]) -> Loud | None:
    """The last warning or error among log lines."""
    for line in reversed(list(lines)):
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(entry, dict) and entry.get("level") in {"warning", "error", "critical"}:
            at = _moment(entry.get("timestamp"))
            return Loud(f"{at_second(at) if at else ''} {readable(line)}".strip(), at)
    return None


def _moment(stamp: object) -> datetime | None:
    """A time as the services write it, with its zone; None where it is none."""
    try:
        at = datetime.fromisoformat(str(stamp))
    except ValueError:
        return None
    return at if at.tzinfo is not None else None
