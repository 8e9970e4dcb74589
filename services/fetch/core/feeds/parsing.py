"""From bytes to a feed, whatever kind it is: RSS, Atom, RDF, CDF, JSON Feed, a sitemap or an index of sitemaps."""

import re
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO

from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from services.fetch.core.entities import NotExpanded, declared_in, with_entities
from services.fetch.core.feeds import jsonfeed, sitemap, syndication
from services.fetch.core.feeds.ending import is_cut
from services.fetch.core.feeds.entry import Feed, NotAFeed
from services.fetch.core.feeds.fullness import is_full
from services.fetch.core.feeds.links import absolute
from services.fetch.core.feeds.tags import local
from services.fetch.core.feeds.unpacking import in_utf8, unpacked
from services.fetch.core.nesting import MAX_DEPTH, depth, shallow
from services.fetch.core.prologue import prologue

CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
HEAD_BYTES = 4096
ENTITY = b"<!ENTITY"
FEED_ROOTS = {"rss", "rdf", "feed", "channel"}  # of RSS, RSS 1.0, Atom and CDF
FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json")
MAX_LOOK_BYTES = 1 << 20  # of a page that is no feed, for the feeds that it names


def parse(data: bytes, url: str = "", headers: Mapping[str, str] | None = None) -> Feed | NotAFeed:
    """The feed that `data` is; `url` and `headers` are those that it came with, and are believed as far as they fit."""
    told = {name.lower(): value for name, value in (headers or {}).items()}
    plain = unpacked(data)
    if isinstance(plain, NotAFeed):
        return plain
    if (text := in_utf8(plain, _charset(told.get("content-type", "")))) is not None:
        told["content-type"] = "application/xml; charset=utf-8"
    try:
        feed = _parsed(plain if text is None else _with_its_entities(text), url, told)
    except NotExpanded as refused:
        return NotAFeed(str(refused))
    if isinstance(feed, Feed):
        feed = replace(feed, entries=tuple(replace(entry, full=is_full(entry)) for entry in feed.entries))
    return feed


def _parsed(data: bytes, url: str, headers: Mapping[str, str]) -> Feed | NotAFeed:
    if (why := _unreadable(data)) is not None:
        return NotAFeed(why)
    if _is_json(data):
        return jsonfeed.parse(data, url)
    root = _root(data)
    if root in {"urlset", "sitemapindex"}:
        return sitemap.parse(data, url, cut=is_cut(data))
    if root == "opml":
        return NotAFeed("it is an OPML list of feeds: take it in with `wireroom feeds import`")
    feed = syndication.parse(data, url, headers, cut=is_cut(data))
    if feed is None or (isinstance(feed, Feed) and not feed.entries and root not in FEED_ROOTS):
        return NotAFeed(_what_else(data, url, root))
    return feed


def _unreadable(data: bytes) -> str | None:
    """Why it is given to no parser: there is nothing in it, or it nests so that they would take its square."""
    if not data.strip():
        return "it is empty"
    if _is_json(data):  # markup in it is each item's own: none lies in another's
        return None
    deep = depth(data.decode("utf-8", "replace"))
    return f"its elements lie {deep} deep in one another, more than {MAX_DEPTH}" if deep > MAX_DEPTH else None


def _is_json(data: bytes) -> bool:
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"


def _with_its_entities(data: bytes) -> bytes:
    """The feed with the entities that it declares put in, and without its type: parsers leave out what they mean.

    A reference to what lies outside stays to be seen: the feed's other entries are none the worse for it.
    """
    if ENTITY not in data:
        return data
    text = data.decode("utf-8", "replace")
    before = prologue(text)
    if before is None or not (declared := declared_in(before.subset)):
        return data
    inside = {name: value for name, value in declared.items() if value is not None}
    return with_entities(text[: before.type_start] + text[before.type_end :], inside).encode()


def _charset(content_type: str) -> str | None:
    found = CHARSET.search(content_type)
    return found[1] if found is not None else None


def _root(data: bytes) -> str:
    """The local name of the outermost element, in lower case; empty where none is to be found."""
    try:
        for _, element in etree.iterparse(
            BytesIO(data), events=("start",), resolve_entities=False, no_network=True, recover=True
        ):
            return local(element.tag)
    except (etree.XMLSyntaxError, ValueError):
        pass
    return ""


def _what_else(data: bytes, url: str, root: str) -> str:
    if root and root != "html" and b"<html" not in data[:HEAD_BYTES].lower():
        return f"it is XML of another kind (its outermost element is {root[:40]})"
    page = LexborHTMLParser(shallow(data[:MAX_LOOK_BYTES].decode("utf-8", "replace")))
    if not page.css("html body *, html head *"):
        return "it is neither XML nor JSON"
    for node in page.css('link[rel~="alternate" i][type][href]'):
        kind, href = node.attributes.get("type") or "", node.attributes.get("href") or ""
        if kind.lower().strip() in FEED_TYPES and (found := absolute(href, url)) is not None:
            return f"it is a web page, not a feed; the page names {found} as its feed"
    return "it is a web page, not a feed"
