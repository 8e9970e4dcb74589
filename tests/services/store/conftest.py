"""A real database in a folder of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.store.database import Store
from tests.tables import lay_tables


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A store's database, up to date and empty."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    lay_tables(url, "store")
    return url


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    async with Store(url) as store:
        yield store
