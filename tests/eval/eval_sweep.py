"""A sweep: every file of the corpus's odd archives is read as fetch reads it; inputs are counted by their ends."""

import asyncio
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from services.chassis.children import Children
from services.fetch.core import Parts, ReadDocument, Rejected
from services.fetch.core.document import BadMember
from services.fetch.core.members import About, Allowance, Opens, Slot
from services.fetch.opened import Opened
from services.fetch.reader import Killed, Reader
from services.fetch.settings import FetchSettings
from services.fetch.spool import Stretch
from tests.eval.report import Row

ARCHIVES = ("feeds/feeds", "encodings/encodings", "torture/torture", "wire/superdesk_wire", "wire/reuters21578_sgml")
KILLED = "killed or out of time"
TEXT_BYTES = 2_000_000
AT_ONCE = 4

Ends = Counter[str]


def rows(corpus: Path) -> Iterator[Row]:
    """For each archive: how many inputs came to which end, and how many took their reader down."""
    for archive in ARCHIVES:
        started = time.perf_counter()
        with tarfile.open(corpus / f"{archive}.tar.xz", "r:xz") as members:
            files = [(member.name, members.extractfile(member)) for member in members if member.isfile()]
            documents = [(name, file.read()) for name, file in files if file is not None]
        ends, longest = asyncio.run(_swept(documents))
        seconds = time.perf_counter() - started
        name = archive.rpartition("/")[2]
        for end, count in sorted(ends.items()):
            yield _row(name, end, len(documents), count, seconds)
        yield _row(name, KILLED, len(documents), ends[KILLED], seconds, goal=0.0)
        yield _row(name, "longest, in seconds", len(documents), longest, seconds, measure="s")


def _row(
    archive: str,
    end: str,
    size: int,
    count: float,
    seconds: float,
    *,
    goal: float | None = None,
    measure: str = "inputs",
) -> Row:
    return Row(
        task=f"sweep: {archive}", data_set=end, size=size, ours=count, measure=measure, goal=goal, seconds=seconds
    )


async def _swept(documents: list[tuple[str, bytes]]) -> tuple[Ends, float]:
    settings = FetchSettings()
    ends, longest, turns = Ends(), [0.0], asyncio.Semaphore(AT_ONCE)
    async with Children(
        workers=2, memory_bytes=settings.reader_memory_bytes, preload=("services.fetch.warm",)
    ) as children:
        await children.ready()
        reader = Reader(
            children,
            max_text_bytes=TEXT_BYTES,
            timeout_seconds=settings.reader_timeout_seconds,
            unpacking_timeout_seconds=settings.unpack_timeout_seconds,
            spool_folder=Path(tempfile.gettempdir()),
        )

        async def one(name: str, data: bytes) -> None:
            async with turns:
                started = time.perf_counter()
                await _count(reader, data, About(name), Allowance(len(data)), ends)
                longest[0] = max(longest[0], time.perf_counter() - started)

        await asyncio.gather(*(one(name, data) for name, data in documents))
    return ends, longest[0]


async def _count(reader: Reader, data: bytes | Stretch, about: About, allowance: Allowance, ends: Ends) -> None:
    """Count the end of the input, and those of all that comes out of it."""
    looked = await reader.look(data, about)
    found = await reader.open(data, about, allowance) if isinstance(looked, Opens) else looked
    end = _end(found)
    ends[end] += 1
    print(f"sweep: {about.name}: {end}: {getattr(found, 'detail', '')[:120]}", file=sys.stderr)
    if isinstance(found, Parts):
        ends["expanded: fetched"] += len(found.documents)
    if isinstance(found, Opened):
        try:
            async for portion in found.portions():
                for _, member in portion:
                    await _count_member(reader, found, member, ends)
        finally:
            found.close()


async def _count_member(reader: Reader, found: Opened, member: Slot | BadMember, ends: Ends) -> None:
    if isinstance(member, BadMember):
        ends[f"inside: {_end(member.rejected)}"] += 1
        return
    inner = Ends()
    await _count(reader, found.bytes_of(member), member.about, found.allowance(), inner)
    ends.update({f"inside: {end}".replace("inside: inside", "inside"): n for end, n in inner.items()})


def _end(found: ReadDocument | Rejected | Parts | Opened) -> str:
    if isinstance(found, Killed):
        return KILLED
    if isinstance(found, Rejected):
        return f"rejected: {found.reason}"
    return "fetched" if isinstance(found, ReadDocument) else "expanded"
