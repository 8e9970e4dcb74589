"""Each service as a process of its own, without `up`: starts, hears, is measured, stops."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from prometheus_client.parser import text_string_to_metric_families

from contracts.article_fetched import ArticleFetched
from contracts.document import Document
from contracts.language_detected import LanguageDetected
from contracts.topology import SERVICES
from services.chassis.letters import seal
from services.chassis.migrations import migrate
from services.chassis.publisher import Publisher
from services.chassis.testing import LocalServer, free_port
from services.chassis.testing import until as until_so
from tests.e2e.running import get, samples, until
from tests.e2e.writing import an_article

pytestmark = [pytest.mark.nats, pytest.mark.slow]

PROMTOOL = shutil.which("promtool")
REMEMBERING = ("fetch", "dedup", "store")
# What the issue asks of every service, and what of one.
MEASURES = {
    *("wireroom_outcomes", "wireroom_handler_seconds", "wireroom_article_age_seconds", "wireroom_pending_messages"),
    *("wireroom_oldest_waiting_seconds", "wireroom_in_flight_messages", "wireroom_redelivered_messages"),
    *("wireroom_dead_letters", "wireroom_unavailable_seconds", "process_resident_memory_bytes"),
}
OWN_MEASURES = {
    "fetch": {
        *("wireroom_files_waiting", "wireroom_oldest_file_seconds", "wireroom_ignored_files"),
        *("wireroom_urls_waiting", "wireroom_oldest_url_seconds"),
        *("wireroom_pages", "wireroom_page_bytes", "wireroom_page_seconds"),
    },
    "store": {"wireroom_inputs", "wireroom_stream_bytes", "wireroom_stream_limit_bytes"},
}
INPUT = "01900000-0000-7000-8000-000000000001"


@pytest_asyncio.fixture
async def server(tmp_path: Path) -> AsyncIterator[LocalServer]:
    async with LocalServer(tmp_path / "home") as running:
        yield running


@contextmanager
def alone(service: str, server: LocalServer) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """The running service, ready, and the address of its pages."""
    port = free_port()
    inbox = server.home / "inbox"
    inbox.mkdir()
    settings = {
        "WIREROOM_HOME": str(server.home),
        "WIREROOM_INBOX": str(inbox),
        "WIREROOM_NATS_PORT": str(server.port),
        f"WIREROOM_{service.upper()}_METRICS_PORT": str(port),
    }
    page = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", f"services.{service}"]
    with subprocess.Popen(
        command, env=os.environ | settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            until(lambda: get(f"{page}/readyz")[0] == 200, seconds=120, what=lambda: get(f"{page}/readyz"))
            yield process, page
        finally:
            process.kill()


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_alone_starts_is_measured_and_stops(service: str, server: LocalServer, atlas: Path) -> None:
    if service in REMEMBERING:
        migrate(f"sqlite:///{server.home / service}.db", service)
    shutil.copy2(atlas, server.home / atlas.name)
    with alone(service, server) as (process, page):
        assert get(f"{page}/livez")[0] == 200
        status, text = get(f"{page}/metrics")
        found = {family.name for family in text_string_to_metric_families(text)}
        promtool_says = _promtool(text) if PROMTOOL else ""
        process.send_signal(signal.SIGTERM)
        code, logged = process.wait(60), process.stdout.read() if process.stdout else ""
    assert status == 200
    assert found >= MEASURES | OWN_MEASURES.get(service, set())
    assert promtool_says == ""
    assert code == 0, logged
    assert "Traceback" not in logged


@pytest.mark.skipif(PROMTOOL is None, reason="promtool is not installed (Debian: the package prometheus)")
def test_promtool_would_say_something_about_a_bad_name() -> None:
    assert _promtool("# TYPE wireroom_things counter\nwireroom_things 1\n")


def _promtool(page: str) -> str:
    """What promtool has to say about a page; nothing where all is well."""
    told = subprocess.run(
        [str(PROMTOOL), "check", "metrics"], input=page, capture_output=True, text=True, timeout=60, check=False
    )
    return told.stdout + told.stderr


async def test_language_alone_hears_and_says(server: LocalServer) -> None:
    fetch = await server.connect("fetch")
    publisher = Publisher(fetch)
    with alone("language", server) as (process, page):
        await publisher.publish(seal(_fetched(), service="fetch"))
        until(lambda: _detected(page) == 1, seconds=60, what="one detected")
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    await publisher.close()
    await fetch.close()
    operator = await server.connect("operator")
    kept = await operator.jetstream().get_last_msg("DEDUP", LanguageDetected.subject)
    said = LanguageDetected.model_validate_json(kept.data or b"")
    assert said.language.tag.startswith("fr")
    assert [(step.service, step.outcome) for step in said.trail] == [("language", "detected")]
    js = operator.jetstream()

    async def is_empty() -> bool:
        return (await js.stream_info("LANGUAGE")).state.messages == 0

    await until_so(is_empty)  # the server may take a moment with what was acknowledged
    await operator.close()


def _detected(page: str) -> float:
    return samples(get(f"{page}/metrics")[1], "wireroom_outcomes_total").get("detected", 0.0)


def _fetched() -> ArticleFetched:
    text = an_article(6000)
    document = Document(
        source_uri="inbox:a.txt",
        sha256="0" * 64,
        media_type="text/plain",
        bytes=len(text.encode()),
        received_at=datetime.now(UTC),
        text=text,
    )
    return ArticleFetched(input_id=INPUT, article_id="0" * 32, document=document)
