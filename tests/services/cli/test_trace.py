import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from services.store.tables import Input

Wireroom = Callable[..., Result]
NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
FIRST, SECOND = "01900000-0000-7000-8000-000000000001", "01900000-0000-7000-8000-000000000002"
STEP = {
    "service": "fetch",
    "version": "0.1.0",
    "at": "2024-05-01T12:00:00Z",
    "seconds": 0.25,
    "attempts": 1,
    "outcome": "fetched",
    "reason": None,
}


def put(store: Any, input_id: str, **values: Any) -> None:
    row = {
        "received_at": NOON,
        "state": "stored",
        "article_id": "a" * 32,
        "source_uri": "inbox:a.txt",
        "steps": json.dumps([STEP]),
    }
    store.put(Input, input_id=input_id, **(row | values))


def test_json_has_the_promised_names_and_no_others(store: Any, wireroom: Wireroom) -> None:
    put(store, FIRST, ended_at=NOON)
    told = wireroom("trace", FIRST, "--json")
    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout) == {
        "inputs": [
            {
                "input_id": FIRST,
                "parent_input_id": None,
                "source_uri": "inbox:a.txt",
                "received_at": "2024-05-01T12:00:00Z",
                "ended_at": "2024-05-01T12:00:00Z",
                "state": "stored",
                "reason": None,
                "article_id": "a" * 32,
                "duplicate_of": None,
                "children": None,
                "original_removed_at": None,
                "steps": [STEP],
            }
        ]
    }


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("steps = '[{\"service\": 1}]'", {"steps": [], "state": "stored"}),
        ("steps = json_insert(steps, '$[#]', 1)", {"steps": [STEP]}),
        ("steps = '{'", {"steps": []}),
        ("steps = CAST(x'ff' AS TEXT)", {"steps": []}),
        ("state = 'lost'", {"state": None, "steps": [STEP]}),
        ("received_at = 'noon'", {"received_at": None, "steps": [STEP]}),
        ("children = 'many'", {"children": None, "steps": [STEP]}),
        ("source_uri = x'ff'", {"source_uri": None, "steps": [STEP]}),
    ],
)
def test_what_nobody_can_read_in_a_row_is_named_and_all_else_is_told(
    store: Any, home: Path, wireroom: Wireroom, damage: str, told: dict[str, object]
) -> None:
    column = damage.partition(" = ")[0]
    put(store, FIRST)
    put(store, SECOND)
    with closing(sqlite3.connect(home / "store.db")) as connection, connection:
        connection.execute(f"UPDATE inputs SET {damage} WHERE input_id = ?", (FIRST,))

    shown = wireroom("trace", "a" * 32)
    assert (shown.exit_code, f"nobody can read its {column} in the ledger" in shown.stdout) == (0, True), shown.output
    first, second = json.loads(wireroom("trace", "a" * 32, "--json").stdout)["inputs"]
    assert first | told | {"unreadable": [column]} == first
    assert (second["steps"], "unreadable" in second) == ([STEP], False)


@pytest.mark.parametrize("reference", [FIRST, "a" * 32, "inbox:a.txt", "a.txt"])
def test_an_input_is_found_by_its_id_its_article_and_its_file(store: Any, wireroom: Wireroom, reference: str) -> None:
    put(store, FIRST)
    put(store, SECOND, source_uri="inbox:b.txt", article_id="b" * 32)
    assert [one["input_id"] for one in json.loads(wireroom("trace", reference, "--json").stdout)["inputs"]] == [FIRST]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"state": "stored"}, "stored"),
        ({"state": "in_progress"}, "in progress"),
        (
            {"state": "duplicate", "duplicate_of": "c" * 32, "reason": "same_text"},
            f"duplicate of {'c' * 32} (same_text)",
        ),
        ({"state": "rejected", "reason": "empty", "detail": "no byte in it"}, "rejected (empty: no byte in it)"),
        (
            {"state": "dead", "service": "dedup", "reason": "failed", "attempts": 5, "detail": "KeyError"},
            "dead at dedup (failed after 5 attempts: KeyError)",
        ),
        ({"state": "expanded", "children": 3}, "expanded into 3"),
    ],
)
def test_people_are_told_what_became_of_it_and_each_step(
    store: Any, wireroom: Wireroom, values: dict[str, Any], words: str
) -> None:
    put(store, FIRST, **values)
    told = wireroom("trace", FIRST)
    assert told.exit_code == 0, told.output
    assert words in told.stdout
    assert "2024-05-01 12:00:00.000000 fetch     fetched       0.250 s  0.1.0" in told.stdout


def test_what_never_came_in_is_said_and_is_no_success(store: Any, wireroom: Wireroom) -> None:
    told = wireroom("trace", "nowhere.txt")
    assert told.exit_code == 1
    assert "nothing is known of nowhere.txt" in told.stderr
    told = wireroom("trace", "nowhere.txt", "--json")
    assert (told.exit_code, json.loads(told.stdout)) == (1, {"inputs": []})


@pytest.mark.parametrize(
    "command", [("trace", "x"), ("search", "x"), ("deadletters", "list"), ("deadletters", "show", "x")]
)
def test_before_the_first_start_it_says_what_to_do(home: object, wireroom: Wireroom, command: tuple[str, ...]) -> None:
    told = wireroom(*command)
    assert told.exit_code == 1
    assert f"nothing has been kept in {home} yet: start with `wireroom up`" in told.stderr


def test_a_store_that_was_taken_away_is_told_as_gone(home: Path, wireroom: Wireroom) -> None:
    (home / "store.db-wal").touch()
    assert "store.db is gone from beside what belongs to it" in wireroom("trace", "a.txt").stderr
