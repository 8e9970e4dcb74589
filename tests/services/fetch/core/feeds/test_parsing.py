"""What feeds say, whatever they are written in, and what is told of what is none."""

import gzip
import json
from collections.abc import Mapping

import pytest

from services.fetch.core.feeds import Entry, Feed, NotAFeed, Sitemap
from services.fetch.core.feeds.parsing import parse

URL = "https://news.example/feed"
ITEM = (
    "<item><title>Two &amp;amp; three</title><link>/a?x=1&amp;y=2</link><guid isPermaLink='false'>id-1</guid>"
    "<pubDate>Tue, 03 Feb 2026 10:00:00 +0100</pubDate><author>desk@news.example (Jane Doe)</author>"
    "<category>World</category><description>In short.</description></item>"
)


def rss(items: str = ITEM, head: str = "", declaration: str = "") -> bytes:
    return (
        f"{declaration}<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'>"
        f"<channel><title>The News</title><link>https://news.example/</link><language>en-gb</language>{head}{items}"
        "</channel></rss>"
    ).encode()


ATOM = b"""<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://news.example/blog/' xml:lang='fr'>
<title type='html'>Le &lt;b>Blog&lt;/b></title><link href='https://news.example/blog/'/>
<entry><id>tag:news.example,2026:1</id><title>Un</title><link rel='alternate' href='un.html'/>
<published>2026-02-03T10:00:00+01:00</published><updated>2026-02-04T10:00:00Z</updated>
<author><name>Jean Martin</name></author><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>Tout.</p></div></content>
</entry></feed>"""
RDF = b"""<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'
 xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>Old</title></channel>
<item rdf:about='https://news.example/1'><title>One</title><link>https://news.example/1</link><dc:date>2026-02-03</dc:date>
</item></rdf:RDF>"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Notes",
    "home_page_url": "https://news.example/notes/",
    "language": "en",
    "authors": [{"name": "Jane Doe"}],
    "items": [
        {"id": 7, "url": "7", "content_text": "A note.", "date_published": "2026-02-03T10:00:00Z", "tags": ["a", 1]},
        {"id": "https://news.example/8", "title": "Eight", "content_html": "<p>Hi</p>", "author": {"name": "J. Smith"}},
        "no item",
    ],
}
NEWS_SITEMAP = b"""<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'
 xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>
<url><loc> https://news.example/n?a=1&amp;b=2 </loc><lastmod>2026-02-04</lastmod><news:news><news:publication>
<news:name>The News</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2026-02-03</news:publication_date><news:title>Name &amp; title</news:title></news:news></url>
<url><loc>ftp://news.example/x</loc></url><url><loc>https://news.example/m</loc></url></urlset>"""
INDEX = b"""<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>https://news.example/1.xml</loc>
<lastmod>2026-02-03</lastmod></sitemap><sitemap><loc><![CDATA[https://news.example/2.xml.gz]]></loc></sitemap></sitemapindex>"""


def read(data: bytes, headers: Mapping[str, str] | None = None) -> Feed:
    found = parse(data, URL, headers)
    assert isinstance(found, Feed), found
    return found


def claims(entry: Entry) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in entry.claims:
        found.setdefault(one.field, []).append(one.value)
    return found


def test_rss_is_read() -> None:
    feed = read(rss(head="<ttl>90</ttl>"))
    [entry] = feed.entries

    assert (feed.title, feed.home, feed.ttl_seconds, feed.cut) == ("The News", "https://news.example/", 5400.0, False)
    assert (entry.identifier, entry.link, entry.title) == ("id-1", "https://news.example/a?x=1&y=2", "Two & three")
    assert entry.at is not None
    assert entry.at.isoformat() == "2026-02-03T09:00:00+00:00"
    assert claims(entry) == {
        "title": ["Two & three"],
        "author": ["Jane Doe"],
        "published": ["2026-02-03T10:00:00+01:00"],
        "url": ["https://news.example/a?x=1&y=2"],
        "section": ["World"],
        "publisher": ["The News"],
        "language": ["en-gb"],
    }
    assert {one.origin for one in entry.claims} == {"feed"}


def test_atom_is_read() -> None:
    [entry] = read(ATOM).entries

    assert entry.link == "https://news.example/blog/un.html"
    assert entry.content == "<p>Tout.</p>"
    assert claims(entry)["published"] == ["2026-02-03T10:00:00+01:00"]
    assert claims(entry)["modified"] == ["2026-02-04T10:00:00Z"]
    assert claims(entry)["author"] == ["Jean Martin"]
    assert claims(entry)["publisher"] == ["Le Blog"]


def test_a_date_of_rss_1_keeps_its_precision() -> None:
    [entry] = read(RDF).entries

    assert claims(entry)["published"] == ["2026-02-03"]


def test_json_feed_is_read() -> None:
    feed = read(json.dumps(JSON_FEED).encode())
    first, second, third = feed.entries

    assert (third.link, third.title) == (None, "")
    assert (feed.title, feed.home) == ("Notes", "https://news.example/notes/")
    assert (first.identifier, first.link, first.content, first.content_type) == (
        "7",
        "https://news.example/notes/7",
        "A note.",
        "text/plain",
    )
    assert claims(first)["author"] == ["Jane Doe"]
    assert claims(first)["section"] == ["a"]
    assert second.link == "https://news.example/8"
    assert claims(second)["author"] == ["J. Smith"]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_sitemap_of_news_is_read(pack: type[bytes]) -> None:
    news, page = read(pack(NEWS_SITEMAP)).entries

    assert (news.link, page.link) == ("https://news.example/n?a=1&b=2", "https://news.example/m")
    assert claims(news) == {
        "title": ["Name & title"],
        "published": ["2026-02-03"],
        "modified": ["2026-02-04"],
        "publisher": ["The News"],
        "language": ["en"],
        "url": ["https://news.example/n?a=1&b=2"],
    }
    assert not news.full


def test_an_index_of_sitemaps_names_them() -> None:
    feed = read(INDEX)

    assert feed.entries == ()
    assert feed.sitemaps == (
        Sitemap("https://news.example/1.xml", "2026-02-03"),
        Sitemap("https://news.example/2.xml.gz"),
    )


def test_markup_stays_as_it_stood() -> None:
    body = "<p onclick='x()'>One <a href='/b'>two</a></p><script>s</script>"
    [entry] = read(rss(f"<item><link>/a</link><content:encoded><![CDATA[{body}]]></content:encoded></item>")).entries

    assert entry.content == body


@pytest.mark.parametrize(
    ("head", "seconds"),
    [
        ("", None),
        ("<ttl>soon</ttl>", None),
        ("<ttl>-5</ttl>", None),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 1800.0),
        ("<sy:updatePeriod> daily </sy:updatePeriod>", 86400.0),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 86400.0),
        ("<ttl>60</ttl><sy:updatePeriod>daily</sy:updatePeriod>", 3600.0),
    ],
)
def test_how_long_a_feed_wants_to_be_left_alone(head: str, seconds: float | None) -> None:
    assert read(rss(head=head)).ttl_seconds == seconds


@pytest.mark.parametrize(
    ("told", "encoding"),
    [
        ({}, "utf-8"),
        ({"Content-Type": "application/rss+xml; charset=iso-8859-1"}, "utf-8"),  # a lie: UTF-8 cannot be by chance
        ({"content-type": "text/html"}, "utf-8"),
        ({"content-type": "application/rss+xml; charset=utf-8"}, "iso-8859-1"),  # a lie
        ({"content-type": "application/rss+xml; charset=nonsense"}, "iso-8859-1"),
    ],
)
def test_what_is_told_of_the_charset_is_not_believed_against_the_bytes(told: dict[str, str], encoding: str) -> None:
    data = rss("<item><title>Été à Noël</title></item>", declaration=f"<?xml version='1.0' encoding='{encoding}'?>")
    [entry] = read(data.decode().encode(encoding), told).entries

    assert entry.title == "Été à Noël"


def test_a_feed_without_entries_is_a_feed() -> None:
    assert read(rss("")).entries == ()
    assert read(b"<feed xmlns='http://www.w3.org/2005/Atom'/>").entries == ()
    assert read(b"<CHANNEL HREF='https://news.example'><TITLE>Old</TITLE></CHANNEL>").entries == ()
    assert read(b'{"version": "https://jsonfeed.org/version/1", "items": []}').entries == ()


def test_what_is_ill_formed_is_read_as_far_as_it_goes() -> None:
    feed = read(rss("<item><title>A & B</title><link>/a</link></item><item><link>/b</link></item>"))

    assert [entry.link for entry in feed.entries] == ["https://news.example/a", "https://news.example/b"]
    assert not feed.cut


@pytest.mark.parametrize(
    "broken",
    [
        "<title>a &#x110000; b &#55296; & c</title>",
        "<image><width><b/></image><title>& t</title>",
        "<title>t & u</title><georss:point></georss:point><width/>",
    ],
)
def test_what_feedparser_gives_up_on_is_read_all_the_same(broken: str) -> None:
    feed = read(rss(f"<item>{broken}<link>/a</link></item>{ITEM}"))

    assert [entry.link for entry in feed.entries][-1] == "https://news.example/a?x=1&y=2"


def test_a_reference_to_no_character_takes_no_sitemap_down() -> None:
    page, _ = read(NEWS_SITEMAP.replace(b"?a=1", b"?&#55296;&#x110000;=1")).entries

    assert page.link == "https://news.example/n?\ufffd\ufffd=1&b=2"


@pytest.mark.parametrize("junk", [b"<!-- cached -->", b"\x00", b"<script>x</script>", b"\n\n"])
def test_what_follows_the_end_of_a_feed_does_not_cut_it(junk: bytes) -> None:
    assert not read(rss() + junk).cut


def test_a_feed_that_ends_before_its_end_is_cut() -> None:
    assert read(rss(ITEM * 3)[:-60]).cut
    assert read(NEWS_SITEMAP[:-20]).cut


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "it is empty"),
        (b" \r\n", "it is empty"),
        (b"Bad gateway", "neither XML nor JSON"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "neither XML nor JSON"),
        (b"<!DOCTYPE html><html><body><p>Not found</p></body></html>", "it is a web page, not a feed"),
        (
            b"<html><head><link rel='alternate' type='application/rss+xml' href='/rss'></head><body>x</body></html>",
            "it is a web page, not a feed; the page names https://news.example/rss as its feed",
        ),
        (b"<opml version='2.0'><body/></opml>", "it is an OPML list of feeds"),
        (b"<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/'/>", "its outermost element is newsitem"),
        (b'{"items": 3}', "no JSON Feed"),
        (b'{"items": [', "it begins like JSON and is none"),
        (b"[]", "neither XML nor JSON"),
        (b"\x1f\x8b\x08nonsense", "a damaged gzip file"),
    ],
)
def test_what_is_no_feed_is_told_for_what_it_is(data: bytes, why: str) -> None:
    found = parse(data, URL)

    assert isinstance(found, NotAFeed)
    assert why in found.detail


def test_a_bomb_is_no_feed() -> None:
    found = parse(gzip.compress(bytes(65 << 20), 1), URL)

    assert isinstance(found, NotAFeed)
    assert "when unpacked" in found.detail


def test_small_entities_are_put_in_and_nothing_is_fetched() -> None:
    doctype = "<!DOCTYPE rss [<!ENTITY a 'Acme'><!ENTITY b '&a; Steel'><!ENTITY f SYSTEM 'file:///etc/hostname'>]>"
    [entry] = read(rss("<item><title>x &b; &f;</title><link>/a</link></item>", declaration=doctype)).entries

    assert entry.title == "x Acme Steel &f;"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "mailto:a@b.example", "http://[::1", "ftp://a/b", ""])
def test_what_is_no_address_of_the_web_is_no_link(link: str) -> None:
    assert [entry.link for entry in read(rss(f"<item><title>t</title><link>{link}</link></item>")).entries] == [None]
