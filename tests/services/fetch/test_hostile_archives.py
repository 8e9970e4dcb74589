"""Whatever an archive is made to do: it and what is in it end with a reason, and the child that reads it lives on."""

import os
from pathlib import Path

import pytest

from tests.services.fetch.hostile import all_of_them
from tests.services.fetch.watched import LIMITS, gone_wrong


@pytest.mark.slow
async def test_every_hostile_archive_ends_with_a_reason_and_its_child_lives(tmp_path: Path) -> None:
    assert await gone_wrong(all_of_them(), LIMITS, tmp_path) == {}
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - asynchronous functions may not use the other
