"""Sending again what is in progress and nowhere, on a real server and a real store."""

import asyncio
import hashlib
import json
import sys
from datetime import UTC, datetime
from typing import Any

import pytest

from services.chassis.publisher import Publisher
from services.chassis.raw import Raw
from services.chassis.testing import LocalServer, free_port
from services.store.tables import Input
from tests.services.cli.conftest import INPUT, TEXT

pytestmark = pytest.mark.nats

NOBODY_KNOWS, NONE_KEPT, GONE, DAMAGED, GOOD = (INPUT.format(number) for number in range(1, 6))


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def in_progress(store: Any, input_id: str, sha256: str | None) -> None:
    known = {"source_uri": f"inbox:{input_id[-1]}.txt", "received_at": datetime.now(UTC), "steps": "[]"}
    store.put(Input, input_id=input_id, state="in_progress", sha256=sha256, **known)


async def test_one_that_cannot_be_sent_again_says_why_and_the_others_are_sent(
    store: Any, server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIREROOM_NATS_PORT", str(server.port))
    monkeypatch.setenv("WIREROOM_METRICS_PORT_BASE", str(free_port() % 60000 + 1))
    fetch = await server.connect("fetch")
    publisher = Publisher(fetch)
    raw = Raw(fetch, publisher, fresh_seconds=3600)
    await raw.put(TEXT.encode(), hash_of(TEXT))
    await raw.put(b"something else", hash_of("damaged"))
    hashes = {
        NOBODY_KNOWS: None,
        NONE_KEPT: "",
        GONE: hash_of("gone"),
        DAMAGED: hash_of("damaged"),
        GOOD: hash_of(TEXT),
    }
    for input_id, sha256 in hashes.items():
        in_progress(store, input_id, sha256)

    command = (sys.executable, "-m", "services.cli", "replay", "--lost", "--json")
    running = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    told, _ = await running.communicate()
    assert running.returncode == 1
    found = json.loads(told)
    assert (found["sent"], found["unseen"]) == ([GOOD], [])
    operator = await server.connect("operator")
    said = (await operator.jetstream().get_msg("LANGUAGE", 1)).headers or {}
    for client in (publisher, fetch, operator):
        await client.close()

    assert said["Nats-Msg-Id"].startswith(f"{GOOD}:article_fetched:r")
    reasons = {NOBODY_KNOWS: "not known by itself", NONE_KEPT: "not known by itself", GONE: "not in RAW any more"}
    assert found["left"].keys() == {*reasons, DAMAGED}
    for input_id, words in (reasons | {DAMAGED: "is damaged: give it in again"}).items():
        assert words in found["left"][input_id]
