"""What a page's JSON-LD says of the article it holds (schema.org), however loosely it is written."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from contracts.document import Claim
from services.fetch.core.claims import claim, language_tag

MAX_DEPTH = 8
MAX_NODES = 2000
MOST_MILLISECONDS = 10**14
PAGE_TYPES = frozenset({"WebPage", "ItemPage", "AboutPage", "CollectionPage", "QAPage", "MedicalWebPage"})
SITE_TYPES = frozenset({"WebSite", "NewsMediaOrganization"})
POST_TYPES = frozenset(
    {
        "BlogPosting",
        "LiveBlogPosting",
        "SocialMediaPosting",
        "Report",
        "CreativeWork",
        "VideoObject",
        "Review",
        "ImageGallery",
    }
)
# These lead to other articles, never to the one on the page.
ELSEWHERE = frozenset(
    {
        "itemListElement",
        "hasPart",
        "isPartOf",
        "mentions",
        "relatedLink",
        "citation",
        "isBasedOn",
        "comment",
        "review",
        "author",
        "creator",
        "publisher",
        "about",
        "liveBlogUpdate",
        "video",
    }
)
WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*$"
)
# A string, to be passed over, or a comma behind the last value of a list or an object.
DANGLING_COMMA = re.compile(r'("(?:[^"\\]|\\.)*+")|,\s*(?=[}\]])', re.DOTALL)

Node = dict[str, Any]


def nodes_of(scripts: Iterable[str]) -> list[Node]:
    """All objects of a page's scripts that may be about it, outermost first."""
    return [node for script in scripts for node in _nodes(_parsed(script))]


def bodies(nodes: Iterable[Node]) -> list[str]:
    """What articles give as their text, in full or as far as they want to."""
    return [node["articleBody"] for node in nodes if isinstance(node.get("articleBody"), str) and _is_article(node)]


def article_of(nodes: list[Node], page_url: str | None = None) -> Node | None:
    """The article node of a page, if any; of several the one whose address is `page_url`."""
    return _of_this_page([node for node in nodes if _is_article(node)], page_url)


def claims_of(nodes: list[Node], page_url: str | None = None) -> Iterator[Claim | None]:
    """Claims of the article node, then of the page node; of several articles the one whose address is `page_url`."""
    known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    for kind in (_is_article, _is_page):
        if (node := _of_this_page([each for each in nodes if kind(each)], page_url)) is not None:
            yield from _claims(node, known)
    for node in nodes:
        if not SITE_TYPES.isdisjoint(types(node)):
            yield claim("publisher", _name(node, known), "jsonld-site")


def _parsed(script: str) -> Any:
    """The JSON of a script, with the slips that publishers make forgiven; None where it is past help."""
    bare = WRAPPING.sub("", WRAPPING.sub("", script)).strip().rstrip(";")
    for mend in (str, without_dangling_commas):  # the second looks at every string, for what hardly any has
        try:
            return json.loads(mend(bare), strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def without_dangling_commas(written: str) -> str:
    """JSON without commas behind the last value of a list or an object, as programs leave them in scripts."""
    return DANGLING_COMMA.sub(lambda match: match[1] or "", written)


def _nodes(found: Any, depth: int = 0) -> list[Node]:
    """All objects that may be about this page, outermost first."""
    if depth > MAX_DEPTH:
        return []
    if isinstance(found, list):
        return [node for each in found[:MAX_NODES] for node in _nodes(each, depth + 1)][:MAX_NODES]
    if not isinstance(found, dict):
        return []
    inner = [value for key, value in found.items() if key not in ELSEWHERE and isinstance(value, dict | list)]
    named = [found[key] for key in ("author", "creator", "publisher") if isinstance(found.get(key), dict | list)]
    people = [node for each in named for node in _nodes(each, depth + 1) if not _is_article(node)]
    return [found, *(node for value in inner for node in _nodes(value, depth + 1)), *people][:MAX_NODES]


def types(node: Node) -> list[str]:
    """What a node says that it is, without the vocabulary's address."""
    kinds = node.get("@type")
    named = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rpartition("/")[2].rpartition(":")[2] for kind in named if isinstance(kind, str)]


def _is_article(node: Node) -> bool:
    return any(kind.endswith("Article") or kind in POST_TYPES for kind in types(node)) and bool(
        {"headline", "name", "datePublished"} & node.keys()
    )


def _is_page(node: Node) -> bool:
    return not PAGE_TYPES.isdisjoint(types(node))


def _of_this_page(nodes: list[Node], page_url: str | None) -> Node | None:
    if page_url is not None:
        for node in nodes:
            if any(_same_address(address, page_url) for address in _addresses(node)):
                return node
    strict = [node for node in nodes if any(kind.endswith("Article") for kind in types(node))]
    return next(iter(strict or nodes), None)


def _same_address(one: str, other: str) -> bool:
    return one.partition("#")[0].rstrip("/") == other.partition("#")[0].rstrip("/")


def _addresses(node: Node) -> Iterator[str]:
    for key in ("url", "mainEntityOfPage", "@id"):
        for value in _several(node.get(key)):
            address = value.get("@id") or value.get("url") if isinstance(value, dict) else value
            if isinstance(address, str) and address.startswith(("http://", "https://")):
                yield address


def _claims(node: Node, known: dict[str, Node]) -> Iterator[Claim | None]:
    for value in _several(node.get("headline") or node.get("name"))[:1]:
        yield claim("title", _text(value), "jsonld")
    yield claim("description", _text(node.get("description")), "jsonld")
    for field, key in (("published", "datePublished"), ("published", "dateCreated"), ("modified", "dateModified")):
        if key != "dateCreated" or not node.get("datePublished"):
            yield claim(field, _stamp(node.get(key)), "jsonld")
    for author in _several(node.get("author") or node.get("creator")):
        yield claim("author", _name(author, known), "jsonld")
    for publisher in _several(node.get("publisher"))[:1]:
        yield claim("publisher", _name(publisher, known), "jsonld")
    for language in _several(node.get("inLanguage"))[:1]:
        tag = language.get("alternateName") or language.get("name") if isinstance(language, dict) else language
        yield claim("language", language_tag(tag), "jsonld")
    for address in list(_addresses(node))[:1]:
        yield claim("url", address, "jsonld")
    for section in _several(node.get("articleSection"))[:5]:
        yield claim("section", _text(section), "jsonld")
    for each in _several(node.get("image"))[:1]:
        image = known.get(each.get("@id") or "", each) if isinstance(each, dict) else {"url": each}
        yield claim("image", _text(image.get("url") or image.get("contentUrl")), "jsonld")
        yield claim("image_caption", _text(image.get("caption")), "jsonld")


def _several(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    return value if isinstance(value, str) else None


def _stamp(value: Any) -> str | None:
    """A date, also where it is written as the number of seconds or milliseconds that computers count."""
    return str(int(value)) if isinstance(value, int | float) and 0 < value < MOST_MILLISECONDS else _text(value)


def _name(value: Any, known: dict[str, Node]) -> str | None:
    """The name of a person or organisation: a string, an object, or a reference to one elsewhere on the page."""
    if isinstance(value, dict) and not value.get("name"):
        value = known.get(value.get("@id") or "", value)
    if isinstance(value, dict):
        names = _several(value.get("name"))
        value = names[0] if names else None
    return _text(value)
