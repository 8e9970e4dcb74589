"""One reader, played with for as long as is said: how all of it ended, and what it cost. A process of its own."""

import asyncio
import hashlib
import json
import resource
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing import forkserver
from pathlib import Path
from typing import NamedTuple

from hypothesis import HealthCheck, Phase, given, seed, settings

from services.fetch.core.document import Source
from services.fetch.core.kinds import Kind
from services.fetch.core.sniffing import kind_of
from tests.hostile.examples import examples
from tests.hostile.made import Made
from tests.hostile.running import Ended, Watched, children_memory, one, reading

A_BATCH = 50
PLAY = settings(
    max_examples=A_BATCH,
    deadline=None,
    database=None,
    derandomize=False,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@dataclass
class Played:
    """What became of the examples of one reader; `own` are those that were for it to read, `raised` what it raised.

    `unwell` says which were without an end, took their child down, or would have hurt the service.
    """

    reader: str
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    examples: int = 0
    different: int = 0
    own: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    raised: Counter[str] = field(default_factory=Counter)
    stopped: int = 0
    died: int = 0
    slowest: float = 0.0
    memory_bytes: int = 0
    unwell: list[str] = field(default_factory=list)

    def add(self, one: Ended) -> None:
        """One of them has its ends."""
        self.ends.update(one.ends.values())
        self.raised.update(one.raised)
        self.stopped += len(one.killed) > len(one.died)
        self.died += bool(one.died)
        self.slowest = max(self.slowest, one.seconds)
        if not one.is_well:
            self.unwell.append(f"{one.made.name!r}: {one.died or one.ends}")


class Here(NamedTuple):
    """What reads, and where."""

    runner: asyncio.Runner
    watched: Watched
    folder: Path


def played(reader: str, seconds: float, number: int, kept: Path) -> Played:
    """`reader` played with for so long, from the seed of this `number` on; what is not well lies in `kept` then."""
    found = Played(reader)
    with asyncio.Runner() as runner, tempfile.TemporaryDirectory() as folder:
        context = reading(Path(folder))
        here = Here(runner, runner.run(context.__aenter__()), Path(folder))
        began = time.monotonic()
        seen: set[bytes] = set()

        def look(made: Made) -> None:
            if time.monotonic() - began < seconds or not found.examples:
                seen.add(hashlib.sha256(made.name.encode() + b"\n" + made.data).digest())
                _tried(made, here, found, kept)

        batch = 0
        while not batch or time.monotonic() - began < seconds:
            seed(f"{number} {reader} {batch}")(PLAY(given(examples(reader))(look)))()
            batch += 1
            found.memory_bytes = max((found.memory_bytes, *children_memory()))
        found.seconds, found.different = time.monotonic() - began, len(seen)
        runner.run(context.__aexit__(None, None, None))
        found.unwell += (f"left behind: {left.name}" for left in Path(folder).iterdir())
    return found


def _tried(made: Made, here: Here, found: Played, kept: Path) -> None:
    found.examples += 1
    before = len(found.unwell)
    try:
        kind = kind_of(Source(made.data, made.name))
        found.own += isinstance(kind, Kind) and kind.reader == found.reader
        found.add(here.runner.run(one(made, here.watched, here.folder)))
    except Exception as error:  # noqa: BLE001 - whatever it is, it would have been raised in a service
        found.unwell.append(f"{made.name!r}: {type(error).__name__}: {error}"[:500])
    if len(found.unwell) > before:
        kept.mkdir(parents=True, exist_ok=True)
        (kept / f"{found.reader}-{found.examples}").write_bytes(made.name.encode() + b"\n" + made.data)


def main() -> int:
    """Print what was found as JSON, with all that this process and its children have cost."""
    reader, seconds, number, kept = sys.argv[1:]
    found = played(reader, float(seconds), int(number), Path(kept))
    forkserver._forkserver._stop()  # type: ignore[attr-defined]  # what the server and its children cost is known then
    for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)):
        found.cpu_seconds += used.ru_utime + used.ru_stime
    print(json.dumps(vars(found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
