"""Faults side by side: each lane is a process with systems of its own, and takes the next fault when one is over."""

import ctypes
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import Empty
from typing import TYPE_CHECKING

from services.chassis.warming import PR_SET_PDEATHSIG
from tests.injuries.fault import Fault
from tests.injuries.faults import faults
from tests.injuries.programme import Row, opened
from tests.injuries.workload import SHARED_RATE

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

LOOK_SECONDS = 1.0  # whether all lanes still live


def leave_at_sigterm() -> None:
    """An orderly end: all systems are ended, and what was found so far is told."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))


def known(name: str) -> Fault:
    """The fault of this name, one of those that have a file."""
    return faults()[name]


@dataclass(frozen=True)
class Lanes:
    """So many processes, and what each opens its programme with."""

    number: int
    seed: int
    atlas: Path
    keep: Path | None = None

    def rows(self, names: Iterable[str], find: Callable[[str], Fault] = known) -> Iterator[Row]:
        """
        A row of each fault as it is over, in whatever order; the next name is asked for when a lane is free.

        `find` says what a name stands for, in the lane. Raises RuntimeError where a lane dies.
        """
        context = get_context("spawn")
        waiting, over = context.Queue(), context.Queue()
        running = [context.Process(target=_lane, args=(self, find, waiting, over)) for _ in range(self.number)]
        left, at_work = iter(names), 0
        for lane in running:
            waiting.put(name := next(left, None))
            at_work += name is not None
            lane.start()
        try:
            while at_work:
                yield _row(over, running)
                waiting.put(name := next(left, None))
                at_work -= name is None
        except BaseException:  # also of whoever is told to go
            for lane in running:
                lane.terminate()
            raise
        finally:
            for lane in running:
                lane.join()


def _row(over: "Queue[Row]", running: Sequence[BaseProcess]) -> Row:
    while True:
        try:
            return over.get(timeout=LOOK_SECONDS)
        except Empty:
            if any(lane.exitcode for lane in running):
                raise RuntimeError("a lane has died: its fault is in no row") from None


def _lane(lanes: Lanes, find: Callable[[str], Fault], waiting: "Queue[str | None]", over: "Queue[Row]") -> None:
    leave_at_sigterm()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)  # whoever started us is killed: nobody else would end us
    with opened(lanes.seed, keep=lanes.keep, atlas=lanes.atlas, rate=SHARED_RATE) as programme:
        while (name := waiting.get()) is not None:
            over.put(programme.run(find(name)))
