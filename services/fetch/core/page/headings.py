"""The headings that a page shows: its headline, its site's name where that is one, and what else may be a headline."""

import re
from collections.abc import Iterator
from itertools import islice, takewhile

from selectolax.lexbor import LexborHTMLParser, LexborNode

from contracts.document import Claim
from services.fetch.core.claims import claim

LOGO = re.compile(
    r"(?:^|[^a-z])(?:logo\w*|brand\w*|site-?(?:title|name|header|branding)|masthead|blog-?title)(?:$|[^a-z])"
)
TITLED = re.compile(r"(?:^|[^a-z])(?:\w*-?title|headline|heading|titre|titel|titulo|titolo)(?:$|[^a-z])")
ROOT = re.compile(r"(?:https?://[^/]+)?/?(?:index\.\w{3,5})?(?:[?#].*)?\Z|\./?\Z", re.IGNORECASE)
BESIDE = frozenset(("nav", "aside", "footer", "form", "dialog"))
MOST = 3
MOST_LOOKED_AT = 30
LONGEST = 400  # characters: a heading that says more was never ended, and the page stands in it
PARAGRAPHS = frozenset(("p", "div", "ul", "ol", "table", "blockquote", "section", "article", "main"))


def headings(tree: LexborHTMLParser) -> Iterator[Claim | None]:
    """Claims of a page's headings of the first rank; of lower ones where there is none but the site's name."""
    shown = tree.css("article h1") or tree.css("main h1") or tree.css("h1")
    own = [node for node in shown[:MOST_LOOKED_AT] if not _is_logo(node)]
    for node in own[:MOST]:
        yield claim("title", _text(node), "html-h1")
    for node in tree.css("h1")[:MOST]:
        if _is_logo(node):
            yield claim("publisher", _text(node), "html-logo")
    if not own or not shown[0].tag or (len(own) == 1 and not _is_inside(own[0])):
        yield from _lower(tree)


def _lower(tree: LexborHTMLParser) -> Iterator[Claim | None]:
    """What may be a headline: the first lower heading that its author calls one, and the first of all."""
    found = [node for node in tree.css("h2, h3, h4")[:MOST_LOOKED_AT] if not _is_beside(node)]
    called = (node for node in found if TITLED.search(_called(node)))
    for node in (*islice(called, 1), *found[:1]):
        yield claim("title", _text(node), "html-heading")


def _text(node: LexborNode) -> str:
    """What a heading says; where it was never ended, what stands before the first paragraph that it took in."""
    node.strip_tags(["style", "script"])
    text = node.text(separator=" ")
    return _before_paragraphs(node) or text if len(text) > LONGEST else text


def _before_paragraphs(node: LexborNode) -> str:
    before = takewhile(lambda child: child.tag not in PARAGRAPHS, node.iter(include_text=True))
    return " ".join(child.text(separator=" ") for child in before).strip()


def _is_logo(node: LexborNode) -> bool:
    """Whether a heading is the site's: called so, or a link to the site's own page."""
    if LOGO.search(_called(node)) or (node.parent is not None and LOGO.search(_called(node.parent))):
        return True
    link = node.css_first("a[href]") or (node.parent if node.parent is not None and node.parent.tag == "a" else None)
    return link is not None and ROOT.match((link.attributes.get("href") or "").strip()) is not None


def _is_inside(node: LexborNode) -> bool:
    return any(box in ("article", "main") for box in _boxes(node))


def _is_beside(node: LexborNode) -> bool:
    return not BESIDE.isdisjoint(_boxes(node))


def _boxes(node: LexborNode) -> Iterator[str]:
    box = node.parent
    while box is not None:
        yield box.tag or ""
        box = box.parent


def _called(node: LexborNode) -> str:
    named = f"{node.attributes.get('id') or ''} {node.attributes.get('class') or ''}"
    return named.lower().replace("_", "-")
