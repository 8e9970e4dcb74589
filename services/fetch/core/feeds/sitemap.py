"""Sitemaps, those of news (which Google defines) among them, and indexes of sitemaps."""

from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from services.fetch.core.claims import claim, language_tag
from services.fetch.core.feeds.dates import as_written, moment
from services.fetch.core.feeds.entry import Entry, Feed, NotAFeed, Sitemap
from services.fetch.core.feeds.links import absolute
from services.fetch.core.feeds.tags import local

ORIGIN = "sitemap"
MAX_ENTRIES = 50_000  # the protocol's own limit, for either kind
NEWS = "http://www.google.com/schemas/sitemap-news/"


def parse(data: bytes, url: str, *, cut: bool) -> Feed | NotAFeed:
    """The pages that a sitemap names, or the sitemaps that an index does, in its order."""
    entries: list[Entry] = []
    sitemaps: list[Sitemap] = []
    try:
        for _, element in etree.iterparse(
            BytesIO(data),
            events=("end",),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            recover=True,
        ):
            name = local(element.tag)
            if name == "url" and (entry := _entry(element, url)) is not None:
                entries.append(entry)
            elif name == "sitemap" and (one := absolute(_child(element, "loc"), url)) is not None:
                sitemaps.append(Sitemap(one, _child(element, "lastmod")))
            if name in {"url", "sitemap"}:
                element.clear()
            if len(entries) >= MAX_ENTRIES or len(sitemaps) >= MAX_ENTRIES:
                break
    except etree.XMLSyntaxError as error:
        if not entries and not sitemaps:
            return NotAFeed(f"it is a damaged sitemap ({error.msg})")
    return Feed(entries=tuple(entries), sitemaps=tuple(sitemaps), cut=cut)


def _entry(element: etree._Element, url: str) -> Entry | None:
    link = absolute(_child(element, "loc"), url)
    if link is None:
        return None
    changed = _child(element, "lastmod")
    title = published = publisher = language = ""
    for news in _news(element):
        title, published = _child(news, "title"), _child(news, "publication_date")
        for publication in news.iterchildren("{*}publication"):
            publisher, language = _child(publication, "name"), _child(publication, "language")
    found = [
        claim("title", title, ORIGIN),
        claim("published", as_written(published), ORIGIN),
        claim("modified", as_written(changed), ORIGIN),
        claim("publisher", publisher, ORIGIN),
        claim("language", language_tag(language), ORIGIN),
        claim("url", link, ORIGIN),
    ]
    return Entry(
        link=link,
        title=" ".join(title.split()),
        at=moment(published) or moment(changed),
        claims=tuple(each for each in found if each is not None),
    )


def _news(element: etree._Element) -> Iterator[etree._Element]:
    for child in element.iterchildren("{*}news"):
        if str(child.tag).startswith(f"{{{NEWS}"):
            yield child


def _child(element: etree._Element, name: str) -> str:
    for child in element.iterchildren(f"{{*}}{name}"):
        return (child.text or "").strip()
    return ""
