"""What a process writes: kept in a bounded file, and told at the terminal in short lines."""

import asyncio
import json
import re
from collections.abc import Callable
from contextlib import suppress
from io import FileIO
from pathlib import Path

from contracts.outcomes import Outcome, State

FILE_BYTES = 10 << 20
FILES = 3  # the newest and two older
LINES_A_SECOND = 10  # told at the terminal; all are in the file
MAX_LINE_CHARACTERS = 200
LOUD = (b'"warning"', b'"error"', b'"critical"', b"[WRN]", b"[ERR]", b"[FTL]")
QUIET_KEYS = {
    "event",
    "level",
    "timestamp",
    "logger",
    "service",
    "name",
    "exception",
    "exc_info",
    "message_id",
    "outcome",
}
STEPS = set(Outcome) - set(State)  # an outcome that is no end of an input is only a step on its way

SERVER_LINE = re.compile(r"\[\d+\] [\d/]+ [\d:.]+ \[(?P<level>[A-Z]{3})\]")
EXPECTED = "Plaintext passwords detected"  # they are in a file that only its owner can read

Say = Callable[[str], None]


class Journal:
    """One process's log: `read` takes all that comes out of it."""

    def __init__(self, name: str, folder: Path, say: Say, *, file_bytes: int = FILE_BYTES) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / f"{name}.log"
        self._name, self._say, self._file_bytes = name, say, file_bytes
        self._file = _opened(self.path)
        self._second, self._told = 0, 0

    async def read(self, output: asyncio.StreamReader) -> None:
        """Keep everything until the end of the output."""
        rest = b""
        while chunk := await output.read(1 << 16):
            self._keep(chunk)
            *lines, rest = (rest + chunk).split(b"\n")
            rest = rest[-(1 << 16) :]
            for line in lines:
                self._tell(line)
        self._tell(rest)

    def last_line(self) -> str:
        """The last thing that was written, shortened; empty where nothing was."""
        with self.path.open("rb") as file:
            file.seek(max(0, self.path.stat().st_size - 4096))
            lines = [line for line in file.read().splitlines() if line.strip()]
        return readable(lines[-1]) or lines[-1].decode(errors="replace")[:MAX_LINE_CHARACTERS] if lines else ""

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _keep(self, chunk: bytes) -> None:
        """What finds no room on the disk is lost: a process that nobody listens to would stand still."""
        with suppress(OSError):
            self._file.write(chunk)
            if self._file.tell() > self._file_bytes:
                self._begin_another()

    def _begin_another(self) -> None:
        for age in range(FILES - 1, 0, -1):
            older = self.path.with_suffix(f".log.{age}")
            newer = self.path.with_suffix(f".log.{age - 1}") if age > 1 else self.path
            if newer.exists():
                newer.replace(older)
        another = _opened(self.path)
        self._file.close()
        self._file = another

    def _tell(self, line: bytes) -> None:
        second = int(asyncio.get_running_loop().time())
        if second != self._second:
            self._second, self._told = second, 0
        if self._told >= LINES_A_SECOND and not any(mark in line for mark in LOUD):
            return
        if self._told < 2 * LINES_A_SECOND and (text := readable(line)):
            self._told += 1
            self._say(f"{self._name:<11} {text}")


def _opened(path: Path) -> FileIO:
    return FileIO(path, "a")  # without a buffer: others read along, and what cannot be written is not tried again


def readable(line: bytes) -> str:
    """A log line for people: what happened and its particulars; empty where it is not worth a line."""
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):  # a text that somebody has printed may be anything
        return _readable_plain(line.decode(errors="replace").strip())
    if not isinstance(entry, dict):
        return ""
    level, outcome = str(entry.get("level", "info")), entry.get("outcome")
    if outcome in STEPS:
        return ""
    event = outcome or entry.get("event", "")
    particulars = " ".join(
        f"{key}={value}" for key, value in entry.items() if key not in QUIET_KEYS and value not in (None, "")
    )
    loud = f"{level}: " if level in {"warning", "error", "critical"} else ""
    return f"{loud}{event} {particulars}".strip()[:MAX_LINE_CHARACTERS]


def _readable_plain(line: str) -> str:
    """A nats-server's line only where it warns, without its time; any other as it stands."""
    server = SERVER_LINE.match(line)
    if server and (server["level"] in {"INF", "DBG", "TRC"} or EXPECTED in line):
        return ""
    return line[server.start("level") - 1 if server else 0 :][:MAX_LINE_CHARACTERS]
