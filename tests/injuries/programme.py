"""One fault after the other on running systems: hurt, wait until all has ended, let the checker decide."""

import asyncio
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from nats.errors import Error as NatsError

from contracts.outcomes import State
from services.extract.atlas import atlas_path, build
from tests.e2e.running import until
from tests.injuries.checker import NOTHING, Verdict, judge
from tests.injuries.evidence import gather
from tests.injuries.fault import Fault, Scene
from tests.injuries.once import Known
from tests.injuries.seen import Evidence, Special
from tests.injuries.sweeping import swept
from tests.injuries.system import Injured
from tests.injuries.workload import RATE, Workload

BEGUN = 12  # inputs that came in before a system is hurt, so that it is hurt in the middle
BEGUN_SECONDS = 120.0
MOST_KNOWN = 5_000  # inputs past which a system is not shared with the next fault: each look is at all that it knows
RECOVERY_SECONDS = 300.0  # on a machine that has much else to do; how long it took is told
END_SECONDS = 180.0  # without another end, until nothing more is waited for


@dataclass
class Row:
    """A line of the table: what came of one fault."""

    fault: str
    times: int = 0
    judged: bool = False  # whether anybody counted what follows
    given: int = 0
    accepted: int = 0
    ends: Counter[State] = field(default_factory=Counter)
    lost: int = 0
    stored_twice: int = 0
    never_announced: int = 0
    repeated: int = 0
    recovered_seconds: list[float] = field(default_factory=list)
    seconds: float = 0.0  # that all of it took: start, blows, and until everything had ended
    findings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    skipped: str | None = None


@dataclass
class Running:
    """A system under load, and what was known of it when the last fault was over."""

    system: Injured
    workload: Workload
    special: Special = field(default_factory=Special)
    before: Verdict = field(default_factory=Verdict)
    known: Known = field(default_factory=Known)  # what the checker has looked at
    is_well: bool = True  # nothing went wrong that the next fault would be blamed for

    def end(self) -> None:
        """Drop nothing more, and end it."""
        self.workload.end()
        self.system.abandon()


class Programme:
    """Runs faults in a folder of its own; those that ask for no settings share a system of their kind."""

    def __init__(self, folder: Path, seed: int, atlas: Path, *, rate: float = RATE) -> None:
        self._folder, self._seed, self._atlas, self._rate = folder, seed, atlas, rate
        self._shared: dict[type[Injured], Running] = {}
        self._number = 0

    @property
    def atlas(self) -> Path:
        """The atlas of all its systems, which others may use as long as it is open."""
        return self._atlas

    def run(self, fault: Fault) -> Row:
        """Hurt a system and say what came of it; whatever goes wrong is a finding, and the next fault has its turn."""
        row, began = Row(fault.name), time.monotonic()
        try:
            row.skipped = fault.missing()
            if row.skipped is None:
                with self._running(fault) as running:
                    self._hurt(fault, running, row)
        except Exception as error:  # noqa: BLE001 - one fault must not end the programme
            row.findings.append(f"it cannot be judged: {_told(error)}")
        row.seconds = time.monotonic() - began
        return row

    def renew(self) -> None:
        """End the shared systems: the next fault gets a new one."""
        with ExitStack() as ends:
            for running in self._shared.values():
                ends.callback(running.end)
            self._shared.clear()

    def _hurt(self, fault: Fault, running: Running, row: Row) -> None:
        seed = f"{self._seed} {fault.name}"
        scene = Scene(running.system, running.workload, random.Random(seed), special=running.special)
        row.notes, row.findings = scene.notes, scene.findings
        running.is_well = False
        running.workload.play(seed)
        try:
            _injured(fault, scene, row)
        except Exception as error:  # noqa: BLE001 - what it has done until then is judged all the same
            scene.findings.append(f"it was cut short: {_told(error)}")
        else:
            running.is_well = True
        row.times = scene.events
        scene.hold(scene.events > 0, "no blow was struck")
        running.workload.pause()
        running.system.disarm()
        seen = at_rest(running.system, running.workload, scene.special, running.known)
        after = judge(running.workload.given, seen, scene.special)
        _fill(row, running.before, after)
        running.before = after

    @contextmanager
    def _running(self, fault: Fault) -> Iterator[Running]:
        """A system for this fault; where it is shared, it stays for the next one unless something went wrong."""
        is_shared = not fault.settings
        running = (self._shared.pop(fault.kind, None) if is_shared else None) or self._open(fault)
        try:
            yield running
        except BaseException:
            running.is_well = False
            raise
        finally:
            if is_shared and running.is_well and len(running.workload.given) < MOST_KNOWN:
                self._shared[fault.kind] = running
            else:
                running.end()

    def _open(self, fault: Fault) -> Running:
        self._number += 1
        system = fault.kind(self._folder / f"system-{self._number}", self._atlas, **fault.settings)
        try:
            system.start()
            return Running(system, Workload(system.drop, system.inbox, self._seed, rate=self._rate))
        except BaseException:
            system.abandon()
            raise


def _injured(fault: Fault, scene: Scene, row: Row) -> None:
    """Do it as often as it asks for, in the middle of the work, and time how soon all goes on."""
    scene.workload.start()
    _begun(scene.system, BEGUN)
    for _ in range(fault.times):
        scene.struck_at = None
        fault.injure(scene)
        scene.workload.start()  # it is timed until another input ends
        row.recovered_seconds.append(_recovered(scene.system, scene.struck_at or time.monotonic()))


def _told(error: Exception) -> str:
    """In a line; an assertion speaks for itself."""
    return str(error) if isinstance(error, AssertionError) else f"{type(error).__name__}: {error}"


def at_rest(
    system: Injured,
    workload: Workload,
    special: Special = NOTHING,
    known: Known | None = None,
    *,
    seconds: float = END_SECONDS,
) -> Evidence:
    """What is to be seen once nothing moves any more; where no input ends for so long, it is seen as it stands."""
    known = known or Known()
    last, ended = time.monotonic() + seconds, 0
    seen: Evidence | None = None
    while time.monotonic() < last:
        if seen is None and (now := _ends(system)) > ended:  # a slow machine is no loss
            last, ended = time.monotonic() + seconds, now
        with suppress(AssertionError):  # not ready: it is seen as it stands, if it can be seen
            system.await_ready(RECOVERY_SECONDS)
        if _quiet(system, len(workload.given)):
            try:
                seen = asyncio.run(gather(system, known))
            except (NatsError, OSError):  # a cluster has no leader for a moment, or the server that was asked is gone
                continue
            if not judge(workload.given, seen, special).findings:
                break
            last = min(last, time.monotonic() + 60.0)  # marks, counts and acknowledgements may be a moment late
        time.sleep(0.25)
    return seen or asyncio.run(gather(system, known))


def _ends(system: Injured) -> int:
    return sum(number for state, number in system.counts().items() if state is not State.IN_PROGRESS)


def _quiet(system: Injured, given: int) -> bool:
    """Whether all has ended and is announced and counted, as far as that costs little to ask."""
    counts = system.counts()
    has_ended = sum(counts.values()) >= given and State.IN_PROGRESS not in counts and not system.waiting()
    return has_ended and not system.owed() and _shown(system) == counts


def _shown(system: Injured) -> dict[State, int]:
    shown = system.samples("store", "wireroom_inputs")
    return {State(state): int(number) for state, number in shown.items() if number}


def _begun(system: Injured, number: int) -> None:
    known = sum(system.counts().values())
    until(lambda: sum(system.counts().values()) >= known + number, seconds=BEGUN_SECONDS, what="inputs come in")


def _recovered(system: Injured, begun: float) -> float:
    """Seconds until all services are ready and another input has ended."""
    ended = system.ended_inputs()
    system.await_ready(RECOVERY_SECONDS)
    until(lambda: system.ended_inputs() > ended, seconds=RECOVERY_SECONDS, what="inputs end again")
    return time.monotonic() - begun


def _fill(row: Row, before: Verdict, after: Verdict) -> None:
    """What came to be since the last fault; what was wrong before is not told again."""
    row.given, row.accepted = after.given - before.given, after.accepted - before.accepted
    row.ends = after.ends - before.ends
    row.lost = len(after.lost) - len(before.lost)
    row.stored_twice = len(after.stored_twice) - len(before.stored_twice)
    row.never_announced = len(after.never_announced) - len(before.never_announced)
    row.repeated = after.repeated - before.repeated
    known = set(before.findings)
    row.findings += [line for line in after.findings if line not in known]
    row.judged = True


def _atlas(folder: Path) -> Path:
    """Built once for all systems: it takes 15 s."""
    home = folder / "atlas"
    home.mkdir(parents=True, exist_ok=True)
    build(home)
    return atlas_path(home)


@contextmanager
def opened(
    seed: int, *, keep: Path | None = None, atlas: Path | None = None, rate: float = RATE
) -> Iterator[Programme]:
    """A programme in a temporary folder, under so many files a second; one in `keep` stays to be looked at."""
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="wireroom-injuries-", dir=keep))
    with swept(folder, keeps=keep is not None):
        programme = Programme(folder, seed, atlas or _atlas(folder), rate=rate)
        try:
            yield programme
        finally:
            programme.renew()


def everything_held(rows: Sequence[Row]) -> bool:
    """Whether no row has a finding."""
    return not any(row.findings for row in rows)
