"""Whatever a page is made of, reading it comes to an end with a word: a document or a rejection, in writable text.

Short here; `WIREROOM_FUZZ_SECONDS=600` plays for so long.
"""

import json
import logging
import os
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.fetch.core.document import ReadDocument, Rejected, Source
from services.fetch.core.reading import PARSER_FAULTS
from services.fetch.formats import html

SECONDS = float(os.environ.get("WIREROOM_FUZZ_SECONDS", "0"))
SENTENCE = "Le convoi est entré dans la ville assiégée avec des vivres pour dix mille habitants."
TAGS = (
    *("p", "div", "article", "main", "section", "header", "footer", "aside", "nav", "h1", "h2", "ul", "li", "table"),
    *("tr", "td", "a", "span", "b", "br", "figure", "figcaption", "blockquote", "ruby", "rt", "script", "style"),
    *("noscript", "template", "svg", "math", "title", "base", "frameset", "select", "plaintext", "xmp", "x-y", "p:q"),
)
ATTRIBUTES = (
    *('class="related"', 'class="ArticleBody-intro comment"', 'id="main"', "hidden", 'style="display:none"'),
    *(
        'class="byline"',
        "rel=author",
        "itemprop=author",
        'class="date"',
        'datetime="2024-05-17"',
        "data-date=2024-05-17",
    ),
    *('href="/a"', 'href="javascript:1"', 'itemprop="articleBody"', "class=", 'class="' + "x " * 300 + '"', "=", '"'),
)
TEXTS = (
    *(
        SENTENCE,
        "By Jane Holloway, 17 May 2024",
        "",
        " ",
        "a",
        "10:30",
        "&amp;",
        "&#x110000;",
        "&#0;",
        "&nosuch;",
        "<",
        "<!--",
        "-->",
        "]]>",
        "\x00",
    ),
    *(
        "\ufeff",
        "\u202e" + SENTENCE,
        "語" * 100,
        "\u0301" * 50,
        "<![CDATA[",
        "<!DOCTYPE html [<!ENTITY a 'b'>]>",
        "<?php",
    ),
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8), st.sampled_from(["NewsArticle", SENTENCE])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ["@type", "@id", "@graph", "headline", "articleBody", "author", "name", "image", "url", "description"]
            ),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=8,
)
HEADS = st.one_of(
    st.just(""),
    VALUES.map(lambda value: f'<script type="application/ld+json">{json.dumps(value)}</script>'),
    st.sampled_from(
        [
            '<meta charset="utf-16">',
            '<meta property="og:type" content="video.x">',
            '<link rel="canonical" href="https://[">',
            '<link rel="canonical" href="https://j.example/">',
            '<meta name="date" content="9999-99-99">',
        ]
    ),
)


class Made(str):
    """A page that is shown by its beginning, for Hypothesis objects to showing long ones."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"{str(self)[:2000]!r} ({len(self)} characters)"


@st.composite
def pages(draw: st.DrawFn) -> Made:
    """A page of tags that close or do not, in any order, with texts between them."""
    body = ""
    for _ in range(draw(st.integers(0, 30))):
        tag = draw(st.sampled_from(TAGS))
        piece = draw(st.sampled_from(("<{0} {1}>{2}</{0}>", "<{0} {1}>{2}", "</{0}>{2}", "<{0}/>{2}", "<{0} {1}")))
        piece = piece.format(tag, draw(st.sampled_from(ATTRIBUTES)), draw(st.sampled_from(TEXTS)))
        body += piece * draw(st.sampled_from((1, 1, 1, 8, 300)))
    return Made(draw(HEADS) + body)


def comes_to_an_end(page: str) -> None:
    try:
        found = html.read(Source(page.encode("utf-8", "surrogatepass"), "a.html"))
    except PARSER_FAULTS:
        return
    if isinstance(found, Rejected):
        assert found.detail
        return
    assert isinstance(found, ReadDocument)
    found.text.encode()
    assert all(claim.value.encode() for claim in found.claims)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(page=pages())
def test_a_page_of_any_tags_comes_to_an_end(page: str) -> None:
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    comes_to_an_end(page)


@pytest.mark.parametrize(
    "page",
    [
        "<b>" * 20_000 + SENTENCE,
        "<table><tr><td>" * 1_000 + SENTENCE,
        f'<div class="{"a " * 300_000}">{SENTENCE}</div>',
        f'<div style="{"display: " * 200_000}">{SENTENCE}</div>',
        f'<script type="application/ld+json">{"[" * 200_000}</script><p>{SENTENCE}</p>',
        f"<p>{'mot ' * 500_000}</p>",
        '<a href="' * 20_000,
    ],
    ids=["deep", "deep tables", "attribute", "style", "deep data", "one line", "quotes"],
)
def test_a_hostile_page_comes_to_an_end(page: str) -> None:
    comes_to_an_end(f"<html><body>{page}")


def test_a_page_of_too_many_tags_is_not_read() -> None:
    found = html.read(Source(b"<p>x</p>" * 250_000, "a.html"))
    assert isinstance(found, Rejected)
    assert found.detail == "the page has 500000 tags, more than 400000, and is not read"


@pytest.mark.timeout(SECONDS + 300)
@pytest.mark.skipif(not SECONDS, reason="WIREROOM_FUZZ_SECONDS says for how long")
def test_pages_of_any_tags_come_to_an_end_for_long() -> None:
    until = time.monotonic() + SECONDS

    @settings(max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(page=pages())
    def play(page: str) -> None:
        comes_to_an_end(page)

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    runs = 0
    while time.monotonic() < until:
        play()
        runs += 1
    print(f"pages: {runs * 200} examples")
