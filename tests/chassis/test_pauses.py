"""A consumer that an operator has paused, on a real nats-server."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from contracts.article_fetched import ArticleFetched
from services.chassis import gauges
from services.chassis.cancelling import end
from services.chassis.testing import until
from services.chassis.waits import Trouble, Why

pytestmark = pytest.mark.nats

TOLD = "LANGUAGE/language is paused until 2127-01-01 12:00:00Z: resume it with `nats consumer resume LANGUAGE language`"


async def pause(room: Any, until: str | None) -> None:
    asked = {"pause_until": until} if until else {}
    await room.operator.request("$JS.API.CONSUMER.PAUSE.LANGUAGE.language", json.dumps(asked).encode(), timeout=60)


async def test_a_paused_consumer_is_what_its_service_waits_for_until_it_is_resumed(
    room: Any, article: Callable[..., ArticleFetched], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gauges, "EVERY_SECONDS", 0.05)
    heard: list[str] = []

    async def handler(one: ArticleFetched) -> None:
        heard.append(one.input_id)

    worker, said = await room.listen(handler), article()
    watching = asyncio.create_task(gauges.watch(room.operator, room.measures, "language", [worker]))
    await pause(room, "2127-01-01T12:00:00Z")
    await until(lambda: bool(worker.troubles()))
    assert worker.troubles() == [Trouble("LANGUAGE", Why.PAUSED, f"{TOLD} as operator")]
    await room.say(said)

    await pause(room, None)
    await until(lambda: not worker.troubles() and bool(heard))
    assert heard == [said.input_id]
    await end([watching], grace_seconds=1)
