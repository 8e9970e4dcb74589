from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from services.chassis.database import Database
from services.chassis.migrations import migrate
from services.fetch.errands.memory import Memory
from tests.services.fetch.desk import PAGE, Desk, Told


@pytest_asyncio.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    url = f"sqlite:///{tmp_path / 'fetch.db'}"
    migrate(url, "fetch")
    async with Database(url) as database:
        yield Desk(Memory(database), Told([PAGE]))
