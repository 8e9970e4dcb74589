"""What of a page is its article's own: the headline, and what stands with it and in no other's box."""

import re
from collections.abc import Sequence
from itertools import islice

from lxml.html import HtmlElement

from services.fetch.core.page.blocks import NAMING, UNREAD, Block, squeezed
from services.fetch.core.page.furniture import COMMENTS, called

OTHERS = re.compile(
    r"(?:^|[^a-z])(?:related|recommend\w*|recirculation|teasers?|more-?(?:from|stories|news|articles|posts)"
    rf"|(?:most|also)-?(?:read|popular|viewed)|trending|latest|{COMMENTS}|respond|repl(?:y|ies)|side-?bar|widgets?"
    r"|newsletters?|promo|outbrain|taboola|quotes?|caption|nav|menu|reviews?)(?:$|[^a-z])"
)
# Right behind the headline it is the foot of that: who wrote it, and when.
FOOT = re.compile(r"(?:^|[^a-z])(?<!entry-)(?<!post-)(?<!article-)footer(?:$|[^a-z])")
OWN_FOOT = re.compile(
    r"(?:^|[^a-z])(?:(?:entry|post|article)-footer|node-+(?:meta|submitted))(?:$|[^a-z])"
)  # who wrote it, and when
HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
AT_HEADLINE = 3  # boxes around it: what stands above it and in none of them is the site's
NEAR = 4  # boxes around a line
WHOLE = frozenset(("html", "body"))
OTHER_TAGS = UNREAD | {"aside", "footer", "figure", "figcaption", "blockquote"}
names_others = called(OTHERS)
names_foot = called(FOOT)
names_own_foot = called(OWN_FOOT)


def headline_of(stations: Sequence[HtmlElement], titles: set[str]) -> HtmlElement | None:
    """The heading that says one of the titles, in an article where there is one; else the only `h1`.

    A lower heading is the headline only where no higher one says a title: those above may be the site's.
    """
    headings = [station for station in stations if station.tag in ("h1", "h2")]
    titled = _titled(headings, titles) or _titled([each for each in stations if each.tag in ("h3", "h4")], titles)
    first = [each for each in titled or headings if each.tag == "h1"] or titled
    return next((each for each in first if _is_in_article(each)), next(iter(first), None))


def _titled(headings: Sequence[HtmlElement], titles: set[str]) -> list[HtmlElement]:
    return [each for each in headings if squeezed(each.text_content()) in titles]


def _is_in_article(element: HtmlElement) -> bool:
    return any(box.tag in ("article", "main") for box in element.iterancestors())


def is_ours(element: HtmlElement, around: set[HtmlElement], *, near: bool) -> bool:
    """Whether an element is part of the article: of no other, no aside, no comment below the boxes `around` it."""
    if element in around or element.tag in ("head", "meta", "link"):
        return False
    has_article = any(box.tag == "article" for box in around)
    for box in (element, *element.iterancestors()):
        if box in around:
            return near or not has_article or any(each.tag == "article" for each in (box, *box.iterancestors()))
        names = " ".join(value for name in NAMING if (value := box.get(name)))
        if box.tag == "article" and (has_article or not near):
            return False
        if (box.tag in OTHER_TAGS and not names_own_foot(names)) or names_others(names):
            return False
        if not near and names_foot(names):
            return False
    return False


def is_beside(block: Block) -> bool:
    """Whether a block near the headline is of an aside, a caption, a list of other articles."""
    boxes = (box for box in islice(block.box.chain(), NEAR) if box.tag not in WHOLE)
    return any(box.tag in OTHER_TAGS or names_others(box.names) or names_foot(box.names) for box in boxes)
