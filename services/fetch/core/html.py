"""Reading a page: whether it is one, which encoding it names, its prose, and its own claims about itself."""

import re
from collections.abc import Iterator

import trafilatura
from selectolax.lexbor import LexborHTMLParser, LexborNode

from contracts.document import Claim
from services.fetch.core import jsonld, marks
from services.fetch.core.charsets import codec_of
from services.fetch.core.claims import claim, language_tag

HEAD_CHARACTERS = 4096
# What may stand before the first tag: white space, a mark, an XML declaration, comments.
PREAMBLE = re.compile(r"(?:[\s\ufeff]+|<\?xml[^>]{0,300}\?>|<!--.{0,2000}?-->)*", re.DOTALL)
PAGE_TAG = re.compile(r"<!doctype\s+html|<(?:html|head|body)[\s>]", re.IGNORECASE)
ANY_TAG = re.compile(
    r"<(?:!doctype|title|meta|link|script|style|div|p|article|section|main|h[1-6]|table|ul|span|a)\b[^<>]*>",
    re.IGNORECASE,
)
META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
HEAD_BYTES = 4096


def looks_like_html(text: str, *, named: bool) -> bool:
    """Whether `text` opens like a page; where its name says so (`named`), any tag near the start will do."""
    head = text[:HEAD_CHARACTERS]
    start = PREAMBLE.match(head)
    if PAGE_TAG.match(head, start.end() if start else 0):
        return True
    return named and (ANY_TAG.search(head) is not None or PAGE_TAG.search(head) is not None)


def declared_encoding(data: bytes) -> str | None:
    """The Python codec for the encoding that a page or XML document names near its start, None without one."""
    head = data[:HEAD_BYTES]
    found = XML_ENCODING.search(head) or META_CHARSET.search(head)
    return codec_of(found[1].decode("ascii")) if found is not None else None


def body_text(page: str) -> str:
    """The article's prose as plain text, empty where there is none (trafilatura, without readers' comments)."""
    return trafilatura.extract(page, include_comments=False) or ""


def has_words(page: str) -> bool:
    """Whether a reader would see any letter in the page, article or not."""
    tree = LexborHTMLParser(page)
    tree.strip_tags(["head", "script", "style", "noscript", "template"])
    return tree.body is not None and any(character.isalpha() for character in tree.body.text(deep=True))


def claims_of(page: str) -> tuple[Claim, ...]:
    """What the page says of itself: JSON-LD first, then Open Graph, meta, and its visible parts."""
    tree = LexborHTMLParser(page)
    canonical = _canonical(tree)
    scripts = [node.text(deep=True) for node in tree.css('script[type*="ld+json" i]')]
    found = [
        *jsonld.claims_of(scripts, page_url=canonical),
        *marks.opengraph(tree),
        *marks.meta(tree),
        *_visible(tree, canonical),
    ]
    return tuple(dict.fromkeys(each for each in found if each is not None))


def _visible(tree: LexborHTMLParser, canonical: str | None) -> Iterator[Claim | None]:
    headings = tree.css("article h1") or tree.css("main h1") or tree.css("h1")
    for node in headings[:3]:
        yield claim("title", node.text(separator=" "), "html-h1")
    if (title := tree.css_first("head > title")) is not None:
        yield claim("title", title.text(), "html-title")
    yield from _times(tree)
    if canonical is not None:
        yield claim("url", canonical, "html-canonical")
    if (root := tree.css_first("html")) is not None:
        yield claim("language", language_tag(_attribute(root, "lang") or _attribute(root, "xml:lang")), "html-lang")


def _times(tree: LexborHTMLParser) -> Iterator[Claim | None]:
    """The page's own times: those marked as such, else the first that stands in the article or page."""
    marked = [node for node in tree.css("time[datetime]") if _time_field(node) is not None]
    plain = tree.css("article time[datetime]") or tree.css("main time[datetime]") or tree.css("time[datetime]")
    for node in marked[:4] or plain[:1]:
        yield claim(_time_field(node) or "published", _attribute(node, "datetime"), "html-time")


def _time_field(node: LexborNode) -> str | None:
    words = f"{_attribute(node, 'itemprop')} {_attribute(node, 'class')} {_attribute(node, 'pubdate')}".lower()
    if "modif" in words or "update" in words:
        return "modified"
    if "publish" in words or "pubdate" in words or "pubdate" in node.attributes:
        return "published"
    return None


def _canonical(tree: LexborHTMLParser) -> str | None:
    for node in tree.css('link[rel~="canonical" i][href]'):
        url = _attribute(node, "href").strip()
        if url.lower().startswith(("http://", "https://")):
            return url
    return None


def _attribute(node: LexborNode, name: str) -> str:
    return node.attributes.get(name) or ""
