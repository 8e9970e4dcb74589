"""One value that nobody can read ends no check: it is named by its row, and everything else is looked at."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Engine, LargeBinary, String, Table
from sqlalchemy.types import TypeDecorator
from sqlmodel import Session, create_engine

from contracts.article_enriched import ArticleEnriched
from services.chassis.settings import House
from services.chassis.testing import free_port
from services.cli import account, kept, memory
from services.cli.asked import Asked
from services.cli.checks import judged, shelved, taken
from services.cli.checks.found import Check, Patience
from services.cli.ledger import ledger_of
from services.cli.status import from_settings
from services.dedup.tables import Judged, Remembered, Sketch
from services.dedup.tables import Row as DedupRow
from services.fetch.feeds.tables import Unsaid
from services.fetch.tables import Asked as Errand
from services.fetch.tables import Row as FetchRow
from services.fetch.tables import Taken
from services.store import connecting
from services.store.cluster_tables import ClusterMember
from services.store.columns import Row as StoreRow
from services.store.core import Enriched
from services.store.rows import article_row
from services.store.tables import Article, DeadMessage, Duplicate, Input, InputCount, Unannounced
from tests.services.cli.conftest import INPUT
from tests.tables import begin_tables

LONG_AGO = datetime.now(UTC) - timedelta(hours=2)
ONE, TWO, THREE = (INPUT.format(number) for number in (1, 2, 3))
ARTICLE, OTHER = f"{1:032x}", f"{2:032x}"
SHA256 = "0" * 64
WAY = json.dumps([{"service": "store", "version": "1", "at": LONG_AGO.isoformat(), "seconds": 1, "outcome": "stored"}])
GARBAGE = ("x'ff'", "CAST(x'ff' AS TEXT)", "'{kaputt'")  # as SQL has it
AMISS = f"1 inputs are stored, and their article is not kept: {THREE}"  # what must be told whatever else is

TABLES: dict[str, tuple[Table, ...]] = {
    "store": tuple(
        StoreRow.metadata.tables[name]
        for name in (
            "inputs",
            "input_counts",
            "articles",
            "duplicates",
            "cluster_members",
            "dead_letters",
            "unannounced",
        )
    ),
    "dedup": tuple(DedupRow.metadata.tables[name] for name in ("judged", "remembered", "sketches")),
    "fetch": tuple(FetchRow.metadata.tables[name] for name in ("taken", "asked", "feed_entries")),
}


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account, "SHOWN_PAUSE_SECONDS", 0.01)
    monkeypatch.setenv("WIREROOM_NATS_PORT", str(free_port()))
    monkeypatch.setenv("WIREROOM_METRICS_PORT_BASE", str(free_port() % 60000 + 1))


@pytest.fixture(autouse=True)
def questions_are_put_into_sql_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine keeps the SQL of what it was asked: one is made for each database, and not for each look at it."""
    engines: dict[str, Engine] = {}

    def engine(url: object, **options: Any) -> Engine:
        called = f"{url} {options}"
        if called not in engines:
            engines[called] = create_engine(str(url), **options)
        return engines[called]

    for module in (connecting, memory):
        monkeypatch.setattr(module, "create_engine", engine)


@pytest.fixture
def filled(home: Path, store: Any, enriched: Callable[..., ArticleEnriched]) -> Path:
    """A row in every table, and a stored input whose article is not kept."""
    (home.parent / "inbox").mkdir()
    told = {"source_uri": "inbox:1.txt", "received_at": LONG_AGO, "ended_at": LONG_AGO, "steps": WAY}
    for input_id, state, article_id in ((ONE, "stored", ARTICLE), (TWO, "duplicate", OTHER), (THREE, "stored", OTHER)):
        store.put(Input, input_id=input_id, state=state, article_id=article_id, duplicate_of=None, sha256="", **told)
    for state, number in (("stored", 2), ("duplicate", 1)):
        store.put(InputCount, state=state, inputs=number)
    store.put(Article, **article_row(Enriched(enriched(1), "", (), is_new=True)))
    store.put(
        Duplicate, input_id=TWO, article_id=OTHER, duplicate_of=ARTICLE, method="same_text", similarity=1.0,
        sha256=SHA256, found_at=LONG_AGO, duplicated=json.dumps({"input_id": TWO}),
    )  # fmt: skip
    store.put(ClusterMember, article_id=ARTICLE, cluster=ARTICLE, link="original", source_uri="", seen_at=LONG_AGO)
    store.put(
        DeadMessage, message_id="dead:1:1", input_id=ONE, service="extract", reason="failed", detail="", attempts=5,
        first_heard_at=LONG_AGO, buried_at=LONG_AGO, subject="a", stream="A", sequence=1, headers="{}", body=b"",
    )  # fmt: skip
    store.put(Unannounced, input_id=ONE, enrichment=1, article_id=ARTICLE, way="", since=datetime.now(UTC))
    _remember(home)
    return home


def _remember(home: Path) -> None:
    digest: dict[str, Any] = {"place": b"1", "content": b"1", "text": b"1", "entries": b"1"}
    verdict = '{"verdict": "original"}'
    rows: dict[str, list[Any]] = {
        "dedup": [
            Judged(input_id=ONE, article_id=ARTICLE, verdict=verdict),
            Remembered(number=1, article_id=ARTICLE, version="1", shingles=1, **digest),
            Sketch(number=1, hashes=b"1"),
        ],
        "fetch": [
            Taken(input_id=ONE, place=b"inbox:1.txt", inode="1", size=1, mtime_ns=1, said=True),
            Errand(input_id=TWO, url="https://paper.example/1", host="", claims="[]", asked_at=0, due_at=0),
            Unsaid(input_id=THREE, feed_id=1, url="https://paper.example/2", claims="[]"),
        ],
    }
    for service, some in rows.items():
        begin_tables(home, service)
        engine = create_engine(f"sqlite:///{home / f'{service}.db'}")
        with Session(engine) as session, session.begin():
            for row in some:
                session.add(row)
                session.flush()
        engine.dispose()


def may_hold(column: Column[Any], garbage: str) -> bool:
    """Whether it is of the column's type: what words say is not looked at."""
    kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    if isinstance(kind, LargeBinary):
        return garbage == "x'ff'"
    return isinstance(kind, String) and garbage not in GARBAGE[:2]


def damage(home: Path, service: str, table: Table, column: str, garbage: str) -> bool:
    """Whether the database took it."""
    first = next(iter(table.primary_key.columns)).name
    with closing(sqlite3.connect(home / f"{service}.db")) as connection:
        try:
            with connection:
                one = f"(SELECT min({first}) FROM {table.name})"
                connection.execute(f"UPDATE {table.name} SET {column} = {garbage} WHERE {first} = {one}")
        except sqlite3.IntegrityError:
            return False
        return True


@pytest.fixture
def asked(filled: Path) -> Asked:
    """It, as it is asked about: settings are read once for all the looks at it."""
    settings = House()
    return Asked(settings, from_settings(settings), "nats://127.0.0.1:1", {})


async def checked(asked: Asked) -> Check:
    """All that is held against each other where no server is needed, and what `status` reads besides."""
    settings = asked.settings
    ledger = await ledger_of(asked)
    json.dumps(asdict(ledger), default=str)
    assert ledger.trouble is None
    soon, patience = datetime.now(UTC) + timedelta(hours=1), Patience(60.0)
    with kept.opened(settings) as reading:
        found = await account.check(asked, reading)
        with reading.legible.forgiving():
            comparing = reading.comparing
            judged.compare(settings, comparing, found, until=soon, patience=patience)
            taken.compare(asked, reading, found, late=soon, until=soon, patience=patience)
            since = comparing.first_received_at()
            shelved.compare(asked.inbox, comparing, found, after="move", since=since, until=soon, patience=patience)
    return found


@pytest.mark.parametrize("service", TABLES)
async def test_garbage_in_any_column_is_named_and_everything_else_is_looked_at(
    filled: Path, asked: Asked, service: str
) -> None:
    path = filled / f"{service}.db"
    whole, untold = path.read_bytes(), set[str]()
    sound = await checked(asked)
    assert AMISS in sound.findings
    assert not [line for line in sound.findings if "does not belong" in line]
    for table in TABLES[service]:
        for place, column in enumerate(table.c):
            garbage = GARBAGE[place % len(GARBAGE)]
            if damage(filled, service, table, column.name, garbage):
                found = await checked(asked)
                assert any(THREE in line for line in found.findings), (table.name, column)
                if found.findings == sound.findings and not may_hold(column, garbage):
                    untold.add(f"{table.name}.{column.name} = {garbage}")
            path.write_bytes(whole)
    assert untold == set()


@pytest.mark.parametrize(
    ("injury", "table", "column", "name"),
    [
        (f"UPDATE inputs SET state = 'verschwunden' WHERE input_id = '{ONE}'", "inputs", "state", ONE),
        (
            f"UPDATE inputs SET ended_at = NULL WHERE input_id = '{ONE}'",
            "inputs",
            "state",
            ONE,
        ),  # an end without its time
        (f"UPDATE inputs SET steps = '[{{}}]' WHERE input_id = '{TWO}'", "inputs", "steps", TWO),
        (f"UPDATE inputs SET steps = '[]' WHERE input_id = '{ONE}'", "inputs", "steps", ONE),  # it came no way
        ("UPDATE input_counts SET state = 'gone' WHERE state = 'stored'", "input_counts", "state", "gone"),
        ("UPDATE articles SET enriched = '{kaputt'", "articles", "enriched", ARTICLE),
        ("UPDATE articles SET enriched = '{}'", "articles", "enriched", ARTICLE),
        ("UPDATE articles SET sha256 = 'f'", "articles", "enriched", ARTICLE),
        ("UPDATE duplicates SET duplicated = '{}'", "duplicates", "duplicated", TWO),
    ],
)
async def test_what_a_row_says_against_itself_is_named_by_it(
    asked: Asked, injury: str, table: str, column: str, name: str
) -> None:
    with closing(sqlite3.connect(asked.settings.home / "store.db")) as connection, connection:
        connection.execute(injury)
    findings = (await checked(asked)).findings
    assert f"1 rows of store's {table} have in {column} what does not belong there: {name}" in findings
    assert AMISS in findings
