import asyncio
import json
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from urllib.error import HTTPError

import pytest
from prometheus_client import CollectorRegistry

from services.chassis import health
from services.chassis.health import Health
from services.chassis.metrics import Measures
from services.chassis.testing import until
from services.chassis.waits import Wait, Why

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


def fetch(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as reply:
            return reply.status, reply.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


async def test_readiness_says_why_not_in_its_body() -> None:
    waits = [Wait("database", Why.AWAY, "database is away: disk full", NOON)]
    async with Health(CollectorRegistry(), lambda: waits, host="127.0.0.1", port=0) as served:
        status, body = await asyncio.to_thread(fetch, served.port, "/readyz")
        assert (status, json.loads(body)) == (
            503,
            {
                "ready": False,
                "reasons": ["database is away: disk full"],
                "waits": [
                    {
                        "what": "database",
                        "reason": "away",
                        "words": "database is away: disk full",
                        "since": "2024-05-01T12:00:00+00:00",
                    }
                ],
            },
        )
        assert (await asyncio.to_thread(fetch, served.port, "/livez"))[0] == 200
        waits.clear()
        assert (await asyncio.to_thread(fetch, served.port, "/readyz"))[0] == 200


async def test_a_stuck_event_loop_is_not_live(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "STUCK_SECONDS", 0.2)
    async with Health(CollectorRegistry(), list, host="127.0.0.1", port=0) as served:
        with ThreadPoolExecutor(1) as outside:
            asking = outside.submit(ask_until_stuck, served.port)
            assert asking.result(timeout=10) == 503  # the loop stands still while we wait for it here
        await until(lambda: fetch_is_live(served.port))


def ask_until_stuck(port: int) -> int:
    while (status := fetch(port, "/livez")[0]) == 200:
        pass
    return status


async def fetch_is_live(port: int) -> bool:
    return (await asyncio.to_thread(fetch, port, "/livez"))[0] == 200


async def test_metrics_are_served_with_their_help() -> None:
    measures = Measures("language")
    async with Health(measures.registry, list, host="127.0.0.1", port=0) as served:
        status, body = await asyncio.to_thread(fetch, served.port, "/metrics")
    assert status == 200
    assert "# HELP wireroom_handler_seconds Time a handler took for one call." in body
    assert "process_resident_memory_bytes" in body
