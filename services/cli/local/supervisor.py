"""Keeping a table of processes running: starts what may start, restarts what dies or hangs, stops all in order."""

import asyncio
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from services.chassis.watch import waited_seconds
from services.cli.local.journal import Journal, Say
from services.cli.local.process import Child, Process
from services.cli.local.restarts import Timing, ending, is_hanging, losses_after, pause_before


@dataclass
class Kept:
    """A process and how it fares."""

    process: Process
    journal: Journal
    child: Child | None = None
    restarts: int = 0
    waits_for: str = "has not started"
    suffers_from: str | None = None
    in_order: bool = False  # its last end: it was asked to, and did not fail
    gone: asyncio.Event = field(default_factory=asyncio.Event)


class Supervisor:
    """The processes of the table, kept running until `stop` is asked for."""

    def __init__(self, table: Iterable[Process], *, logs: Path, say: Say, timing: Timing | None = None) -> None:
        self._timing, self._say = timing or Timing(), say
        self.kept = {process.name: Kept(process, Journal(process.name, logs, say)) for process in table}
        self._there: dict[str, asyncio.Event] = {}
        self._stopping = asyncio.Event()

    def is_there(self, name: str) -> asyncio.Event:
        """The event that a process is ready for the first time, or that something else that is needed is there."""
        return self._there.setdefault(name, asyncio.Event())

    @property
    def is_stopping(self) -> bool:
        """Whether it was asked to."""
        return self._stopping.is_set()

    def ask_to_stop(self) -> None:
        """Begin to stop; asked a second time, end everything at once."""
        if self._stopping.is_set():
            for kept in self.kept.values():
                if kept.child:
                    kept.child.kill()
        self._stopping.set()

    async def run(self, *beside: Coroutine[Any, Any, None]) -> None:
        """Keep everything running until asked to stop; an error in what runs `beside` stops all and comes out."""
        asked = asyncio.create_task(self._stopping.wait())
        keeping = {asyncio.create_task(self._keep(kept)) for kept in self.kept.values()}
        others = {asyncio.create_task(work) for work in beside}
        pending: set[asyncio.Task[Any]] = {asked, *keeping, *others}
        try:
            while not asked.done():
                done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
        finally:
            self._stopping.set()
            for task in others:
                task.cancel()
            await self._stop()
            await asyncio.gather(*others, *keeping, return_exceptions=True)
            for kept in self.kept.values():
                kept.journal.close()

    async def _keep(self, kept: Kept) -> None:
        losses = 0
        try:
            if not await self._all_there(kept):
                return
            while not self._stopping.is_set():
                begun = _now()
                how = await self._run_once(kept)
                if self._stopping.is_set():
                    return
                losses = losses_after(0 if kept.in_order else losses, _now() - begun)
                kept.restarts += 1
                pause = pause_before(losses)
                again = f"starting it again in {pause:g} s (restart {kept.restarts})"
                self._say(f"{kept.process.name:<11} lost ({how}); {again}")
                await self._pause(pause)
        finally:
            kept.gone.set()

    async def _run_once(self, kept: Kept) -> str:
        kept.in_order = False
        try:
            kept.child = await Child.start(kept.process, kept.journal)
        except OSError as error:
            return f"cannot be started: {error}"
        if self._stopping.is_set():
            kept.child.stop()
        watching = [asyncio.create_task(one(kept, kept.child)) for one in (self._watch, self._nurse)]
        try:
            code = await kept.child.ended()
        finally:
            for task in watching:
                task.cancel()
            kept.child = None
        kept.in_order = kept.in_order or code == 0
        return f"{ending(code)}; it said last: {kept.journal.last_line() or 'nothing'}"

    async def _watch(self, kept: Kept, child: Child) -> None:
        """Say when it is ready; kill it when it hangs, by a clock that leaves out what it waited for a processor.

        By the clock alone services that were still being imported were killed on a machine that others had, and began
        anew, without end.
        """
        process, begun, seen_alive, ready, look_at = kept.process, _now(), None, False, 0.0
        while True:
            if not ready:
                kept.waits_for = await process.ready() or ""
                ready = not kept.waits_for
                if ready:
                    self._say(f"{process.name:<11} ready after {_now() - begun:.1f} s")
                    self.is_there(process.name).set()
            if _now() >= look_at:
                look_at = _now() + self._timing.look_seconds
                seen_alive = _its_time(child) if await process.alive() is None else seen_alive
            if is_hanging(_its_time(child), begun, seen_alive, self._timing):
                self._say(f"{process.name:<11} gives no sign of life: killing it")
                child.kill()
                return
            await asyncio.sleep(self._timing.look_seconds if ready else self._timing.look_for_ready_seconds)

    async def _nurse(self, kept: Kept, child: Child) -> None:
        """Say what it suffers from, and end it as soon as a new start cures it."""
        if kept.process.cure is None:
            return
        cure, name = kept.process.cure(), kept.process.name
        while not await cure.is_advised():
            if cure.sickness is not None and cure.sickness != kept.suffers_from:
                self._say(f"{name:<11} is not well: {cure.sickness}; it is started again when that helps")
            kept.suffers_from = cure.sickness
            await asyncio.sleep(self._timing.look_at_the_sick_seconds if cure.sickness else self._timing.look_seconds)
        kept.in_order = True
        self._say(f"{name:<11} will be well after a new start: ending it")
        child.stop()
        await asyncio.sleep(self._timing.missing_seconds)
        child.kill()

    async def _stop(self) -> None:
        """First those that take in, then the others at once, then what they stand on; who is late is killed."""
        begun = _now()
        deadlines = (
            (0, self._timing.first_stop_seconds),
            (1, self._timing.stop_seconds),
            (2, self._timing.last_stop_seconds),
        )
        for turn, deadline in deadlines:
            due = [kept for kept in self.kept.values() if kept.process.stops <= turn]
            for kept in due:
                if kept.child and kept.process.stops == turn:
                    kept.child.stop()
            await _all_gone(due, begun + deadline - _now())
            for kept in due if turn > 0 else ():
                if kept.child:
                    self._say(f"{kept.process.name:<11} did not stop in time: killed")
                    kept.child.kill()

    async def _all_there(self, kept: Kept) -> bool:
        """Whether all came to be that a process needs, rather than the end."""
        stopping = asyncio.create_task(self._stopping.wait())
        for name in kept.process.needs:
            kept.waits_for = f"it is started when {name} are there"
            there = asyncio.create_task(self.is_there(name).wait())
            await asyncio.wait({there, stopping}, return_when=asyncio.FIRST_COMPLETED)
            there.cancel()
        stopping.cancel()
        return not self._stopping.is_set()

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return


async def _all_gone(kept: Iterable[Kept], seconds: float) -> None:
    waiting = [asyncio.create_task(one.gone.wait()) for one in kept]
    if waiting:
        _, late = await asyncio.wait(waiting, timeout=max(0.0, seconds))
        for task in late:
            task.cancel()


def _its_time(child: Child) -> float:
    """Now, by the clock of a process that is given a processor when it wants one."""
    return _now() - waited_seconds(child.pid)


def _now() -> float:
    return asyncio.get_running_loop().time()
