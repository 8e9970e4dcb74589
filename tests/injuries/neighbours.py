"""How long articles took from their receipt to the store, by the store's own times."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from statistics import quantiles

import psutil

from tests.injuries.fault import Scene
from tests.injuries.moments import seconds_pass
from tests.injuries.system import Injured

ASKED = """
SELECT (julianday(coalesce(ended_at, :end)) - julianday(received_at)) * 86400 FROM inputs
WHERE state IN ('stored', 'duplicate', 'in_progress') AND received_at >= :since AND received_at < :until ORDER BY 1
"""
NOW = "SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')"
WARM_SECONDS = 25.0  # the first children load, and whoever came meanwhile waited: that is no calm
LOOKED_SECONDS = 10.0  # of them, at how much of the machine the load takes
ROOM = 0.4  # of all cores: of a system that fills them the queue is timed, which any work at all makes twice as long
CALM_SECONDS = 40.0
FEWEST = 100  # of which a hundredth says something
MOST = 1.5  # times: what the promise says of p99
UNREST_SECONDS = 0.5  # by which p99 differs from one half minute to the next without anybody's doing, on two busy cores


@dataclass(frozen=True)
class Ages:
    """Seconds from receipt to store, of all that were received in a span of time."""

    count: int
    median: float
    p99: float


def now() -> str:
    """This moment, as the store writes moments."""
    with closing(sqlite3.connect(":memory:")) as connection:
        return str(connection.execute(NOW).fetchone()[0])


def calm(scene: Scene) -> str:
    """Let the workload warm all up, and then go on in peace, as fast as leaves room; the moment at which that began."""
    seconds_pass(WARM_SECONDS - LOOKED_SECONDS)
    before = _computed(scene.system)
    seconds_pass(LOOKED_SECONDS)
    taken = (_computed(scene.system) - before) / LOOKED_SECONDS / (psutil.cpu_count() or 1)
    if taken > ROOM:
        scene.workload.rate *= ROOM / taken
    scene.note(f"the load took {taken:.0%} of the machine; {scene.workload.rate:.1f} files a second from then on")
    begun = now()
    seconds_pass(CALM_SECONDS)
    return begun


def _computed(system: Injured) -> float:
    """Seconds of processor time of all that runs now."""
    return sum(times.user + times.system for times in (one.cpu_times() for one in system.family()))


def ages(system: Injured, since: str, until: str, end: str) -> Ages:
    """How long those took that are stored, or still on their way at the end; the poisoned are not counted."""
    with closing(sqlite3.connect(f"file:{system.home / 'store.db'}?mode=ro", uri=True)) as connection:
        found = [row[0] for row in connection.execute(ASKED, {"since": since, "until": until, "end": end})]
    assert len(found) >= FEWEST, f"only {len(found)} inputs came in between {since} and {until}"
    hundredths = quantiles(found, n=100)
    return Ages(len(found), hundredths[49], hundredths[98])


def hold_neighbours(scene: Scene, begun: str, hurt: str, end: str) -> None:
    """What was received before against what was received beside the poison: their p99 may not be half as much again."""
    calm, beside = ages(scene.system, begun, hurt, end), ages(scene.system, hurt, end, end)
    told = (
        f"others, received to stored: median {calm.median:.2f} s and p99 {calm.p99:.2f} s of {calm.count} before, "
        f"{beside.median:.2f} s and {beside.p99:.2f} s of {beside.count} after (p99 × {beside.p99 / calm.p99:.1f})"
    )
    scene.note(told)
    scene.hold(beside.p99 <= max(MOST * calm.p99, calm.p99 + UNREST_SECONDS), told)
