"""The memory of URLs when there are very many of them: what is found is found by an index, what ended makes room."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import event
from sqlmodel import Session

from services.chassis.database import Database
from services.fetch.core.web.answer import Page
from services.fetch.errands import memory
from services.fetch.errands.memory import KEPT_SECONDS, Errand, Memory
from tests.tables import lay_tables

NOW = 1_800_000_000.0


@pytest_asyncio.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    url = f"sqlite:///{tmp_path / 'fetch.db'}"
    lay_tables(url, "fetch")
    async with Database(url) as opened:
        yield opened


async def test_what_ended_is_forgotten_as_fast_as_it_comes(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "FORGOTTEN_AT_ONCE", 2)
    known, errands = Memory(database), [Errand(f"{number}", "https://example.org/") for number in range(3)]
    await known.begin(errands)
    for errand in errands:
        await known.end(errand.input_id, NOW)

    assert [await known.forget(NOW + KEPT_SECONDS + 1) for _ in range(2)] == [False, True]

    await known.begin(errands)
    assert await known.waiting() == (3, 0.0)


async def test_no_look_at_what_waits_reads_all_of_it(database: Database) -> None:
    known, asked = Memory(database), list[tuple[str, Any]]()
    event.listen(database._engine, "before_cursor_execute", lambda *told: asked.append((told[2], told[3])))

    await known.due(NOW, but=["1"], busy=["example.org"], limit=10)
    await known.next_after(NOW)
    await known.waiting()
    queries = [each for each in asked if each[0].startswith("SELECT")]

    def plans(session: Session) -> list[str]:
        ask = session.connection().exec_driver_sql
        return [step[3] for query, values in queries for step in ask(f"EXPLAIN QUERY PLAN {query}", values)]

    steps = await database.transaction(plans)
    assert len(steps) == len(queries) == 4
    assert all("INDEX ix_asked_due" in step or "INDEX ix_asked_oldest" in step for step in steps)


async def test_a_page_that_has_not_changed_is_kept_longer_than_one_that_nobody_asked_for(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "MOST_MET", 1)
    monkeypatch.setattr(memory, "FORGOTTEN_AT_ONCE", 1)
    known = Memory(database)
    for number, url in enumerate(("https://example.org/daily", "https://example.org/once")):
        await known.met(url, Page(url, b"", etag="1"), "0" * 64, NOW + number)

    await known.met_again("https://example.org/daily", NOW + 2)
    await known.forget(NOW + 3)

    assert [await known.known(f"https://example.org/{name}") is None for name in ("daily", "once")] == [False, True]
