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
LAST_WORDS_SECONDS = 0.5  # that are in the pipe when it ends
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


@dataclass
class Output:
    """The pipe that a process writes into. One of asyncio's own would have us wait until nobody holds it any more."""

    reader: asyncio.StreamReader
    writer: int
    _transport: asyncio.ReadTransport

    @classmethod
    async def open(cls) -> Self:
        """Raises OSError where there is no pipe to be had."""
        ours, theirs = os.pipe()
        reader, loop = asyncio.StreamReader(), asyncio.get_running_loop()
        try:
            transport, _ = await loop.connect_read_pipe(
                lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(ours, "rb", 0)
            )
        except BaseException:
            os.close(theirs)
            raise
        return cls(reader, theirs, transport)

    def close(self) -> None:
        """What comes after this is not read any more."""
        self._transport.close()
        self.reader.feed_eof()


class Child:
    """A running process, in a session of its own: a Ctrl-C at the terminal reaches only us, and we stop it in order."""

    def __init__(self, process: asyncio.subprocess.Process, output: Output, journal: Journal) -> None:
        self._process, self._output = process, output
        self._reading = asyncio.create_task(journal.read(output.reader))

    @classmethod
    async def start(cls, process: Process, journal: Journal) -> Self:
        """Start it; raises OSError where that cannot be."""
        output = await Output.open()
        try:
            started = await asyncio.create_subprocess_exec(
                *process.argv,
                env={**_environment(process.name), **process.environment},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output.writer,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent(),
            )
        except BaseException:
            output.close()
            raise
        finally:
            os.close(output.writer)
        return cls(started, output, journal)

    @property
    def pid(self) -> int:
        """Its process id, and that of its group."""
        return self._process.pid

    async def ended(self) -> int:
        """Its return code once it has ended, and all that it said is read; what is left of its group is killed.

        Whoever of the group runs behind all others dies behind them too, and holds its output until then.
        """
        code = await self._process.wait()
        self.kill()
        await asyncio.wait({self._reading}, timeout=LAST_WORDS_SECONDS)
        self._output.close()
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
