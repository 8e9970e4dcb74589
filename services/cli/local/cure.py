"""Whether a new start would cure the server: a stream that once met a full disk takes nothing more until then.

What nats-server tells of itself is asked of its system account, by hand for the reason that `probes` gives.
"""

import asyncio
import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from services.chassis.permissions import HEALTH, SYSTEM, SYSTEM_INBOX
from services.cli.local.probes import TIMEOUT_SECONDS, Probe

ROOM_BYTES = 32 << 20  # with less than this free it would soon meet the end of the disk again
TRIAL = ".room"
OF_THIS_RUN = "write error"  # a stream that met one remembers it until the process ends
MAX_REASON_CHARACTERS = 300


class Cure:
    """What is known of the health of one run of a process: a new start cures what befell it since the last one."""

    def __init__(self, health: Probe, obstacle: Probe) -> None:
        self._health, self._obstacle = health, obstacle
        self._was_well = False
        self.sickness: str | None = None  # what it suffers from

    async def is_advised(self) -> bool:
        """Whether it fell ill in this run, was ill when we last looked, and nothing stands in the way of a cure."""
        if self.sickness is not None and await self._obstacle() is not None:
            return False
        before = self.sickness
        with suppress(OSError, TimeoutError, ValueError, LookupError):  # no answer: others see to that
            self.sickness = await self._health()
            self._was_well |= self.sickness is None
        if before is None or self.sickness is None:
            return False
        return self._was_well or OF_THIS_RUN in self.sickness


def jetstream(host: str, port: int, password: Callable[[], str | None]) -> Probe:
    """A probe of JetStream's own opinion of itself; raises OSError, TimeoutError, ValueError or LookupError.

    The password is asked for at each look: it may be changed while the server runs.
    """

    async def ask() -> str | None:
        async with asyncio.timeout(TIMEOUT_SECONDS):
            told = json.loads(await _asked(host, port, password() or ""))["data"]
        return str(told["error"])[:MAX_REASON_CHARACTERS] if told.get("error") else None

    return ask


def room(folder: Path) -> Probe:
    """A probe that is content when there is room in `folder` for what is to be written."""

    async def ask() -> str | None:
        try:
            await asyncio.to_thread(_reserve, folder / TRIAL)
        except OSError as error:
            return f"waiting for room in {folder}: {error.strerror}"
        return None

    return ask


async def _asked(host: str, port: int, password: str) -> bytes:
    reader, writer = await asyncio.open_connection(host, port)
    try:
        await reader.readline()  # it introduces itself
        who = json.dumps({"user": SYSTEM, "pass": password, "verbose": False, "name": "wireroom-up"})
        writer.write(f"CONNECT {who}\r\nSUB {SYSTEM_INBOX} 1\r\nPUB {HEALTH} {SYSTEM_INBOX} 0\r\n\r\n".encode())
        while not (line := await reader.readline()).startswith(b"MSG "):
            if not line or line.startswith(b"-ERR"):
                raise OSError(line.decode(errors="replace"))
        return await reader.readexactly(int(line.split()[-1]))
    except asyncio.IncompleteReadError as error:  # which is no OSError
        raise OSError("it hung up in the middle of its answer") from error
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


def _reserve(path: Path) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        os.posix_fallocate(handle, 0, ROOM_BYTES)
    finally:
        os.close(handle)
        path.unlink()
