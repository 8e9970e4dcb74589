from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from services.chassis.testing import LocalServer


@pytest_asyncio.fixture
async def server(tmp_path: Path) -> AsyncIterator[LocalServer]:
    """A real nats-server with everything laid, in a folder of its own."""
    async with LocalServer(tmp_path / "home") as running:
        yield running
