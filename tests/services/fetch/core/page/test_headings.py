"""The headline is told from the site's name among a page's headings."""

import pytest

from services.fetch.core.page import read_page

PROSE = (
    "<p>The convoy entered the besieged town with food for ten thousand people, the council of the town said.</p>" * 4
)
HEADLINE = "A convoy enters the town"


def claims(body: str) -> list[tuple[str, str]]:
    page = f"<html><head><title>{HEADLINE} - The Paper</title></head><body>{body}{PROSE}</body></html>"
    return [(claim.value, claim.origin) for claim in read_page(page).claims if claim.origin != "html-title"]


@pytest.mark.parametrize(
    "logo",
    [
        "<h1 class=logo>The Paper</h1>",
        "<h1><a href='/'>The Paper</a></h1>",
        "<h1><a href='https://paper.example/'>The Paper</a></h1>",
        "<a href='/'><h1>The Paper</h1></a>",
        "<div class='site-title'><h1>The Paper</h1></div>",
    ],
)
def test_a_heading_that_is_the_sites_names_the_publisher(logo: str) -> None:
    found = claims(f"{logo}<h2 class=entry-title>{HEADLINE}</h2>")
    assert found == [("The Paper", "html-logo"), (HEADLINE, "html-heading")]


def test_a_heading_that_leads_to_its_own_article_is_the_headline() -> None:
    assert (HEADLINE, "html-h1") in claims(f"<h1><a href='/a/convoy'>{HEADLINE}</a></h1>")


def test_lower_headings_are_claimed_only_where_no_article_has_one_of_its_own() -> None:
    lower = "<h2>What comes next</h2>"
    assert claims(f"<article><h1>{HEADLINE}</h1>{PROSE}{lower}</article>") == [(HEADLINE, "html-h1")]
    assert claims(f"<nav><h2>Menu</h2></nav><main><h2>{HEADLINE}</h2></main>") == [(HEADLINE, "html-heading")]


@pytest.mark.parametrize("mark", ["<p>", "<p class=first>", "<div><p>"])
def test_a_heading_that_is_never_ended_says_what_stands_before_its_first_paragraph(mark: str) -> None:
    assert (HEADLINE, "html-h1") in claims(f"<h1>{HEADLINE}{mark}By Jane Doe{PROSE}")


LINE = "Nurses at the hospital of the town vote for a walkout"
LINES = {
    "en": ("Relay", LINE),
    "fr": ("Le Relais", "À Grenoble, un scanner neuf reste à l'arrêt"),
    "de": ("DER RELAIS", "Gestohlener Atlas kehrt nach 52 Jahren zurück"),
    "ru": ("Вестник", "Украденный атлас вернулся в город Рязань"),
}


def titles(title: str, body: str) -> list[str]:
    claims = read_page(f"<title>{title}</title><body>{body}<p>{'They said so on Monday, all of them. ' * 9}").claims
    return [claim.value for claim in claims if claim.field == "title"]


@pytest.mark.parametrize("language", LINES)
def test_a_line_that_the_title_has_behind_a_name_is_the_headline_of_a_page_without_headings(language: str) -> None:
    site, headline = LINES[language]
    body = f"<table><tr><td><a href=/>Home</a></td><td><font size=5><b>{headline}</b></font><br>By Jane Holloway"
    assert titles(f"{site}: {headline}", body) == [f"{site}: {headline}", headline]


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (f"Relay: {LINE}", f"<b>Relay: {LINE}</b><br>{LINE}"),
        (f"Relay: {LINE}", f"<a href=/x>{LINE}</a>"),
        (f"Relay: {LINE}", "<b>Nurses vote</b>"),
        ("Relay: Nurses vote", "<b>Nurses vote</b>"),
        (f"What the nurses of the hospital want: {LINE}", f"<b>{LINE}</b>"),
    ],
    ids=["with the name", "a link", "not shown", "short", "a long name"],
)
def test_what_a_colon_parts_and_the_page_does_not_show_apart_stays(title: str, body: str) -> None:
    assert titles(title, body) == [title]


def test_a_long_heading_without_paragraphs_is_whole() -> None:
    long = " ".join(f"{HEADLINE} {n}" for n in range(30))
    assert (long, "html-h1") in claims(f"<h1>{long}</h1>")
