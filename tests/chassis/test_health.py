import asyncio
import json
import socket
import threading
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from urllib.error import HTTPError

import pytest
from prometheus_client import CollectorRegistry

from services.chassis import bounded_server, health
from services.chassis.alone import Alone, AloneSince
from services.chassis.health import Health
from services.chassis.metrics import Measures
from services.chassis.testing import until
from services.chassis.waits import Wait, Why
from services.chassis.whose import home_id
from services.cli import survey
from services.cli.local import probes

INPUT = "01900000-0000-7000-8000-000000000001"
NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


def fetch(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as reply:
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
                "ready_since": None,
                "alone": [],
            },
        )
        assert (await asyncio.to_thread(fetch, served.port, "/livez"))[0] == 200
        waits.clear()
        assert (await asyncio.to_thread(fetch, served.port, "/readyz"))[0] == 200


@pytest.mark.parametrize("path", [*health.PAGES, "/nowhere"])
async def test_every_answer_says_of_which_home_it_is(path: str) -> None:
    async with Health(CollectorRegistry(), list, host="127.0.0.1", port=0, home="5eed") as served:
        with pytest.raises(probes.AnotherHomes, match=f"port {served.port}"):
            await probes.get("127.0.0.1", served.port, path, home="6ee5")
        for home in ("5eed", None):
            assert (await probes.get("127.0.0.1", served.port, path, home=home))[0] in {200, 404}


async def test_what_does_not_say_of_which_home_it_is_is_believed() -> None:
    async with Health(CollectorRegistry(), list, host="127.0.0.1", port=0) as served:
        assert (await probes.get("127.0.0.1", served.port, "/livez", home="6ee5"))[0] == 200


def test_a_home_is_told_from_another_under_whatever_path(tmp_path: Path) -> None:
    (one := tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    (tmp_path / "link").symlink_to(one)

    assert home_id(one) == home_id(tmp_path / "link") == home_id(tmp_path / "two" / ".." / "one")
    assert home_id(one) not in {None, home_id(tmp_path / "two")}
    assert home_id(tmp_path / "nowhere") is None


async def test_readiness_says_since_when_it_lasts() -> None:
    async with Health(CollectorRegistry(), list, lambda: NOON, host="127.0.0.1", port=0) as served:
        status, body = await asyncio.to_thread(fetch, served.port, "/readyz")

    told = {"ready": True, "reasons": [], "waits": [], "ready_since": "2024-05-01T12:00:00+00:00", "alone": []}
    assert (status, json.loads(body)) == (200, told)


async def test_what_is_tried_alone_for_long_is_said_by_who_is_ready() -> None:
    alone = Alone("EXTRACT", 7, f"{INPUT}:article_deduplicated", NOON, 2, holds_up=True)
    registry = CollectorRegistry()
    registry.register(AloneSince("extract", lambda: [alone]))
    async with Health(registry, list, alone=lambda: [alone], host="127.0.0.1", port=0) as served:
        status, body = await asyncio.to_thread(fetch, served.port, "/readyz")
        _, metrics = await asyncio.to_thread(fetch, served.port, "/metrics")

    assert status == 200
    [said] = json.loads(body)["alone"]
    assert said == {
        "stream": "EXTRACT",
        "sequence": 7,
        "message_id": f"{INPUT}:article_deduplicated",
        "since": "2024-05-01T12:00:00+00:00",
        "lone_starts": 2,
        "holds_up": True,
    }
    labels = 'holds_up="true",service="extract",stream="EXTRACT"'
    assert f"wireroom_alone_since_timestamp_seconds{{{labels}}} 1.7145648e+09" in metrics
    [told] = survey.alone_of(body)
    assert told.told(NOON + timedelta(minutes=5)) == (
        f"EXTRACT {INPUT}:article_deduplicated may have killed its process and is tried by itself since 2024-05-01 "
        "12:00:00Z (5 min); nothing else runs until it has its end"
    )


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"alone": 3}', '{"alone": [{}]}', '{"alone": [{"stream": "A"}]}'])
def test_what_says_nothing_of_it_in_our_way_says_nothing(body: str) -> None:
    assert survey.alone_of(body) == []


async def test_a_stuck_event_loop_is_not_live(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "STUCK_SECONDS", 0.2)
    async with Health(CollectorRegistry(), list, host="127.0.0.1", port=0) as served:
        with ThreadPoolExecutor(1) as outside:
            asking = outside.submit(ask_until_stuck, served.port)
            assert asking.result(timeout=60) == 503  # the loop stands still while we wait for it here
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


def raw(port: int, request: bytes) -> bytes:
    """What comes back for these bytes, until the other side has closed."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as asking:
        with suppress(OSError):  # cut off while it writes
            asking.sendall(request)
        answer = b""
        with suppress(OSError):
            while chunk := asking.recv(1 << 16):
                answer += chunk
    return answer


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT", "nonsense"])
async def test_only_get_is_answered(method: str) -> None:
    async with Health(CollectorRegistry(), list, host="127.0.0.1", port=0) as served:
        answer = await asyncio.to_thread(raw, served.port, f"{method} /metrics HTTP/1.0\r\n\r\n".encode())
    assert b" 405 " in answer.partition(b"\r\n")[0]


@pytest.mark.parametrize("path", ["/", "/..", "/../../etc/passwd", "/metrics/", "/%2e%2e", "/metrics%00"])
async def test_there_are_three_pages_and_no_folder(path: str) -> None:
    async with Health(CollectorRegistry(), list, host="127.0.0.1", port=0) as served:
        answer = await asyncio.to_thread(raw, served.port, f"GET {path} HTTP/1.0\r\n\r\n".encode())
    assert b" 404 " in answer.partition(b"\r\n")[0]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:9101", 200),
        ("localhost:9101", 200),
        ("[::1]:9101", 200),
        ("", 200),
        ("evil.example", 421),
        ("evil.example:9101", 421),
        ("127.0.0.1.evil.example", 421),
        ("[nonsense", 421),
    ],
)
async def test_on_loopback_a_page_of_a_foreign_name_reads_nothing(host: str, status: int) -> None:
    async with Health(CollectorRegistry(), list, host="127.0.0.1", port=0) as served:
        answer = await asyncio.to_thread(raw, served.port, f"GET /livez HTTP/1.0\r\nHost: {host}\r\n\r\n".encode())
    assert f" {status} ".encode() in answer.partition(b"\r\n")[0]


async def test_for_other_machines_any_name_will_do() -> None:
    async with Health(CollectorRegistry(), list, host="0.0.0.0", port=0) as served:
        answer = await asyncio.to_thread(raw, served.port, b"GET /livez HTTP/1.0\r\nHost: fetch:9101\r\n\r\n")
    assert b" 200 " in answer.partition(b"\r\n")[0]


def ask_slowly(port: int, times: int, kept: ExitStack) -> socket.socket:
    """So many begin to ask and go no further; the last of them."""
    for _ in range(times):
        drip = kept.enter_context(socket.create_connection(("127.0.0.1", port)))
        with suppress(OSError):  # there are too many of them already
            drip.sendall(b"GET /livez HTTP/1.1\r\nX-Slow: ")
    return drip


async def test_whoever_asks_slowly_is_cut_off_and_keeps_nobody_from_asking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded_server, "ASKING_SECONDS", 2.0)
    before = threading.active_count()
    async with Health(CollectorRegistry(), list, host="127.0.0.1", port=0) as served:
        with ExitStack() as slow:
            drip = await asyncio.to_thread(ask_slowly, served.port, 500, slow)  # our loop is what /livez looks at
            assert await asyncio.to_thread(fetch, served.port, "/livez") == (200, '{"live": true, "reasons": []}\n')
            at_once = bounded_server.MOST_AT_ONCE
            await until(lambda: threading.active_count() - before <= at_once + 2)  # the server's own, and the asker's

            def is_cut_off() -> bool:
                try:
                    drip.sendall(b"x")
                except OSError:
                    return True
                return False

            await until(is_cut_off)


async def test_of_too_many_each_that_comes_cuts_off_another(monkeypatch: pytest.MonkeyPatch) -> None:
    cut_off: list[Any] = []
    monkeypatch.setattr(bounded_server, "MOST_AT_ONCE", 4)
    monkeypatch.setattr(bounded_server, "_cut_off", cut_off.append)
    monkeypatch.setattr(ThreadingMixIn, "process_request", lambda *_: None)  # no thread comes to see that it was
    server = bounded_server.BoundedServer(("127.0.0.1", 0), bounded_server.SilentHandler)
    for number in range(10):
        server.process_request(number, "nobody")
    server.server_close()

    assert cut_off == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "request_", [b"GET /" + b"a" * (1 << 20), b"GET /livez HTTP/1.0\r\n" + b"X: " + b"a" * (1 << 20)]
)
async def test_a_question_without_end_is_not_read_to_its_end(request_: bytes) -> None:
    async with Health(CollectorRegistry(), list, host="127.0.0.1", port=0) as served:
        answer = await asyncio.to_thread(raw, served.port, request_)
        assert b" 200 " not in answer.partition(b"\r\n")[0]
        assert (await asyncio.to_thread(fetch, served.port, "/livez"))[0] == 200
