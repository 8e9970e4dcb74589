"""How a worker stops: what was not begun is given back, what was begun has its time, and nobody waits for longer.

On a real nats-server.
"""

import asyncio
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import pytest

from contracts.article_fetched import ArticleFetched
from contracts.language_detected import LanguageDetected
from services.chassis import worker as worker_module
from services.chassis.testing import until
from tests.chassis.test_worker import has

pytestmark = pytest.mark.nats

MakeArticle = Callable[..., ArticleFetched]
InFrench = Callable[[ArticleFetched], LanguageDetected]


async def test_what_was_not_begun_is_given_back_at_once_and_nothing_is_said_twice(
    room: Any, article: MakeArticle, french: InFrench
) -> None:
    handled: list[str] = []
    enough = asyncio.Event()

    async def first(heard: ArticleFetched) -> LanguageDetected:
        handled.append(heard.input_id)
        if len(handled) > 20:
            enough.set()
            await asyncio.Event().wait()  # never ends by itself
        return french(heard)

    async def second(heard: ArticleFetched) -> LanguageDetected:
        return french(heard)

    info = await room.js.consumer_info("LANGUAGE", "language")
    info.config.ack_wait = 300.0  # far longer than this test waits: what is not given back is missing
    await room.js.add_consumer("LANGUAGE", info.config)
    await room.say(*(article() for _ in range(300)))
    worker = await room.listen(first, concurrency=4)
    await enough.wait()
    await worker.unsubscribe()

    await room.listen(second)
    await until(lambda: has(room, "DEDUP", 300))
    await until(lambda: has(room, "LANGUAGE", 0))
    await until(lambda: room.counted("detected") == 300)


async def test_a_stop_does_not_wait_for_what_has_had_its_time_to_end_already(
    room: Any, article: MakeArticle, french: InFrench, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = asyncio.Event()

    async def never(_: ArticleFetched) -> None:
        begun.set()
        await asyncio.Event().wait()

    async def soon(heard: ArticleFetched) -> LanguageDetected:
        return french(heard)

    await room.say(article())
    worker = await room.listen(never, stop_seconds=3600)
    await begun.wait()
    later = SimpleNamespace(monotonic=lambda: time.monotonic() + 3600)
    monkeypatch.setattr(worker_module, "time", later)
    async with asyncio.timeout(60):
        await worker.unsubscribe()
    await room.listen(soon)
    await until(lambda: has(room, "DEDUP", 1))  # it was given back


async def test_a_stop_ends_when_what_still_runs_has_had_its_time_and_the_younger_have_ended(
    room: Any, article: MakeArticle, french: InFrench, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = [], asyncio.Event()

    async def first_never(heard: ArticleFetched) -> LanguageDetected:
        begun.append(heard)
        await (asyncio.Event() if len(begun) == 1 else go_on).wait()
        return french(heard)

    await room.say(article())
    worker = await room.listen(first_never, stop_seconds=3600)
    await until(lambda: len(begun) == 1)
    later = SimpleNamespace(monotonic=lambda: time.monotonic() + 3600)
    monkeypatch.setattr(worker_module, "time", later)
    await room.say(article())
    await until(lambda: len(begun) == 2)
    stopping = asyncio.create_task(worker.unsubscribe())
    await until(lambda: worker._stopping)
    go_on.set()
    async with asyncio.timeout(60):
        await stopping
    await until(lambda: has(room, "DEDUP", 1))  # the younger one came to its end


async def test_a_stop_goes_on_where_a_cancellation_was_lost_however_long_it_may_take(
    room: Any, article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "FINISHING", 0.0)
    begun = asyncio.Event()

    async def loses_one(_: ArticleFetched) -> None:
        begun.set()
        with suppress(asyncio.CancelledError):  # as asyncio.wait_for of Python 3.11 does in the moment of an answer
            await asyncio.Event().wait()
        await asyncio.Event().wait()

    await room.say(article())
    worker = await room.listen(loses_one, stop_seconds=3600)
    await begun.wait()
    async with asyncio.timeout(60):
        await worker.unsubscribe()


async def test_a_worker_stops_while_the_server_is_away(room: Any, article: MakeArticle, french: InFrench) -> None:
    async def answer(heard: ArticleFetched) -> LanguageDetected:
        return french(heard)

    worker = await room.listen(answer)
    await room.server.stop(signal.SIGKILL)
    async with asyncio.timeout(60):
        await worker.unsubscribe()
    await room.server.start()
    await until(lambda: room.operator.is_connected)


async def test_a_stop_waits_no_longer_than_its_grace_for_a_frozen_server(
    room: Any, article: MakeArticle, french: InFrench
) -> None:
    async def answer(heard: ArticleFetched) -> LanguageDetected:
        return french(heard)

    worker = await room.listen(answer)
    await room.server.freeze()
    try:
        async with asyncio.timeout(60):
            await worker.unsubscribe()
    finally:
        room.server.send_signal(signal.SIGCONT)
