"""Hostile files through the real way of reading: what each came to, which killed its child, and what it cost."""

import os
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from contracts.input_rejected import InputRejected
from contracts.outcomes import RejectReason
from services.chassis.children import Children
from services.chassis.unavailable import Unavailable
from services.fetch.arrival import Arrival
from services.fetch.core.members import About, Allowance, Limits
from services.fetch.course import Begun
from services.fetch.handler import mint
from services.fetch.intake import Intake
from services.fetch.opened import Opened
from services.fetch.originals import Original, Seen
from services.fetch.reader import Killed, Reader
from services.fetch.spool import Stretch
from tests.edges.inboxes import Beyond
from tests.hostile.made import Made
from tests.services.fetch.test_expansion import Taken

MEBIBYTE = 1 << 20
MEMORY_BYTES = 768 * MEBIBYTE
LIMITS = Limits(members=100, total_bytes=256 * MEBIBYTE, member_bytes=64 * MEBIBYTE)
TIMEOUT_SECONDS = 120.0
OUT_OF_TIME = "took longer than"
RAISED = "reading it failed: "
ENDS = {"expanded", "fetched", *map(str, RejectReason)}


@dataclass
class Ended:
    """One file: how it and all that came of it ended, what its readers raised, who killed a child, time and memory."""

    made: Made
    ends: dict[str, str] = field(default_factory=dict)
    raised: list[str] = field(default_factory=list)
    killed: list[str] = field(default_factory=list)
    seconds: float = 0.0
    memory_bytes: int = 0

    @property
    def is_well(self) -> bool:
        """Whether each of them ended with a word that is known, and no child died but at the end of its time."""
        return bool(self.ends) and not self.died and set(self.ends.values()) <= ENDS

    @property
    def died(self) -> list[str]:
        """What is said of children that died of themselves: time is a limit, and its end is no crash."""
        return [words for words in self.killed if OUT_OF_TIME not in words]


class _Forgetful(Beyond):
    """What keeps nothing of the originals."""

    async def put(self, data: bytes | Stretch, sha256: str) -> None:
        self.kept[sha256] = b""


class Watched:
    """A reader that knows which documents have killed their child."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.killed: list[str] = []

    async def look(self, data: bytes | Stretch, about: About) -> object:
        return self._seen(await self._reader.look(data, about))

    async def open(
        self,
        data: bytes | Stretch,
        about: About,
        allowance: Allowance,
        begun: Begun | None = None,
        *,
        last_try: bool = False,
    ) -> object:
        return self._seen(await self._reader.open(data, about, allowance, begun, last_try=last_try))

    def _seen(self, found: object) -> object:
        if isinstance(found, Killed):
            self.killed.append(found.detail)
        return found


async def ended(files: Iterable[Made], folder: Path, say: Callable[[Ended], None] | None = None) -> list[Ended]:
    """What became of each, read one after the other by children with limits; `say` hears of each."""
    found: list[Ended] = []
    async with reading(folder) as watched:
        for made in files:
            found.append(await one(made, watched, folder))
            found[-1].memory_bytes = max(children_memory(), default=0)
            if say is not None:
                say(found[-1])
    return found


@asynccontextmanager
async def reading(folder: Path) -> AsyncIterator[Watched]:
    """What reads in children with limits, and unpacks into `folder`."""
    async with Children(workers=1, memory_bytes=MEMORY_BYTES, preload=("services.fetch.warm",)) as children:
        reader = Reader(
            children,
            max_text_bytes=2_000_000,
            timeout_seconds=TIMEOUT_SECONDS,
            unpacking_timeout_seconds=TIMEOUT_SECONDS,
            spool_folder=folder,
        )
        await _ready(children)
        yield Watched(reader)


async def _ready(children: Children) -> None:
    """As a service does: on a busy machine the first one may take long."""
    while True:
        try:
            await children.ready()
        except Unavailable as error:
            print(error, file=sys.stderr, flush=True)
        else:
            return


async def one(made: Made, watched: Watched, folder: Path) -> Ended:
    """What became of it, and of all that came of it; each message could be said."""
    taken = Taken(LIMITS, watched)
    taken.beyond = _Forgetful()
    intake = Intake(
        watched,  # type: ignore[arg-type]
        taken.beyond,
        taken.beyond.say,
        taken.beyond.count,
        fresh_seconds=3600,
        limits=LIMITS,
        log=lambda *_, **__: None,
    )
    data = made.original(folder)
    original = Original(data, "0" * 64, Seen(1, len(data), 1))
    arrival = Arrival(mint(), f"inbox:{made.name}", made.name)
    watched.killed = []
    began = time.monotonic()
    document = await intake.read(arrival, original)
    try:
        await intake.say(arrival, original, document)
    finally:
        if isinstance(document, Opened):
            document.close()
    for message in taken.beyond.said:
        message.model_dump_json()
    raised = [
        message.detail.partition(RAISED)[2]
        for message in taken.beyond.said
        if isinstance(message, InputRejected) and RAISED in message.detail
    ]
    return Ended(made, taken.ends(), raised, watched.killed, time.monotonic() - began)


def children_memory() -> Iterator[int]:
    """The most memory that each of the children has had: they are those of the server that is our child."""
    known: dict[int, tuple[int, int]] = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            said = dict(line.split(":", 1) for line in status.read_text(encoding="utf-8").splitlines() if ":" in line)
        except OSError:  # it is gone
            continue
        if "VmHWM" in said:
            known[int(said["Pid"])] = int(said["PPid"]), int(said["VmHWM"].split()[0]) << 10
    for parent, size in known.values():
        if parent in known and known[parent][0] == os.getpid():
            yield size


def told(all_of_them: list[Ended]) -> str:
    """A line for each family, and what did not end well."""
    lines = [
        f"{'family':<15}{'files':>6}{'inputs':>8}{'stopped':>8}{'died':>5}{'slowest s':>10}{'memory MiB':>11}  ends"
    ]
    for family in [*sorted({one.made.family for one in all_of_them}), ""]:
        some = [one for one in all_of_them if family in ("", one.made.family)]
        ends = Counter(end for one in some for end in one.ends.values())
        stopped, died = (sum(bool(each) for each in column) for column in zip(*_hurt(some), strict=True))
        slowest, most = max(one.seconds for one in some), max(one.memory_bytes for one in some)
        numbers = f"{len(some):>6}{ends.total():>8}{stopped:>8}{died:>5}{slowest:>10.1f}{most >> 20:>11}"
        words = ", ".join(f"{end} {number}" for end, number in ends.most_common())
        lines.append(f"{family or 'all':<15}{numbers}  {words}")
    lines += (
        f"NOT WELL {one.made.family}: {one.made.called} ({one.made.name}): {one.died or one.ends}"
        for one in all_of_them
        if not one.is_well
    )
    return "\n".join(lines)


def _hurt(some: list[Ended]) -> Iterator[tuple[bool, bool]]:
    """Of each, whether its child was stopped when its time was up, and whether one died of itself."""
    for one in some:
        yield len(one.killed) > len(one.died), bool(one.died)
