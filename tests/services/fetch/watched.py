"""Hostile things given to a real child, one after the other: what did not end as it should, and who was killed."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from services.chassis.children import Children
from services.fetch.core.members import About, Allowance, Limits
from services.fetch.course import Begun
from services.fetch.reader import Killed, Reader
from tests.services.fetch.hostile import Hostile
from tests.services.fetch.test_expansion import Taken

MEMORY_BYTES = 768 << 20
LIMITS = Limits(members=1000, total_bytes=256 << 20, member_bytes=64 << 20)


class Watched:
    """A reader that knows which documents have killed their child."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.killed: list[str] = []

    async def look(self, data: Any, about: About) -> object:
        return self._seen(await self._reader.look(data, about))

    async def open(
        self, data: Any, about: About, allowance: Allowance, begun: Begun | None = None, *, last_try: bool = False
    ) -> object:
        return self._seen(await self._reader.open(data, about, allowance, begun, last_try=last_try))

    def _seen(self, found: object) -> object:
        if isinstance(found, Killed):
            self.killed.append(found.detail)
        return found


async def gone_wrong(hostile: Iterable[Hostile], limits: Limits, folder: Path) -> dict[str, object]:
    """By what they are called, the ends of those that did not end as they should, or what killed their child."""
    wrong: dict[str, object] = {}
    async with Children(workers=1, memory_bytes=MEMORY_BYTES, preload=("services.fetch.warm",)) as children:
        reader = Reader(
            children,
            max_text_bytes=2_000_000,
            timeout_seconds=60,
            unpacking_timeout_seconds=60,
            spool_folder=folder,
        )
        watched = Watched(reader)
        for number, one in enumerate(hostile):
            taken = await Taken(limits, watched).take(one.data, f"{number}")
            ends = set(taken.ends().values())
            if watched.killed or not ends <= one.ends:
                wrong[one.called] = watched.killed or ends
                watched.killed = []
    return wrong
