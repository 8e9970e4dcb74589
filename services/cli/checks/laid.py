"""Every stream takes and keeps what it was laid to take and keep."""

from nats.js.api import StreamConfig
from nats.js.errors import NotFoundError

from services.chassis import budget
from services.chassis.settings import House
from services.chassis.streams import drift, laid
from services.cli.checks.found import Check
from services.cli.local import history
from services.cli.local.history import Streams

MAY_GROW = ("max_bytes", "max_age", "duplicate_window", "num_replicas")  # no harm is done by more of it
UNLIMITED = {None, 0, -1}
HELPS = "set it back with `nats stream edit` as operator; what went meanwhile `wireroom replay --lost` sends again"


def as_laid(settings: House) -> list[StreamConfig]:
    """The streams as these settings lay them; without their sizes where nothing tells them."""
    budget_bytes = settings.disk_budget_bytes or budget.kept(settings.home)
    wanted = laid(budget_bytes or 0, settings.nats_replicas)
    return wanted if budget_bytes else [one.evolve(max_bytes=None) for one in wanted]


async def compare(streams: Streams, wanted: list[StreamConfig], found: Check) -> None:
    """What was edited may refuse what is said, or drop what is kept."""
    for one in wanted:
        name = str(one.name)
        try:
            info = await streams.client(name).jetstream(timeout=history.ANSWER_SECONDS).stream_info(name)
        except NotFoundError:
            found.findings.append(f"{name} is not there: `wireroom up` lays it")
            continue
        grown = {field: None for field in MAY_GROW if _is_no_less(info.config, one, field)}
        found.findings += [f"{told}: {HELPS}" for told in drift(name, one.evolve(**grown), info.config)]
    found.looked_at.append(f"the {len(wanted)} streams: that they hold as much and for as long as they were laid to")


def _is_no_less(there: StreamConfig, wanted: StreamConfig, field: str) -> bool:
    value, least = getattr(there, field), getattr(wanted, field)
    return value in UNLIMITED or (least not in UNLIMITED and value >= least)
