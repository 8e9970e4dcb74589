"""Whatever a document is made to do: it and what comes of it end with a reason, and its child lives on."""

from dataclasses import replace
from pathlib import Path

import pytest

from services.chassis.children import Children
from services.fetch.reader import Reader
from tests.services.fetch.formats.hostile import all_of_them
from tests.services.fetch.test_expansion import Taken
from tests.services.fetch.test_hostile_archives import LIMITS, MEMORY_BYTES, Watched

FEW = replace(LIMITS, members=100)


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_every_hostile_document_ends_with_a_reason_and_its_child_lives(tmp_path: Path) -> None:
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
            taken = await Taken(FEW, watched).take(hostile.data, f"{number}")
            ends = set(taken.ends().values())
            if watched.killed or not ends <= hostile.ends:
                wrong[hostile.called] = watched.killed or ends
                watched.killed = []
    assert wrong == {}
