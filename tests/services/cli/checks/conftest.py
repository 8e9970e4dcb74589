"""A server's streams as the checks read them."""

from collections.abc import AsyncIterator

import pytest_asyncio

from services.chassis.testing import LocalServer
from services.cli.local import history


@pytest_asyncio.fixture
async def streams(server: LocalServer) -> AsyncIterator[history.Streams]:
    async with history.opened(server.url, server.credentials) as opened:
        yield opened
