"""How long articles took from their receipt to the store, by the store's own times."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from statistics import quantiles

from tests.injuries.system import Injured

ASKED = """
SELECT (julianday(ended_at) - julianday(received_at)) * 86400 FROM inputs
WHERE state IN ('stored', 'duplicate') AND received_at >= ? AND received_at < ? ORDER BY 1
"""
NOW = "SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')"


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


def ages(system: Injured, since: str, until: str) -> Ages:
    """How long what was stored had taken; those that ended otherwise are not counted."""
    with closing(sqlite3.connect(f"file:{system.home / 'store.db'}?mode=ro", uri=True)) as connection:
        found = [row[0] for row in connection.execute(ASKED, (since, until))]
    hundredths = quantiles(found, n=100)
    return Ages(len(found), hundredths[49], hundredths[98])


def compared(system: Injured, begun: str, hurt: str, end: str) -> str:
    """What was received before against what was received after the hurt, in words."""
    calm, beside = ages(system, begun, hurt), ages(system, hurt, end)
    return (
        f"others, received to stored: median {calm.median:.2f} s and p99 {calm.p99:.2f} s of {calm.count} before, "
        f"{beside.median:.2f} s and {beside.p99:.2f} s of {beside.count} after (p99 × {beside.p99 / calm.p99:.1f})"
    )
