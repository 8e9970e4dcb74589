"""A site that answers as a test says."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.edges.webs import Site


@pytest_asyncio.fixture
async def site() -> AsyncIterator[Site]:
    async with Site().open() as site:
        yield site
