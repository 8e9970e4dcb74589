"""Rows of what articles name, say and share, and of the clusters that they are in: what somebody deleted is named."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session

from contracts.article_enriched import ArticleEnriched
from services.chassis.settings import House
from services.cli import kept
from services.cli.checks import parts
from services.cli.checks.found import NAMED, Check, Patience
from services.store import articles, audit, comparing
from services.store.core import Enriched
from services.store.tables import Duplicate
from tests.services.cli.conftest import INPUT, NOON

ONE, TWO, COPY = (f"{number:032x}" for number in (1, 2, 3))
MENTIONS = parts.OTHERS.format("mentions")


@pytest.fixture
def filled(store: Any, enriched: Callable[..., ArticleEnriched]) -> Any:
    """Two articles of three mentions each, as the store writes them, and the first one that came again."""
    with Session(store._engine) as session, session.begin():
        articles.write(session, [Enriched(enriched(number), "", (), is_new=True) for number in (1, 2)], before=())
    put_duplicate(store, 4, article_id=ONE)
    return store


def put_duplicate(store: Any, number: int, *, article_id: str) -> None:
    told = {"method": "same_text", "similarity": 1.0, "sha256": "", "found_at": NOON, "duplicated": "{}"}
    store.put(Duplicate, input_id=INPUT.format(number), article_id=article_id, duplicate_of=ONE, **told)


def sql(store: Any, statement: str) -> None:
    with store._engine.begin() as connection:
        connection.exec_driver_sql(statement)


def looked(seconds: float = 60.0) -> Check:
    found = Check()
    with kept.opened(House()) as reading:
        parts.compare(reading.comparing, found, patience=Patience(seconds))
        found.findings += [
            f"{one.number} {one.what}: {', '.join(one.names)}" for one in reading.audit.alone(named=NAMED)
        ]
    return found


@pytest.mark.parametrize(
    ("injury", "findings"),
    [
        ("SELECT 1", []),
        (f"DELETE FROM mentions WHERE article_id = '{ONE}' AND number = 2", [f"1 {MENTIONS}: {ONE} (2 of 3)"]),
        ("DELETE FROM mentions", [f"2 {MENTIONS}: {ONE} (0 of 3), {TWO} (0 of 3)"]),
        (
            f"INSERT INTO places VALUES ('{TWO}', 1, 'Lyon', 45.7, 4.8, 'FR', 'here', 1, 1.0)",
            [f"1 {parts.OTHERS.format('places')}: {TWO} (1 of 0)"],
        ),
        (f"DELETE FROM cluster_members WHERE article_id = '{TWO}'", [f"1 {audit.ALONE}: {TWO}"]),
        ("UPDATE articles SET enriched = '{'", []),  # told as such
    ],
)
def test_rows_that_somebody_deleted_or_added_are_named(filled: Any, injury: str, findings: list[str]) -> None:
    sql(filled, injury)

    assert looked().findings == findings


def test_an_article_that_is_enriched_once_more_is_in_its_cluster_again(
    filled: Any, enriched: Callable[..., ArticleEnriched]
) -> None:
    sql(filled, f"DELETE FROM cluster_members WHERE article_id = '{TWO}'")
    again = enriched(2).model_copy(update={"enrichment": 2})
    with Session(filled._engine) as session, session.begin():
        articles.write(session, [Enriched(again, "", (), is_new=True)], before={TWO})

    assert looked().findings == []


def test_a_copy_that_is_in_no_cluster_is_named(filled: Any) -> None:
    put_duplicate(filled, 5, article_id=COPY)
    assert looked().findings == [f"1 {audit.COPY_ALONE}: {INPUT.format(5)}"]


@pytest.mark.usefixtures("filled")
def test_what_there_was_no_time_for_is_said_with_where_it_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    assert looked(seconds=0).unseen == []  # all of them came at once
    monkeypatch.setattr(comparing, "FEW", 1)
    told = looked(seconds=0)
    later = f"the rows of the articles that were kept after {ONE}, the 1. of them: 0 s were over (see --within)"
    assert told.unseen == [later]
    assert told.looked_at[0].startswith("the rows of 1 articles in mentions")
