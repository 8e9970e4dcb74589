"""A real database in a folder of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.chassis.publisher import Publisher
from services.chassis.raw import STREAM, Raw
from services.chassis.testing import LocalServer
from services.store.database import Store
from tests.services.store.places import RAW_BYTES, Both, Place
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


@pytest.fixture
async def small_server(tmp_path: Path) -> AsyncIterator[LocalServer]:
    """A real server whose object store is small."""
    async with LocalServer(tmp_path / "home") as running:
        operator = await running.connect("operator")
        info = await operator.jetstream().stream_info(STREAM)
        info.config.max_bytes = RAW_BYTES
        await operator.jetstream().update_stream(info.config)
        await operator.close()
        yield running


@pytest.fixture
async def place(small_server: LocalServer, url: str) -> AsyncIterator[Place]:
    """Store reads and removes with its own rights; fetch puts with its own."""
    client, fetch = await small_server.connect("store"), await small_server.connect("fetch")
    publisher = Publisher(fetch)
    async with Store(url) as store:
        made = Place(url, store, client, publisher)
        made.raw = Both(client, Raw(fetch, publisher, fresh_seconds=0))
        yield made
    await publisher.close()
    await client.close()
    await fetch.close()
