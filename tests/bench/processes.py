"""Processes that a bench starts: ready or not, what they cost, and gone when the bench is."""

import asyncio
import os
import signal
import sys
import time
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from services.cli.local.process import die_with_parent


@dataclass(frozen=True)
class Running:
    """A process that was started, its log, and the port of its health page."""

    name: str
    process: asyncio.subprocess.Process
    log: Path
    port: int

    @property
    def pid(self) -> int:
        """Its process id."""
        return self.process.pid

    async def ready(self, *, seconds: float) -> None:
        """Wait until /readyz says yes; raises RuntimeError with its last words where it ended, or TimeoutError."""
        async with asyncio.timeout(seconds):
            while not await asyncio.to_thread(_says_yes, f"http://127.0.0.1:{self.port}/readyz"):
                self.check()
                await asyncio.sleep(0.05)

    def check(self) -> None:
        """Raise RuntimeError where it has ended."""
        if self.process.returncode is not None:
            raise RuntimeError(f"{self.name} ended with {self.process.returncode}:\n{self.log.read_text()[-2000:]}")

    async def stop(self) -> None:
        """Ask it to end, and make it."""
        if self.process.returncode is None:
            self.process.terminate()
        try:
            await asyncio.wait_for(self.process.wait(), 15)
        except TimeoutError:
            with suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
            await self.process.wait()


async def start(name: str, argv: list[str], *, environment: Mapping[str, str], log: Path, port: int) -> Running:
    """Start a Python module's command with `argv`, in a group of its own that dies with us."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as file:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *argv,
            env={**os.environ, **environment},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            start_new_session=True,
            preexec_fn=die_with_parent(),
        )
    return Running(name, process, log, port)


def cpu_seconds(pid: int) -> float:
    """What a process and its children have computed so far."""
    process = psutil.Process(pid)
    family = [process, *process.children(recursive=True)]
    return sum(times.user + times.system for times in (member.cpu_times() for member in family))


@dataclass(frozen=True)
class Clock:
    """The machine at one moment: the time, and what all processes have computed so far."""

    at: float
    busy: float

    @classmethod
    def now(cls) -> "Clock":
        """This moment."""
        times = psutil.cpu_times()
        return cls(time.monotonic(), sum(times) - times.idle - times.iowait)

    def strangers(self, later: "Clock", ours: float) -> float:
        """The share of all cores that others than we took from now until `later`, in which we took `ours` seconds."""
        return max(0.0, later.busy - self.busy - ours) / ((later.at - self.at) * (os.cpu_count() or 1))


def _says_yes(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
