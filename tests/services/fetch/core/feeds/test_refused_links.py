"""An entry whose link leads to nothing of the web: its own text comes in, and what its link was is said either way."""

import json

import pytest

from contracts.outcomes import RejectReason
from services.fetch.core.document import BadMember
from services.fetch.core.feeds import NotAFeed
from services.fetch.core.feeds.announced import read
from services.fetch.core.feeds.news import Announced
from services.fetch.core.web.urls import parse
from services.fetch.formats import feed
from tests.services.fetch.formats.writing import claims, container, members, source

LINKS = ["ftp://news.example/a", "file://server/news.txt", "javascript:alert(1)", "http://"]
TEXT = "The convoy entered the town on Monday with food for ten thousand people, the county said."


def rss(link: str, text: str = "", guid: str = "") -> bytes:
    item = f"<item><title>A convoy</title><link>{link}</link><description>{text}</description>{guid}</item>"
    return f'<rss version="2.0"><channel><title>N</title>{item}</channel></rss>'.encode()


def json_feed(link: str, text: str = "") -> bytes:
    item = {"id": "1", "url": link, "title": "A convoy", "content_text": text}
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item]}).encode()


def burnt_rss(link: str, text: str = "") -> bytes:
    item = f"<item><title>A convoy</title><f:origLink>{link}</f:origLink><description>{text}</description></item>"
    named = 'xmlns:f="http://rssnamespace.org/feedburner/ext/1.0"'
    return f'<rss version="2.0" {named}><channel><title>N</title>{item}</channel></rss>'.encode()


def json_feed_of_elsewhere(link: str, text: str = "") -> bytes:
    return json_feed(link, text).replace(b'"url"', b'"external_url"')


WRITTEN = [rss, burnt_rss, json_feed, json_feed_of_elsewhere]


def announced(data: bytes) -> Announced:
    found = read(data, "https://news.example/feed", {})
    assert not isinstance(found, NotAFeed)
    [one] = found.announced
    return one


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("write", WRITTEN)
def test_without_a_text_it_is_asked_for_so_that_it_has_an_end(link: str, write: type) -> None:
    one = announced(write(link))
    assert (one.url, one.original) == (link, None)
    assert parse(one.url).reason in (RejectReason.FORBIDDEN_SCHEME, RejectReason.BAD_URL)  # type: ignore[union-attr]


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("write", WRITTEN)
def test_its_own_text_comes_in_with_the_word_of_its_link(link: str, write: type) -> None:
    one = announced(write(link, TEXT))
    assert one.original is not None
    assert TEXT in one.original.decode()
    assert ("refused_link", link) in {(claim.field, claim.value) for claim in one.claims}
    assert one.url.startswith("https://news.example/feed#")


@pytest.mark.parametrize(
    "data",
    [
        burnt_rss("file:///etc/passwd").replace(b"<title>A", b"<link>https://news.example/a</link><title>A"),
        json_feed("https://news.example/a").replace(b'"title"', b'"external_url": "file:///etc/passwd", "title"'),
        json_feed("file:///etc/passwd").replace(b'"title"', b'"external_url": "https://news.example/a", "title"'),
    ],
    ids=["FeedBurner's", "elsewhere", "here"],
)
def test_a_link_of_the_web_goes_before_one_that_is_none(data: bytes) -> None:
    one = announced(data)
    assert one.url == "https://news.example/a"
    assert "refused_link" not in {claim.field for claim in one.claims}


def test_what_only_names_an_entry_is_no_link_of_it() -> None:
    name = '<guid isPermaLink="false">tag:news.example,2026:1</guid>'
    one = announced(rss("", TEXT, name))
    assert "refused_link" not in {claim.field for claim in one.claims}
    assert one.original is not None


def test_in_a_file_it_is_said_of_the_entry() -> None:
    [bad] = container(feed.read(source(rss("ftp://news.example/a"))))
    assert isinstance(bad, BadMember)
    assert bad.rejected.reason is RejectReason.NO_TEXT
    assert bad.rejected.detail.endswith("its link leads to nothing of the web: ftp://news.example/a")
    [(member, _)] = members(feed.read(source(rss("ftp://news.example/a", TEXT))))
    assert ("refused_link", "ftp://news.example/a") in claims(member)
