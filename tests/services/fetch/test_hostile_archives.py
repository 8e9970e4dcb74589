"""Whatever an archive is made to do: it and what is in it end with a reason, and the child that reads it lives on."""

import os
from pathlib import Path

import pytest

from services.chassis.children import Children
from services.fetch.core.members import About, Allowance, Limits
from services.fetch.reader import Killed, Reader
from tests.services.fetch.hostile import all_of_them
from tests.services.fetch.test_expansion import Taken

MEMORY_BYTES = 768 << 20
LIMITS = Limits(members=1000, total_bytes=256 << 20, member_bytes=64 << 20)


class Watched:
    """A reader that knows which documents have killed their child."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.killed: list[str] = []

    async def read(self, data: object, about: About, allowance: Allowance) -> object:
        found = await self._reader.read(data, about, allowance)  # type: ignore[arg-type]
        if isinstance(found, Killed):
            self.killed.append(found.detail)
        return found


@pytest.mark.slow
async def test_every_hostile_archive_ends_with_a_reason_and_its_child_lives(tmp_path: Path) -> None:
    wrong: dict[str, object] = {}
    async with Children(workers=1, memory_bytes=MEMORY_BYTES, preload=("services.fetch.warm",)) as children:
        reader = Reader(
            children,
            max_text_bytes=2_000_000,
            timeout_seconds=60,
            unpacking_timeout_seconds=60,
            spool_folder=tmp_path,
        )
        watched = Watched(reader)
        for number, hostile in enumerate(all_of_them()):
            taken = await Taken(LIMITS, watched).take(hostile.data, f"{number}")
            ends = set(taken.ends().values())
            if watched.killed or not ends <= hostile.ends:
                wrong[hostile.called] = watched.killed or ends
                watched.killed = []
    assert wrong == {}
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - asynchronous functions may not use the other
