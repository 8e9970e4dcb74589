"""What a document says of itself, ranked by how seldom each kind of claim is wrong."""

from collections.abc import Iterable, Mapping

from contracts.document import Claim

# What agencies and authors write for machines to read is about this article and nothing else.
_ABOUT_IT = dict.fromkeys(
    ("jsonld", "nitf", "newsml", "ninjs", "anpa", "iptc7901", "reuters-sgml", "front-matter", "export"),
    0,
)
# Properties of files are often those of a template, and a crawl or a saved page knows little of what it holds.
_ABOUT_THE_FILE = dict.fromkeys(("docx", "odt", "rtf", "pdf", "mhtml", "warc", "split"), 5)
# Measured on news pages of many publishers: the visible heading names the article more faithfully than what is
# written for search engines and networks, and a page's <title> carries the site's name.
# A feed speaks of the entry and a book's contents of the chapter, where a <title> may be the whole book's.
TITLE_RANKS = {
    **_ABOUT_IT,
    "html-h1": 1,
    "html": 1,
    "json": 1,
    "feed": 2,
    "sitemap": 2,
    "mail": 2,
    "opengraph": 2,
    "meta": 3,
    "epub": 3,
    "html-heading": 3,
    "html-title": 4,
    **_ABOUT_THE_FILE,
}
DATE_RANKS = {
    **_ABOUT_IT,
    "opengraph": 1,
    "meta": 1,
    "json": 1,
    "feed": 1,
    "sitemap": 1,
    "mail": 1,
    "html-time": 2,
    "html-date": 3,
    "html-line": 4,
    "html": 2,
    "epub": 3,
    **_ABOUT_THE_FILE,
}
# What a page shows comes after what it writes for machines: a link names one author of two, a class whatever it likes.
NAME_RANKS = {
    **_ABOUT_IT,
    "meta": 1,
    "opengraph": 1,
    "json": 1,
    "feed": 1,
    "sitemap": 1,
    "mail": 1,
    "html-itemprop": 2,
    "html": 2,
    "html-property": 2,
    "html-rel": 3,
    "epub": 3,
    "jsonld-site": 3,
    "meta-site": 4,
    "html-byline": 4,
    "meta-card": 5,
    "html-line": 5,
    "html-logo": 5,
    **_ABOUT_THE_FILE,
}
URL_RANKS = {
    **_ABOUT_IT,
    **_ABOUT_THE_FILE,
    "html-canonical": 0,
    "html": 0,
    "opengraph": 1,
    "jsonld": 2,
    "json": 2,
    "meta": 3,
    "feed": 4,
    "sitemap": 4,
    "mail": 4,
    "epub": 5,
}
_LAST = 9


def ranked(claims: Iterable[Claim], field: str, ranks: Mapping[str, int]) -> list[Claim]:
    """Claims of one field with something in them, the most trustworthy origin first, else in the document's order."""
    found = [claim for claim in claims if claim.field == field and claim.value.strip()]
    return sorted(found, key=lambda claim: _rank(claim.origin, ranks))


def _rank(origin: str, ranks: Mapping[str, int]) -> int:
    return ranks.get(origin, ranks.get(origin.partition("-")[0], _LAST))
