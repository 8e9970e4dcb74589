"""The checker on a finished system whose databases were damaged behind its back: it names each damage."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Integer, MetaData, Table

from services.dedup.tables import Row as DedupRow
from services.store.columns import Utc
from services.store.tables import TABLES as OF_STORE
from tests.injuries.bench import Bench
from tests.injuries.copies import REMEMBERING, copied
from tests.injuries.in_streams import Streams

pytestmark = [pytest.mark.nats, pytest.mark.slow]

METADATA: dict[str, MetaData] = {"store": OF_STORE[0].metadata, "dedup": DedupRow.metadata}
TABLES = {table.name: (database, table) for database, known in METADATA.items() for table in known.sorted_tables}
EMPTY = {"unannounced"}  # where everything has ended
UNSEEN = {"standing"}  # what came again in the articles of a source dedup alone tells
LONG_AGO = "2020-01-02 03:04:05.000006"
NAMES = ("input_id", "article_id", "message_id", "state")  # that a finding may name a row by
STATES = ("stored", "duplicate", "rejected", "dead", "expanded")
STORED = "(SELECT max(input_id) FROM inputs WHERE state = 'stored')"
LAST = "number = (SELECT max(number) FROM articles)"
ORIGINAL = "number = (SELECT max(number) FROM articles WHERE verdict = 'original')"
COPY = "(SELECT min(input_id) FROM duplicates WHERE method = 'same_bytes')"


def _in_whole(path: str, value: str, which: str = LAST) -> str:
    """Another value in the midst of an article that is kept as a whole."""
    return f"UPDATE articles SET enriched = json_set(enriched, '$.{path}', {value}) WHERE {which}"


def _in_ledger(change: str, which: str = STORED) -> str:
    return f"UPDATE inputs SET {change} WHERE input_id = {which}"


# What is done, in which database, and what is found.
DAMAGES = [
    ("store", _in_whole("document.text", "'Autre.'"), "document.text is"),
    ("store", _in_whole("extraction.title", """json('{"text":"Autre"}')"""), "extraction.title is"),
    ("store", _in_whole("language.tag", "'de'"), "language.tag is 'fr', not 'de'"),
    ("store", _in_whole("extraction.country", "'SY'"), "country is 'FR', not 'SY'"),
    ("store", _in_whole("extraction.made_by.places.version", "'0'"), "extraction.made_by.places.version is"),
    ("store", _in_whole("document.bytes", "1"), "document.bytes is"),
    ("store", _in_whole("document.mood", "'sombre'"), "document.mood is 'sombre', not nothing"),
    ("store", _in_whole("trail", "json_extract(enriched, '$.trail[0]')"), "enriched is no article"),
    ("store", _in_whole("duplication.verdict", "'revision'", ORIGINAL), "duplication.verdict is"),
    ("store", _in_ledger("ended_at = NULL"), "stored, and ended at None"),
    (
        "store",
        _in_ledger(
            "ended_at = '2020-01-01 00:00:00.000000'", "(SELECT max(input_id) FROM inputs WHERE state = 'rejected')"
        ),
        "ended at 2020-01-01",
    ),
    (
        "store",
        _in_ledger(
            "ended_at = '2050-01-01 00:00:00.000000'", "(SELECT max(input_id) FROM inputs WHERE state = 'rejected')"
        ),
        "which is to come",
    ),
    (
        "store",
        _in_ledger("steps = json_remove(steps, '$[2]')"),
        "stored, and its way is fetch fetched, language detected, extract",
    ),
    (
        "store",
        _in_ledger("steps = json_array(steps -> 1, steps -> 0, steps -> 2, steps -> 3, steps -> 4)"),
        "its way is language detected, fetch",
    ),
    ("store", _in_ledger("steps = '[]'"), "stored, and its way is not known"),
    ("store", _in_ledger("state = 'in_progress'"), "in progress for ever"),
    ("store", _in_ledger("state = 'lost'"), "state is 'lost', not any state of ours"),
    (
        "store",
        _in_ledger("article_id = NULL", "(SELECT input_id FROM inputs WHERE state = 'dead')"),
        "article_id is None",
    ),
    ("store", _in_ledger("reason = 'same_text'", COPY), "reason is 'same_text', not 'same_bytes'"),
    (
        "store",
        f"UPDATE duplicates SET method = 'same_text' WHERE input_id = {COPY}",
        "method is 'same_text', not 'same_bytes'",
    ),
    (
        "store",
        "UPDATE duplicates SET duplicated = json_set(duplicated, '$.duplication.method', 'contained')",
        "rejudged: ",
    ),
    (
        "store",
        "UPDATE duplicates SET duplicate_of = article_id",
        "ledger and duplicates differ on what it is a duplicate of",
    ),
    ("store", "DELETE FROM mentions WHERE number = 1", "mentions 1: "),
    (
        "store",
        "INSERT INTO places SELECT article_id, 99, name, 0, 0, country, source, 1, 1 FROM places LIMIT 1",
        "places 99: ",
    ),
    (
        "store",
        "INSERT INTO mentions SELECT 'nobody', number, name, type, country, 0, 1, 'a', 1 FROM mentions LIMIT 1",
        "mentions: nobody: it is rows of an article",
    ),
    ("store", "DELETE FROM quotations", "quotations 1: "),
    ("store", "DELETE FROM shared_passages", "shared_passages 1: "),
    ("store", "DELETE FROM earlier_enrichments", "earlier_enrichments: "),
    ("store", "DELETE FROM inputs WHERE state = 'expanded'", "the ledger does not know it"),
    ("store", "DELETE FROM input_counts", "input_counts: 0 are stored, the ledger has"),
    ("store", f"DELETE FROM articles WHERE {LAST}", "and there is no article"),
    ("store", f"UPDATE articles SET number = 999 WHERE {LAST}", "the full-text index does not agree"),
    ("store", "DELETE FROM duplicates", "ledger and duplicates differ"),
    ("store", "DELETE FROM dead_letters", "buried, and not recorded"),
    ("store", "UPDATE dead_letters SET requeues = 1", "it was sent again, and nobody did so"),
    (
        "store",
        "INSERT INTO unannounced SELECT input_id, 1, article_id, '', '' FROM articles LIMIT 1",
        "left to be announced",
    ),
    ("store", "DELETE FROM article_search_docsize WHERE id = 1", "the full-text index does not agree"),
    (
        "store",
        "DROP INDEX ix_inputs_source_uri",
        "its tables are not those of its migrations: index ix_inputs_source_uri",
    ),
    ("store", "DROP TABLE mentions", "column mentions.surface"),
    ("store", "ALTER TABLE inputs DROP COLUMN original_removed_at", "column inputs.original_removed_at"),
    ("store", "UPDATE alembic_version SET version_num = '0001'", "its tables are of revision"),
    ("dedup", "DELETE FROM judged", "judged: "),
    ("dedup", "DELETE FROM remembered WHERE number = 1", "remembered: "),
    ("dedup", "DELETE FROM sketches", "sketches: "),
    ("dedup", "DELETE FROM turn", "turn: "),
    (
        "dedup",
        "INSERT INTO judged SELECT 'nobody', article_id, verdict FROM judged LIMIT 1",
        "judged: nobody: it is a verdict, not nothing",
    ),
    ("dedup", "UPDATE remembered SET number = 999 WHERE number = 1", "remembered: nothing: number is"),
    ("dedup", "DROP INDEX ix_remembered_place", "index ix_remembered_place"),
    (
        "fetch",
        "INSERT INTO openings (input_id, version, begun, written_at) VALUES ('1', '', '', 0)",
        "openings: 1 is no input",
    ),
    (
        "fetch",
        "INSERT INTO feed_entries (input_id, feed_id, url, claims) VALUES ('1', 1, '', '')",
        "feed_entries: fetch has not done with 1",
    ),
    ("fetch", "DROP TABLE met", "column met.sha256"),
]


def test_as_long_as_nothing_is_damaged_nothing_is_found(bench: Bench) -> None:
    assert bench.unhurt == []


@pytest.mark.parametrize("name", sorted(TABLES.keys() - EMPTY - UNSEEN))
def test_no_value_of_a_table_is_replaced_unseen(bench: Bench, name: str) -> None:
    database, table = TABLES[name]
    unseen = set()
    for kind, row in _examples(bench, database, name):
        for column, value in row.items():
            for other in _others(table, column, value, may_be_gone=kind == "stored"):
                deed = partial(_replace, name=name, row=row, column=column, value=other)
                found = bench.after(**{database: deed})
                if not _is_named(found, name, row):
                    unseen.add((kind, column, other))
    assert unseen == set()


@pytest.mark.parametrize(("database", "statement", "found"), DAMAGES)
def test_a_damage_is_named(bench: Bench, database: str, statement: str, found: str) -> None:
    told = bench.after(**{database: lambda it: it.execute(statement)})

    assert any(found in line for line in told), told


def test_a_reason_that_all_places_tell_alike_is_held_against_the_bytes_and_texts(bench: Bench) -> None:
    def store(database: sqlite3.Connection) -> None:
        database.execute("UPDATE inputs SET reason = 'contained' WHERE state = 'duplicate'")
        database.execute("UPDATE duplicates SET method = 'contained'")
        database.execute("UPDATE duplicates SET duplicated = json_set(duplicated, '$.duplication.method', 'contained')")

    def dedup(database: sqlite3.Connection) -> None:
        other = "json_set(verdict, '$.method', 'contained')"
        database.execute(f"UPDATE judged SET verdict = {other} WHERE verdict ->> '$.verdict' = 'duplicate'")

    def streams(read: Streams) -> None:
        known = re.compile(rb'"method":"(same_bytes|near_duplicate)"')
        for at, one in enumerate(read.articles):
            if one.subject.startswith("articles.duplicated."):
                read.articles[at] = replace(one, data=known.sub(rb'"method":"contained"', one.data))

    told = bench.after(store=store, dedup=dedup, streams=streams)

    copies = bench.rows("store", "SELECT input_id, method FROM duplicates")
    for copy in copies:
        named = f"rejudged: {copy['input_id']}: method is"
        assert any(line.startswith(named) for line in told), told
    assert {copy["method"] for copy in copies} == {"same_bytes", "near_duplicate"}


def test_a_text_that_all_places_tell_alike_is_held_against_its_original(bench: Bench) -> None:
    def store(database: sqlite3.Connection) -> None:
        database.execute("INSERT INTO article_search (article_search) VALUES ('delete-all')")
        database.execute(f"UPDATE articles SET enriched = replace(enriched, 'Nouvelle', 'NOUVELLE') WHERE {LAST}")
        database.execute("INSERT INTO article_search (article_search) VALUES ('rebuild')")

    [row] = bench.rows("store", f"SELECT input_id, enriched FROM articles WHERE {LAST}")

    def streams(read: Streams) -> None:
        for at, one in enumerate(read.articles):
            if row["input_id"].encode() in one.data:
                read.articles[at] = replace(one, data=one.data.replace(b"Nouvelle", b"NOUVELLE"))

    assert "Nouvelle" in row["enriched"]
    told = bench.after(store=store, streams=streams)
    assert any(f"articles: {row['input_id']}: document.text is" in line for line in told), told


@pytest.mark.parametrize("name", REMEMBERING)
@pytest.mark.parametrize("how", ["gone", "garbled", "empty"])
def test_a_database_that_is_no_database_is_named(tmp_path: Path, bench: Bench, name: str, how: str) -> None:
    for one in REMEMBERING:
        shutil.copy2(bench.system.home / f"{one}.db", tmp_path)
    file = tmp_path / f"{name}.db"
    if how == "gone":
        file.unlink()
    else:
        file.write_bytes(b"" if how == "empty" else b"\xff" * 8192)
    with copied(tmp_path) as copies:
        assert any(line.startswith(f"{name}.db") for line in copies.broken), copies.broken


def test_a_page_that_a_disk_has_spoiled_is_named(tmp_path: Path, bench: Bench) -> None:
    for one in REMEMBERING:
        shutil.copy2(bench.system.home / f"{one}.db", tmp_path)
    with (tmp_path / "store.db").open("r+b") as file:
        file.seek(2 * 4096)
        file.write(b"\0" * 4096)
    with copied(tmp_path) as copies:
        assert any(line.startswith("store.db is damaged") for line in copies.broken), copies.broken


def _examples(bench: Bench, database: str, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """A row of each kind; of inputs one that came by itself, and one that came out of another."""
    if name in ("remembered", "sketches"):  # of the article that dies dedup alone knows anything
        stored = {row["article_id"] for row in bench.rows("store", "SELECT article_id FROM articles")}
        remembered = bench.rows("dedup", "SELECT number, article_id FROM remembered")
        number = next(row["number"] for row in remembered if row["article_id"] in stored)
        yield "any", bench.rows(database, f"SELECT * FROM {name} WHERE number = {number}")[0]
        return
    if name != "inputs":
        yield "any", bench.rows(database, f"SELECT * FROM {name} LIMIT 1")[0]
        return
    for state, parent in product(STATES, ("IS NULL", "IS NOT NULL")):
        condition = f"state = '{state}' AND parent_input_id {parent}"
        yield from ((state, row) for row in bench.rows(database, f"SELECT * FROM inputs WHERE {condition} LIMIT 1"))


def _others(table: Table, column: str, value: Any, *, may_be_gone: bool) -> Iterator[Any]:
    """Other values that the column takes."""
    kind = table.c[column]
    if may_be_gone and kind.nullable and value is not None:
        yield None
    if isinstance(kind.type, Utc):
        yield LONG_AGO
    elif isinstance(value, str) and value[:1] in ("[", "{"):
        yield '[{"start":0,"end":1}]' if value == "[]" else value[0] + {"[": "]", "{": "}"}[value[0]]
    elif isinstance(value, str):
        yield f"{value}x"
    elif isinstance(value, bytes):
        yield value[:-1] + bytes([value[-1] ^ 1]) if value else b"x"
    elif isinstance(value, float):
        yield abs(value - 0.01)
    else:
        yield (value or 0) + 1000 if isinstance(kind.type, Integer) or value is not None else "x"


def _replace(database: sqlite3.Connection, name: str, row: dict[str, Any], column: str, value: Any) -> None:
    keys = [key.name for key in TABLES[name][1].primary_key]
    where = " AND ".join(f"{key} = :{key}" for key in keys)
    statement = f"UPDATE {name} SET {column} = :value WHERE {where}"
    assert database.execute(statement, {**{key: row[key] for key in keys}, "value": value}).rowcount == 1


def _is_named(found: list[str], name: str, row: dict[str, Any]) -> bool:
    """Whether a finding says where it is, or what it is about."""
    path = str(row.get("source_uri") or name).removeprefix("inbox:").partition("!")[0]
    names = [name, path, *(str(row[key]) for key in NAMES if row.get(key))]
    return any(one in line for line in found for one in names)
