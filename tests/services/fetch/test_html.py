"""A page gives its prose, and what it claims of itself, each claim with its origin."""

import json

import pytest

from contracts.document import Claim
from contracts.outcomes import RejectReason
from services.fetch.core import ReadDocument, Rejected
from services.fetch.core.document import Source
from services.fetch.core.reading import read

PROSE = "".join(
    f"<p>Le convoi numéro {n} est entré dans la ville assiégée avec des vivres pour dix mille habitants.</p>"
    for n in range(6)
)


def page(head: str = "", body: str = "", *, html: str = "") -> bytes:
    return (
        f"<!DOCTYPE html><html {html}><head>{head}</head><body><article>{body}{PROSE}</article></body></html>".encode()
    )


def read_page(data: bytes, name: str = "a.html", url: str | None = None) -> ReadDocument:
    document = read(Source(data, name, url=url), max_text_bytes=1_000_000)
    assert isinstance(document, ReadDocument)
    return document


def claims(head: str = "", body: str = "", *, html: str = "") -> set[tuple[str, str, str]]:
    return {(claim.field, claim.value, claim.origin) for claim in read_page(page(head, body, html=html)).claims}


def jsonld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def test_a_page_is_read_into_its_prose() -> None:
    document = read_page(page("<title>T</title>", "<nav>Accueil</nav>"))
    assert document.media_type == "text/html"
    assert "Le convoi numéro 3 est entré" in document.text
    assert "<p>" not in document.text


@pytest.mark.parametrize("name", ["a.txt", "a", "page.html"])
@pytest.mark.parametrize(
    "opening",
    [
        "<!doctype html>",
        "\n  <HTML>",
        '<?xml version="1.0"?>\n<!DOCTYPE html>',
        "<!-- saved -->\n<html>",
        "<head></head>",
    ],
)
def test_content_says_that_it_is_a_page_whatever_its_name(opening: str, name: str) -> None:
    assert read_page((opening + "<body>" + PROSE + "</body>").encode(), name).media_type == "text/html"


@pytest.mark.parametrize(
    ("text", "name", "media_type"),
    [
        ("Il écrivit <html> au tableau et sortit.", "a.txt", "text/plain"),
        ("a < b et c > d, dit-il", "a.html", "text/plain"),
        (f"<div>{PROSE}</div>", "a.txt", "text/plain"),
        (f"<div>{PROSE}</div>", "a.html", "text/html"),
    ],
)
def test_a_name_only_breaks_ties(text: str, name: str, media_type: str) -> None:
    assert read_page(text.encode(), name).media_type == media_type


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({"@type": "NewsArticle", "headline": "Un titre"}, ("title", "Un titre", "jsonld")),
        ({"@type": ["Article", "X"], "headline": "Un titre"}, ("title", "Un titre", "jsonld")),
        ({"@type": "http://schema.org/NewsArticle", "headline": "Un titre"}, ("title", "Un titre", "jsonld")),
        ([{"@type": "Organization"}, {"@type": "NewsArticle", "headline": "T"}], ("title", "T", "jsonld")),
        ({"@graph": [{"@type": "ReportageNewsArticle", "headline": "T"}]}, ("title", "T", "jsonld")),
        (
            {"@type": "NewsArticle", "headline": "T", "datePublished": "2018-01-15T10:30:00+01:00"},
            ("published", "2018-01-15T10:30:00+01:00", "jsonld"),
        ),
        ({"@type": "NewsArticle", "headline": "T", "dateModified": "2018-01-16"}, ("modified", "2018-01-16", "jsonld")),
        ({"@type": "NewsArticle", "headline": "T", "author": "Ann Bee"}, ("author", "Ann Bee", "jsonld")),
        (
            {"@type": "NewsArticle", "headline": "T", "author": [{"name": "A"}, {"name": "Ann Bee"}]},
            ("author", "Ann Bee", "jsonld"),
        ),
        (
            {
                "@graph": [
                    {"@type": "NewsArticle", "headline": "T", "author": {"@id": "#p"}},
                    {"@type": "Person", "@id": "#p", "name": "Ann Bee"},
                ]
            },
            ("author", "Ann Bee", "jsonld"),
        ),
        (
            {"@type": "NewsArticle", "headline": "T", "publisher": {"@type": "Organization", "name": "Le Journal"}},
            ("publisher", "Le Journal", "jsonld"),
        ),
        ({"@type": "NewsArticle", "headline": "T", "inLanguage": "fr_FR"}, ("language", "fr-FR", "jsonld")),
        (
            {"@type": "NewsArticle", "headline": "T", "mainEntityOfPage": {"@id": "https://j.example/1"}},
            ("url", "https://j.example/1", "jsonld"),
        ),
        ({"@type": "NewsArticle", "headline": "T", "articleSection": ["Monde"]}, ("section", "Monde", "jsonld")),
        ({"@type": "WebPage", "datePublished": "2018-01-15"}, ("published", "2018-01-15", "jsonld")),
    ],
)
def test_json_ld_is_read_in_the_shapes_that_publishers_give_it(value: object, found: tuple[str, str, str]) -> None:
    assert found in claims(jsonld(value))


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": "T",}',
        '{"@type": "NewsArticle", "headline": "T"};',
        '<!-- {"@type": "NewsArticle", "headline": "T"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "T"}\n//]]>',
        '{"@type": "NewsArticle", "headline": "T", "description": "two\nlines"}',
    ],
)
def test_slips_in_json_ld_are_forgiven(script: str) -> None:
    assert ("title", "T", "jsonld") in claims(f'<script type="application/ld+json">{script}</script>')


@pytest.mark.parametrize(
    "script", ["{", "[]", "null", '"x"', "[" * 3000, '{"@type": 3, "headline": []}', '{"@type": "NewsArticle"}']
)
def test_broken_json_ld_harms_nothing_else(script: str) -> None:
    found = claims(f'<script type="application/ld+json">{script}</script><meta property="og:title" content="T">')
    assert {claim for claim in found if claim[0] == "title"} == {("title", "T", "opengraph")}


def test_articles_that_the_page_only_links_to_claim_nothing() -> None:
    others = {"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "Autre"}]}
    assert not claims(jsonld(others))


def test_of_several_articles_the_one_with_the_address_of_the_page_speaks() -> None:
    head = '<link rel="canonical" href="https://j.example/2">' + jsonld(
        [{"@type": "NewsArticle", "headline": f"T{n}", "url": f"https://j.example/{n}"} for n in (1, 2, 3)]
    )
    assert {claim[1] for claim in claims(head) if claim[0] == "title"} == {"T2"}


@pytest.mark.parametrize(
    ("head", "body", "html", "found"),
    [
        ('<meta property="og:title" content="T">', "", "", ("title", "T", "opengraph")),
        ('<meta property="og:site_name" content="J">', "", "", ("publisher", "J", "opengraph")),
        ('<meta property="og:locale" content="fr_FR">', "", "", ("language", "fr-FR", "opengraph")),
        (
            '<meta property="article:published_time" content="2018-01-15">',
            "",
            "",
            ("published", "2018-01-15", "opengraph"),
        ),
        (
            '<meta property="article:modified_time" content="2018-01-15">',
            "",
            "",
            ("modified", "2018-01-15", "opengraph"),
        ),
        ('<meta property="article:section" content="Monde">', "", "", ("section", "Monde", "opengraph")),
        ('<meta name="Author" content="Ann Bee">', "", "", ("author", "Ann Bee", "meta")),
        ('<meta name="date" content="2018-01-15">', "", "", ("published", "2018-01-15", "meta")),
        ('<meta itemprop="datePublished" content="2018-01-15">', "", "", ("published", "2018-01-15", "meta")),
        ('<meta name="dc.language" content="fr">', "", "", ("language", "fr", "meta")),
        ("<title> Un\n titre </title>", "", "", ("title", "Un titre", "html-title")),
        ("", "<h1>Un <em>grand</em> titre</h1>", "", ("title", "Un grand titre", "html-h1")),
        ("", '<time datetime="2018-01-15T10:30">hier</time>', "", ("published", "2018-01-15T10:30", "html-time")),
        (
            "",
            '<time itemprop="dateModified" datetime="2018-01-16">x</time>',
            "",
            ("modified", "2018-01-16", "html-time"),
        ),
        ('<link rel="canonical" href="https://j.example/1">', "", "", ("url", "https://j.example/1", "html-canonical")),
        ("", "", 'lang="fr"', ("language", "fr", "html-lang")),
    ],
)
def test_every_mark_is_a_claim_with_its_origin(head: str, body: str, html: str, found: tuple[str, str, str]) -> None:
    assert found in claims(head, body, html=html)


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:author" content="https://social.example/ann">',
        '<meta name="author" content="  ">',
        f'<meta name="author" content="{"x" * 5000}">',
        '<link rel="canonical" href="/relative">',
        '<link rel="canonical" href="javascript:x">',
        '<link rel="canonical" href="https://[">',
        '<meta property="og:locale" content="not a language">',
    ],
)
def test_what_cannot_be_what_it_claims_is_no_claim(head: str) -> None:
    document = read_page(page(head))
    assert document.claims == ()
    assert document.url is None


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("/b/seal.html", "https://j.example/b/seal.html"),
        ("seal.html", "https://j.example/a/seal.html"),
        ("//www.j.example/seal", "https://www.j.example/seal"),
        ("https://k.example/1", "https://k.example/1"),
        ("www.j.example/seal", "https://www.j.example/seal"),
        ("j.example/seal", "https://j.example/seal"),
        ("", None),
        ("javascript:x", None),
        ("https://[", None),
    ],
)
def test_a_canonical_address_told_in_part_is_completed_by_that_of_the_page(told: str, address: str | None) -> None:
    document = read_page(page(f'<link rel="canonical" href="{told}">'), url="https://j.example/a/page?id=1")
    assert document.url == (address or "https://j.example/a/page?id=1")


@pytest.mark.parametrize(
    ("base", "found_at", "address"),
    [
        ("/c/", "https://j.example/a/page", "https://j.example/c/seal.html"),
        ("https://k.example/c/d", "https://j.example/a/page", "https://k.example/c/seal.html"),
        ("https://k.example/", None, "https://k.example/seal.html"),
        ("/c/", None, None),
        ("https://[", "https://j.example/a/page", "https://j.example/a/seal.html"),
    ],
)
def test_a_page_may_say_from_where_its_addresses_are_told(base: str, found_at: str | None, address: str | None) -> None:
    head = f'<base href="{base}"><link rel="canonical" href="seal.html">'
    assert read_page(page(head), url=found_at).url == address


def test_the_canonical_address_is_the_url_of_the_document() -> None:
    assert read_page(page('<link rel="canonical" href="https://j.example/1">')).url == "https://j.example/1"


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1251", "shift_jis"])
def test_a_page_is_decoded_as_it_declares(encoding: str) -> None:
    word = {"iso-8859-1": "déjà", "windows-1251": "уже", "shift_jis": "既に"}[encoding]
    head = f'<head><meta charset="{encoding}"><title>{word}</title></head>'
    data = f"<html>{head}<body>{'<p>text here.</p>' * 30}</body></html>"
    found = read_page(data.encode(encoding)).claims
    assert Claim(field="title", value=word, origin="html-title") in found


@pytest.mark.parametrize("declared", ["iso-8859-1", "utf-8", "no-such-charset", "base64"])
def test_a_wrong_declaration_does_not_spoil_utf8(declared: str) -> None:
    assert "numéro" in read_page(page(f'<meta charset="{declared}">')).text


def test_a_page_without_text_is_rejected_as_such() -> None:
    rejected = read(Source(b"<html><body><img src=x></body></html>", "a.html"), max_text_bytes=1000)
    assert isinstance(rejected, Rejected)
    assert rejected.reason is RejectReason.NO_TEXT


def test_no_surrogate_stands_alone_in_text_or_claims() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A\\ud800B"}</script>'
    document = read_page(page(head, "<p>x &#xD800; y</p>"))
    (document.text + "".join(claim.value for claim in document.claims)).encode()


def test_a_page_of_words_in_which_no_article_is_found_is_not_said_to_have_none() -> None:
    page = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///srv/x">]><html><body><p>Le ministre parle.</p></body></html>'
    rejected = read(Source(page, "a.html"), max_text_bytes=1000)
    assert isinstance(rejected, Rejected)
    assert rejected.reason is RejectReason.UNREADABLE


def test_words_that_may_be_divided_are_whole() -> None:
    found = read_page(
        page("<title>Le con&shy;voi est en&shy;tré</title>", "<p>Le con&shy;voi est parti de la capitale.</p>")
    )
    assert "Le convoi est parti" in found.text
    assert ("title", "Le convoi est entré") in {(claim.field, claim.value) for claim in found.claims}
    mail = read(
        Source(b"Subject: a\nContent-Type: text/html\n\n<p>Le con&shy;voi est parti.</p>", "a.eml"), max_text_bytes=1000
    )
    assert isinstance(mail, ReadDocument)
    assert mail.text == "Le convoi est parti."


@pytest.mark.parametrize(
    "line",
    [
        "<p><a href='mailto:vivres@ville.example'>vivres@ville.example</a></p>",
        "<p>[1] <a href='https://ville.example/convois'>https://ville.example/convois</a></p>",
    ],
)
def test_an_address_that_the_text_tells_stays_in_it(line: str) -> None:
    found = read_page(f"<html><body><article><h1>T</h1>{PROSE}{line}{PROSE}</article></body></html>".encode())
    assert "ville.example" in found.text
