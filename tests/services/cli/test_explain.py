"""What belongs with an article, as a person is told."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from typer.testing import Result

from contracts.article_enriched import ArticleEnriched
from services.store.cluster_tables import ClusterMember, Revision
from services.store.core import Enriched
from services.store.rows import article_row
from services.store.tables import Article, Input, SharedPassage
from tests.services.cli.conftest import INPUT, NOON

Wireroom = Callable[..., Result]

CHANGE = {"kind": "changed", "before": "Elle a parlé\x1b[31m.", "after": "Elle s'est tue."}


@pytest.fixture
def family(store: Any, enriched: Callable[..., ArticleEnriched]) -> list[str]:
    """An original, its revision and its copy; an article that contains the original; one that nothing belongs with."""
    names = [f"{number:032x}" for number in range(1, 6)]
    links = ("original", "revision", "near_duplicate", "original", "original")
    for number, link in enumerate(links, 1):
        linked_to = None if link == "original" else names[0]
        store.put(
            ClusterMember,
            article_id=names[number - 1],
            cluster=linked_to or names[number - 1],
            link=link,
            linked_to=linked_to,
            similarity=None if linked_to is None else 0.93,
            source_uri=f"inbox:{number}.txt",
            seen_at=NOON + timedelta(minutes=number),
            published="2024-04-02" if number == 3 else None,
            published_from=NOON if number == 3 else None,
            published_until=NOON if number == 3 else None,
        )
        store.put(Input, input_id=INPUT.format(number), state="stored", steps="[]", article_id=names[number - 1])
    store.put(Article, **article_row(Enriched(enriched(1), "", (), is_new=True)))
    facts = {"source_uri": "inbox:1.txt", "added": 0, "removed": 0, "changed": 3, "kept": 7, "revision_of": names[0]}
    store.put(Revision, article_id=names[1], changes=json.dumps([CHANGE]), similarity=0.93, threshold=0.5, **facts)
    told = {"method": "contains", "similarity": 1.0, "spans": "[]", "their_spans": "[]", "share": 0.31}
    store.put(SharedPassage, article_id=names[3], number=1, shared_with=names[0], their_share=1.0, **told)
    return names


@pytest.mark.parametrize("number", [1, 2, 3])
def test_an_article_is_told_with_what_belongs_with_it(family: list[str], wireroom: Wireroom, number: int) -> None:
    told = wireroom("explain", INPUT.format(number))

    first, revision, copy, *_ = family
    assert told.exit_code == 0
    lines = [" ".join(line.split()) for line in told.stdout.splitlines()]
    assert lines[0] == f"{family[number - 1]} 3 articles belong together, 1 revision and 1 copy among them"
    assert lines[1:3] == [f"original {first} was seen first", f"canonical {copy} was published first"]
    assert f"{revision} revision of {first}, similarity 0.93 no date inbox:2.txt" in lines[4]
    assert (
        f"{copy} copy, near-duplicate of {first}, similarity 0.93 published 2024-04-02 inbox:3.txt"
        in told.stdout.replace("  ", " ")
    )
    assert lines[5:9] == [
        "same source and a similarity of 0.5 at least; sentences: 0 added, 0 removed, 3 changed, 7 kept",
        "~ Elle a parlé�[31m.",
        "→ Elle s'est tue.",
        "… and 2 more changes",
    ]


def test_what_contains_and_what_stands_in_an_article_is_told_from_its_side(
    family: list[str], wireroom: Wireroom
) -> None:
    digest, article = (wireroom("explain", family[place]).stdout for place in (3, 0))

    assert "no other article belongs with it" in digest
    assert f"contains {family[0]}  (31% of this text, 100% of that)" in digest
    assert f"stands in {family[3]}  (100% of this text, 31% of that)" in article


def test_programs_are_told_all_of_it(family: list[str], wireroom: Wireroom) -> None:
    [told] = json.loads(wireroom("explain", family[1], "--json").stdout)["articles"]

    assert (told["article_id"], told["original"], told["canonical"]) == (family[1], family[0], family[2])
    assert [one["link"] for one in told["members"]] == ["original", "revision", "near_duplicate"]
    assert told["members"][1]["difference"]["changes"][0]["after"] == "Elle s'est tue."
    assert told["passages"] == []


def test_many_are_told_as_far_as_is_asked_for(family: list[str], wireroom: Wireroom) -> None:
    assert "… and 2 more: --limit" in wireroom("explain", family[0], "--limit", "1").stdout


def test_what_nothing_is_kept_of_is_said(family: list[str], wireroom: Wireroom) -> None:
    told = wireroom("explain", "nowhere.txt")
    assert (told.exit_code, told.stdout) == (1, "")
    assert "no article is kept for nowhere.txt" in told.stderr
    assert json.loads(wireroom("explain", "nowhere.txt", "--json").stdout) == {"articles": []}


def test_an_excerpt_is_told_with_how_much_of_it_the_other_holds(store: Any, wireroom: Wireroom) -> None:
    whole, excerpt = (f"{number:032x}" for number in (1, 2))
    for name, link, alike in ((whole, "original", None), (excerpt, "contained", 0.92)):
        linked_to = None if alike is None else whole
        seen = {"source_uri": "inbox:1.txt", "seen_at": NOON}
        store.put(
            ClusterMember, article_id=name, cluster=whole, link=link, linked_to=linked_to, similarity=alike, **seen
        )

    assert f"{excerpt}  excerpt  of {whole}, 92% of it" in wireroom("explain", whole).stdout
