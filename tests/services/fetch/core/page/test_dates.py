"""A page's dates are claimed where it shows them of its article, and none of what stands beside it."""

import pytest

from services.fetch.core.page import read_page

PROSE = "".join(
    f"<p>The convoy number {n} entered the besieged town with food for ten thousand people, the council said.</p>"
    for n in range(6)
)
STORY = (
    "A long line that only speaks of what the council did on 17 May 2024, and of all that was said of it there. " * 2
)


def dates(
    shown: str = "", *, above: str = "", end: str = "", around: str = "", head: str = ""
) -> list[tuple[str, str]]:
    page = (
        f"<html><head><title>T</title>{head}</head><body>{around}<article>{above}"
        f"<h1>A convoy enters the town</h1>{shown}{PROSE}{end}</article></body></html>"
    )
    return [(claim.value, claim.origin) for claim in read_page(page).claims if claim.field == "published"]


@pytest.mark.parametrize(
    ("shown", "value", "origin"),
    [
        ("<p class=date>Published May 17, 2024</p>", "Published May 17, 2024", "html-date"),
        ("<time>May 17, 2024</time>", "May 17, 2024", "html-date"),
        ("<div class=article__date>Fri, 17 May 2024</div>", "Fri, 17 May 2024", "html-date"),
        ("<span class=postDate>2024.05.17 10:12</span>", "2024.05.17 10:12", "html-date"),
        ("<p class=fecha>17 de mayo de 2024</p>", "17 de mayo de 2024", "html-date"),
        ("<p class=infos>Par A B, publié le 17/05/2024</p>", "Par A B, publié le 17/05/2024", "html-date"),
        ("<abbr class=published title='2024-05-17T10:12Z'>Friday</abbr>", "2024-05-17T10:12Z", "html-date"),
        ("<span data-date='2024-05-17T10:12Z'>yesterday</span>", "2024-05-17T10:12Z", "html-date"),
        ("<span data-timestamp='1715940000'>yesterday</span>", "1715940000", "html-date"),
        ("<span itemprop=datePublished content='2024-05-17'>Friday</span>", "2024-05-17", "html-date"),
        ("<p property='dc:date' content='2024-05-17T10:12'>Friday</p>", "2024-05-17T10:12", "html-date"),
        ("<p class=meta>By A B on <b data-date='2024-05-17'>Friday</b></p>", "2024-05-17", "html-date"),
        ("<p>Published on 17 May 2024</p>", "Published on 17 May 2024", "html-line"),
        ("<div>17 May 2024 | 10:12</div>", "17 May 2024 | 10:12", "html-line"),
    ],
)  # fmt: skip
def test_a_date_at_the_headline_is_claimed(shown: str, value: str, origin: str) -> None:
    assert dates(shown) == [(value, origin)]


def test_a_date_right_above_the_headline_and_one_below_the_prose_are_claimed() -> None:
    date = "<p class=date>17 May 2024</p>"
    foot = f"<footer class=entry-footer>{date}</footer>"
    assert dates(above=date) == dates(end=date) == dates(end=foot) == [("17 May 2024", "html-date")]


@pytest.mark.parametrize(
    "beside",
    [
        "<aside><p class=date>17 May 2024</p></aside>",
        "<div class=related-posts><span class=date>17 May 2024</span></div>",
        "<div class=comments><span class=comment-date>17 May 2024</span></div>",
        "<figure><figcaption class=date>17 May 2024</figcaption></figure>",
        "<p class=event-date>17 May 2024</p>",
        f"<p class=date>{STORY}</p>",
    ],
)  # fmt: skip
def test_the_date_of_anything_else_is_not_claimed(beside: str) -> None:
    assert dates(beside, end=beside, around=beside) == []


def test_the_day_at_the_head_of_a_site_is_not_claimed() -> None:
    assert dates(around="<header><span class=date>17 May 2024</span></header><div class=date>17 May 2024</div>") == []


def test_the_time_of_a_related_article_is_none_of_the_pages() -> None:
    assert dates(end="<div class=related><time datetime='2024-05-17'>May</time></div>") == []
    assert ("2024-05-17", "html-time") in dates(end="<time datetime='2024-05-17'>May</time>")


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="og:pubdate" content="2024-05-17">',
        '<meta name="cXenseParse:recs:publishtime" content="2024-05-17">',
        '<meta name="parsely-page" content=\'{"title": "A convoy", "pub_date": "2024-05-17"}\'>',
        '<meta property="article:published" content="2024-05-17">',
    ],
)
def test_meta_elements_of_many_makers_are_claims(head: str) -> None:
    assert [value for value, _ in dates(head=head)] == ["2024-05-17"]


def test_a_number_of_milliseconds_is_a_claim_of_the_pages_data() -> None:
    data = '{"@type": "NewsArticle", "headline": "A convoy", "datePublished": 1715940000000}'
    head = f'<script type="application/ld+json">{data}</script>'
    assert dates(head=head) == [("1715940000000", "jsonld")]
