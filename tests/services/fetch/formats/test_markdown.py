"""A Markdown file keeps its text; what stands before it is what it says of itself."""

import pytest

from services.fetch.formats import markdown
from tests.services.fetch.formats.reads import claimed, document

FRONT = """---
title: "A title: with a colon"
date: 2018-03-02 10:00:00 +0100
authors: [Anne Martin, {name: Paul Roux}]
lang: fr_CA
canonical_url: https://paper.example/a
tags:
  - one
  - two
draft: false
---

# A title

*Words* as they are.
"""


def test_front_matter_is_claims_and_no_text() -> None:
    found = document(markdown.read, FRONT)
    assert found.text == "# A title\n\n*Words* as they are.\n"
    assert [(claim.field, claim.value) for claim in found.claims] == [
        ("title", "A title: with a colon"),
        ("published", "2018-03-02T10:00:00+01:00"),
        ("author", "Anne Martin"),
        ("author", "Paul Roux"),
        ("language", "fr-CA"),
        ("url", "https://paper.example/a"),
        ("keyword", "one"),
        ("keyword", "two"),
    ]
    assert (found.url, {claim.origin for claim in found.claims}) == ("https://paper.example/a", {"front-matter"})


@pytest.mark.parametrize(
    ("front", "field", "values"),
    [
        ("date: 2018-03-02", "published", ["2018-03-02"]),
        ("date: 2018", "published", ["2018"]),
        ("title: 12:30", "title", ["12:30"]),
        ("title: No", "title", ["No"]),
        ("title: ~", "title", []),
        ("date: mars 2018", "published", ["mars 2018"]),
        ("author: Anne Martin", "author", ["Anne Martin"]),
        ("Title: A", "title", ["A"]),
        ("title: true", "title", []),
        ("title: [[a]]", "title", []),
        ("url: no address", "url", []),
        ("title: null", "title", []),
    ],
)
def test_a_key_says_what_it_can(front: str, field: str, values: list[str]) -> None:
    assert claimed(document(markdown.read, f"---\n{front}\n---\nText"), field) == values


@pytest.mark.parametrize(
    "text",
    [
        "# A title\n\nWords.\n",
        "---\n\nWords after a rule.\n\n---\n",
        "---\ntitle: never closed\n\nWords.\n",
        "---\n- a\n- list\n---\nWords\n",
        "---\na: [\n---\nWords\n",
        "---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\nWords\n",
        "---\na: !!python/object/apply:os.system ['x']\n---\nWords\n",
        "---\na: " + "[" * 20_000 + "\n---\nWords\n",
        "---\na: " + "9" * 20_000 + "\n---\nWords\n",
        "---\na: 2018-99-99\n---\nWords\n",
    ],
)
def test_what_is_no_plain_front_matter_stays_text(text: str) -> None:
    assert document(markdown.read, text).text in (text, "Words\n")


def test_the_last_lines_may_end_as_they_like() -> None:
    assert document(markdown.read, "\ufeff---\r\ntitle: A\r\n---\r\nWords\r\n").text == "Words\r\n"
