"""What a page's meta elements claim: Open Graph's properties, and the older names that publishers use."""

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from contracts.document import Claim
from services.fetch.core.claims import claim, language_tag

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
    "article:modified_time": "modified",
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
    "dc.date": "published",
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


def opengraph(tree: LexborHTMLParser) -> Iterator[Claim | None]:
    """Claims of the Open Graph properties, in the order of the page."""
    yield from _claims(tree, OPENGRAPH, ("property", "name"), "opengraph")


def meta(tree: LexborHTMLParser) -> Iterator[Claim | None]:
    """Claims of named meta elements, in the order of the page."""
    yield from _claims(tree, META, ("name", "property", "itemprop", "http-equiv"), "meta")


def _claims(
    tree: LexborHTMLParser, fields: dict[str, str], keys: tuple[str, ...], origin: str
) -> Iterator[Claim | None]:
    for node in tree.css("meta[content]"):
        names = ((node.attributes.get(key) or "").strip().lower() for key in keys)
        field = next((fields[name] for name in names if name in fields), None)
        if field is not None:
            value = node.attributes.get("content")
            yield claim(field, language_tag(value) if field == "language" else value, origin)
