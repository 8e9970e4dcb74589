"""One process of the system: what is started, and the child while it runs."""

import asyncio
import ctypes
import os
import re
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

from services.cli.local.cure import Cure
from services.cli.local.journal import Journal
from services.cli.local.probes import Probe

PR_SET_PDEATHSIG = 1  # linux/prctl.h
PASSWORD = re.compile(r"WIREROOM_\w+_NATS_PASSWORD", re.IGNORECASE)


@dataclass(frozen=True)
class Process:
    """What is to run: a line of the system's table."""

    name: str
    argv: tuple[str, ...]
    alive: Probe
    ready: Probe
    needs: tuple[str, ...] = ()  # names of what must be there before it is started
    stops: int = 1  # 0 first, 1 then, 2 last
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    cure: Callable[[], Cure] | None = None  # for each run, what knows whether a new start would do it good


class Child:
    """A running process, in a session of its own: a Ctrl-C at the terminal reaches only us, and we stop it in order."""

    def __init__(self, process: asyncio.subprocess.Process, journal: Journal) -> None:
        self._process = process
        assert process.stdout is not None  # noqa: S101  # start() asks for a pipe
        self._reading = asyncio.create_task(journal.read(process.stdout))

    @classmethod
    async def start(cls, process: Process, journal: Journal) -> Self:
        """Start it; raises OSError where that cannot be."""
        started = await asyncio.create_subprocess_exec(
            *process.argv,
            env={**_environment(process.name), **process.environment},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_parent(),
        )
        return cls(started, journal)

    @property
    def pid(self) -> int:
        """Its process id, and that of its group."""
        return self._process.pid

    async def ended(self) -> int:
        """Its return code once it has ended; what is left of its group is killed."""
        code = await self._process.wait()
        self.kill()
        await self._reading
        return code

    def stop(self) -> None:
        """Ask it to stop."""
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once, and everything that it started."""
        with suppress(ProcessLookupError):  # nobody of the group is left
            os.killpg(self._process.pid, signal.SIGKILL)


def _environment(name: str) -> dict[str, str]:
    """Ours, without the passwords of others."""
    own = f"WIREROOM_{name.upper()}_NATS_PASSWORD"
    return {key: value for key, value in os.environ.items() if key.upper() == own or not PASSWORD.fullmatch(key)}


def die_with_parent() -> Callable[[], None] | None:
    """What a child does before it becomes its program, so that it never outlives us, however we end (Linux)."""
    if sys.platform != "linux":
        return None
    prctl, parent = ctypes.CDLL(None).prctl, os.getpid()

    def leash() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)  # we ended between the fork and here

    return leash
