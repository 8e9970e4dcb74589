"""When the store keeps nothing: its database is away, or what it heard could never be announced; and who waits."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from contracts.outcomes import DeadReason, Unfit
from services.chassis.letters import seal
from services.chassis.migrations import migrate
from services.chassis.unavailable import Unavailable
from services.store import core
from services.store.announcements import TRIES_DIFFER_BYTES
from services.store.database import Store
from tests.services.store import sayings as say
from tests.services.store.beside import rows

ORIGINAL = "0" * 32


async def test_what_could_never_be_announced_is_not_stored(url: str) -> None:
    article = say.extracted(1)
    async with Store(url) as store:
        [enriched] = await store.keep([(say.extracted(2), "")], say.NOON)
    needed = seal(enriched, service="store").size() + TRIES_DIFFER_BYTES

    async with Store(url, room_bytes=needed - 20) as store:
        with pytest.raises(Unfit) as refusal:
            await store.keep([(article, "")], say.NOON)
        with pytest.raises(Unfit):
            await store.keep([(say.extracted(3, ""), ""), (article, "")], say.NOON)
    assert refusal.value.reason is DeadReason.TOO_LARGE
    assert rows(url, "SELECT COUNT(*) FROM articles") == [(1,)]
    assert rows(url, "SELECT COUNT(*) FROM unannounced") == [(1,)]

    async with Store(url, room_bytes=needed + 20) as store:  # seconds have more digits or fewer
        assert len(await store.keep([(article, "")], say.NOON)) == 1


async def test_a_duplicate_that_could_never_be_announced_is_not_stored(url: str) -> None:
    async with Store(url, room_bytes=1000) as store:
        with pytest.raises(Unfit):
            await store.keep_duplicates([(say.duplicate(1, of=ORIGINAL), "")], say.NOON)

    assert rows(url, "SELECT COUNT(*) FROM inputs") == [(0,)]


async def test_a_database_that_is_not_there_is_an_outage_and_nobodys_fault() -> None:
    async with Store("sqlite:////nonexistent/store.db") as store:
        with pytest.raises(Unavailable):
            await store.record([core.received(say.received(1))])
        with pytest.raises(Unavailable):
            await store.probe()


async def test_a_database_without_tables_is_an_outage_until_it_is_migrated(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    async with Store(url) as store:
        with pytest.raises(Unavailable):
            await store.probe()
        migrate(url, "store")
        await store.probe()


async def test_a_disk_with_little_room_is_an_outage_and_no_message_is_to_blame(store: Store, url: str) -> None:
    engine = store._database._engine
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count = 300"))
    engine.dispose()  # the next connection is one with little room

    await store.record([core.received(say.received(1))])
    with pytest.raises(Unavailable, match="full"):
        await store.keep([(say.extracted(1, "é" * 1_000_000), "")], say.NOON)
    with pytest.raises(Unavailable, match="full"):
        await store.probe()


async def test_rows_are_locked_in_one_order_whatever_the_order_of_a_batch(store: Store) -> None:
    """Else two stores on one PostgreSQL could wait for each other."""
    written: dict[str, list[str]] = {}
    locking: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if isinstance(parameters, list):
            written[statement.split()[2]] = [str(row[0]) for row in parameters]
        elif statement.startswith("SELECT"):
            locking.append(" ".join(statement.split()))

    event.listen(store._database._engine, "before_cursor_execute", note)
    await store.record(
        [
            core.rejected(say.rejected(3), say.NOON),
            core.received(say.received(1)),
            core.expanded(say.expanded(2, 0), say.NOON),
        ]
    )
    await store.keep([(say.extracted(6), "")], say.NOON)

    assert written["input_counts"] == ["expanded", "in_progress", "rejected"]
    assert written["inputs"] == [say.input_id(1), say.input_id(2), say.input_id(3)]
    for table, key in (("inputs", "inputs.input_id"), ("articles", "articles.article_id")):
        reading = [statement for statement in locking if f" FROM {table} " in statement]
        assert reading
        assert all(statement.endswith(f" ORDER BY {key}") for statement in reading)


async def test_a_probe_leaves_nothing_behind(store: Store, url: str) -> None:
    await store.probe()

    assert rows(url, "SELECT COUNT(*) FROM dead_letters") == [(0,)]
