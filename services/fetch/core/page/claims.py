"""What a page says of itself: its JSON-LD first, then Open Graph, meta, and its visible parts."""

from collections.abc import Iterator
from itertools import islice
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from contracts.document import Claim
from services.fetch.core import jsonld, marks
from services.fetch.core.claims import claim, language_tag
from services.fetch.core.page.headings import headings
from services.fetch.core.page.live import FEWEST_ENTRIES
from services.fetch.core.page.own import names_foot, names_others

MOST_TIMES = 200  # a page with more is a list


def claims_of(
    tree: LexborHTMLParser, metas: list[marks.Attributes], nodes: list[jsonld.Node], page_url: str | None
) -> tuple[Claim, ...]:
    """All claims of a page with these metas, JSON-LD and canonical address, the most careful first, each once."""
    found = [
        *jsonld.claims_of(nodes, page_url=page_url),
        *marks.opengraph(metas),
        *marks.meta(metas),
        *marks.parsely(metas),
        *marks.cards(metas),
        *marks.sites(metas),
        *_visible(tree, page_url),
    ]
    return tuple(dict.fromkeys(each for each in found if each is not None))


def canonical(tree: LexborHTMLParser, found_at: str | None = None) -> str | None:
    """The address that a page calls its own, in full: one told in part needs the page's base or where it was found."""
    bases = (_in_full(_attribute(node, "href").strip(), found_at) for node in tree.css("base[href]"))
    base = next(bases, None) or found_at
    for node in tree.css('link[rel~="canonical" i][href]'):
        url = _in_full(_attribute(node, "href").strip(), base)
        if url is not None and url.lower().startswith(("http://", "https://")):
            return url
    return None


def _in_full(told: str, base: str | None) -> str | None:
    """An address completed by `base`, where there is one; None where it cannot be one."""
    try:
        if told and base is not None:
            host = told.partition("/")[0].lower()
            is_without_scheme = host.startswith("www.") or host == urlsplit(base).netloc.lower()
            told = urljoin(base, f"//{told}" if is_without_scheme else told)
        urlsplit(told)
    except ValueError:
        return None
    return told


def page_type(metas: list[marks.Attributes]) -> str:
    """What a page tells networks that it is (`og:type`), in lower case."""
    return next((meta["content"] or "" for meta in metas if meta.get("property") == "og:type"), "").strip().lower()


def times_its_whole(tree: LexborHTMLParser) -> bool:
    """Whether a page of many entries marks when it was published itself, and not only each entry."""
    marked = [node for node in tree.css("time[datetime]") if _time_field(node) == "published"]
    return 0 < len(marked) < FEWEST_ENTRIES


def _visible(tree: LexborHTMLParser, page_url: str | None) -> Iterator[Claim | None]:
    yield from headings(tree)
    if (title := tree.css_first("head > title")) is not None:
        yield claim("title", title.text(), "html-title")
    yield from _times(tree)
    if (caption := tree.css_first("article figcaption, main figcaption")) is not None:
        yield claim("image_caption", caption.text(separator=" "), "html-figure")
    if page_url is not None:
        yield claim("url", page_url, "html-canonical")
    if (root := tree.css_first("html")) is not None:
        yield claim("language", language_tag(_attribute(root, "lang") or _attribute(root, "xml:lang")), "html-lang")


def _times(tree: LexborHTMLParser) -> Iterator[Claim | None]:
    """The page's own times: those marked as such, else the first that stands in the article or page."""
    times = tree.css("time[datetime]")
    if not times:
        return
    marked = [node for node in times if _time_field(node) is not None]
    for node in _own(marked, 4) or _own(
        tree.css("article time[datetime]") or tree.css("main time[datetime]") or times, 1
    ):
        yield claim(_time_field(node) or "published", _attribute(node, "datetime"), "html-time")


def _own(nodes: list[LexborNode], most: int) -> list[LexborNode]:
    """The first of these that stand with the article: in no list of others, no comment, no side of the page."""
    return list(islice((node for node in nodes[:MOST_TIMES] if not _is_beside(node)), most))


def _is_beside(node: LexborNode) -> bool:
    box = node.parent
    while box is not None and box.tag not in ("article", "main", "body"):
        if box.tag in ("aside", "nav") or names_others(_called(box)) or names_foot(_called(box)):
            return True
        box = box.parent
    return False


def _called(box: LexborNode) -> str:
    # An article's own foot is called a footer, too, and holds when it was published.
    return f"{_attribute(box, 'id')} {_attribute(box, 'class')}".replace("footer", "")


def _time_field(node: LexborNode) -> str | None:
    words = f"{_attribute(node, 'itemprop')} {_attribute(node, 'class')} {_attribute(node, 'pubdate')}".lower()
    if "modif" in words or "update" in words:
        return "modified"
    if "publish" in words or "pubdate" in words or "pubdate" in node.attributes:
        return "published"
    return None


def _attribute(node: LexborNode, name: str) -> str:
    return node.attributes.get(name) or ""
