"""URLs without an end as people see them: in `status` and in `trace`."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from services.chassis.database import Database
from services.fetch.errands.memory import Errand, Memory
from tests.tables import lay_tables

Wireroom = Callable[..., Result]
NOON = datetime(2024, 5, 1, 12, tzinfo=UTC).timestamp()
KEPT, NEW, ENDED = (f"01900000-0000-7000-8000-{number:012x}" for number in range(3))


@pytest.fixture
def errands(home: Path, store: Any) -> None:
    """One that is kept for later, one whose turn has not come, and one that has its end."""
    url = f"sqlite:///{home / 'fetch.db'}"
    lay_tables(url, "fetch")

    async def fill() -> None:
        async with Database(url) as database:
            memory = Memory(database)
            await memory.begin(
                Errand(one, f"https://u:p@example.org/{one[-1]}", "", (), NOON, NOON + 60) for one in (KEPT, NEW, ENDED)
            )
            await memory.claim([KEPT], NOON + 60, until=NOON + 61)
            await memory.keep(
                KEPT, due_at=NOON, tries=1, kept_seconds=10.0, waits_for="http_status: the server answered 503"
            )
            await memory.end(ENDED, NOON)

    asyncio.run(fill())


def test_status_tells_what_waits_soonest_first(errands: None, wireroom: Wireroom) -> None:
    told = json.loads(wireroom("status", "--json").stdout)

    assert told["urls_waiting"] == 2
    assert [one["input_id"] for one in told["urls"]] == [KEPT, NEW]
    shown = wireroom("status").stdout
    assert "URLs without an end yet: 2" in shown
    assert "https://example.org/0: fetch asks for it again at 2024-05-01 12:00:00Z (http_status: the server" in shown


def test_trace_shows_why_a_url_is_kept_for_later_before_the_ledger_knows_it(errands: None, wireroom: Wireroom) -> None:
    [one] = json.loads(wireroom("trace", KEPT, "--json").stdout)["inputs"]

    assert (one["state"], one["source_uri"], one["steps"]) == ("in_progress", "https://example.org/0", [])
    assert "in progress (fetch asks for it again at" in wireroom("trace", "https://u:p@example.org/0").stdout
    assert wireroom("trace", ENDED).exit_code == 1


def test_without_a_memory_nothing_waits(store: Any, wireroom: Wireroom) -> None:
    assert json.loads(wireroom("status", "--json").stdout)["urls_waiting"] == 0
