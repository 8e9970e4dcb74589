"""Faults side by side: each lane is a process with systems of its own, and takes the next fault when one is over."""

import ctypes
import signal
import sys
from collections.abc import Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import Empty
from typing import TYPE_CHECKING

from services.chassis.warming import PR_SET_PDEATHSIG
from tests.injuries.faults import faults
from tests.injuries.programme import Row, opened
from tests.injuries.workload import SHARED_RATE

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

LOOK_SECONDS = 1.0  # whether all lanes still live


def leave_at_sigterm() -> None:
    """An orderly end: all systems are ended, and what was found so far is told."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))


def side_by_side(names: Sequence[str], lanes: int, seed: int, atlas: Path, keep: Path | None) -> Iterator[Row]:
    """A row of each fault as it is over, in whatever order; raises RuntimeError where a lane dies."""
    context = get_context("spawn")
    waiting, over = context.Queue(), context.Queue()
    for name in names:
        waiting.put(name)
    running = [context.Process(target=_lane, args=(waiting, over, seed, atlas, keep)) for _ in range(lanes)]
    for lane in running:
        waiting.put(None)
        lane.start()
    try:
        yield from _rows(len(names), over, running)
    except BaseException:  # also of whoever is told to go
        for lane in running:
            lane.terminate()
        raise
    finally:
        for lane in running:
            lane.join()


def _rows(number: int, over: "Queue[Row]", running: Sequence[BaseProcess]) -> Iterator[Row]:
    while number:
        try:
            yield over.get(timeout=LOOK_SECONDS)
        except Empty:
            if any(lane.exitcode for lane in running):
                raise RuntimeError("a lane has died: its fault is in no row") from None
        else:
            number -= 1


def _lane(waiting: "Queue[str | None]", over: "Queue[Row]", seed: int, atlas: Path, keep: Path | None) -> None:
    leave_at_sigterm()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)  # whoever started us is killed: nobody else would end us
    known = faults()
    with opened(seed, keep=keep, atlas=atlas, rate=SHARED_RATE) as programme:
        while (name := waiting.get()) is not None:
            over.put(programme.run(known[name]))
