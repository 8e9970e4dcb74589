import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from services.chassis.database import Database
from services.fetch import expansion
from services.fetch.core import metering
from services.fetch.errands.memory import Memory
from services.fetch.progress import Progress
from tests.services.fetch.desk import PAGE, Desk, Told
from tests.tables import lay_tables


@pytest_asyncio.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    url = f"sqlite:///{tmp_path / 'fetch.db'}"
    lay_tables(url, "fetch")
    async with Database(url) as database:
        yield Desk(Memory(database), Told([PAGE]))


@pytest_asyncio.fixture
async def progress(tmp_path: Path) -> AsyncIterator[Progress]:
    url = f"sqlite:///{tmp_path}/fetch.db"
    await asyncio.to_thread(lay_tables, url, "fetch")
    async with Database(url) as database:
        yield Progress(database)


@pytest.fixture
def small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Portions of a few members, and a note of each end."""
    monkeypatch.setattr(metering, "PORTION_MEMBERS", 3)
    monkeypatch.setattr(metering, "MOST_PORTION_MEMBERS", 5)
    monkeypatch.setattr(expansion, "WRITE_SECONDS", 0.0)
    monkeypatch.setattr(expansion, "AT_ONCE", 4)
