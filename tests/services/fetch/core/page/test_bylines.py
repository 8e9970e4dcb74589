"""Authors are claimed where a page shows them of its article, and nobody who is named beside it."""

import pytest

from services.fetch.core.page import read_page

PROSE = "".join(
    f"<p>The convoy number {n} entered the besieged town with food for ten thousand people, the council said.</p>"
    for n in range(6)
)
STANDFIRST = "What they bring will last a month, the council of the town says, and no longer than that."


def authors(byline: str = "", *, above: str = "", end: str = "", after: str = "") -> list[tuple[str, str]]:
    page = (
        f"<html><head><title>T</title></head><body class='single comments-open'><article>{above}"
        f"<h1>A convoy enters the town</h1>{byline}{PROSE}{end}</article>{after}</body></html>"
    )
    return [(claim.value, claim.origin) for claim in read_page(page).claims if claim.field == "author"]


@pytest.mark.parametrize(
    ("byline", "origin"),
    [
        ("<p class=byline>By Jane Holloway</p>", "html-byline"),
        ("<span class=author>Jane Holloway</span>", "html-byline"),
        ("<p class=article__author>Jane Holloway</p>", "html-byline"),
        ("<p class=articleByline>Jane Holloway</p>", "html-byline"),
        ("<address>By Jane Holloway</address>", "html-byline"),
        ("<a rel=author href=/j>Jane Holloway</a>", "html-rel"),
        ("<p>By <a rel=author href=/j>Jane Holloway</a></p>", "html-rel"),
        ("<div class=byline><a itemprop=author href=/j>Jane Holloway</a></div>", "html-itemprop"),
        ("<span itemprop=author itemscope><span itemprop=name>Jane Holloway</span>, Cairo</span>", "html-itemprop"),
        ("<span class='author vcard'><a class='url fn' href=/j>Jane Holloway</a></span>", "html-byline"),
        (f"<p>{STANDFIRST}</p><p class=byline>By Jane Holloway</p>", "html-byline"),
        ("<div class=TextContributorName>By Jane Holloway</div>", "html-byline"),
        ("<span class=writer>Jane Holloway</span>", "html-byline"),
        ("<div class=submitted>Submitted by <b>Jane Holloway</b> on Mon, 02/11/2013</div>", "html-byline"),
        ("<div><span>By</span> <span>Jane Holloway</span><span>, Science reporter</span></div>", "html-line"),
        ("<div>15 November 2023, by Jane Holloway</div>", "html-line"),
        ("<div>15/11/2023 | Par Jane Holloway</div>", "html-line"),
        ("<div>Écrit par Jane Holloway</div>", "html-line"),
        ("<div>Words and pictures by Jane Holloway</div>", "html-line"),
        ("<div>---- by Jane Holloway</div>", "html-line"),
    ],
)  # fmt: skip
def test_a_byline_at_the_headline_is_claimed(byline: str, origin: str) -> None:
    assert ("Jane Holloway", origin) in authors(byline)
    assert {name for name, _ in authors(byline)} == {"Jane Holloway"}


@pytest.mark.parametrize(
    "line",
    [
        "<div>By clicking here you agree</div>",
        "<div>By Popular Demand</div>",
        "<div>BY SPECIAL REQUEST</div>",
        "<div>Par Temps De Pluie</div><p>Il est venu par temps de pluie, et tous l'ont vu du haut de la colline.</p>",
        "<div>By Town Council</div>",
        "<div>Edited by Jane Holloway</div>",
        "<div>A history of the West, by Jane Holloway</div>",
        "<div>EU-Kommission – von der Leyen</div>",
        "<div>Von der Leyen</div>",
        "<figure><figcaption>By Jane Holloway</figcaption></figure>",
        f"<p>{STANDFIRST}</p><p>{STANDFIRST}</p><div>By Jane Holloway</div>",
        f"<div>{STANDFIRST} By Jane Holloway, who was told so by all who had seen it from the hill.</div>",
    ],
)
def test_a_line_that_is_no_byline_at_the_headline_names_nobody(line: str) -> None:
    assert authors(line) == []


def test_a_name_whose_words_the_text_has_too_is_one_where_it_leads_to_whoever_bears_it() -> None:
    prose = "<p>In the young town nobody will say what they bring, and how much of it has been promised so far.</p>"
    assert authors(f"<div>By <a href=/will-young>Will Young</a></div>{prose}") == [("Will Young", "html-line")]
    assert authors(f"<div>By Will Young</div>{prose}") == []


def test_an_agency_is_one_though_its_address_is_written_small() -> None:
    told = "<p>On the pages of unhcr.example they say so too, and everybody who wanted to know it has read it.</p>"
    assert [name for name, _ in authors(f"<div>By Jane Holloway, UNHCR</div>{told}")] == ["Jane Holloway", "UNHCR"]


def test_below_a_site_s_name_a_lower_heading_is_the_headline() -> None:
    post = f"<div class=widget><h3>A convoy enters the town</h3>{PROSE}<div class=post-footer>{{}}</div></div>"
    page = f"<title>The Quay: A convoy enters the town</title><h1 class=title><a href=/>The Quay</a></h1>{post}"
    claims = read_page(page.format("<a rel=author href=/j>Jane Holloway</a>")).claims
    assert [claim.value for claim in claims if claim.field == "author"] == ["Jane Holloway"]


def test_an_article_s_own_foot_names_its_author() -> None:
    foot = "<footer class=entry-footer><a rel=author href=/j>Jane Holloway</a></footer>"
    assert authors(end=foot) == [("Jane Holloway", "html-rel")]


def test_a_byline_right_above_the_headline_is_claimed() -> None:
    assert authors(above="<p class=byline>By Jane Holloway</p>") == [("Jane Holloway", "html-byline")]


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Par Jane Holloway", ["Jane Holloway"]),
        ("Von Jane Holloway", ["Jane Holloway"]),
        ("Por Jane Holloway", ["Jane Holloway"]),
        ("De Jane Holloway", ["Jane Holloway"]),
        ("Bart De Wever", ["Bart De Wever"]),
        ("By Jane Holloway and John Miller", ["Jane Holloway", "John Miller"]),
        ("Jane Holloway and John Miller in Ashford", ["Jane Holloway", "John Miller"]),
        ("Jane Holloway, reporting from Cairo", ["Jane Holloway"]),
        ("By <b>Jane Holloway</b>, <i>Senior reporter</i>", ["Jane Holloway"]),
        ("By Jane Holloway, Middle East correspondent", ["Jane Holloway"]),
        ("By Jane Holloway <time>5 May 2019</time>", ["Jane Holloway"]),
        ("By Jane Holloway on May 5, 2019", ["Jane Holloway"]),
        ("By Jane HollowayMay 5, 2019", ["Jane Holloway"]),
        ("By Jane Holloway In Politics", ["Jane Holloway"]),
        ("Jane Holloway | 5 May 2019 | 4 min read", ["Jane Holloway"]),
        ("By Jane Holloway jane@paper.example", ["Jane Holloway"]),
        ("By Jane Holloway (@janeh)", ["Jane Holloway"]),
        ("بيروت – ليلى حداد", ["ليلى حداد"]),
        ("田中太郎", ["田中太郎"]),
        ("Published on 5 May 2019", []),
        ("Follow the author", []),
        ("World news", []),
    ],
)
def test_a_byline_is_its_names_alone(byline: str, names: list[str]) -> None:
    assert [name for name, _ in authors(f"<p class=byline>{byline}</p>")] == names


@pytest.mark.parametrize(
    "beside",
    [
        "<div class=related><a rel=author href=/x>John Miller</a></div>",
        "<aside><span class=author>John Miller</span></aside>",
        "<ol class=comment-list><li class=comment-author><cite itemprop=author>John Miller</cite></ol>",
        "<article><h3>Another</h3><a rel=author href=/x>John Miller</a></article>",
        "<footer><address>John Miller</address></footer>",
        "<div class=author>John Miller</div>",
    ],
)
def test_nobody_who_stands_beside_the_article_wrote_it(beside: str) -> None:
    assert authors(end=beside) == []
    assert authors(after=beside) == []


@pytest.mark.parametrize(
    ("box", "origin"),
    [
        ("<div class=author-box>By <a rel=author href=/j>Jane Holloway</a></div>", "html-rel"),
        ("<div class=author-box><b itemprop=author>Jane Holloway</b> lives in Cairo.</div>", "html-itemprop"),
    ],
)
def test_a_box_at_the_end_names_the_author_where_it_is_marked(box: str, origin: str) -> None:
    assert authors(end=box) == [("Jane Holloway", origin)]
