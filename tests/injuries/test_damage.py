"""The checker on a real system whose data were damaged behind its back: it must see each damage, and nothing before."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import nats
import pytest

from tests.e2e.hearing import as_operator
from tests.injuries.checker import judge
from tests.injuries.evidence import RAW, gather
from tests.injuries.programme import at_rest
from tests.injuries.system import Injured
from tests.injuries.workload import Workload

pytestmark = [pytest.mark.nats, pytest.mark.slow]

FILES = 12
LAST_ARTICLE = "(SELECT article_id FROM articles ORDER BY number DESC LIMIT 1)"
LAST_STORED = "(SELECT max(input_id) FROM inputs WHERE state = 'stored')"
Running = tuple[Injured, Workload]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, atlas: Path) -> Iterator[Running]:
    """A system that has brought some files to their ends."""
    system = Injured(tmp_path_factory.mktemp("damaged"), atlas)
    workload = Workload(system.drop, system.inbox, 1)
    try:
        system.start()
        workload.give_many(FILES, copies=0.3)
        assert judge(workload.given, at_rest(system, workload)).findings == []
        yield system, workload
    finally:
        workload.end()
        system.abandon()


async def a_row_is_deleted(system: Injured) -> None:
    _write(system, "DELETE FROM inputs WHERE input_id = (SELECT min(input_id) FROM inputs WHERE state = 'stored')")


async def an_article_is_deleted(system: Injured) -> None:
    _write(system, "DELETE FROM articles WHERE number = (SELECT max(number) FROM articles)")


async def an_article_is_copied(system: Injured) -> None:
    columns = _columns(system, "articles")
    others = ", ".join("'f' || substr(article_id, 2)" if name == "article_id" else name for name in columns)
    _write(system, f"INSERT INTO articles ({', '.join(columns)}) SELECT {others} FROM articles LIMIT 1")


async def an_article_is_emptied(system: Injured) -> None:
    _write(system, "UPDATE articles SET enriched = '{}' WHERE number = (SELECT min(number) FROM articles)")


async def what_is_in_articles_is_deleted(system: Injured) -> None:
    _write(system, f"DELETE FROM mentions WHERE number = 1 AND article_id = {LAST_ARTICLE}")


async def a_way_is_forgotten(system: Injured) -> None:
    _write(system, f"UPDATE inputs SET steps = '[]' WHERE input_id = {LAST_STORED}")


async def a_hash_is_exchanged(system: Injured) -> None:
    _write(system, f"UPDATE inputs SET sha256 = '0' WHERE input_id = {LAST_STORED}")


async def an_end_goes_backwards(system: Injured) -> None:
    _write(system, "UPDATE inputs SET state = 'in_progress' WHERE input_id = (SELECT max(input_id) FROM inputs)")


async def an_event_is_dropped(system: Injured) -> None:
    await _delete_last(system, "publisher", "ARTICLES")


async def an_original_is_dropped(system: Injured) -> None:
    """Every meta of it: twins that come at the same time may each have put one."""
    async with as_operator(system.url, system.credentials()["operator"]) as client:
        js = client.jetstream()
        last = await js.get_msg(RAW, (await js.stream_info(RAW)).state.last_seq)
        await js.purge_stream(RAW, subject=last.subject)


async def a_file_is_removed(system: Injured) -> None:
    next(path for path in (system.inbox / ".done").rglob("*.txt")).unlink()


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        (an_article_is_emptied, "its article as a whole is None"),
        (what_is_in_articles_is_deleted, "mentions, quotations and places, and"),
        (a_way_is_forgotten, "no step of its way is known"),
        (a_hash_is_exchanged, "ledger and articles differ on its bytes"),
        (a_file_is_removed, "its file is not in .done"),
        (an_event_is_dropped, "never announced: "),
        (an_original_is_dropped, "its original is not in RAW"),
        (an_article_is_deleted, "and there is no article"),
        (an_article_is_copied, "stored twice: "),
        (an_end_goes_backwards, "in progress for ever"),
        (a_row_is_deleted, "the ledger does not know it"),
    ],
    ids=lambda case: getattr(case, "__name__", ""),
)
async def test_it_says_so(running: Running, damage: Callable[[Injured], object], found: str) -> None:
    system, workload = running
    before = judge(workload.given, await gather(system)).findings

    await damage(system)  # type: ignore[misc]

    new = [line for line in judge(workload.given, await gather(system)).findings if line not in before]
    assert any(found in line for line in new), new


def _write(system: Injured, statement: str) -> None:
    with closing(sqlite3.connect(system.home / "store.db")) as connection, connection:
        assert connection.execute(statement).rowcount == 1


def _columns(system: Injured, table: str) -> list[str]:
    with closing(sqlite3.connect(system.home / "store.db")) as connection:
        return [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] != "number"]


async def _delete_last(system: Injured, user: str, stream: str) -> None:
    client = await nats.connect(system.url, user=user, password=system.credentials()[user])
    try:
        js = client.jetstream()
        await js.delete_msg(stream, (await js.stream_info(stream)).state.last_seq)
    finally:
        await client.close()
