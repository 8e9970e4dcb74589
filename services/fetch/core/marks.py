"""What a page's meta elements claim: Open Graph's properties, and the older names that publishers use."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from selectolax.lexbor import LexborHTMLParser

from contracts.document import Claim
from services.fetch.core.claims import claim, language_tag

Attributes = dict[str, str | None]

MOST_AUTHORS = 20
# As WordPress's and Ghost's cards label who wrote it.
WRITTEN_BY = re.compile(
    r"(?:written|posted) by|author|by|écrit par|auteure?|par|(?:geschrieben|verfasst|veröffentlicht) von|autor(?:in)?"
    r"|von|escrito por|autora|por|publicado por|scritto da|autore|geschreven door|auteur|door|napisane przez|skriven av"
    r"|skrevet av|написано(?: автором)?|автор|yazan",
    re.IGNORECASE,
)
MOST_CARDS = 4
SITES = {"application-name": "publisher", "apple-mobile-web-app-title": "publisher"}
OPENGRAPH = {
    "og:title": "title",
    "og:site_name": "publisher",
    "og:url": "url",
    "og:description": "description",
    "og:image": "image",
    "og:image:alt": "image_caption",
    "og:locale": "language",
    "og:updated_time": "modified",
    "article:published_time": "published",
    "og:published_time": "published",
    "og:article:published_time": "published",
    "article:published": "published",
    "article:published_date": "published",
    "article:publicationdate": "published",
    "article:post_date": "published",
    "article:created": "published",
    "og:article:published": "published",
    "og:datepublished": "published",
    "og:pubdate": "published",
    "og:publish_date": "published",
    "og:regdate": "published",
    "article:modified_time": "modified",
    "article:modified": "modified",
    "article:modified_date": "modified",
    "og:modified_time": "modified",
    "og:article:modified_time": "modified",
    "article:author": "author",
    "og:article:author": "author",
    "article:section": "section",
    "og:article:section": "section",
}
META = {
    "author": "author",
    "authors": "author",
    "byl": "author",
    "dc.creator": "author",
    "dcterms.creator": "author",
    "parsely-author": "author",
    "sailthru.author": "author",
    "citation_author": "author",
    "date": "published",
    "pubdate": "published",
    "pub_date": "published",
    "publishdate": "published",
    "publish-date": "published",
    "publish_date": "published",
    "publication_date": "published",
    "published_time": "published",
    "article.published": "published",
    "article_date_original": "published",
    "datepublished": "published",
    "date_published": "published",
    "date_created": "published",
    "datecreated": "published",
    "dateposted": "published",
    "article.created": "published",
    "article:published_time": "published",
    "article_date": "published",
    "articledate": "published",
    "analyticsattributes.articledate": "published",
    "bt:pubdate": "published",
    "citation_date": "published",
    "created": "published",
    "content_create_date": "published",
    "cxenseparse:publishtime": "published",
    "cxenseparse:recs:publishtime": "published",
    "cxenseparse:recs:articlepublishtime": "published",
    "displaydate": "published",
    "mediator_published_time": "published",
    "originalpublicationdate": "published",
    "pdate": "published",
    "ptime": "published",
    "publish_time": "published",
    "published": "published",
    "published-date": "published",
    "published_date": "published",
    "publisheddate": "published",
    "publication-date": "published",
    "publicationdate": "published",
    "release_date": "published",
    "rnews:datepublished": "published",
    "shareaholic:article_published_time": "published",
    "vr:published_time": "published",
    "dc.created": "published",
    "dc.date": "published",
    "dc.date.created": "published",
    "dc.date.publication": "published",
    "dc:created": "published",
    "dc:date": "published",
    "dc.date.issued": "published",
    "dcterms.created": "published",
    "dcterms.date": "published",
    "dcterms.issued": "published",
    "parsely-pub-date": "published",
    "sailthru.date": "published",
    "citation_publication_date": "published",
    "iso-8601-publish-date": "published",
    "last-modified": "modified",
    "lastmod": "modified",
    "revised": "modified",
    "datemodified": "modified",
    "dcterms.modified": "modified",
    "article.updated": "modified",
    "dc.publisher": "publisher",
    "dcterms.publisher": "publisher",
    "publisher": "publisher",
    "dc.title": "title",
    "dcterms.title": "title",
    "headline": "title",
    "parsely-title": "title",
    "sailthru.title": "title",
    "citation_title": "title",
    "twitter:title": "title",
    "description": "description",
    "twitter:description": "description",
    "dc.language": "language",
    "dcterms.language": "language",
    "language": "language",
    "content-language": "language",
    "section": "section",
    "article:section": "section",
    "parsely-section": "section",
}


def metas_of(tree: LexborHTMLParser) -> list[Attributes]:
    """The attributes of a page's meta elements that say something, in its order."""
    return [node.attributes for node in tree.css("meta[content]")]


def opengraph(metas: Iterable[Attributes]) -> Iterator[Claim | None]:
    """Claims of the Open Graph properties, in the order of the page."""
    yield from _claims(metas, OPENGRAPH, ("property", "name"), "opengraph")


def meta(metas: Iterable[Attributes]) -> Iterator[Claim | None]:
    """Claims of named meta elements, in the order of the page."""
    yield from _claims(metas, META, ("name", "property", "itemprop", "http-equiv"), "meta")


def sites(metas: Iterable[Attributes]) -> Iterator[Claim | None]:
    """Claims of the names by which a page asks to be called where it is one of many: those of its site."""
    yield from _claims(metas, SITES, ("name",), "meta-site")


def parsely(metas: Iterable[Attributes]) -> Iterator[Claim | None]:
    """Claims of the JSON that a meta element named after Parse.ly holds."""
    for attributes in islice((each for each in metas if (each.get("name") or "").lower() == "parsely-page"), 1):
        try:
            page = json.loads(attributes["content"] or "", strict=False)
        except (ValueError, RecursionError):
            return
        if isinstance(page, dict):
            authors = page.get("authors") or page.get("author")
            yield claim("title", page.get("title"), "meta")
            yield claim("published", page.get("pub_date"), "meta")
            for author in authors[:MOST_AUTHORS] if isinstance(authors, list) else [authors]:
                yield claim("author", author, "meta")


def cards(metas: Sequence[Attributes]) -> Iterator[Claim | None]:
    """Claims of the authors whom the labels of a page's card name (`twitter:label1` and `twitter:data1`)."""
    said = {(each.get("name") or each.get("property") or "").lower(): each["content"] or "" for each in metas}
    for n in range(1, MOST_CARDS + 1):
        if WRITTEN_BY.fullmatch(said.get(f"twitter:label{n}", "").strip(" :")):
            yield claim("author", said.get(f"twitter:data{n}"), "meta-card")


def _claims(
    metas: Iterable[Attributes], fields: dict[str, str], keys: tuple[str, ...], origin: str
) -> Iterator[Claim | None]:
    for attributes in metas:
        names = ((attributes.get(key) or "").strip().lower() for key in keys)
        field = next((fields[name] for name in names if name in fields), None)
        if field is not None:
            value = attributes["content"]
            yield claim(field, language_tag(value) if field == "language" else value, origin)
