"""`python -m tests.injuries.fsyncs`: how often nats-server syncs for so many acknowledged publishes, as strace counts.

At least one fsync before each acknowledgement: of a message, or of an atomic batch (group commit).
"""

import asyncio
import shutil
import subprocess
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from services.chassis import atomic
from services.chassis.letters import Letter
from services.chassis.testing import LocalServer

PUBLISHES = 200
BATCH = 50
STREAM, SUBJECT = "LANGUAGE", "wireroom.article.fetched"


def missing() -> str | None:
    """Why nothing can be counted on this machine; None where it can."""
    return None if shutil.which("strace") else "strace is not installed"


async def counted(server: LocalServer, trace: Path, publish: Callable[[], Awaitable[None]]) -> int:
    """The fsyncs of the server while `publish` runs, seen by strace."""
    assert server._process is not None
    command = ["strace", "-f", "-e", "trace=fsync,fdatasync", "-o", str(trace), "-p", str(server._process.pid)]
    strace = await asyncio.create_subprocess_exec(*command, stderr=subprocess.PIPE)
    assert strace.stderr is not None
    await strace.stderr.readline()  # it says that it has attached
    await publish()
    strace.terminate()
    await strace.wait()
    return sum("sync(" in line and "resumed" not in line for line in _lines(trace))


def _lines(trace: Path) -> list[str]:
    return trace.read_text().splitlines()


def letters(first: int, number: int) -> list[Letter]:
    """So many messages of the size of an article."""
    headers = [{"Nats-Msg-Id": f"m{first + place}", "Nats-Expected-Stream": STREAM} for place in range(number)]
    return [Letter(STREAM, SUBJECT, b"x" * 5000, each) for each in headers]


async def figures(folder: Path) -> dict[str, tuple[int, int]]:
    """By the way of publishing: acknowledgements, and fsyncs."""
    async with LocalServer(folder / "home") as server:
        client = await server.connect("fetch")

        async def singles() -> None:
            for letter in letters(0, PUBLISHES):
                await atomic.publish_one(client, letter, timeout_seconds=10)

        async def batches() -> None:
            for first in range(PUBLISHES, 2 * PUBLISHES, BATCH):
                await atomic.publish(client, letters(first, BATCH), timeout_seconds=10)

        found = {
            "single": (PUBLISHES, await counted(server, folder / "single", singles)),
            f"batches of {BATCH}": (PUBLISHES // BATCH, await counted(server, folder / "batched", batches)),
        }
        await client.close()
    return found


def main() -> None:
    """Print a line for each way of publishing."""
    if (why := missing()) is not None:
        print(f"not counted: {why}")
        return
    with tempfile.TemporaryDirectory(prefix="wireroom-fsyncs-") as folder:
        for how, (acknowledged, synced) in asyncio.run(figures(Path(folder))).items():
            print(f"{how:<14} {acknowledged:>4} acknowledgements, {synced:>4} fsyncs")


if __name__ == "__main__":
    main()
