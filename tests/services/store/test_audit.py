import sqlite3
from contextlib import closing

import pytest

from contracts.article_extracted import ArticleExtracted
from services.store.database import Store
from services.store.reading import open_reading
from tests.services.store import sayings as say

REVISION = {"verdict": "revision", "revision_of": say.article_id(1), "method": "near_duplicate", "similarity": 0.9}


def alike(number: int, part: int | None = None, verdict: dict[str, object] | None = None) -> ArticleExtracted:
    """An article of the first one's bytes, or of a part of them."""
    said = say.extracted(number).model_dump(mode="json")
    said["document"]["sha256"] = say.sha256_of(1)
    said["document"]["part"] = part and {"number": part, "start": 0, "end": 5}
    return ArticleExtracted.model_validate(said | ({"duplication": verdict} if verdict else {}))


@pytest.mark.parametrize(
    ("others", "alikes"),
    [
        ([say.extracted(2)], []),
        ([alike(2)], [(1, 2)]),
        ([alike(2), alike(3)], [(1, 2, 3)]),
        ([alike(2, part=1), alike(3, part=2)], []),
        ([alike(2, part=1), alike(3, part=1)], [(2, 3)]),
        ([alike(2, verdict=REVISION)], []),
    ],
)
async def test_bytes_are_kept_twice_where_both_are_the_same_part_and_no_version(
    store: Store, url: str, others: list[ArticleExtracted], alikes: list[tuple[int, ...]]
) -> None:
    await store.keep([(one, "") for one in (say.extracted(1), *others)], say.NOON)

    with open_reading(url) as reading:
        found = reading.audit.kept_twice(named=2)
    ids = [sorted(map(say.article_id, some)) for some in alikes]
    assert [(one.number, one.names) for one in found] == [(1, [f"{some[0]} and {some[-1]}"]) for some in ids]


@pytest.mark.parametrize(
    ("statement", "lacking", "beside"),
    [
        ("SELECT 1", [], []),
        ("INSERT INTO article_search (article_search, rowid, title, text) SELECT 'delete', * FROM first", [1], []),
        ("DELETE FROM articles WHERE number = 1", [], ["1"]),
        ("INSERT INTO article_search (article_search) VALUES ('delete-all')", [1, 2], []),
    ],
)
async def test_what_a_search_cannot_find_is_named_and_what_it_finds_in_vain(
    store: Store, url: str, statement: str, lacking: list[int], beside: list[str]
) -> None:
    await store.keep([(say.extracted(1), ""), (say.extracted(2), "")], say.NOON)
    await store.keep([(say.extracted(1), ":r1")], say.NOON)  # indexed again, and once
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as kept, kept:
        kept.execute("CREATE TEMP VIEW first AS SELECT number, title, text FROM article_texts WHERE number = 1")
        kept.execute(statement)

    with open_reading(url) as reading:
        found = reading.audit.unfindable(named=9)
    assert [(one.number, one.names) for one in found] == [
        (len(names), sorted(names)) for names in (list(map(say.article_id, lacking)), beside) if names
    ]
