"""What of a page is its article's own: the headline, and what stands with it and in no other's box."""

import re
from collections.abc import Sequence
from functools import lru_cache

from lxml.html import HtmlElement

from services.fetch.core.page.blocks import NAMING, UNREAD, squeezed
from services.fetch.core.page.furniture import CAMEL

OTHERS = re.compile(
    r"(?:^|[^a-z])(?:related|recommend\w*|recirculation|teasers?|more-?(?:from|stories|news|articles|posts)"
    r"|(?:most|also)-?(?:read|popular|viewed)|trending|latest|comments?|respond|disqus|repl(?:y|ies)|side-?bar|widgets?"
    r"|newsletters?|promo|outbrain|taboola|footer|quotes?|caption|nav|menu|reviews?)(?:$|[^a-z])"
)
AT_HEADLINE = 3  # boxes around it: what stands above it and in none of them is the site's
OTHER_TAGS = UNREAD | {"aside", "footer", "figure", "figcaption", "blockquote"}


def headline_of(stations: Sequence[HtmlElement], titles: set[str]) -> HtmlElement | None:
    """The heading that says one of the titles, in an article where there is one; else the only `h1`."""
    headings = [station for station in stations if station.tag in ("h1", "h2")]
    titled = [each for each in headings if squeezed(each.text_content()) in titles]
    first = [each for each in titled or headings if each.tag == "h1"] or titled
    return next((each for each in first if _is_in_article(each)), next(iter(first), None))


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
        if box.tag in OTHER_TAGS or (box.tag == "article" and (has_article or not near)):
            return False
        if is_called(OTHERS, " ".join(value for name in NAMING if (value := box.get(name)))):
            return False
    return False


@lru_cache(maxsize=4096)
def is_called(pattern: re.Pattern[str], names: str) -> bool:
    """Whether what an author calls an element has a word of `pattern`, whatever way it is joined to others."""
    plain = CAMEL.sub("-", names[:500]).lower().replace("_", "-").replace(" ", "  ")
    return pattern.search(plain) is not None
