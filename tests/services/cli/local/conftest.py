from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from services.chassis.testing import LocalServer
from tests.services.cli.local.restored import Restored


@pytest_asyncio.fixture
async def restored(tmp_path: Path) -> AsyncIterator[Restored]:
    async with LocalServer(tmp_path / "home") as server:
        yield Restored(tmp_path, server)
