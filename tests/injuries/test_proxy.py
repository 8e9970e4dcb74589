"""The proxy's own behaviour, with a real nats-server behind it."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import nats
import pytest
from nats.aio.client import Client
from nats.errors import TimeoutError as NatsTimeoutError

from services.chassis.testing import LocalServer, until
from tests.injuries.proxy import Line, Proxy

pytestmark = pytest.mark.nats


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[LocalServer]:
    async with LocalServer(tmp_path / "home") as running:
        yield running


@pytest.fixture
def proxy(server: LocalServer) -> Iterator[Proxy]:
    with Proxy(server.port) as running:
        yield running


async def through(proxy: Proxy, server: LocalServer, user: str) -> Client:
    async def quiet(_error: Exception) -> None:
        pass

    return await nats.connect(
        f"nats://127.0.0.1:{proxy.port}",
        user=user,
        password=server.credentials[user],
        inbox_prefix=f"_SVC.{user}".encode(),
        max_reconnect_attempts=-1,
        reconnect_time_wait=0.05,
        error_cb=quiet,
    )


async def test_a_cut_ends_the_connection_of_one_and_leaves_the_others(server: LocalServer, proxy: Proxy) -> None:
    fetch, store = await through(proxy, server, "fetch"), await through(proxy, server, "store")
    assert proxy.users() == {"fetch", "store"}
    proxy.make(Line(refuses=True), "fetch")
    await until(lambda: not fetch.is_connected)
    assert (await store.request("$JS.API.STREAM.INFO.STORE", timeout=60)).data
    assert not fetch.is_connected
    proxy.heal()
    await until(lambda: fetch.is_connected)
    await fetch.close()
    await store.close()


async def test_what_is_swallowed_gets_no_answer_and_the_connection_stays(server: LocalServer, proxy: Proxy) -> None:
    store = await through(proxy, server, "store")
    proxy.make(Line(swallows=True))
    with pytest.raises(NatsTimeoutError):
        await store.request("$JS.API.STREAM.INFO.STORE", timeout=0.3)
    assert store.is_connected
    proxy.heal()
    await until(lambda: store.stats["reconnects"] > 0 and store.is_connected)
    assert (await store.request("$JS.API.STREAM.INFO.STORE", timeout=60)).data
    await store.close()


async def test_what_is_slow_arrives_whole(server: LocalServer, proxy: Proxy) -> None:
    store = await through(proxy, server, "store")
    proxy.make(Line(delay_seconds=0.05, bytes_a_second=50_000))
    begun = asyncio.get_running_loop().time()
    assert b'"STORE"' in (await store.request("$JS.API.STREAM.INFO.STORE", timeout=60)).data
    assert asyncio.get_running_loop().time() - begun > 0.1  # each way; it is never less
    await store.close()
