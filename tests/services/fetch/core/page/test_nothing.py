"""A page that only asks, fails or sends on is none, and an article on such things is one."""

import pytest

from services.fetch.core.page import Page, read_page

LONG = "The council of the town said on Monday that nobody could find the page, and that it was an error. " * 4
SHORT = "They came from all over the county and called for its repair, put off since spring, and went home at night."
PAGES = {
    "login": "<title>Sign in</title><h1>Sign in</h1><form><input><input type=password></form><a href=/r>Forgot it?</a>",
    "login, fr": "<title>Connexion</title><form><label>Mot de passe</label><input type=password></form>",
    "login, no field": "<title>Log in - The Paper</title><h1>Welcome</h1><form><label>Password</label><input></form>"
    "<p>Forgotten it? Create an account to comment, follow topics and save articles for later.</p>",
    "login, ru": "<title>The Paper</title><h1>Вход</h1><form><input></form><p>Ещё нет учётной записи?</p>",
    "legal": f"<title>Impressum - Der Bote</title><h1>Impressum</h1><p>{LONG}</p><p>{LONG}</p>",
    "legal, fr": f"<title>Le Relais | Mentions légales</title><p>{LONG}</p>",
    "legal, heading": f"<title>The Paper</title><h1>Terms of Use</h1><p>{LONG}</p>",
    "challenge, robot": "<title>Are you a robot?</title><h1>Let us know that you are not a robot.</h1>"
    "<p>Make sure that your browser supports JavaScript and cookies.</p>",
    "challenge": "<title>Just a moment...</title><h1>www.hill.example</h1><p>Checking if it is secure</p>",
    "challenge, ray": "<title>Attention Required!</title><h2>You have been blocked</h2><p>Ray ID: 7abc</p>",
    "error": "<title>404 Not Found</title><h1>Page not found</h1><p>Sorry, the page does not exist.</p>",
    "error, soft": "<title>The Paper</title><h1>Oops! We can't find that page</h1><p>Try the search.</p>",
    "error, fr": "<title>Page introuvable</title><h1>Erreur 404</h1><p>La page demandée n'existe pas.</p>",
    "error, de": "<title>Fehler 404</title><h1>Seite nicht gefunden</h1><p>Versuchen Sie es mit der Suche.</p>",
    "error, server": "<title>502 Bad Gateway</title><center><h1>502 Bad Gateway</h1></center><p>nginx</p>",
    "script": "<title>A bridge</title><div></div><noscript>You need to enable JavaScript to run it.</noscript>",
    "redirect": "<meta http-equiv=refresh content='0; url=/b'><title>Moved</title><p>Go <a href=/b>there</a></p>",
    "redirect, 301": "<title>301 Moved Permanently</title><h1>Moved</h1><p>It has <a href=/b>moved</a>.</p>",
}
ARTICLES = [
    f"<title>404: the page nobody found</title><h1>404: the page nobody found</h1><p>{LONG}</p><p>{LONG}</p>",
    f"<title>A report</title><h1>A report</h1><form><input type=password></form><p>{LONG}</p><p>{LONG}</p>",
    f"<meta http-equiv=refresh content='0; url=/b'><title>A report</title><p>{LONG}</p><p>{LONG}</p>",
    f"<title>500 march for the bridge</title><h1>500 march for the bridge</h1><p>{SHORT}</p>",
    f"<title>A report</title><noscript>Please enable JavaScript.</noscript><h1>A report</h1><p>{SHORT}</p>",
    f"<title>Impressum fehlt: Gericht verurteilt Betreiber</title><h1>Impressum fehlt</h1><p>{LONG}</p>",
    f"<title>Bridge closed for months - The Paper</title><h1>Imprint</h1><p>{LONG}</p><h2>A bridge</h2><p>{LONG}</p>",
    f"<title>Sign up - The Paper</title><h1>Sign up</h1><p>{LONG}</p><p>{LONG}</p>",
    f"<meta http-equiv=refresh content=900><title>A report</title><h1>A report</h1><p>{SHORT}</p>",
]
TEASER = "<h2><a href='/{n}'>A headline that leads elsewhere, number {n}</a></h2><p>{prose} Number {n}.</p>"
RESULT = (
    "<div class=result><a href='https://{n}.example/'>A headline that leads elsewhere, number {n}</a>"
    "<p>{prose} {end}</p></div>"
)
SOME = "The council of the town said on Monday that the bridge will be repaired in the spring of next year. " * 4


def read(page: str, head: str = "") -> Page:
    return read_page(f"<html><head>{head}</head><body>{page}</body></html>")


def name(page: Page) -> str | None:
    return page.kind.name if page.kind is not None else None


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_on_which_nothing_was_published_is_no_article(kind: str) -> None:
    page = read_page(f"<html>{PAGES[kind]}</html>")
    assert name(page) == kind.partition(",")[0]
    assert page.kind is not None
    assert page.kind.is_none


@pytest.mark.parametrize("page", ARTICLES)
def test_an_article_with_a_field_a_refresh_or_such_words_is_one(page: str) -> None:
    assert name(read_page(f"<html>{page}</html>")) is None


def test_long_teasers_with_links_that_all_say_the_same_are_a_list() -> None:
    teasers = "".join(TEASER.format(n=n, prose=SOME) + f"<a href='/{n}'>Read more</a>" for n in range(9))
    assert name(read(teasers)) == "list"


def test_long_teasers_of_a_page_that_calls_itself_a_site_are_a_list() -> None:
    teasers = "".join(TEASER.format(n=n, prose=SOME) for n in range(12))
    assert name(read(teasers, "<meta property=og:type content=website>")) == "list"
    assert name(read(teasers)) is None


@pytest.mark.parametrize(
    ("title", "end", "kind"),
    [
        ("Search results for bridge", "", "list"),
        ("Résultats pour pont", "", "list"),
        ("The Paper", "…", "list"),
        ("The Paper", "", None),
    ],
)
def test_results_of_a_search_are_a_list(title: str, end: str, kind: str | None) -> None:
    results = "".join(RESULT.format(n=n, prose=SOME[:180], end=end) for n in range(8))
    assert name(read(f"<h1>{title}</h1>{results}", f"<title>{title}</title>")) == kind


def test_an_article_above_links_with_teasers_is_one() -> None:
    results = "".join(RESULT.format(n=n, prose=SOME[:180], end="…") for n in range(8))
    assert name(read(f"<h1>A bridge is repaired</h1><p>{SOME}</p><p>{SOME}</p>{results}")) is None
