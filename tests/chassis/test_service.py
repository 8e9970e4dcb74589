"""From the first breath of a service to its last, on a real nats-server."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from faststream.nats import NatsRouter

from services.chassis.alone import Alone
from services.chassis.service import Running, serve
from services.chassis.settings import House, ServiceSettings
from services.chassis.shell import Shell
from services.chassis.testing import LocalServer

pytestmark = pytest.mark.nats

Serve = Callable[[Callable[[Shell], Awaitable[None]]], Awaitable[None]]


@pytest.fixture
def serving(server: LocalServer) -> Serve:
    """Serves until it ends by itself; the test says what happens while its edges are opened, which never ends."""
    settings = ServiceSettings(house=House(home=server.home, nats_url=server.url), metrics_port=0)

    async def run(while_opening: Callable[[Shell], Awaitable[None]]) -> None:
        @asynccontextmanager
        async def open_service(_: ServiceSettings, shell: Shell) -> AsyncIterator[NatsRouter]:
            await while_opening(shell)
            await asyncio.Event().wait()
            yield NatsRouter()

        await serve("language", settings, open_service)

    return run


async def test_a_service_that_dies_while_it_opens_does_not_end_as_if_it_was_told_to(serving: Serve) -> None:
    async def die() -> None:
        raise ConnectionError("the far side of the moon")

    async def while_opening(shell: Shell) -> None:
        shell.attach(die())

    with pytest.raises(ConnectionError, match="far side"):
        await serving(while_opening)


async def test_a_service_that_is_told_to_stop_while_it_opens_stops_and_leaves_nothing_behind(serving: Serve) -> None:
    attached = asyncio.Event()
    ended = asyncio.Event()

    async def beside() -> None:
        attached.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async def while_opening(shell: Shell) -> None:
        shell.attach(beside())
        await attached.wait()
        shell.stopping.set()

    await serving(while_opening)
    assert ended.is_set()


async def test_a_task_whose_cancellation_was_lost_holds_nobody_up(server: LocalServer) -> None:
    lost: list[bool] = []

    async def beside() -> None:
        while True:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                if lost:
                    raise
                lost.append(True)

    @asynccontextmanager
    async def open_service(_: ServiceSettings, shell: Shell) -> AsyncIterator[NatsRouter]:
        shell.attach(beside())
        await asyncio.sleep(0)
        shell.stopping.set()
        yield NatsRouter()

    house = House(home=server.home, nats_url=server.url, stop_seconds=0.1)
    await serve("language", ServiceSettings(house=house, metrics_port=0), open_service)
    assert lost == [True]


class Ending:
    """A worker whose message comes to its end while it is asked for: by a thread, which the event loop runs beside."""

    def __init__(self, *looks: Alone | None) -> None:
        self._looks = iter(looks)

    @property
    def alone(self) -> Alone | None:
        return next(self._looks)


def test_what_ends_while_somebody_asks_what_runs_alone_is_told_whole(tmp_path: Path) -> None:
    running = Running("language", ServiceSettings(house=House(home=tmp_path)), asyncio.Event())
    one = Alone("LANGUAGE", 1, "", datetime.now(UTC), 2, holds_up=True)
    ending: Any = Ending(one, None)
    running._workers.append(ending)

    assert running.alone() == [one]
    assert running.alone() == []
