"""Articles that belong together, in whatever order they come."""

import itertools
import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from contracts.article_extracted import ArticleExtracted
from contracts.document import Claim
from contracts.duplicate_found import DuplicateFound
from contracts.duplication import Duplicate, Duplication, Method, Shared
from contracts.extraction import Published
from contracts.value import Span
from services.chassis.migrations import migrate
from services.store.core.clusters import period
from services.store.database import Store
from services.store.reading import open_reading
from services.store.relations import Related
from tests.services.store.sayings import NOON, article_id, duplicate, extracted

TEXTS = {
    1: "Le convoi est parti mardi. La route était coupée.",
    2: "Le convoi est parti mardi. La route était coupée. Il est arrivé.",
    3: "Le convoi est parti lundi. La route était coupée. Il est arrivé.",
}


def version(number: int, *, published: str | None = None, **duplication: Any) -> ArticleExtracted:
    """The first of a chain, or a revision of the one before."""
    said = extracted(number, TEXTS.get(number, f"Texte {number}."))
    if number in {2, 3}:
        chain = {"verdict": "revision", "revision_of": article_id(number - 1), "original": article_id(1)}
        duplication = {**chain, "similarity": 0.8, "threshold": 0.5, "method": Method.NEAR_DUPLICATE} | duplication
    verdict = Duplication(**{"verdict": "original", "original": article_id(number), **duplication})
    date = published and Published(value=published, precision="day", method="date_line", evidence=published)
    extraction = said.extraction.model_copy(update={"published": date or None})
    document = said.document.model_copy(update={"received_at": NOON + timedelta(minutes=number)})
    return said.model_copy(update={"duplication": verdict, "extraction": extraction, "document": document})


def copy(number: int, of: int, *, published: str | None = None, **duplication: Any) -> DuplicateFound:
    said = duplicate(number, of=article_id(of))
    verdict = {"of": article_id(of), "original": article_id(1), "method": Method.NEAR_DUPLICATE, "similarity": 0.9}
    claims = [Claim(field="published", value=published, origin="jsonld")] if published else []
    received_at = NOON + timedelta(minutes=number)
    document = said.document.model_copy(update={"claims": tuple(claims), "received_at": received_at})
    return said.model_copy(update={"duplication": Duplicate(**{**verdict, **duplication}), "document": document})


async def hear(store: Store, some: Iterable[ArticleExtracted | DuplicateFound]) -> None:
    for one in some:
        if isinstance(one, ArticleExtracted):
            await store.keep([(one, "")], NOON)
        else:
            await store.keep_duplicates([(one, "")], NOON)


def related(url: str, number: int, limit: int = 20) -> Related:
    with open_reading(url) as reading:
        found = reading.relations.of(article_id(number), limit=limit)
    assert found is not None
    return found


FAMILY = (version(1), version(2), version(3), copy(4, of=2))


@pytest.mark.parametrize("order", list(itertools.permutations(FAMILY))[::3])
async def test_versions_and_copies_are_one_cluster_in_whatever_order_they_come(
    url: str, store: Store, order: tuple[ArticleExtracted | DuplicateFound, ...]
) -> None:
    await hear(store, [*order, *order])

    with open_reading(url) as reading:
        seen = [reading.relations.of(article_id(number), limit=20) for number in range(1, 5)]
    for found in seen:
        assert found is not None
        assert (found.original, found.articles, found.revisions, found.copies) == (article_id(1), 4, 2, 1)
        assert [(one.article_id, one.link, one.linked_to) for one in found.members] == [
            (article_id(1), "original", None),
            (article_id(2), "revision", article_id(1)),
            (article_id(3), "revision", article_id(2)),
            (article_id(4), "near_duplicate", article_id(2)),
        ]
    assert seen[0] is not None
    told = [one.difference for one in seen[0].members]
    assert [one and (one.added, one.removed, one.changed, one.kept) for one in told] == [
        None,
        (1, 0, 0, 2),
        (0, 0, 1, 2),
        None,
    ]
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database:
        kept = dict(database.execute("SELECT article_id, changes FROM revisions").fetchall())
    assert set(kept) == {article_id(2), article_id(3)}
    assert json.loads(kept[article_id(2)])[0]["after"] == "Il est arrivé."


@pytest.mark.parametrize(
    ("dates", "canonical"),
    [
        ((None, None, None, None), None),
        (("2024-05-03", "2024-05-04", None, "2024-05-02T10:00:00+02:00"), 4),  # a copy that was published before
        (("2024-05-03", None, None, "2024-05-03T08:00:00Z"), 1),  # nobody knows the hour: the first seen
        (("2024-05", None, None, "2024-05-03"), 1),
        (("2024-05-03", "2023", None, "2024-05-02"), 2),
        (("2024-05-03", None, None, "Fri, 3 May 2024"), 1),
    ],
)
async def test_the_canonical_one_was_published_first_as_far_as_is_known(
    url: str, store: Store, dates: tuple[str | None, ...], canonical: int | None
) -> None:
    first, second, third, fourth = dates
    family = (version(1, published=first), version(2, published=second), version(3, published=third))
    await hear(store, [*family, copy(4, of=1, published=fourth)])

    found = related(url, 3)
    assert (found.original, found.canonical) == (article_id(1), canonical and article_id(canonical))


async def test_a_text_that_contains_another_is_told_from_both_sides_and_in_a_cluster_of_its_own(
    url: str, store: Store
) -> None:
    shared = Shared(
        article_id=article_id(1),
        method=Method.CONTAINS,
        similarity=1.0,
        spans=(Span(start=5, end=10),),
        their_spans=(Span(start=0, end=5),),
        share=0.3,
        their_share=1.0,
    )
    await hear(store, [version(9, shared=(shared,)), version(1)])

    digest, article = related(url, 9), related(url, 1)
    [holds], [held] = digest.passages, article.passages
    assert (holds.article_id, holds.method, holds.share, holds.their_share) == (article_id(1), "contains", 0.3, 1.0)
    assert (held.article_id, held.method, held.share, held.their_share) == (article_id(9), "contained", 1.0, 0.3)
    assert (holds.spans, holds.their_spans) == (held.their_spans, held.spans)
    assert (digest.original, digest.articles, article.articles) == (article_id(9), 1, 1)


async def test_the_same_article_again_is_no_other_and_what_is_promoted_is_a_copy_no_more(
    url: str, store: Store
) -> None:
    again = copy(1, of=1, method=Method.SAME_ARTICLE)
    await hear(store, [copy(4, of=1), again, version(1), again, version(4)])

    assert related(url, 1).articles == 1
    assert [(one.link, one.linked_to) for one in related(url, 4).members] == [("original", None)]


async def test_a_copy_that_is_judged_again_is_a_copy_of_what_took_the_place(url: str, store: Store) -> None:
    copies = [copy(4, of=1), copy(5, of=1)]
    again = copy(5, of=4, original=article_id(4))
    await hear(store, [*copies, version(4)])
    await store.keep_duplicates([(again, ":r1")], NOON + timedelta(hours=1))
    await hear(store, [again])

    assert [one.article_id for one in related(url, 5).members] == [article_id(4), article_id(5)]
    with open_reading(url) as reading:
        assert [one.duplicate_of for one in reading.unstored.never_stored().some] == []
        assert [one.duplicate_of for one in reading.inputs_of(again.input_id)] == [article_id(4)]


async def test_copies_of_what_was_never_stored_are_told_together(url: str, store: Store) -> None:
    await hear(store, [copy(4, of=1), copy(5, of=1)])

    found = related(url, 1)
    assert (found.original, found.articles, found.canonical) == (article_id(1), 2, None)
    assert len(related(url, 1, limit=1).members) == 1


async def test_what_an_earlier_release_kept_is_in_clusters_after_the_migration(url: str, store: Store) -> None:
    before = [version(1, published="2024-05-03"), version(2, original=None), version(3, original=None)]
    await hear(store, [*before, copy(4, of=2, original=None), copy(5, of=8, original=None)])
    migrate_again(url)

    found = related(url, 4)
    assert (found.original, found.canonical, found.articles) == (article_id(1), article_id(1), 4)
    assert [one.link for one in found.members] == ["original", "revision", "revision", "near_duplicate"]
    assert [one.difference is not None for one in found.members] == [False, True, True, False]  # made when asked for
    assert related(url, 5).original == article_id(8)
    assert found.members[0].seen_at == NOON + timedelta(minutes=1)


async def test_of_very_many_articles_of_an_earlier_release_each_is_in_its_cluster(url: str, store: Store) -> None:
    await hear(store, [version(1)])
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as old, old:
        names = [name for _, name, *_ in old.execute("PRAGMA table_info(articles)")]
        copied = {"number": "n", "article_id": "printf('%032x', n)"}
        old.execute(
            "WITH RECURSIVE numbers(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < 10000)"
            f" INSERT INTO articles ({', '.join(names)})"
            f" SELECT {', '.join(copied.get(name, name) for name in names)} FROM numbers JOIN articles ON number = 1"
        )
    migrate_again(url)

    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as now:
        assert now.execute("SELECT count(*), count(DISTINCT cluster) FROM cluster_members").fetchone() == (10000, 10000)


def migrate_again(url: str) -> None:
    """From the revision in which there were no clusters."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as old:
        old.executescript(
            "DROP VIEW clusters; DROP TABLE cluster_members; DROP TABLE revisions;"
            " UPDATE alembic_version SET version_num = '0005'"
        )
    migrate(url, "store")


def test_a_cluster_of_many_is_summed_up_in_a_few_looks_at_each(url: str) -> None:
    members = [(f"{number:032x}", f"{number:06}", f"{2000 - number:06}") for number in range(1000)]
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as store:
        store.executemany(
            "INSERT INTO cluster_members (article_id, cluster, link, source_uri, seen_at, published_from,"
            " published_until) VALUES (?1, 'one', 'same_text', '', ?2, ?3, ?3)",
            members,
        )
        looks = itertools.count()
        store.set_progress_handler(
            lambda: next(looks) >= len(members), 100
        )  # interrupts whoever takes 100 steps a member
        told = store.execute("SELECT canonical, articles FROM clusters WHERE original = 'one'").fetchall()

    assert told == [(members[-1][0], len(members))]  # published before all others, and seen after them


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024", "2024-01-01 00:00:00", "2024-12-31 23:59:59"),
        ("2024-02", "2024-02-01 00:00:00", "2024-02-29 23:59:59"),
        ("2024-12-31", "2024-12-31 00:00:00", "2024-12-31 23:59:59"),
        ("2024-05-03T10:30+02:00", "2024-05-03 08:30:00", "2024-05-03 08:30:59"),
        ("2024-05-03T10:30:15Z", "2024-05-03 10:30:15", "2024-05-03 10:30:15"),
        ("2024-05-03T10:30:15", "2024-05-03 10:30:15", "2024-05-03 10:30:15"),
    ],
)
def test_a_date_is_a_time_from_its_first_to_its_last_moment(value: str, first: str, last: str) -> None:
    assert period(value) == tuple(datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (first, last))


@pytest.mark.parametrize("value", ["", "mardi", "2024-13", "2024-02-30", "9999", "0000", "2024-05-03T99:99"])
def test_what_is_no_date_is_none(value: str) -> None:
    assert period(value) is None
