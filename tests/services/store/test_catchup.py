"""What was announced, kept again as it was announced: after a restore nothing is missing, and nothing is told anew."""

from pathlib import Path
from typing import Any

import pytest

from contracts.article_duplicated import ArticleDuplicated
from contracts.article_enriched import ArticleEnriched
from contracts.outcomes import RejectReason, State
from services.chassis.database import Database
from services.store import catchup, core, ledger
from services.store.core import Enrichment
from services.store.database import Store
from services.store.reading import open_reading
from tests.services.store import sayings as say
from tests.services.store.beside import rows
from tests.tables import lay_tables

ORIGINAL = "0" * 32
UNTOLD = Enrichment("", "", say.NOON)


def first(number: int, way: str = "") -> Enrichment:
    return Enrichment(say.input_id(number), way, say.NOON)


async def announce(store: Store, *numbers: int) -> list[tuple[ArticleEnriched | ArticleDuplicated, str]]:
    """Store articles with these numbers, odd ones as duplicates; what is announced of them."""
    said: list[tuple[ArticleEnriched | ArticleDuplicated, str]] = []
    for number in numbers:
        if number % 2:
            [one] = await store.keep_duplicates([(say.duplicate(number, of=ORIGINAL), "")], say.NOON)
            said.append((one, ""))
        else:
            [event] = await store.keep([(say.extracted(number), "")], say.NOON)
            said.append((event, ""))
    return said


def tables(url: str) -> dict[str, list[Any]]:
    names = ("inputs", "input_counts", "articles", "mentions", "quotations", "places", "shared_passages", "duplicates")
    return {name: rows(url, f"SELECT * FROM {name} ORDER BY 1, 2") for name in (*names, "unannounced")}


@pytest.fixture
def other_url(tmp_path: Path) -> str:
    """Another store's database, up to date and empty: a backup from before anything was said."""
    url = f"sqlite:///{tmp_path / 'other.db'}"
    lay_tables(url, "store")
    return url


async def keep(url: str, *said: tuple[ArticleEnriched | ArticleDuplicated, str]) -> None:
    async with Database(url) as database:
        await database.transaction(lambda session: catchup.keep(session, said))


async def test_what_was_announced_is_kept_as_if_it_had_never_been_lost(store: Store, url: str, other_url: str) -> None:
    said = await announce(store, 0, 1, 2, 3)
    store.announced([one for one, _ in said])
    await store.settle()

    await keep(other_url, *said)

    assert tables(other_url) == tables(url)
    with open_reading(url) as here, open_reading(other_url) as there:
        assert there.search("maire") == here.search("maire") != []


async def test_it_can_be_told_again_and_in_any_order(store: Store, url: str, other_url: str) -> None:
    said = await announce(store, 0, 1, 2, 3)
    await keep(other_url, *said)
    once = tables(other_url)

    await keep(other_url, *reversed(said), *said)

    assert tables(other_url) == once


async def test_what_waited_to_be_announced_and_was_is_not_announced_again(store: Store, url: str) -> None:
    said = await announce(store, 0, 1)
    assert len(rows(url, "SELECT * FROM unannounced")) == 2

    await keep(url, *said)

    assert rows(url, "SELECT * FROM unannounced") == []


async def test_a_message_heard_again_finds_its_number_again(store: Store, other_url: str) -> None:
    said = await announce(store, 0)
    await keep(other_url, *said)

    async with Store(other_url) as other:
        [again] = await other.keep([(say.extracted(0), "")], say.NOON)
        [later] = await other.keep([(say.extracted(0), ":r1")], say.NOON)

    assert (again.enrichment, later.enrichment) == (1, 2)


@pytest.mark.parametrize(
    ("known", "enrichment", "after"),
    [
        ((), 1, (first(0),)),
        ((first(0),), 1, (first(0),)),
        ((first(0),), 2, (first(0), first(0, ":r1"))),
        ((), 3, (UNTOLD, UNTOLD, first(0))),
        ((first(0), first(1)), 1, (first(0), first(1))),
    ],
)
async def test_a_number_that_was_given_stays_given(
    store: Store, known: tuple[Enrichment, ...], enrichment: int, after: tuple[Enrichment, ...]
) -> None:
    [(event, _)] = await announce(store, 0)
    assert isinstance(event, ArticleEnriched)
    event = event.model_copy(update={"enrichment": enrichment})

    told = catchup.announced(event, ":r1" if enrichment == 2 else "", known)

    assert told.enrichments == after
    assert told.is_new == (len(after) > len(known))


async def test_a_report_beside_a_file_makes_the_row_of_its_input(store: Store, url: str) -> None:
    await store.record([core.received(say.received(1))])
    report = {
        "input_id": say.input_id(1),
        "source_uri": say.source_uri(1),
        "reason": "empty",
        "detail": "there is nothing in it",
        "at": say.NOON.isoformat(),
    }
    entry = catchup.reported(report)
    assert entry is not None

    async with Database(url) as database:
        await database.transaction(lambda session: ledger.record(session, [entry]))

    with open_reading(url) as reading:
        [row] = reading.inputs_of(say.input_id(1))
    assert (row.state, row.reason, row.detail) == (State.REJECTED, RejectReason.EMPTY, "there is nothing in it")
    assert [step.service for step in row.steps] == ["fetch"]
    assert entry.sha256 == core.NONE_KEPT
    too_large = catchup.reported(report | {"reason": "too_large"})
    assert too_large is not None
    assert too_large.sha256 is None, "it may have been kept before it was found too large"


@pytest.mark.parametrize(
    "report",
    [{}, {"input_id": "x", "source_uri": "inbox:a", "reason": "empty", "detail": "", "at": "2026-01-01T00:00:00Z"}],
)
def test_what_is_no_report_makes_no_row(report: dict[str, str]) -> None:
    assert catchup.reported(report) is None


async def test_what_is_on_its_way_is_in_progress_and_takes_no_end_back(store: Store, url: str) -> None:
    await announce(store, 0)
    entries = [catchup.on_its_way(say.article_id(n), say.extracted(n).document, say.extracted(n)) for n in (0, 2)]

    async with Database(url) as database:
        await database.transaction(lambda session: ledger.record(session, entries))
        left = await database.transaction(lambda session: catchup.in_progress(session, after="", limit=9))
        sources = [say.source_uri(n) for n in (0, 2)]
        bare = await database.transaction(lambda session: catchup.open_sources(session, sources))
        known = await database.transaction(
            lambda session: catchup.inputs_of(session, [say.article_id(0), say.article_id(2), ORIGINAL])
        )

    assert [one.input_id for one in left] == [say.input_id(2)]
    assert bare == set(), "its article is known: it is on its way, and needs no other file"
    assert known == {say.article_id(n): {say.input_id(n)} for n in (0, 2)}


async def test_the_store_tells_what_it_stored_in_a_time(store: Store, url: str) -> None:
    await announce(store, 0, 1, 2, 3)

    async with Database(url) as database:
        first_two = await database.transaction(
            lambda session: catchup.articles_between(session, say.NOON, say.NOON, after=0, limit=1)
        )
        rest = await database.transaction(
            lambda session: catchup.articles_between(session, say.NOON, say.NOON, after=first_two[0][0], limit=9)
        )
        duplicates = await database.transaction(
            lambda session: catchup.duplicates_between(session, say.NOON, say.NOON, after="", limit=9)
        )

    assert [article.input_id for _, article in (*first_two, *rest)] == [say.input_id(0), say.input_id(2)]
    assert [one.input_id for one in duplicates] == [say.input_id(1), say.input_id(3)]
