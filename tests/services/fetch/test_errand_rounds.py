"""Errands as they come due, many at once: hosts are treated well, and trouble of all is said."""

import asyncio
from collections.abc import AsyncIterator

from prometheus_client import CollectorRegistry

from services.chassis.testing import until
from services.chassis.unavailable import Unavailable
from services.fetch.errands.gauges import Gauges
from services.fetch.errands.rounds import Rounds
from tests.services.fetch.desk import HOURS, PAGE, Desk


def rounds(desk: Desk, not_ready: dict[str, str], registry: CollectorRegistry | None = None) -> Rounds:
    return Rounds(
        desk.runner(),
        desk.memory,
        desk.web.hosts,
        Gauges(registry or CollectorRegistry()),
        not_ready,
        at_once=4,
        host_at_once=2,
        stop_seconds=1.0,
        clock=lambda: desk.now,
    )


async def going(round_of: Rounds) -> AsyncIterator[None]:
    task = asyncio.create_task(round_of.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_the_rounds_bring_everything_to_its_end_however_many_are_of_one_host(desk: Desk) -> None:
    for number in range(20):
        await desk.hear(f"https://one.example.org/{number}")
    await desk.hear("https://two.example.org/")
    registry = CollectorRegistry()

    async for _ in going(rounds(desk, {}, registry)):
        await until(lambda: len(desk.beyond.articles) == 21)
        await until(lambda: registry.get_sample_value("wireroom_urls_waiting") == 0)

    places = [url for url, _ in desk.web.asked]
    assert places.index("https://two.example.org/") < 4  # it had not to wait for the twenty


async def test_a_host_that_rests_holds_nobody_else_up(desk: Desk) -> None:
    desk.web.hosts.rest("one.example.org", HOURS)
    await desk.hear("https://one.example.org/")
    await desk.hear("https://two.example.org/")

    async for _ in going(rounds(desk, {})):
        await until(lambda: len(desk.beyond.articles) == 1)

    assert [url for url, _ in desk.web.asked] == ["https://two.example.org/"]


async def test_rounds_that_are_told_to_stop_as_news_come_stop(desk: Desk) -> None:
    round_of = rounds(desk, {})
    task = asyncio.create_task(round_of.run())
    await until(lambda: bool(round_of._news._waiters))  # it has nothing to do

    round_of.hear()
    await asyncio.sleep(0)
    task.cancel()

    done, _ = await asyncio.wait([task], timeout=10)
    assert done == {task}


async def test_while_the_network_is_away_readiness_says_so_and_then_it_goes_on(desk: Desk) -> None:
    desk.web.answers = [Unavailable("network", "there is no route"), PAGE]
    not_ready: dict[str, str] = {}
    await desk.hear()

    async for _ in going(rounds(desk, not_ready)):
        await until(lambda: "network is away" in not_ready.get("urls", ""))
        await until(lambda: len(desk.beyond.articles) == 1)
        await until(lambda: not not_ready)
