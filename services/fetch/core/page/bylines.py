"""Who wrote a page's article, as its readers see it: what is marked as its author, and the byline at its headline."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from contracts.document import Claim
from services.fetch.core.claims import claim
from services.fetch.core.page.blocks import NAMING, UNREAD, squeezed
from services.fetch.core.page.furniture import CAMEL, SHORT
from services.fetch.core.page.signed import names_signed

# Names are asked for without their first letters, which sites write in either case.
_CALLED = " or ".join(f"contains(@class,'{name}')" for name in ("yline", "uthor", "uteur", "utor"))
STATIONS = f"//h1 | //h2 | //p | //address | //*[contains(@rel,'uthor') or contains(@itemprop,'uthor') or {_CALLED}]"
TEXTS = (
    ".//text()[not(ancestor::time or ancestor::script or ancestor::style or ancestor::button or ancestor::noscript)]"
)
CALLED = re.compile(r"(?:^|[^a-z])(?:by-?lines?|authors?|auteure?s?|autor(?:e|es|en|in|i)?)(?:$|[^a-z])")
# Called after who wrote it, and only their picture, life and addresses.
BESIDES = re.compile(
    r"(?:^|[^a-z])(?:bio\w*|about|images?|img|avatar|photos?|pictures?|social|follow|twitter|e?mail|role|job|position"
    r"|desc\w*|box|date|time|share)(?:$|[^a-z])"
)
OTHERS = re.compile(
    r"(?:^|[^a-z])(?:related|recommend\w*|recirculation|teasers?|more-?(?:from|stories|news|articles|posts)"
    r"|(?:most|also)-?(?:read|popular|viewed)|trending|latest|comments?|respond|disqus|repl(?:y|ies)|side-?bar|widgets?"
    r"|newsletters?|promo|outbrain|taboola|footer|quotes?|caption|nav|menu|reviews?)(?:$|[^a-z])"
)
OTHER_TAGS = UNREAD | {"aside", "footer", "figure", "figcaption", "blockquote"}
ORIGINS = ("html-itemprop", "html-rel", "html-byline")
AT_HEADLINE = 3  # boxes around it: what stands above it and in none of them is the site's
MOST_BETWEEN = 1  # paragraphs: a standfirst may stand between headline and byline
MOST_SIGNS = 200  # a page with more is a list of comments
MOST_STATIONS = 3000
LONGEST = 300  # characters of a byline


@dataclass(frozen=True, slots=True)
class Sign:
    """An element that names authors, how that is known, and whether it stands at the headline."""

    element: HtmlElement
    origin: str
    near: bool
    names: tuple[str, ...]


def visible_authors(tree: HtmlElement, titles: Collection[str]) -> Iterator[Claim | None]:
    """Claims of the authors whom a page shows of its article, which has one of these titles."""
    stations = tree.xpath(STATIONS)
    headline = _headline(stations, {squeezed(title) for title in titles})
    if headline is None:
        return
    found = list(islice(_signs(stations, stations.index(headline)), MOST_SIGNS))
    for origin in ORIGINS:
        signs = [sign for sign in found if sign.origin == origin]
        signs = [sign for sign in signs if sign.near] or signs
        around = {box for sign in signs for box in sign.element.iterancestors()}
        for name in dict.fromkeys(name for sign in signs if sign.element not in around for name in sign.names):
            yield claim("author", name, origin)


def _headline(stations: Sequence[HtmlElement], titles: set[str]) -> HtmlElement | None:
    """The heading that says one of the titles, in an article where there is one; else the only `h1`."""
    headings = [station for station in stations if station.tag in ("h1", "h2")]
    titled = [each for each in headings if squeezed(each.text_content()) in titles]
    first = [each for each in titled or headings if each.tag == "h1"] or titled
    return next((each for each in first if _is_in_article(each)), next(iter(first), None))


def _is_in_article(element: HtmlElement) -> bool:
    return any(box.tag in ("article", "main") for box in element.iterancestors())


def _signs(stations: Sequence[HtmlElement], at: int) -> Iterator[Sign]:
    """The signs of who wrote the article, those behind its headline, which is the station `at`, before those above."""
    headline = stations[at]
    around = set(headline.iterancestors())
    close = set(islice(headline.iterancestors(), AT_HEADLINE))
    for following, most in ((stations[at : at + MOST_STATIONS], MOST_BETWEEN), (stations[:at][:-MOST_STATIONS:-1], 0)):
        prose = 0
        for station in following:
            origin = _origin(station)
            near = prose <= most and (most > 0 or not close.isdisjoint(station.iterancestors()))
            if origin is None:
                prose += station.tag == "p" and len(squeezed(station.text_content())) > SHORT
            elif (near or origin != "html-byline") and _is_ours(station, around, near=near):
                names = tuple(names_signed(_pieces(station)))
                if names:
                    yield Sign(station, origin, near, names)


def _origin(element: HtmlElement) -> str | None:
    if "author" in (element.get("itemprop") or "").lower().split():
        return "html-itemprop"
    if "author" in (element.get("rel") or "").lower().split():
        return "html-rel"
    own = element.get("class") or ""
    if element.tag == "address" or (_is_called(CALLED, own) and not _is_called(BESIDES, own)):
        return "html-byline"
    return None


def _is_ours(element: HtmlElement, around: set[HtmlElement], *, near: bool) -> bool:
    """Whether an element is part of the article: of no other, no aside, no comment below the boxes `around` it."""
    if element in around or element.tag in ("head", "meta", "link"):
        return False
    has_article = any(box.tag == "article" for box in around)
    for box in (element, *element.iterancestors()):
        if box in around:
            return near or not has_article or any(each.tag == "article" for each in (box, *box.iterancestors()))
        if box.tag in OTHER_TAGS or (box.tag == "article" and (has_article or not near)):
            return False
        if _is_called(OTHERS, " ".join(value for name in NAMING if (value := box.get(name)))):
            return False
    return False


@lru_cache(maxsize=4096)
def _is_called(pattern: re.Pattern[str], names: str) -> bool:
    plain = CAMEL.sub("-", names[:500]).lower().replace("_", "-").replace(" ", "  ")
    return pattern.search(plain) is not None


def _pieces(element: HtmlElement) -> list[str]:
    """What an element says, each of its pieces of text apart; only the name where one is marked as such."""
    named = element.xpath(".//*[@itemprop='name']")
    texts = [" ".join(text.split()) for part in named or [element] for text in part.xpath(TEXTS)]
    return [text for text in texts if text] if sum(map(len, texts)) <= LONGEST else []
