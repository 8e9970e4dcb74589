"""Pulling, and what an operator or a crash does to a consumer, on a real nats-server."""

import asyncio
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from nats.errors import OutboundBufferLimitError

from contracts.article_fetched import ArticleFetched
from contracts.language_detected import LanguageDetected
from services.chassis.testing import until

pytestmark = pytest.mark.nats

MakeArticle = Callable[..., ArticleFetched]
InFrench = Callable[[ArticleFetched], LanguageDetected]


async def has(room: Any, stream: str, messages: int) -> bool:
    return bool(await room.messages(stream) == messages)


async def test_memory_is_bounded_by_what_may_be_held(room: Any, article: MakeArticle) -> None:
    held = asyncio.Event()

    async def never(_: ArticleFetched) -> None:
        held.set()
        await asyncio.Event().wait()

    await room.say(*(article() for _ in range(100)))
    await room.listen(never, concurrency=8, hold_messages=16)
    await held.wait()
    await until(lambda: unacknowledged(room, 16))
    info = await room.js.consumer_info("LANGUAGE", "language")
    assert (info.num_ack_pending, info.num_pending) == (16, 84)


async def unacknowledged(room: Any, messages: int) -> bool:
    return bool(await room.unacknowledged() == messages)


async def test_work_goes_on_after_the_server_was_killed_and_started_again(
    room: Any, article: MakeArticle, french: InFrench
) -> None:
    async def answer(heard: ArticleFetched) -> LanguageDetected:
        return french(heard)

    # Few at a time: what is held at each kill comes a third time, and then runs alone, which a slow machine feels.
    worker = await room.listen(answer, hold_messages=32)
    saying = asyncio.gather(*(room.say(*(article() for _ in range(50))) for _ in range(10)))
    for _ in range(3):
        await until(lambda: some(room, "DEDUP"))
        await room.server.stop(signal.SIGKILL)
        await until(lambda: worker.troubles() != [])
        await room.server.start()
        await until(lambda: room.operator.is_connected)
    await saying

    await until(lambda: has(room, "LANGUAGE", 0), seconds=180)
    said = [await room.js.get_msg("DEDUP", seq) for seq in range(1, await room.messages("DEDUP") + 1)]
    assert len({message.headers["Nats-Msg-Id"] for message in said}) == 500
    await until(lambda: worker.troubles() == [])


async def some(room: Any, stream: str) -> bool:
    return bool(await room.messages(stream) > 0)


async def test_a_deleted_consumer_is_told_costs_no_spin_and_is_heard_again_when_it_is_laid(
    room: Any, article: MakeArticle, french: InFrench
) -> None:
    async def answer(heard: ArticleFetched) -> LanguageDetected:
        return french(heard)

    worker = await room.listen(answer)
    await room.js.delete_consumer("LANGUAGE", "language")
    await until(lambda: worker.troubles() != [])
    before = os.times().user
    calm = asyncio.get_running_loop().time() + 1.0
    await until(lambda: asyncio.get_running_loop().time() > calm)
    spent = os.times().user - before
    await room.server.lay()
    await room.say(article())

    await until(lambda: has(room, "DEDUP", 1))
    await until(lambda: worker.troubles() == [])
    assert spent < 0.5  # seconds of this process, the test's own polling included: no loop spins


async def test_what_was_held_of_a_deleted_stream_is_not_taken_for_what_comes_in_its_place(
    room: Any, article: MakeArticle, french: InFrench
) -> None:
    go_on = asyncio.Event()
    heard: list[str] = []

    async def answer(one: ArticleFetched) -> LanguageDetected:
        heard.append(one.input_id)
        await go_on.wait()
        return french(one)

    await room.listen(answer)
    await room.say(article())
    await until(lambda: len(heard) == 1)
    await room.js.delete_stream("LANGUAGE")
    await room.server.lay()
    await room.say(article())  # it has the number of the one that is held
    await until(lambda: len(heard) == 2)
    go_on.set()

    await until(lambda: has(room, "DEDUP", 2))
    await until(lambda: has(room, "LANGUAGE", 0))


async def test_nobody_dies_of_what_cannot_be_asked_for_while_there_is_no_room_for_it(
    room: Any, article: MakeArticle, french: InFrench, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def answer(heard: ArticleFetched) -> LanguageDetected:
        return french(heard)

    worker = await room.listen(answer)
    ask, refused = worker._pull.ask, asyncio.Event()

    async def no_room() -> None:
        refused.set()
        raise OutboundBufferLimitError

    monkeypatch.setattr(worker._pull, "ask", no_room)
    await room.say(article())
    await until(lambda: has(room, "DEDUP", 1))
    await refused.wait()
    monkeypatch.setattr(worker._pull, "ask", ask)
    await room.say(article())
    await until(lambda: has(room, "DEDUP", 2))
    assert room.deaths == []


async def test_where_nobody_watches_over_the_pull_any_more_the_service_ends(
    room: Any, article: MakeArticle, french: InFrench, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def answer(heard: ArticleFetched) -> LanguageDetected:
        return french(heard)

    worker = await room.listen(answer)

    async def defect() -> None:
        raise LookupError("a defect")

    monkeypatch.setattr(worker._pull, "ask", defect)
    await until(lambda: [str(death) for death in room.deaths] == ["a defect"])
    room.deaths.clear()  # it was meant


async def test_a_full_stream_holds_its_speakers_and_loses_nothing(
    room: Any, article: MakeArticle, french: InFrench
) -> None:
    async def answer(heard: ArticleFetched) -> LanguageDetected:
        return french(heard)

    info = await room.js.stream_info("DEDUP")
    info.config.max_bytes = 40_000
    await room.js.update_stream(info.config)
    worker = await room.listen(answer)
    await room.say(*(article("x" * 1000) for _ in range(100)))
    await until(lambda: any("maximum bytes exceeded" in trouble.words for trouble in worker.troubles()))
    drained: set[str] = set()
    pull = await room.js.pull_subscribe_bind(durable="dedup", stream="DEDUP")

    async def drain() -> bool:
        with suppress(TimeoutError):  # nothing came meanwhile
            for message in await pull.fetch(20, timeout=5):
                drained.add(message.headers["Nats-Msg-Id"])
                await message.ack()
        return len(drained) == 100

    await until(drain, seconds=60)
    await until(lambda: worker.troubles() == [])
    assert room.counted("failed", "error") == 0


async def test_a_frozen_server_is_waited_out(room: Any, article: MakeArticle, french: InFrench) -> None:
    async def answer(heard: ArticleFetched) -> LanguageDetected:
        return french(heard)

    await room.listen(answer)
    await room.server.freeze()
    saying = asyncio.create_task(room.say(article()))
    done, _ = await asyncio.wait({saying}, timeout=6)  # longer than a publish waits for its acknowledgement
    room.server.send_signal(signal.SIGCONT)
    await saying

    await until(lambda: has(room, "DEDUP", 1))
    assert not done


async def test_a_consumer_that_is_laid_again_is_well_though_nothing_comes(room: Any) -> None:
    async def answer(_: ArticleFetched) -> None:
        pytest.fail("nothing was said")

    worker = await room.listen(answer)
    await room.js.delete_consumer("LANGUAGE", "language")
    await until(lambda: worker.troubles() != [])
    await room.server.lay()
    await until(lambda: worker.troubles() == [], seconds=60)
    info = await room.js.consumer_info("LANGUAGE", "language")
    assert info.num_waiting <= 2  # requests that nobody needs any more are not left behind
