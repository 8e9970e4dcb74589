"""Headlines with a teaser each are a list, and entries under times of day a live blog, whatever they are set in."""

import pytest

from services.fetch.core.page import Page, read_page

HEADLINES = (
    "Ferries return to the northern harbour",
    "Council of the old town keeps its clock",
    "Farmers blame a dry spring for the hay",
    "Girl of nine finds a Roman coin at school",
    "Night trains to the coast run again",
    "Library lends its ladders to anybody",
)
TEASER = "Nobody had asked for it in {n} years, said the mayor, and nobody knows who will pay in the end."
FORMS = {
    "item": "<li><a href='/{n}'>{title}</a> <span>{teaser}</span></li>",
    "item without a space": "<li><a href='https://www.j.example/{n}'>{title}</a><span>{teaser}</span></li>",
    "paragraphs": "<div><p class=hl><a href='/{n}'>{title}</a></p><p>{teaser} <a href='/{n}'>More</a></p></div>",
    "row": "<tr><td>{n} Oct</td><td><a href='/{n}'>{title}</a><br>{teaser}</td></tr>",
    "dash": "<p><a href='/{n}'>{title}</a> \N{EN DASH} {teaser}</p>",
}
OTHERS = {
    "of other sites": "<li><a href='https://{n}.example/'>{title}</a> <span>{teaser}</span></li>",
    "in sentences": "<p>In the end it was said that <a href='/{n}'>{title}</a>, and more. {teaser}</p>",
    "beginning sentences": "<p><a href='/{n}'>{title}</a> was what they said on Monday. {teaser}</p>",
    "to one address": "<li><a href='/1#{n}'>{title}</a> <span>{teaser}</span></li>",
    "counted": "<h3>{n}. <a href='/{n}'>{title}</a></h3><p>{teaser}</p>",
    "that begin alike": "<p><a href='/{n}'>Read also: {title}</a></p><p>{teaser}</p>",
    "explained": "<p><a href='/{n}'>{title}</a>: {teaser}</p>",
}
SENTENCE = "The river has passed the mark of {n} metres, they say."
LONG_TITLE = "The town that keeps its clock and its ferries"
ENTRIES = {
    "heading": "<div><h3>{at}</h3><p>{told}</p></div>",
    "span": "<div class=post><span class=time>{at}</span><p>{told}</p></div>",
    "line": "<p>{at}<br>{told}</p>",
}
FALLING, RISING = ("14h32", "14h05", "13h40", "12h58"), ("9:00", "10:01", "11:02", "12:03")


def read(body: str, title: str = "T", head: str = "") -> Page:
    return read_page(f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>")


def name(page: Page) -> str | None:
    return page.kind.name if page.kind is not None else None


def told(form: str, most: int = 6) -> str:
    items = (form.format(n=n + 3, title=HEADLINES[n], teaser=TEASER.format(n=n + 3)) for n in range(most))
    return f"<table>{''.join(items)}</table>" if form.startswith("<tr") else f"<div>{''.join(items)}</div>"


def ticker(form: str, times: tuple[str, ...], sentence: str = SENTENCE) -> str:
    return "".join(form.format(at=at, told=sentence.format(n=n + 3)) for n, at in enumerate(times))


@pytest.mark.parametrize("heading", ["<h1>Local news</h1>", ""])
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_headlines_of_the_site_with_a_teaser_each_are_a_list(form: str, heading: str) -> None:
    assert name(read(heading + told(form), "Local news | The Gazette of the Northern Harbour")) == "list"


@pytest.mark.parametrize("form", OTHERS.values(), ids=OTHERS)
def test_links_of_an_article_are_no_list(form: str) -> None:
    assert name(read(f"<h1>Links we like</h1>{told(form)}")) is None


@pytest.mark.parametrize(
    "page",
    [
        read(f"<h1>News</h1>{told(FORMS['item'], 4)}"),
        read(f"<h1>The town that keeps its clock and its ferries</h1>{told(FORMS['item'])}"),
        read(told(FORMS["item"]), "The town that keeps its clock and its ferries | The Gazette"),
        read(f"<h1>The boat</h1><p>{TEASER.format(n=2)}</p><p>{TEASER}</p>{told(FORMS['paragraphs'])}"),
        read(f"<h1>The boat</h1><p>{TEASER * 4}</p>{told(FORMS['paragraphs'])}"),
        read(f"<h1>The boat</h1><p>{SENTENCE} {TEASER}</p>{told(FORMS['item'])}"),
        read(f"<h1>The Gazette</h1><h2>{LONG_TITLE}</h2>{told(FORMS['item'])}", f"{LONG_TITLE} | The Gazette"),
        read(f"<h1>News</h1>{told(FORMS['item'])}", head="<meta property='og:type' content='article'>"),
    ],
    ids=[
        *("few", "a headline", "a title", "two paragraphs", "a long paragraph", "a short paragraph"),
        *("a headline below the site's name", "called an article"),
    ],
)
def test_an_article_with_teasers_is_no_list(page: Page) -> None:
    assert name(page) is None


@pytest.mark.parametrize("times", [FALLING, RISING], ids=["falling", "rising"])
@pytest.mark.parametrize("form", ENTRIES.values(), ids=ENTRIES)
@pytest.mark.parametrize(
    "title", ["Live: Storm over the coast", "Flood: live", "EN DIRECT - Crue", "Liveticker zur Flut", "Flood liveblog"]
)
def test_times_of_day_in_order_under_a_title_that_says_live_are_a_live_blog(
    title: str, form: str, times: tuple[str, ...]
) -> None:
    page = read(f"<h1>{title}</h1>{ticker(form, times)}", title)
    assert name(page) == "live_blog"
    assert not [claim for claim in page.claims if claim.field == "published"]


def test_what_is_told_minute_by_minute_is_a_live_blog_with_the_latest_first() -> None:
    title = "Crue : la nuit minute par minute"
    assert name(read(f"<h1>{title}</h1>{ticker(ENTRIES['heading'], FALLING)}", title)) == "live_blog"
    assert name(read(f"<h1>{title}</h1>{ticker(ENTRIES['heading'], RISING)}", title)) is None


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("How we live now", ticker(ENTRIES["heading"], FALLING)),
        ("Where to watch it live on television", ticker(ENTRIES["heading"], RISING)),
        ("Live: the cup", ticker(ENTRIES["heading"], RISING, "Harbour v. Town, hall {n}")),
        ("Live: the cup", ticker(ENTRIES["heading"], RISING[:3])),
        ("Live: the cup", ticker(ENTRIES["heading"], ("9:00", "8:00", "12:00", "11:00", "13:00", "9:30"))),
        ("Live: the cup", f"<p>{TEASER * 3}</p>" + ticker(ENTRIES["heading"], RISING)),
        ("Live: the cup", ticker(ENTRIES["heading"], ("9:00", "10:15", "11:30", "12:45"))),
        ("How live blogs are made", ticker(ENTRIES["heading"], RISING)),
    ],
    ids=["a verb", "where to watch", "a programme", "few", "no order", "an article", "round times", "of live blogs"],
)
def test_times_of_day_in_an_article_are_no_live_blog(title: str, body: str) -> None:
    assert name(read(f"<h1>{title}</h1>{body}", title)) is None
