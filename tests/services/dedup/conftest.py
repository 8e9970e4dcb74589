"""A memory in a folder of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.chassis.database import Database
from services.dedup.memory import Memory
from tests.tables import lay_tables


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A memory's database, up to date and empty."""
    url = f"sqlite:///{tmp_path / 'dedup.db'}"
    lay_tables(url, "dedup")
    return url


@pytest.fixture
async def memory(url: str) -> AsyncIterator[Memory]:
    async with Database(url) as database:
        yield Memory(database)
