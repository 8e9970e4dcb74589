import os
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.store.query import MAX_TERMS, file_uris, match, printable, reading_order


@pytest.mark.parametrize(
    ("typed", "expression"),
    [
        ("maire", '"maire"'),
        ("le maire", '"le" AND "maire"'),
        ('"le maire" ville', '"le maire" AND "ville"'),
        ("mair*", '"mair"*'),
        ('"le mair"*', '"le mair"*'),
        ('"le maire', '"le maire"'),
        ("l'armée", '"l\'armée"'),
        ("AND OR NOT", '"AND" AND "OR" AND "NOT"'),
        ("title:x", '"title:x"'),
        ("", None),
        (' * - " ( ', None),
    ],
)
def test_words_phrases_and_stars_are_understood_and_nothing_else(typed: str, expression: str | None) -> None:
    assert match(typed) == expression


@given(st.text(st.characters() | st.sampled_from('"*()^:+-{}\0\ud800 NEARANDORNOT'), max_size=60))
def test_nothing_that_is_typed_is_an_error_to_fts5(typed: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(title, text)")
    if (expression := match(typed)) is not None:
        connection.execute("SELECT * FROM t WHERE t MATCH ?", (expression,)).fetchall()
    connection.close()


def test_a_whole_page_pasted_into_the_box_is_cut_to_what_fts5_takes() -> None:
    expression = match("mot " * 5000)

    assert expression is not None
    assert expression.count(" AND ") == MAX_TERMS - 1


@pytest.mark.parametrize(
    ("reference", "uri"),
    [
        ("inbox:a/b.txt", "inbox:a/b.txt"),
        ("https://example.org/a", "https://example.org/a"),
        ("a/b.txt", "inbox:a/b.txt"),
        ("in/a/b.txt", "inbox:a/b.txt"),
        ("in/.done/a/b.txt", "inbox:a/b.txt"),
        ("in/.rejected/b.txt", "inbox:b.txt"),
        ("in/x/../b.txt", "inbox:b.txt"),
    ],
)
def test_a_file_is_named_as_it_was_dropped_or_as_it_lies_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reference: str, uri: str
) -> None:
    monkeypatch.chdir(tmp_path)

    assert uri in file_uris(reference, Path("in"))
    assert f"file:{tmp_path / os.path.normpath(reference)}" in file_uris(reference, None)


def test_undecodable_bytes_of_a_path_are_written_as_they_stand_in_a_source_uri() -> None:
    assert printable(os.fsdecode(b"caf\xe9.txt")) == "caf%E9.txt"


def test_what_came_out_of_a_container_follows_it_in_reading_order() -> None:
    ids = ["b", "a#10", "a#2#1", "a", "a#2"]

    assert sorted(ids, key=reading_order) == ["a", "a#2", "a#2#1", "a#10", "b"]
