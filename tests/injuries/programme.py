"""One fault after the other on running systems: hurt, wait until all has ended, let the checker decide."""

import asyncio
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from nats.errors import Error as NatsError

from contracts.outcomes import State
from services.extract.atlas import atlas_path, build
from tests.e2e.running import until
from tests.injuries.checker import Evidence, Verdict, judge
from tests.injuries.evidence import gather
from tests.injuries.fault import Fault, Scene
from tests.injuries.system import Injured
from tests.injuries.workload import Workload

BEGUN = 12  # inputs that came in before a system is hurt, so that it is hurt in the middle
BEGUN_SECONDS = 120.0
RECOVERY_SECONDS = 120.0
END_SECONDS = 300.0


@dataclass
class Row:
    """A line of the table: what came of one fault."""

    fault: str
    times: int = 0
    given: int = 0
    accepted: int = 0
    ends: Counter[State] = field(default_factory=Counter)
    lost: int = 0
    stored_twice: int = 0
    never_announced: int = 0
    repeated: int = 0
    recovered_seconds: list[float] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    skipped: str | None = None


class Programme:
    """Runs faults in a folder of its own; those that ask for no settings share a system of their kind."""

    def __init__(self, folder: Path, seed: int, atlas: Path) -> None:
        self._folder, self._seed, self._atlas = folder, seed, atlas
        self._shared: dict[type[Injured], tuple[Injured, Workload, Verdict]] = {}
        self._number = 0

    def run(self, fault: Fault) -> Row:
        """Hurt a system and say what came of it; one that never comes to rest again is a finding, and is ended."""
        if (missing := fault.missing()) is not None:
            return Row(fault.name, skipped=missing)
        try:
            return self._run(fault)
        except AssertionError as error:
            if fault.kind in self._shared:
                _end(*self._shared.pop(fault.kind)[:2])
            return Row(fault.name, findings=[f"it came to no rest: {error}"])

    def _run(self, fault: Fault) -> Row:
        if fault.settings:
            with self._system(fault) as (system, workload):
                row, _ = self._hurt(fault, system, workload, Verdict())
            return row
        if fault.kind not in self._shared:
            self._shared[fault.kind] = *self._open(fault), Verdict()
        row, after = self._hurt(fault, *self._shared[fault.kind])
        self._shared[fault.kind] = *self._shared[fault.kind][:2], after
        return row

    def close(self) -> None:
        """End the shared systems."""
        while self._shared:
            _, (system, workload, _) = self._shared.popitem()
            _end(system, workload)

    def _hurt(self, fault: Fault, system: Injured, workload: Workload, before: Verdict) -> tuple[Row, Verdict]:
        row = Row(fault.name)
        scene = Scene(system, workload, random.Random(f"{self._seed} {fault.name}"))
        workload.start()
        _begun(system, BEGUN)
        for _ in range(fault.times):
            scene.struck_at = None
            fault.injure(scene)
            row.recovered_seconds.append(_recovered(system, scene.struck_at or time.monotonic()))
        row.times = scene.events or fault.times
        workload.pause()
        system.disarm()
        after = judge(workload.given, at_rest(system, workload))
        return _filled(row, scene, before, after), after

    @contextmanager
    def _system(self, fault: Fault) -> Iterator[tuple[Injured, Workload]]:
        system, workload = self._open(fault)
        try:
            yield system, workload
        finally:
            _end(system, workload)

    def _open(self, fault: Fault) -> tuple[Injured, Workload]:
        self._number += 1
        system = fault.kind(self._folder / f"system-{self._number}", self._atlas, **fault.settings)
        try:
            system.start()
        except BaseException:
            system.abandon()
            raise
        return system, Workload(system.drop, system.inbox, self._seed + self._number)


def at_rest(system: Injured, workload: Workload, *, seconds: float = END_SECONDS) -> Evidence:
    """What is to be seen once nothing moves any more; what never comes to rest is seen as it stands."""
    last = time.monotonic() + seconds
    seen = Evidence()
    while time.monotonic() < last:
        system.await_ready(RECOVERY_SECONDS)
        if _quiet(system, len(workload.given)):
            try:
                seen = asyncio.run(gather(system))
            except (NatsError, TimeoutError):  # a cluster has no leader for what we read with, a moment long
                continue
            if not judge(workload.given, seen).findings:
                break
            last = min(last, time.monotonic() + 15.0)  # marks, counts and acknowledgements may be a moment late
        time.sleep(0.25)
    return seen if seen.ledger else asyncio.run(gather(system))


def _quiet(system: Injured, given: int) -> bool:
    counts = system.counts()
    return sum(counts.values()) >= given and State.IN_PROGRESS not in counts and not system.waiting()


def _begun(system: Injured, number: int) -> None:
    known = sum(system.counts().values())
    until(lambda: sum(system.counts().values()) >= known + number, seconds=BEGUN_SECONDS, what="inputs come in")


def _recovered(system: Injured, begun: float) -> float:
    """Seconds until all services are ready and another input has ended."""
    ended = _ended(system)
    system.await_ready(RECOVERY_SECONDS)
    until(lambda: _ended(system) > ended or not system.waiting(), seconds=RECOVERY_SECONDS, what="inputs end again")
    return time.monotonic() - begun


def _ended(system: Injured) -> int:
    return sum(number for state, number in system.counts().items() if state is not State.IN_PROGRESS)


def _filled(row: Row, scene: Scene, before: Verdict, after: Verdict) -> Row:
    row.given, row.accepted = after.given - before.given, after.accepted - before.accepted
    row.ends = after.ends - before.ends
    row.lost = len(after.lost) - len(before.lost)
    row.stored_twice = len(after.stored_twice) - len(before.stored_twice)
    row.never_announced = len(after.never_announced) - len(before.never_announced)
    row.repeated = after.repeated - before.repeated
    known = set(before.findings)
    row.findings = [*scene.findings, *(line for line in after.findings if line not in known)]
    row.notes = scene.notes
    return row


def _end(system: Injured, workload: Workload) -> None:
    workload.end()
    system.abandon()


def _atlas(folder: Path) -> Path:
    """Built once for all systems: it takes 15 s."""
    home = folder / "atlas"
    home.mkdir(parents=True, exist_ok=True)
    build(home)
    return atlas_path(home)


@contextmanager
def opened(seed: int, *, keep: Path | None = None, atlas: Path | None = None) -> Iterator[Programme]:
    """A programme in a temporary folder, or in `keep`, which stays for whoever wants to look at it."""
    folder = keep or Path(tempfile.mkdtemp(prefix="wireroom-injuries-"))
    programme = Programme(folder, seed, atlas or _atlas(folder))
    try:
        yield programme
    finally:
        programme.close()
        if keep is None:
            shutil.rmtree(folder, ignore_errors=True)


def everything_held(rows: Sequence[Row]) -> bool:
    """Whether no row has a finding."""
    return not any(row.findings for row in rows)
