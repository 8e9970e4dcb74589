"""The file of feeds, OPML lists, and addresses as people write them."""

import pytest

from services.fetch.core.feeds.dates import as_written, moment
from services.fetch.core.feeds.links import feed_address
from services.fetch.core.feeds.listing import Fault, listed, with_added, without
from services.fetch.core.feeds.opml import NotOpml, addresses

FILE = """\ufeff# Feeds of the desk
https://news.example/feed   # the front page

  HTTPS://News.Example:443/other?a=1#part\r
news.example/feed
# https://news.example/not-any-more
https://news.example/feed
https://news.example/#top
"""
ONE, OTHER, TOP = "https://news.example/feed", "https://news.example/other?a=1", "https://news.example/"


def test_each_address_is_listed_once_and_what_is_none_is_told() -> None:
    listing = listed(FILE)

    assert listing.addresses == (ONE, OTHER, TOP)
    assert listing.faults == (Fault(5, "news.example/feed"),)


def test_adding_leaves_the_rest_alone_and_adds_what_is_missing() -> None:
    assert with_added(FILE, [ONE, "https://b.example/", "https://b.example/"]) == f"{FILE}https://b.example/\n"
    assert with_added("https://a.example/", ["https://b.example/"]) == "https://a.example/\nhttps://b.example/\n"
    assert with_added(FILE, [ONE]) == FILE
    assert with_added("", [ONE]) == f"{ONE}\n"


def test_removing_takes_every_line_of_that_address_and_leaves_the_rest() -> None:
    left = without(FILE, [ONE])

    assert listed(left).addresses == (OTHER, TOP)
    assert "# Feeds of the desk" in left
    assert "not-any-more" in left


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("http://a.example", "http://a.example/"),
        ("http://a.example:80/x", "http://a.example/x"),
        ("https://a.example:8443/x", "https://a.example:8443/x"),
        ("http://[2001:DB8::1]:80/x", "http://[2001:db8::1]/x"),
        ("feed:https://a.example/x", "https://a.example/x"),
        ("feed://a.example/x", "http://a.example/x"),
        ("https://a.example/Ünïcode path", "https://a.example/Ünïcode%20path"),
        ("a.example/x", None),
        ("file:///etc/passwd", None),
        ("ftp://a.example/x", None),
        ("https://", None),
        ("https://a.example:99999/", None),
        ("https://" + "a" * 3000 + ".example/", None),
        ("", None),
    ],
)
def test_an_address_has_one_form(written: str, address: str | None) -> None:
    assert feed_address(written) == address


OPML = b"""<?xml version="1.0"?><opml version="2.0"><head><title>T</title></head><body>
<outline text="News"><outline type="rss" text="A" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/"/>
<outline text="A again" xmlurl="https://a.example/feed"/></outline>
<outline type="rss" XMLURL="feed://b.example/feed"/><outline xmlUrl="nonsense"/><outline text="no feed"/>
</body></opml>"""


def test_an_opml_list_names_feeds_at_any_depth_each_once() -> None:
    assert addresses(OPML) == ["https://a.example/feed", "http://b.example/feed"]


def test_a_damaged_opml_list_is_read_as_far_as_it_goes() -> None:
    assert addresses(OPML[:260]) == ["https://a.example/feed"]
    assert addresses(OPML.replace(b'"A again"', b'"A & B"')) == ["https://a.example/feed", "http://b.example/feed"]


def test_an_opml_list_is_read_in_its_encoding_and_past_what_no_character_is() -> None:
    text = OPML.decode().replace("<outline text", "<outline xmlUrl='https://é.example/&#55296;'/><outline text")
    latin = text.replace("?>", " encoding='iso-8859-1'?>").encode("latin-1")

    assert addresses(latin)[0] == "https://é.example/\ufffd"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<rss version='2.0'/>", "its outermost element is rss, not opml"),
        (b"https://a.example/feed", "it is no XML"),
        (b"", "it is no XML"),
    ],
)
def test_what_is_no_opml_list_is_told_for_what_it_is(data: bytes, why: str) -> None:
    with pytest.raises(NotOpml, match=why):
        addresses(data)


@pytest.mark.parametrize(
    ("written", "kept", "at"),
    [
        ("Tue, 03 Feb 2026 10:00:00 +0100", "2026-02-03T10:00:00+01:00", "2026-02-03T09:00:00+00:00"),
        ("Tue, 03 Feb 2026 10:00:00 GMT", "2026-02-03T10:00:00+00:00", "2026-02-03T10:00:00+00:00"),
        ("2026-02-03T10:00:00Z", "2026-02-03T10:00:00Z", "2026-02-03T10:00:00+00:00"),
        ("2026-02-03T10:00:00.123+0200", "2026-02-03T10:00:00.123+0200", "2026-02-03T08:00:00.123000+00:00"),
        (" 2026-02-03 \n", "2026-02-03", "2026-02-03T00:00:00+00:00"),
        ("2026-02", "2026-02", None),
        ("2026", "2026", None),
        ("2026-02-31", "2026-02-31", None),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z", None),
        ("yesterday", "yesterday", None),
        ("", "", None),
    ],
)
def test_dates_keep_their_precision_and_their_zone(written: str, kept: str, at: str | None) -> None:
    found = moment(written)

    assert as_written(written) == kept
    assert (found.isoformat() if found is not None else None) == at
