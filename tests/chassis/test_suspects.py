"""Who may have killed a worker: it runs alone, its start is recorded before, and it is buried after five."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from contracts.article_fetched import ArticleFetched
from contracts.language_detected import LanguageDetected
from contracts.outcomes import DeadReason
from services.chassis import ends, failures
from services.chassis import worker as worker_module
from services.chassis.delivery import Delivery
from services.chassis.failures import ChildKilled
from services.chassis.starts import Starts
from services.chassis.testing import until
from services.chassis.unavailable import Unavailable
from tests.chassis.test_worker import has

pytestmark = pytest.mark.nats

MakeArticle = Callable[..., ArticleFetched]
InFrench = Callable[[ArticleFetched], LanguageDetected]


async def test_a_message_that_killed_its_workers_runs_alone_and_is_buried_after_five_starts(
    room: Any, article: MakeArticle
) -> None:
    async def answer(_: ArticleFetched) -> None:
        pytest.fail("it must not be started again")

    await room.say(article())
    pull = await room.js.pull_subscribe_bind(durable="language", stream="LANGUAGE")
    for _ in range(2):  # two workers took it and died
        [taken] = await pull.fetch(1, timeout=60)
        await taken.nak()
    await room.js.publish("$KV.STARTS.language.LANGUAGE-1", b"5")  # five lone starts, and no end of any

    await room.listen(answer)

    letter, _ = await room.the_dead()
    assert (letter.reason, letter.attempts) == (DeadReason.KILLS_ITS_WORKER, 5)
    await until(lambda: starts_are_forgotten(room))


async def starts_are_forgotten(room: Any) -> bool:
    """Whether the first message has no start on record: it is forgotten after the message has found its end."""
    record = await room.js.get_last_msg("KV_STARTS", "$KV.STARTS.language.LANGUAGE-1")
    return bool((record.headers or {}).get("KV-Operation") == "DEL")


async def test_a_third_delivery_runs_alone_and_its_start_is_recorded_before(
    room: Any, article: MakeArticle, french: InFrench
) -> None:
    seen: list[bytes] = []
    at_once: list[int] = [0, 0]

    async def answer(heard: ArticleFetched) -> LanguageDetected:
        at_once[0] += 1
        at_once[1] = max(at_once)
        if heard.document.text == "suspect":
            seen.append((await room.js.get_last_msg("KV_STARTS", "$KV.STARTS.language.LANGUAGE-1")).data)
            assert at_once[0] == 1
        at_once[0] -= 1
        return french(heard)

    await room.say(article("suspect"))
    pull = await room.js.pull_subscribe_bind(durable="language", stream="LANGUAGE")
    for _ in range(2):
        [taken] = await pull.fetch(1, timeout=60)
        await taken.nak()
    await room.say(*(article() for _ in range(50)))
    await room.listen(answer)

    await until(lambda: room.is_full("DEDUP", 51))
    assert seen == [b"1:3"]  # the first start, and the delivery that it was of
    assert await room.messages("DEAD") == 0


async def test_failures_that_its_worker_lived_to_see_put_no_message_apart(
    room: Any, article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failures, "BACKOFF_SECONDS", (0.01, 0.01, 0.01, 0.01))

    async def fail(_: ArticleFetched) -> None:
        raise ChildKilled("five times")

    await room.listen(fail)
    await room.say(article())

    letter, _ = await room.the_dead()
    assert (letter.reason, letter.attempts) == (DeadReason.TIMEOUT, 5)
    assert await room.messages("KV_STARTS") == 0  # it was never started as one that may kill its worker


async def test_orderly_stops_in_an_outage_are_no_lone_starts(
    room: Any, article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ends, "LAST_WORDS_SECONDS", 60.0)  # they are best effort, and a busy server takes its time

    async def probe() -> None:
        raise Unavailable("database")

    async def answer(_: ArticleFetched) -> None:
        raise Unavailable("database")

    await room.say(article())
    pull = await room.js.pull_subscribe_bind(durable="language", stream="LANGUAGE")
    for _ in range(2):
        [taken] = await pull.fetch(1, timeout=60)
        await taken.nak()
    for _ in range(7):
        worker = await room.listen(answer, probe=probe)
        await until(lambda worker=worker: [one.words for one in worker.troubles()] == ["database is away"])  # type: ignore[misc]
        await worker.unsubscribe()

    assert await room.messages("DEAD") == 0
    assert await starts_are_forgotten(room)


async def test_nothing_runs_beside_a_suspect_before_it_is_known_how_often_it_was_started(
    room: Any, article: MakeArticle, french: InFrench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "ALONE_SECONDS", 0.01)
    order: list[str] = []
    asked, known, go_on = asyncio.Event(), asyncio.Event(), asyncio.Event()
    begin = Starts.begin

    async def begin_late(starts: Starts, delivery: Delivery) -> int:
        asked.set()
        await known.wait()
        return await begin(starts, delivery)

    async def answer(heard: ArticleFetched) -> LanguageDetected:
        order.append(heard.document.text)
        if heard.document.text == "suspect":
            await go_on.wait()
        return french(heard)

    monkeypatch.setattr(Starts, "begin", begin_late)
    await room.say(article("suspect"))
    pull = await room.js.pull_subscribe_bind(durable="language", stream="LANGUAGE")
    for _ in range(2):
        [taken] = await pull.fetch(1, timeout=60)
        await taken.nak()
    await room.js.publish("$KV.STARTS.language.LANGUAGE-1", b"2")  # as good as known to kill
    worker = await room.listen(answer)
    await asked.wait()
    await room.say(article("innocent"))
    await until(lambda: len(worker._held) == 2)
    enough = asyncio.get_running_loop().time() + 0.5
    await until(lambda: asyncio.get_running_loop().time() > enough)
    assert order == []
    known.set()
    await until(lambda: worker.alone is not None and worker.alone.holds_up)
    assert order == ["suspect"]
    go_on.set()
    await until(lambda: room.is_full("DEDUP", 2))


async def test_suspects_take_turns_with_the_others(room: Any, article: MakeArticle, french: InFrench) -> None:
    order: list[str] = []

    async def answer(heard: ArticleFetched) -> LanguageDetected:
        order.append(heard.document.text)
        return french(heard)

    await room.say(*(article("suspect") for _ in range(20)))
    pull = await room.js.pull_subscribe_bind(durable="language", stream="LANGUAGE")
    for _ in range(2):
        taken: list[Any] = []
        while len(taken) < 20:  # what was given back a moment ago may not be there to be fetched yet
            taken += await pull.fetch(20 - len(taken), timeout=60)
        for each in taken:
            await each.nak()
    await room.say(*(article("innocent") for _ in range(20)))
    await room.listen(answer)

    await until(lambda: room.is_full("DEDUP", 40))
    assert order.index("innocent") < 15


@pytest.mark.parametrize(("starts", "holds_up"), [(1, False), (2, True)])
async def test_what_is_tried_alone_for_long_is_told_and_whether_it_holds_up_the_others(
    room: Any, article: MakeArticle, french: InFrench, monkeypatch: pytest.MonkeyPatch, starts: int, *, holds_up: bool
) -> None:
    monkeypatch.setattr(worker_module, "ALONE_SECONDS", 0.1)
    go_on = asyncio.Event()

    async def answer(heard: ArticleFetched) -> LanguageDetected:
        await go_on.wait()
        return french(heard)

    await room.say(article())
    pull = await room.js.pull_subscribe_bind(durable="language", stream="LANGUAGE")
    for _ in range(2):  # two workers took it and died
        [taken] = await pull.fetch(1, timeout=60)
        await taken.nak()
    await room.js.publish("$KV.STARTS.language.LANGUAGE-1", str(starts).encode())
    worker = await room.listen(answer)

    await until(lambda: worker.alone is not None)
    told = worker.alone
    assert (told.stream, told.sequence, told.lone_starts, told.holds_up) == ("LANGUAGE", 1, starts, holds_up)
    go_on.set()
    await until(lambda: worker.alone is None)


async def test_what_takes_long_and_was_given_back_at_two_stops_holds_up_nobody(
    room: Any, article: MakeArticle, french: InFrench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "ALONE_SECONDS", 0.1)
    begun, go_on = asyncio.Event(), asyncio.Event()
    said = [article() for _ in range(30)]

    async def never(_: ArticleFetched) -> None:
        begun.set()
        await asyncio.Event().wait()

    async def all_but_one(heard: ArticleFetched) -> LanguageDetected:
        if heard.input_id == said[0].input_id:
            await go_on.wait()
        return french(heard)

    await room.say(*said)
    for _ in range(2):  # two stops, and whatever was held is a suspect
        worker = await room.listen(never, concurrency=4)
        await begun.wait()
        await until(lambda worker=worker: len(worker._held) == len(said))  # type: ignore[misc]
        await worker.unsubscribe()
        begun.clear()

    await room.listen(all_but_one)
    await until(lambda: has(room, "DEDUP", len(said) - 1))
    go_on.set()
    await until(lambda: has(room, "DEDUP", len(said)))
    await until(lambda: has(room, "LANGUAGE", 0))
