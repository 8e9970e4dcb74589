"""Whatever a document is made to do: it and what comes of it end with a reason, and its child lives on."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.services.fetch.formats.hostile import all_of_them
from tests.services.fetch.watched import LIMITS, gone_wrong

FEW = replace(LIMITS, members=100)


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_every_hostile_document_ends_with_a_reason_and_its_child_lives(tmp_path: Path) -> None:
    assert await gone_wrong(all_of_them(), FEW, tmp_path) == {}
