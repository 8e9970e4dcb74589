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
        ("<div class=footer><p itemprop=author>By <span itemprop=name>Jane Holloway</span></p></div>", "html-itemprop"),
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
    ("byline", "origin"),
    [
        ("<p property=author typeof=Person><span property=name>Jane Holloway</span></p>", "html-property"),
        ("<p property='schema:author'>Jane Holloway</p>", "html-property"),
        ("<p property='http://purl.org/dc/terms/creator'>Jane Holloway</p>", "html-property"),
        ("<p><a rel='schema:author'>Jane Holloway</a></p>", "html-rel"),
        ("<p><b rel='sioc:has_creator'><a property='foaf:name'>Jane Holloway</a></b></p>", "html-rel"),
        ("<p>By <b typeof='schema:Person' property='schema:name'>Jane Holloway</b></p>", "html-byline"),
        ("<footer class=node__meta>By <b typeof=Person property=name>Jane Holloway</b></footer>", "html-byline"),
        ("<div data-testid=byline-contributors><b>Jane Holloway</b><i>Cairo</i></div>", "html-byline"),
        ("<ul><li><b data-hook=user-name>Jane Holloway</b></li></ul>", "html-byline"),
        ("<p>15 May 2023 · Jane Holloway · 3 min read</p>", "html-line"),
        ("<p>Jane Holloway | 15 mai 2023 | Temps de lecture : 3 min.</p>", "html-line"),
        ("<p>15. Mai 2023 • 3 Minuten • Jane Holloway</p>", "html-line"),
        ("<p>Ein Bericht von Jane Holloway</p>", "html-line"),
        ("<p>Interview by Jane Holloway</p>", "html-line"),
        ("<p>Un reportage par Jane Holloway</p>", "html-line"),
        ("<p>Una entrevista por Jane Holloway</p>", "html-line"),
        ("<p>Texte : Jane Holloway | Photos : John Miller</p>", "html-line"),
        ("<p>Autorin: Jane Holloway</p>", "html-line"),
        ("<p>Autor: Jane Holloway</p>", "html-line"),
    ],
)
def test_a_byline_is_told_by_rdfa_by_its_label_or_by_the_date_beside_it(byline: str, origin: str) -> None:
    assert authors(byline) == [("Jane Holloway", origin)]


@pytest.mark.parametrize("label", ["Текст: ", "Автор: ", "Автор:&nbsp;", "7 июня 2023 · 3 мин · "])
def test_a_name_in_another_script_is_one_behind_its_label(label: str) -> None:
    assert [name for name, _ in authors(f"<p>{label}Ольга Щербакова</p>")] == ["Ольга Щербакова"]


@pytest.mark.parametrize(
    "foot",
    [
        "Publicado por <b class=fn>Jane Holloway</b> en <abbr>12:00</abbr> No hay comentarios: <a>Enviar</a>",
        "Posted by <b class=fn>Jane Holloway</b> at <abbr>12:00</abbr>",
        "Eingestellt von <b class=fn>Jane Holloway</b> um <abbr>12:00</abbr>",
        "Pubblicato da <b class=fn>Jane Holloway</b> alle <abbr>12:00</abbr>",
    ],
)
def test_a_post_s_own_foot_names_its_author_and_that_of_one_among_many_nobody(foot: str) -> None:
    assert authors(after=f"<div class=post-footer>{foot}</div>") == [("Jane Holloway", "html-line")]
    assert authors(after=f"<div class=post-footer>{foot}</div>" * 2) == []


@pytest.mark.parametrize(
    ("card", "names"),
    [
        ("<meta name='twitter:label1' content='Written by'><meta name='twitter:data1' content='Jane Holloway'>", 1),
        ("<meta name='twitter:label1' content='Verfasst von'><meta name='twitter:data1' content='Jane Holloway'>", 1),
        ("<meta name='twitter:label2' content='Écrit par'><meta name='twitter:data2' content='Jane Holloway'>", 1),
        ("<meta name='twitter:label1' content='Filed under'><meta name='twitter:data1' content='Jane Holloway'>", 0),
        ("<meta name='twitter:label1' content='Written by'><meta name='twitter:data2' content='Jane Holloway'>", 0),
    ],
)
def test_a_card_s_label_tells_whose_name_it_shows(card: str, names: int) -> None:
    claims = read_page(f"<title>T</title>{card}<h1>A convoy enters the town</h1>{PROSE}").claims
    assert [claim.value for claim in claims if claim.origin == "meta-card"] == ["Jane Holloway"] * names


@pytest.mark.parametrize(
    "line",
    [
        "<p>15 May 2023 · Middle East · 3 min read</p><nav><a>Middle East</a></nav>",
        "<p>15 May 2023 · Young People · 3 min read</p><p>Many young men say that people cannot live on that.</p>",
        "<p>15 May 2023 · Jane Holloway · Middle East · 3 min read</p>",
        "<p>3 May · Jane Holloway</p>",
        "<p>15. Mai 2023 | Buch der Woche</p>",
        "<p class=username>Private Message</p>",
        "<p>Text: 5</p>",
        "<p>Report by the council</p>",
        "<p typeof=Person property=telephone>Jane Holloway</p>",
        "<p property=authored>Jane Holloway</p>",
        "<figure><p property='dc:creator'>Jane Holloway</p></figure>",
        "<footer class=node__links>By <b property=author>Jane Holloway</b></footer>",
    ],
)
def test_a_section_beside_a_date_or_another_property_is_no_byline(line: str) -> None:
    assert authors(line) == []


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
