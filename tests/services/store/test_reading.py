import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, ProgrammingError

from contracts.outcomes import DeadReason, State
from services.chassis.migrations import migrate
from services.store import core
from services.store.chosen import Chosen
from services.store.connecting import NoStore
from services.store.database import Store
from services.store.reading import open_reading
from tests.services.store import sayings as say

ORIGINAL = "0" * 32


@pytest.mark.parametrize("query", ["élysée", "Elysee", "ÉLYSÉES*", '"palais de l\'élysée"', "palais elysee"])
async def test_accents_and_case_make_no_difference(store: Store, url: str, query: str) -> None:
    await store.keep(
        [(say.extracted(1, "Au palais de l’Élysée, hier."), ""), (say.extracted(2, "Ailleurs."), "")], say.NOON
    )

    with open_reading(url) as reading:
        hits = reading.search(query.replace("ÉES", "ÉE"))

    assert [hit.article_id for hit in hits] == [say.article_id(1)]
    assert "**" in hits[0].snippet


async def test_the_title_counts_more_than_the_text(store: Store, url: str) -> None:
    await store.keep([(say.extracted(1, "Une grève et encore une grève."), "")], say.NOON)
    await store.keep([(say.extracted(2, "Rien ne va plus.", title={"text": "La grève"}), "")], say.NOON)

    with open_reading(url) as reading:
        assert [hit.article_id for hit in reading.search("greve")] == [say.article_id(2), say.article_id(1)]


async def test_only_the_texts_of_the_answers_are_read(store: Store, url: str) -> None:
    shorter_and_shorter = [say.extracted(number, "maire " + "mot " * (40 - number)) for number in range(30)]
    await store.keep([(article, "") for article in shorter_and_shorter], say.NOON)
    read: list[str] = []

    def text_of(enriched: str, _path: str) -> str:
        read.append(enriched)
        return str(json.loads(enriched)["document"]["text"])

    with open_reading(url) as reading:
        connection = reading._connection.connection.driver_connection
        assert connection is not None
        connection.create_function("json_extract", 2, text_of)
        hits = reading.search("maire", limit=2)

    assert [hit.article_id for hit in hits] == [say.article_id(29), say.article_id(28)]
    assert len(set(read)) == 2


@pytest.mark.parametrize("limit", [0, -1])
async def test_a_limit_is_at_least_one(store: Store, url: str, limit: int) -> None:
    await store.keep([(say.extracted(number), "") for number in range(3)], say.NOON)
    await store.bury([say.dead(number) for number in range(3, 6)])

    with open_reading(url) as reading:
        assert len(reading.search("maire", limit=limit)) == 1
        assert len(reading.dead_letters(limit=limit)) == 1


@pytest.mark.parametrize(
    ("language", "country", "found"),
    [
        (None, None, 2),
        ("fr", None, 2),
        ("FR", None, 2),
        ("en", None, 0),
        (None, "sy", 1),
        ("fr", "SY", 1),
        ("f", None, 0),
    ],
)
async def test_a_search_keeps_to_the_language_and_country_asked_for(
    store: Store, url: str, language: str | None, country: str | None, found: int
) -> None:
    await store.keep([(say.extracted(1, country="SY"), ""), (say.extracted(2), "")], say.NOON)

    with open_reading(url) as reading:
        assert len(reading.search("maire", language=language, country=country)) == found


@pytest.mark.parametrize("query", ["", '"', "((", "a AND", "NEAR(", "x:y", "*", "\ud800", "-", "a" * 100_000])
async def test_no_query_is_an_error(store: Store, url: str, query: str) -> None:
    await store.keep([(say.extracted(1), "")], say.NOON)

    with open_reading(url) as reading:
        assert reading.search(query) == []


async def test_a_trace_finds_an_input_by_whatever_names_it(store: Store, url: str) -> None:
    await store.keep([(say.extracted(1, url="https://example.org/1"), ""), (say.extracted(12), "")], say.NOON)
    names = (
        say.input_id(1),
        say.article_id(1),
        "inbox:desk/1.txt",
        "desk/1.txt",
        "1.txt",
        "in/.done/desk/1.txt",
        "https://example.org/1",
    )

    with open_reading(url) as reading:
        for name in names:
            assert [one.input_id for one in reading.inputs_of(name, inbox=Path("in"))] == [say.input_id(1)], name
        for name in ("", " ", "txt", "%", "2.txt", "nothing", "\udcff"):
            assert reading.inputs_of(name) == [], name


async def test_a_trace_tells_the_way_and_the_end(store: Store, url: str) -> None:
    await store.record([core.received(say.received(1))])
    await store.keep_duplicates([(say.duplicate(1, of=ORIGINAL), "")], say.NOON)

    with open_reading(url) as reading:
        [traced] = reading.inputs_of("1.txt")

    assert (traced.state, traced.duplicate_of, traced.reason) == (State.DUPLICATE, ORIGINAL, "same_text")
    assert [(step.service, step.outcome) for step in traced.steps][-1] == ("store", "duplicate")
    assert traced.received_at == say.NOON


async def test_a_trace_of_a_container_tells_of_all_that_came_out_of_it(store: Store, url: str) -> None:
    inner = say.received(1)
    ids = [say.input_id(1) + suffix for suffix in ("#1", "#2", "#2#1", "#10")]
    await store.record(
        [
            core.received(inner.model_copy(update={"input_id": one, "source_uri": f"inbox:desk/1.txt!{one[-1]}"}))
            for one in reversed(ids)
        ]
    )
    await store.record([core.expanded(say.expanded(1, 3), say.NOON), core.received(say.received(2))])

    with open_reading(url) as reading:
        family = reading.inputs_of("1.txt")

    assert [one.input_id for one in family] == [say.input_id(1), *ids]
    assert (family[0].state, family[0].children) == (State.EXPANDED, 3)
    assert family[3].parent_input_id == say.input_id(1) + "#2"


async def test_a_trace_of_too_much_tells_of_the_first_of_it(store: Store, url: str) -> None:
    ids = [say.input_id(1) + suffix for suffix in ("", *(f"#{number}" for number in range(1, 13)), "#1#1")]
    inputs = [say.received(1).model_copy(update={"input_id": one}) for one in ids]
    await store.record([core.received(one) for one in inputs])

    with open_reading(url) as reading:
        assert [one.input_id for one in reading.inputs_of(say.input_id(1), limit=11)] == ids[:11]


async def test_dead_letters_are_listed_latest_first_and_shown_with_their_bytes(store: Store, url: str) -> None:
    later = say.NOON + timedelta(hours=1)
    await store.bury([say.dead(1), say.dead(2, later, service="dedup", reason=DeadReason.UNFIT, sequence=8)])

    with open_reading(url) as reading:
        listed = reading.dead_letters()
        assert [letter.input_id for letter in listed] == [say.input_id(2), say.input_id(1)]
        assert [letter.service for letter in reading.dead_letters(Chosen(service="dedup"))] == ["dedup"]
        assert [letter.reason for letter in reading.dead_letters(Chosen(reason="failed"))] == ["failed"]
        assert reading.dead_letters(Chosen(since=later)) == listed[:1]
        assert reading.dead_letters(Chosen(before=later)) == listed[1:]
        assert reading.dead_letters(Chosen(message_ids=(listed[1].message_id,))) == listed[1:]
        assert reading.dead_letter(listed[1].message_id) == (listed[1], say.dead(1)[1])
        assert reading.dead_letter("dead:nobody") is None
        assert listed[1].headers == say.dead(1)[0].headers


async def test_duplicates_of_what_is_not_stored_are_listed(store: Store, url: str) -> None:
    await store.keep_duplicates(
        [(say.duplicate(2, of=say.article_id(1)), ""), (say.duplicate(3, of=ORIGINAL), "")], say.NOON
    )
    await store.keep([(say.extracted(1), "")], say.NOON)

    with open_reading(url) as reading:
        assert [one.input_id for one in reading.unstored.never_stored().some] == [say.input_id(3)]


async def test_a_duplicate_that_was_promoted_is_no_duplicate_any_more(store: Store, url: str) -> None:
    await store.keep_duplicates([(say.duplicate(3, of=ORIGINAL), "")], say.NOON)
    await store.keep([(say.extracted(3), ":r1")], say.NOON)

    with open_reading(url) as reading:
        assert reading.unstored.never_stored().some == []
        assert reading.ledger_counts()[State.STORED] == 1


async def test_an_input_is_stuck_when_it_has_no_end_for_long(store: Store, url: str) -> None:
    await store.record([core.received(say.received(1)), core.received(say.received(2))])
    await store.keep([(say.extracted(2), "")], say.NOON)

    with open_reading(url) as reading:
        assert [one.input_id for one in reading.stuck(before=say.NOON + timedelta(minutes=1))] == [say.input_id(1)]
        assert reading.stuck(before=say.NOON) == []


async def test_reading_can_write_nothing(url: str) -> None:
    with open_reading(url) as reading, pytest.raises(OperationalError, match="readonly"):
        reading._connection.execute(text("DELETE FROM inputs"))


async def test_the_store_is_read_while_it_is_written_and_every_answer_is_of_now(store: Store, url: str) -> None:
    with open_reading(url) as reading:
        assert reading.ledger_counts()[State.STORED] == 0
        await store.keep([(say.extracted(1), "")], say.NOON)
        assert reading.ledger_counts()[State.STORED] == 1


def test_where_there_is_no_store_that_is_what_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoStore, match="wireroom up"), open_reading(f"sqlite:///{tmp_path / 'store.db'}"):
        pass
    (tmp_path / "store.db").write_bytes(b"")
    with pytest.raises(NoStore, match="wireroom up"), open_reading(f"sqlite:///{tmp_path / 'store.db'}"):
        pass


def test_a_damaged_store_is_called_damaged(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"no database at all" * 300)

    with pytest.raises(NoStore, match=r"damaged.*restore"), open_reading(f"sqlite:///{tmp_path / 'store.db'}"):
        pass


async def test_damage_is_told_wherever_it_is_met(store: Store, url: str) -> None:
    await store.keep([(say.extracted(1), "")], say.NOON)
    damage(Path(url.removeprefix("sqlite:///")), "articles")

    with pytest.raises(NoStore, match="damaged"), open_reading(url) as reading:
        reading.search("maire")


def damage(path: Path, table: str) -> None:
    """Overwrite the first page of a table."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        asked = "SELECT rootpage, page_size FROM sqlite_schema, pragma_page_size WHERE name = ?"
        [(page, size)] = connection.execute(asked, (table,))
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)


@pytest.mark.parametrize("table", ["inputs", "article_search"])
def test_where_a_table_is_missing_that_is_what_is_said(url: str, table: str) -> None:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        connection.execute(f"DROP TABLE {table}")

    with pytest.raises(NoStore, match="wireroom up"), open_reading(url) as reading:
        (reading.search("maire"), reading.inputs_of("1.txt"))


def test_a_busy_or_refusing_store_is_not_told_to_be_set_up(url: str) -> None:
    with pytest.raises(NoStore) as refusal, open_reading(url) as reading:
        reading._connection.execute(text("DELETE FROM inputs"))

    assert "readonly" in str(refusal.value)
    assert "wireroom up" not in str(refusal.value)


def test_a_wrong_question_is_no_trouble_of_the_store(url: str) -> None:
    with pytest.raises(ProgrammingError), open_reading(url) as reading:
        reading._connection.execute(text("SELECT :x"), {"x": object()})


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "a b#c?d%20é"
    folder.mkdir()
    url = f"sqlite:///{folder / 'store.db'}"
    migrate(url, "store")

    with open_reading(url) as reading:
        assert set(reading.ledger_counts().values()) == {0}
