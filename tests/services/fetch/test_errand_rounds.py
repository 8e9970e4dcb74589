"""Errands as they come due, many at once: hosts are treated well, and trouble of all is said."""

import asyncio
from collections.abc import AsyncIterator, Collection
from typing import Any

import pytest
from prometheus_client import CollectorRegistry

from contracts.outcomes import RejectReason
from services.chassis.testing import until
from services.chassis.unavailable import Unavailable
from services.fetch.core import Rejected
from services.fetch.errands.gauges import Gauges
from services.fetch.errands.memory import Errand, Found, Memory
from services.fetch.errands.rounds import LEASE_SECONDS, Rounds
from services.fetch.note import Note
from services.fetch.web.hosts import Hosts
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
        await until(lambda: len(desk.beyond.articles) == 21, seconds=60)
        await until(lambda: registry.get_sample_value("wireroom_urls_waiting") == 0)

    places = [url for url, _ in desk.web.asked]
    assert places.index("https://two.example.org/") < 4  # it had not to wait for the twenty


async def test_two_fetches_on_one_home_ask_for_each_url_once(desk: Desk) -> None:
    other = Desk(Memory(desk.memory._database, holder="other"), desk.web, desk.beyond, desk.now)
    for number in range(30):
        await desk.hear(f"https://{number % 10}.example.org/{number}")

    async for _ in going(rounds(desk, {})):
        async for _ in going(rounds(other, {})):
            await until(lambda: len(desk.beyond.articles) == 30, seconds=60)

    assert len(desk.web.asked) == len({url for url, _ in desk.web.asked}) == 30


async def test_what_a_fetch_holds_is_left_to_it_while_it_lives_and_taken_up_when_it_is_gone(desk: Desk) -> None:
    heard = await desk.hear()
    gone = Memory(desk.memory._database, holder="gone")
    [held] = await gone.claim([heard.input_id], desk.now, until=desk.now + LEASE_SECONDS)
    assert held.input_id == heard.input_id

    assert await desk.due() == []
    assert await desk.memory.claim([heard.input_id], desk.now, until=desk.now + 1) == []
    await gone.renew([heard.input_id], until=desk.now + 2 * LEASE_SECONDS)
    desk.now += LEASE_SECONDS
    assert await desk.due() == []
    desk.now += LEASE_SECONDS
    [due] = await desk.due()
    assert await desk.memory.claim([due.input_id], desk.now, until=desk.now + 1) == [due]
    await gone.release([due.input_id])  # it was not gone, only slow: what is another's stays that
    assert await desk.due() == []


async def test_a_fetch_that_was_slow_changes_nothing_of_what_another_has_taken_up(desk: Desk) -> None:
    heard = await desk.hear()
    slow, quick = (Memory(desk.memory._database, holder=name) for name in ("slow", "quick"))
    await slow.claim([heard.input_id], desk.now, until=desk.now + LEASE_SECONDS)
    desk.now += LEASE_SECONDS
    [taken] = await quick.claim([heard.input_id], desk.now, until=desk.now + LEASE_SECONDS)

    await slow.keep(heard.input_id, due_at=desk.now + HOURS, tries=3, kept_seconds=HOURS, waits_for="http_status: 503")
    assert await desk.due() == []
    await quick.release([heard.input_id])
    assert await desk.due() == [taken]


async def test_what_a_fetch_that_is_gone_held_is_put_off_with_its_neighbours(desk: Desk) -> None:
    heard = [await desk.hear(f"https://one.example.org/{number}") for number in range(2)]
    gone = Memory(desk.memory._database, holder="gone")
    await gone.claim([heard[0].input_id], desk.now, until=desk.now + LEASE_SECONDS)
    desk.now += LEASE_SECONDS

    await desk.memory.put_off("one.example.org", desk.now, until=desk.now + HOURS)
    assert await desk.due() == []
    desk.now += HOURS
    assert {errand.kept_seconds for errand in await desk.due()} == {HOURS}


async def test_a_clock_that_was_put_back_leaves_nothing_to_a_fetch_that_is_gone(desk: Desk) -> None:
    heard = await desk.hear()
    gone = Memory(desk.memory._database, holder="gone")
    await gone.claim([heard.input_id], desk.now + 24 * HOURS, until=desk.now + 24 * HOURS + LEASE_SECONDS)

    assert [errand.input_id for errand in await desk.due()] == [heard.input_id]


async def test_a_clock_that_was_put_back_keeps_nobody_from_holding_what_is_in_work(desk: Desk) -> None:
    in_work = asyncio.Event()

    async def get(*_: object, **__: object) -> object:
        await in_work.wait()
        return PAGE

    desk.web.get = get  # type: ignore[method-assign, assignment]
    heard, round_of = await desk.hear(), rounds(desk, {})
    async for _ in going(round_of):
        await until(lambda: heard.input_id in round_of._left)
        round_of.hear()
        await until(lambda: round_of._renew_at > desk.now)
        round_of._renew_at += 24 * HOURS
        round_of.hear()
        await until(lambda: round_of._renew_at < desk.now + HOURS)
        in_work.set()
        await until(lambda: len(desk.beyond.articles) == 1)


async def test_what_is_noted_already_is_gone_on_with_though_its_host_wants_to_be_left_alone(desk: Desk) -> None:
    heard = await desk.hear("https://one.example.org/")
    await desk.memory.note(heard.input_id, Found(heard.url, Note(rejected=Rejected(RejectReason.TLS, "no"))))
    desk.web.hosts.rest("one.example.org", HOURS)

    async for _ in going(rounds(desk, {})):
        await until(lambda: len(desk.beyond.rejections) == 1)
    assert desk.web.asked == []


async def test_what_a_hand_holds_still_is_let_go_of_and_not_waited_for(desk: Desk) -> None:
    heard, round_of = await desk.hear(), rounds(desk, {})
    round_of._hands._held.add(heard.input_id)  # as for a moment after its lease was over

    async for _ in going(round_of):
        await until(lambda: heard.input_id in round_of._left and not round_of._going)
        round_of._hands._held.clear()
        round_of.hear()
        await until(lambda: len(desk.beyond.articles) == 1)


async def test_what_fails_is_let_go_of_at_once(desk: Desk) -> None:
    desk.web.answers = [Unavailable("network", "there is no route")]
    not_ready: dict[str, str] = {}
    await desk.hear()

    other = Memory(desk.memory._database, holder="other")

    async def another_takes_it() -> bool:
        due = await other.due(desk.now, but=set(), busy=set(), limit=10)
        return bool(due) and await other.claim([due[0].input_id], desk.now, until=desk.now + 1) == due

    async for _ in going(rounds(desk, not_ready)):
        await until(lambda: "network is away" in not_ready.get("urls", ""))
        await until(another_takes_it)


async def test_of_what_rests_a_statement_names_so_many_and_no_more(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.fetch.errands.rounds.MOST_RESTING", 6)
    round_of = rounds(desk, {})
    for number in range(20):
        await desk.hear(f"https://{number}.example.org/")
    monkeypatch.setattr(round_of._hands.troubles, "rests", lambda _: True)
    named, due = [], desk.memory.due

    async def counted(now: float, *, but: Collection[str], **more: Any) -> list[Errand]:
        named.append(len(but))
        return await due(now, but=but, **more)

    monkeypatch.setattr(desk.memory, "due", counted)
    await round_of._send_out()

    assert named == [0, 4]


async def is_due_at(desk: Desk, when: float) -> bool:
    due = await desk.memory.next_after(desk.now)
    return due is not None and abs(due - when) < 1.0


async def test_what_waits_for_a_host_that_is_left_alone_for_days_has_its_end_unasked(desk: Desk) -> None:
    desk.web.hosts = Hosts(gap_seconds=0.0, at_once=2, clock=lambda: desk.now)
    for number in range(5):
        await desk.hear(f"https://one.example.org/{number}")

    round_of = rounds(desk, {})
    async for _ in going(round_of):
        for _ in range(4):
            desk.web.hosts.rest("one.example.org", 13 * HOURS)
            left = desk.now + 13 * HOURS
            round_of.hear()
            await until(lambda left=left: is_due_at(desk, left))  # type: ignore[misc]
            desk.now = left
        round_of.hear()
        await until(lambda: len(desk.beyond.rejections) == 5)

    assert desk.web.asked == []


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

    done, _ = await asyncio.wait([task], timeout=60)
    assert done == {task}


async def test_while_the_network_is_away_readiness_says_so_and_then_it_goes_on(desk: Desk) -> None:
    desk.web.answers = [Unavailable("network", "there is no route"), PAGE]
    not_ready: dict[str, str] = {}
    await desk.hear()

    async for _ in going(rounds(desk, not_ready)):
        await until(lambda: "network is away" in not_ready.get("urls", ""))
        await until(lambda: len(desk.beyond.articles) == 1)
        await until(lambda: not not_ready)


async def test_where_nothing_waits_what_ended_long_ago_is_forgotten_too(desk: Desk) -> None:
    ended = await desk.hear()
    await desk.run()
    desk.now += 8 * 24 * HOURS
    assert await desk.memory.waiting() == (0, None)

    await rounds(desk, {})._round()

    await desk.memory.begin([ended])
    assert (await desk.memory.waiting())[0] == 1
