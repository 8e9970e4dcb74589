"""One way to hurt a running system, and what it is given to do it with."""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.injuries.cluster import Cluster, Clustered
from tests.injuries.seen import Special
from tests.injuries.system import Injured
from tests.injuries.workload import Workload


@dataclass
class Scene:
    """A system under load; `chance` is seeded, so that the same seed hurts at the same moments."""

    system: Injured
    workload: Workload  # drops files all the while, from a thread of its own
    chance: random.Random
    notes: list[str] = field(default_factory=list)  # what is worth a line under the table
    findings: list[str] = field(default_factory=list)  # promises that did not hold, apart from the account
    special: Special = field(default_factory=Special)  # what the checker must know of: it lives as long as the system
    events: int = 0  # how many times it was struck
    struck_at: float | None = None

    def struck(self) -> None:
        """It was hurt in this moment: from the last such moment the recovery is timed."""
        self.events += 1
        self.struck_at = time.monotonic()

    @property
    def cluster(self) -> Cluster:
        """The three servers that the system stands on, where the fault is about them."""
        assert isinstance(self.system, Clustered)
        return self.system.cluster

    def note(self, line: str) -> None:
        """Say this under the table."""
        self.notes.append(line)

    def hold(self, promise: bool, line: str) -> None:
        """Say under the table that a promise did not hold, unless it did."""
        if not promise:
            self.findings.append(line)


@dataclass(frozen=True)
class Fault:
    """A line of the table. The recovery is timed from the last blow, or from the end of `injure` where none is told."""

    name: str
    injure: Callable[[Scene], None]
    times: int = 1  # how often `injure` is called
    settings: Mapping[str, str] = field(default_factory=dict)  # of a system of its own; without them a shared one
    short: int = 0  # how often `make test` does it, where it is one of the few that it runs too
    alone: bool = False  # what it measures others beside it would change
    long: bool = False  # it takes minutes: side by side with others it is begun first
    kind: type[Injured] = Injured  # the system that it hurts
    missing: Callable[[], str | None] = lambda: None  # why it cannot be done on this machine

    @property
    def cluster(self) -> bool:
        """Whether it is about three servers."""
        return issubclass(self.kind, Clustered)
